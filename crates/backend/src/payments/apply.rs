//! Applies a provider's state of an attempt: decides what it means, writes that in one transaction,
//! and publishes the change to the streams after the commit.

use std::sync::Arc;

use api_types::{
    AttemptId, CheckoutId, CheckoutStatus, CustomerId, FailureCode, PaymentStatus, Timestamp,
};

use super::abandoned::{cancellation_for, is_gone};
use super::imported::{self, Imported, Joined};
use super::known::{is_booked, is_decided, is_refused, known_money, read_known};
use super::lookup::find_attempt;
use super::posting::Posting;
use super::provider;
use super::record_answer::{record_answer, record_fee};
use super::refunds_disputes::RefundsDisputes;
use super::settle::{Decision, beside, decide};
use crate::app::App;
use crate::db::attempts::{self, Attempt};
use crate::db::checkouts::Checkout;
use crate::db::{DbError, ReadTx, WriteTx, customers};
use crate::failpoints::failpoint;
use crate::gateways::{
    Closing, Ended, Ending, Gateway, GatewayError, Known, PaymentEvents, ProviderPayment,
    ProviderState, ReadOutcome, TooLarge,
};
use crate::settings::Requests;

/// How a checkout stands once a provider's state has been applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// The checkout's status.
    pub status: CheckoutStatus,
    /// How the payment is to be ended at the provider; `None` unless the provider's page can still
    /// be paid on although the attempt is abandoned.
    pub cancel_as: Option<Ended>,
    /// Whether the money is to be captured.
    pub captures: bool,
}

/// A change to be published once it has been committed.
struct Changing {
    checkout: CheckoutId,
    customer: CustomerId,
    from: CheckoutStatus,
    to: CheckoutStatus,
    version: u64,
}

/// Applies a provider's answer to an attempt. Decides the new status, writes it in one transaction,
/// then publishes the change. An answer about another payment counts as unreadable. Money that
/// would bring the account beyond its bound is kept for a review instead.
///
/// # Errors
/// [`DbError::Refused`] if there is no such attempt, [`DbError::Taken`] if another attempt of the
/// gateway has the provider's id; otherwise as the transaction fails. Nothing is written then.
pub(super) async fn apply_provider_state(
    app: &App,
    attempt: &AttemptId,
    said: &ProviderPayment,
) -> Result<Standing, DbError> {
    let state = if said.reference == attempt.as_str() {
        said.state.clone().within_bounds()
    } else {
        // Another payment than the one that was asked about proves nothing.
        tracing::error!(%attempt, "the provider answered with another payment");
        ProviderState::Unreadable
    };
    let written = match (write(app, attempt, said, &state).await, state) {
        // The account would stand at more than can be kept: the money is not dropped for that.
        (Err(DbError::TooLarge(what)), ProviderState::Paid(money)) => {
            tracing::error!(%attempt, what, "money came that the account cannot hold");
            let too_large = ProviderState::TooLarge(TooLarge {
                payment_id: money.payment_id,
                amount: Some(money.amount),
            });
            write(app, attempt, said, &too_large).await
        }
        (written, _) => written,
    };
    let (changing, standing) = written?;
    failpoint!("apply.written");
    publish_change(app, attempt, changing);
    Ok(standing)
}

/// Applies a provider's answer to an attempt, and cancels at the provider a payment that is
/// abandoned here.
///
/// # Errors
/// As [`apply_provider_state`] and [`end_attempt`]. What was committed before the error stays. A
/// provider that cannot be reached is no error: that is [`ReadOutcome::Away`].
pub(super) async fn apply_answer(
    app: &App,
    gateway: &Arc<dyn Gateway>,
    attempt: &AttemptId,
    payment: &ProviderPayment,
) -> Result<ReadOutcome, DbError> {
    let standing = apply_provider_state(app, attempt, payment).await?;
    if payment.events.is_missing {
        // The money is booked; what has become of it since is read again.
        return Ok(ReadOutcome::Away);
    }
    if standing.captures {
        return capture(app, gateway, attempt).await;
    }
    match standing.cancel_as {
        Some(how) => cancel_at_provider(app, gateway, attempt, how).await,
        None => Ok(ReadOutcome::Done),
    }
}

