//! Takes in what a provider said about an attempt: decides, carries it out in
//! one transaction, and tells the streams after the commit.

use api_types::{
    AttemptId, Change, Changed, CheckoutId, CheckoutStatus, CustomerId, FailureCode, PaymentStatus,
    Timestamp,
};

use super::aftermath::Aftermath;
use super::booking::{Booking, is_over, is_pointless};
use super::gateway::{After, Ended, Ending, ProviderPayment, ProviderState, TOO_LARGE, TooLarge};
use super::imported::{self, Imported, Joined};
use super::known::{is_booked, known, known_money};
use super::reviews;
use super::settle::{Decision, beside, decide};
use super::times;
use crate::app::App;
use crate::db::attempts::{self, AtProvider, Attempt};
use crate::db::checkouts::{self, Checkout};
use crate::db::{DbError, ReadTx, WriteTx, customers};
use crate::points::point;
use crate::settings::Requests;

/// How things stand once an answer has been taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// The checkout's status.
    pub status: CheckoutStatus,
    /// Whether the provider's page can still be paid on although nobody waits for it here,
    /// and in which way it is to be ended there.
    pub call_off: Option<Ended>,
}

/// What there is to say about a change, once it has been committed.
struct Changing {
    checkout: CheckoutId,
    customer: CustomerId,
    from: CheckoutStatus,
    to: CheckoutStatus,
    version: u64,
}

/// Takes in a payment as the provider told it.
pub(super) async fn heard(
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
    point!("take_in.written");
    tell(app, attempt, changing);
    Ok(standing)
}

/// Writes in one transaction what a state of an attempt at its provider means.
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
            let (attempt, checkout) = find(tx, attempt).await?;
            note(tx, &attempt, said, state, now).await?;
            let joined = imported::join(tx, attempt, &checkout, state, now).await?;
            let changing = change(tx, &joined, &checkout, at).await?;
            let Joined { attempt, state, .. } = joined;
            let of = (&attempt, &checkout);
            let changing = since(tx, of, (&state, &said.after), changing, now).await?;
            point!("take_in.writing");
            let status = changing.as_ref().map_or(checkout.status, |c| c.to);
            let call_off = if state == ProviderState::Open {
                useless(tx, (&attempt, &checkout), status, now).await?
            } else {
                None
            };
            Ok((changing, Standing { status, call_off }))
        })
        .await
}

/// Takes in what has happened to money since it came; that is a change of the account too.
async fn since(
    tx: &WriteTx,
    (attempt, checkout): (&Attempt, &Checkout),
    (state, after): (&ProviderState, &After),
    changing: Option<Changing>,
    now: Timestamp,
) -> Result<Option<Changing>, DbError> {
    let aftermath = Aftermath {
        checkout: &checkout.id,
        attempt: &attempt.id,
        gateway: &attempt.gateway,
        now,
    };
    let is_new = aftermath.book(tx, state, after).await?;
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

/// Takes in that an attempt is over without the provider's saying so: its time ran out, or
/// the provider never took it. Where pay was pressed, only the provider can say so.
pub(super) async fn ended(
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
            let (attempt, checkout) = find(tx, attempt).await?;
            let unpaid = [
                CheckoutStatus::Created,
                CheckoutStatus::Open,
                CheckoutStatus::NeedsReview,
            ];
            let changing = if unpaid.contains(&checkout.status) {
                change(tx, &Joined::as_told(attempt, state), &checkout, at).await?
            } else {
                None
            };
            let status = changing.as_ref().map_or(checkout.status, |c| c.to);
            Ok::<_, DbError>((changing, status))
        })
        .await?;
    tell(app, attempt, changing);
    Ok(status)
}

/// An attempt with its checkout.
pub(super) async fn find(tx: &ReadTx, id: &AttemptId) -> Result<(Attempt, Checkout), DbError> {
    let attempt = attempts::find(tx, id).await?;
    let attempt = attempt.ok_or_else(|| DbError::Refused(format!("there is no attempt {id}")))?;
    let checkout = checkouts::find(tx, &attempt.checkout).await?;
    let checkout = checkout
        .ok_or_else(|| DbError::Unreadable(format!("attempt {id} belongs to no checkout")))?;
    Ok((attempt, checkout))
}