/// Captures the money that the customer has agreed to. That it is to be captured has been committed
/// before, as a checkout that is confirming, so that nothing gives the attempt up meanwhile.
async fn capture(
    app: &App,
    gateway: &Arc<dyn Gateway>,
    attempt: &AttemptId,
) -> Result<ReadOutcome, DbError> {
    let known = read_known_ids(app, attempt).await?;
    failpoint!("capture.before");
    let answer = gateway.capture(&known).await;
    failpoint!("capture.after");
    match answer {
        Ok(payment) => {
            apply_provider_state(app, attempt, &payment).await?;
            Ok(ReadOutcome::Done)
        }
        // The money has not moved, and the same call would be refused again.
        Err(
            error @ (GatewayError::Refused | GatewayError::Unsupported | GatewayError::TooLate),
        ) => {
            tracing::error!(%attempt, %error, "the provider does not capture the money");
            let refused = ProviderPayment {
                id: known.id.unwrap_or_default(),
                reference: attempt.to_string(),
                page: None,
                state: ProviderState::Ended(Ending {
                    how: Ended::Failed,
                    tried: true,
                    failure: Some(FailureCode::ProviderError),
                }),
                fee: None,
                awaits_fee: false,
                events: PaymentEvents::default(),
                ids: Vec::new(),
            };
            apply_provider_state(app, attempt, &refused).await?;
            Ok(ReadOutcome::Done)
        }
        // It is read again soon, and captured by the same key if it has not been.
        Err(GatewayError::Away) => Ok(ReadOutcome::Away),
    }
}

async fn read_known_ids(app: &App, attempt: &AttemptId) -> Result<Known, DbError> {
    app.db()
        .read(async |tx: &ReadTx| {
            let (attempt, _) = find_attempt(tx, attempt).await?;
            provider::known(tx, &attempt).await
        })
        .await
}

/// Cancels an abandoned payment at the provider. If the customer has pressed pay meanwhile, the
/// next read finds out what came of it.
async fn cancel_at_provider(
    app: &App,
    gateway: &Arc<dyn Gateway>,
    attempt: &AttemptId,
    how: Ended,
) -> Result<ReadOutcome, DbError> {
    let answer = match gateway.abilities().closing {
        Closing::ByCall => {
            let known = read_known_ids(app, attempt).await?;
            failpoint!("cancel_abandoned.before");
            let answer = gateway.cancel(&known).await;
            failpoint!("cancel_abandoned.after");
            answer
        }
        Closing::ByNotCapturing => {
            let status = end_attempt(app, attempt, how, None).await?;
            // Nothing that is agreed to there becomes money any more, unless it is being captured.
            if status != CheckoutStatus::Confirming {
                app.db()
                    .write(async |tx| attempts::leave(tx, attempt).await)
                    .await?;
            }
            return Ok(ReadOutcome::Done);
        }
        Closing::Never => Err(GatewayError::Unsupported),
    };
    match answer {
        Ok(mut payment) => {
            if let ProviderState::Ended(ending) = &mut payment.state {
                ending.how = how;
            }
            apply_provider_state(app, attempt, &payment).await?;
            Ok(ReadOutcome::Done)
        }
        // Nothing will close the page, so it ends here only, and is still read for late money.
        Err(GatewayError::Unsupported) => {
            end_attempt(app, attempt, how, None).await?;
            Ok(ReadOutcome::Done)
        }
        Err(error) => {
            tracing::warn!(%attempt, %error, "an abandoned payment could not be cancelled");
            Ok(ReadOutcome::Away)
        }
    }
}

/// Writes in one transaction what a provider's state of an attempt means.
async fn write(
    app: &App,
    attempt: &AttemptId,
    said: &ProviderPayment,
    state: &ProviderState,
) -> Result<(Option<Changing>, Standing), DbError> {
    let now = app.now();
    let at = (app.settings().calendar.requests, now);
    app.db()
        .write(async |tx| {
            let (attempt, checkout) = find_attempt(tx, attempt).await?;
            let next = app
                .gateways()
                .next_read(&attempt.gateway, attempt.created_at, now);
            record_answer(tx, &attempt, said, state, (now, next)).await?;
            let gone = is_gone(app, tx, (&attempt, &checkout), state).await?;
            let state = gone.as_ref().unwrap_or(state);
            let joined = imported::join(tx, attempt, &checkout, state, now).await?;
            let changing = change(tx, &joined, &checkout, at).await?;
            let Joined { attempt, state, .. } = joined;
            let of = (&attempt, &checkout);
            let changing =
                apply_refunds_disputes(tx, of, (&state, &said.events), changing, now).await?;
            failpoint!("apply.writing");
            let status = changing.as_ref().map_or(checkout.status, |c| c.to);
            record_fee(tx, &attempt, &state, said.fee).await?;
            let is_approved = state == ProviderState::Approved;
            let captures =
                is_approved && status == CheckoutStatus::Confirming && !attempt.is_superseded();
            let can_be_paid = state == ProviderState::Open || (is_approved && !captures);
            let cancel_as = if can_be_paid {
                cancellation_for(tx, (&attempt, &checkout), status, now).await?
            } else {
                None
            };
            let standing = Standing {
                status,
                cancel_as,
                captures,
            };
            Ok((changing, standing))
        })
        .await
}

/// Applies refunds and disputes. They change the account too, so they raise its version.
async fn apply_refunds_disputes(
    tx: &WriteTx,
    (attempt, checkout): (&Attempt, &Checkout),
    (state, after): (&ProviderState, &PaymentEvents),
    changing: Option<Changing>,
    now: Timestamp,
) -> Result<Option<Changing>, DbError> {
    let refunds_disputes = RefundsDisputes {
        checkout: &checkout.id,
        attempt: &attempt.id,
        gateway: &attempt.gateway,
        now,
    };
    let is_new = refunds_disputes.apply(tx, state, after).await?;
    if changing.is_some() || !is_new {
        return Ok(changing);
    }
    Ok(Some(Changing {
        checkout: checkout.id.clone(),
        customer: checkout.customer.clone(),
        from: checkout.status,
        to: checkout.status,
        version: customers::touch(tx, &checkout.customer).await?,
    }))
}

/// Ends an attempt without an answer of the provider: its time ran out, the provider never made the
/// payment, or its page cannot be closed there. A checkout that is confirming is left alone,
/// because only the provider knows what comes of it. Returns how the checkout stands then.
///
/// # Errors
/// [`DbError::Refused`] if there is no such attempt; otherwise as the transaction fails. Nothing is
/// written then.
pub(super) async fn end_attempt(
    app: &App,
    attempt: &AttemptId,
    how: Ended,
    failure: Option<FailureCode>,
) -> Result<CheckoutStatus, DbError> {
    let state = ProviderState::Ended(Ending {
        how,
        tried: false,
        failure,
    });
    let at = (app.settings().calendar.requests, app.now());
    let (changing, status) = app
        .db()
        .write(async |tx| {
            let (attempt, checkout) = find_attempt(tx, attempt).await?;
            let unpaid = [
                CheckoutStatus::Created,
                CheckoutStatus::Open,
                CheckoutStatus::NeedsReview,
            ];
            let changing = if unpaid.contains(&checkout.status) {
                change(tx, &Joined::without_import(attempt, state), &checkout, at).await?
            } else {
                None
            };
            let status = changing.as_ref().map_or(checkout.status, |c| c.to);
            Ok::<_, DbError>((changing, status))
        })
        .await?;
    publish_change(app, attempt, changing);
    Ok(status)
}

async fn change(
    tx: &WriteTx,
    joined: &Joined,
    checkout: &Checkout,
    at: (Requests, Timestamp),
) -> Result<Option<Changing>, DbError> {
    let Joined { attempt, state, .. } = joined;
    if let ProviderState::Paid(money) = state
        && is_decided(tx, attempt, money, at.1).await?
    {
        return Ok(None);
    }
    if let ProviderState::TooLarge(money) = state
        && is_refused(tx, attempt, money).await?
    {
        return Ok(None);
    }
    let differs = joined.imported == Imported::Differs;
    let posting = Posting::by_attempt(checkout, attempt, at).with_noted(differs);
    let to = if checkout.status == CheckoutStatus::Paid {
        let known = known_money(tx, attempt, state).await?;
        let booked = known.as_ref().map(|(_, booked)| *booked);
        let booked = booked.filter(|_| !joined.is_confirmed());
        let decision = beside(booked, attempt.terms.total, state);
        let posting = posting.known_as(known.map(|(id, _)| id));
        if !posting.carry_out_beside(tx, &decision).await? {
            return Ok(None);
        }
        CheckoutStatus::Paid
    } else {
        if !joined.is_confirmed() && is_booked(tx, &posting, joined, checkout).await? {
            return Ok(None);
        }
        let decision = decide(&read_known(tx, checkout, joined).await?, state);
        let all_that_came = Imported::Confirmed(PaymentStatus::Completed);
        match &decision {
            Decision::Review(Some(money)) if joined.imported == all_that_came => {
                posting.take_as_imported(tx, money).await?
            }
            _ if !posting.carry_out(tx, &decision).await? => return Ok(None),
            decision => decision.status().unwrap_or(checkout.status),
        }
    };
    Ok(Some(Changing {
        checkout: checkout.id.clone(),
        customer: checkout.customer.clone(),
        from: checkout.status,
        to,
        version: customers::touch(tx, &checkout.customer).await?,
    }))
}

fn publish_change(app: &App, attempt: &AttemptId, changing: Option<Changing>) {
    let Some(Changing {
        checkout,
        customer,
        from,
        to,
        version,
    }) = changing
    else {
        return;
    };
    let (from, to) = (from.as_str(), to.as_str());
    tracing::info!(%checkout, %attempt, from, to, version, "a checkout has changed");
    app.publish_checkout(&customer, checkout, version);
}

#[cfg(test)]
mod tests;