async fn change(
    tx: &WriteTx,
    joined: &Joined,
    checkout: &Checkout,
    at: (Requests, Timestamp),
) -> Result<Option<Changing>, DbError> {
    let Joined { attempt, state, .. } = joined;
    if let ProviderState::Paid(money) = state
        && reviews::is_decided(tx, attempt, money, at.1).await?
    {
        return Ok(None);
    }
    if let ProviderState::TooLarge(money) = state
        && reviews::is_refused(tx, attempt, money).await?
    {
        return Ok(None);
    }
    let differs = joined.imported == Imported::Differs;
    let booking = Booking::by_attempt(checkout, attempt, at).noted(differs);
    let to = if checkout.status == CheckoutStatus::Paid {
        let known = known_money(tx, attempt, state).await?;
        let booked = known.as_ref().map(|(_, booked)| *booked);
        let booked = booked.filter(|_| !joined.is_confirmed());
        let decision = beside(booked, attempt.way.total, state);
        let booking = booking.known_as(known.map(|(id, _)| id));
        if !booking.carry_out_beside(tx, &decision).await? {
            return Ok(None);
        }
        CheckoutStatus::Paid
    } else {
        if !joined.is_confirmed() && is_booked(tx, &booking, joined, checkout).await? {
            return Ok(None);
        }
        let decision = decide(&known(tx, checkout, joined).await?, state);
        let all_that_came = Imported::Confirmed(PaymentStatus::Completed);
        match &decision {
            Decision::Review(Some(money)) if joined.imported == all_that_came => {
                booking.take_as_imported(tx, money).await?
            }
            _ if !booking.carry_out(tx, &decision).await? => return Ok(None),
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

/// Keeps what the provider said, unless it has said more before: answers overtake each other.
pub(super) async fn note(
    tx: &WriteTx,
    attempt: &Attempt,
    said: &ProviderPayment,
    state: &ProviderState,
    now: Timestamp,
) -> Result<(), DbError> {
    let before = attempt.said.as_deref();
    let last_word = before.is_some() && !attempt.is_watched;
    if before == Some("paid") {
        // It was read again for what has become of the money, and that is told now.
        return match attempt.is_watched {
            true => attempts::leave(tx, &attempt.id).await,
            false => Ok(()),
        };
    }
    // Money that is too large is forgotten only for money that is not.
    let is_kept = match before {
        Some(TOO_LARGE) => !matches!(state, ProviderState::Paid(_)),
        _ => last_word && !state.is_final(),
    };
    if is_kept {
        return Ok(());
    }
    let at_provider = AtProvider {
        id: said.id.clone(),
        url: said.url.clone(),
    };
    let next = if state.is_final() {
        None
    } else {
        times::next_read(attempt.created_at, now)
    };
    attempts::heard(tx, &attempt.id, &at_provider, state.word(), next).await
}

/// Whether a page that can be paid on at the provider is of no use here any more.
async fn useless(
    tx: &ReadTx,
    (attempt, checkout): (&Attempt, &Checkout),
    status: CheckoutStatus,
    now: Timestamp,
) -> Result<Option<Ended>, DbError> {
    let paid_otherwise = status == CheckoutStatus::Paid && attempt.payment.is_none();
    if is_over(status) || attempt.is_superseded() || paid_otherwise {
        return Ok(Some(Ended::Cancelled));
    }
    if times::passed(checkout.expires_at, times::GRACE, now) {
        return Ok(Some(Ended::Expired));
    }
    let items = checkouts::items(tx, checkout).await?;
    Ok(is_pointless(&items).then_some(Ended::Cancelled))
}

fn tell(app: &App, attempt: &AttemptId, changing: Option<Changing>) {
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
    publish(app, &customer, checkout, version);
}

/// Tells the streams that a checkout has changed, and with it the account: what can be paid,
/// what is on its way, what has come.
pub(super) fn publish(app: &App, customer: &CustomerId, checkout: CheckoutId, version: u64) {
    let changes = [
        (Changed::Checkout, Some(checkout)),
        (Changed::Account, None),
    ];
    for (changed, checkout) in changes {
        let change = Change {
            changed,
            checkout,
            version,
        };
        app.publish(customer, change);
    }
}

#[cfg(test)]
mod tests;
