//! Reads how a payment stands from its provider. This is the only way in which the backend learns
//! it: return, notification, customer request and background all call it, in any order and any
//! number of times.

use std::sync::Arc;
use std::time::Duration;

use api_types::{AttemptId, CheckoutStatus, FailureCode};
use tracing::Instrument as _;

use super::abandoned::is_abandoned;
use super::apply;
use super::lookup::find_attempt;
use super::place_order::place_order;
use super::provider;
use super::reviews;
use super::times;
use crate::app::App;
use crate::db::attempts::{self, AtProvider, Attempt};
use crate::db::checkouts::Checkout;
use crate::db::reviews::ReviewKind;
use crate::db::{DbError, ReadTx};
use crate::failpoints::failpoint;
use crate::gateways::{
    Closing, Ended, Ending, Gateway, PaymentEvents, ProviderPayment, ProviderState, ReadOutcome,
};

/// Reads an attempt from its provider and applies the state. Concurrent reads of an attempt share a
/// single flight. An error is logged and returned as [`ReadOutcome::Broken`].
pub async fn reconcile(app: &App, attempt: &AttemptId) -> ReadOutcome {
    let read = async {
        read(app, attempt).await.unwrap_or_else(|error| {
            tracing::error!(%attempt, %error, "an attempt could not be reconciled");
            ReadOutcome::Broken
        })
    };
    app.gateways().reads.run(attempt, read).await
}

/// Does the same as [`reconcile`] in a background task, and waits for it for a limited time.
/// Returns `None` when the time is over; the task goes on.
pub async fn reconcile_within(
    app: &App,
    attempt: &AttemptId,
    within: Duration,
) -> Option<ReadOutcome> {
    let task = {
        let (app, attempt) = (app.clone(), attempt.clone());
        async move { reconcile(&app, &attempt).await }
    };
    let task = task.instrument(tracing::Span::current());
    let task = app.gateways().tasks.spawn(task);
    tokio::time::timeout(within, task).await.ok()?.ok()
}

/// Reads the provider for a customer who looks at a checkout, at most once every five seconds, and
/// not before the provider has made the payment.
///
/// # Errors
/// [`DbError`] if the database fails. A read that fails is logged and is no error here.
pub(super) async fn refresh(
    app: &App,
    attempt: &Attempt,
    checkout: &Checkout,
) -> Result<(), DbError> {
    let now = app.now();
    let fresh = now.since(attempt.last_read_at) < times::READ_EVERY;
    if checkout.status.is_final() || attempt.at_provider.is_none() || fresh {
        return Ok(());
    }
    let since = now.minus(times::READ_EVERY);
    let claimed = app
        .db()
        .write(async |tx| attempts::claim_read(tx, &attempt.id, now, since).await)
        .await?;
    if claimed {
        reconcile_within(app, &attempt.id, times::READ_ANSWERS_WITHIN).await;
    }
    Ok(())
}

async fn read(app: &App, id: &AttemptId) -> Result<ReadOutcome, DbError> {
    let known = app
        .db()
        .read(async |tx: &ReadTx| attempts::find(tx, id).await)
        .await?;
    let Some(known) = known else {
        return Ok(ReadOutcome::Unknown);
    };
    let now = app.now();
    let (attempt, checkout, known) = app
        .db()
        .write(async |tx| {
            let next = app
                .gateways()
                .next_read(&known.gateway, known.created_at, now);
            // What becomes of money that has come is waited for however old the payment is; the
            // answer says when that is over.
            let is_paid = known.said.as_deref() == Some("paid");
            let next = next.or(is_paid.then(|| now.plus(times::REFUND_AGAIN_AT_LAST)));
            attempts::reading(tx, id, now, next).await?;
            let (attempt, checkout) = find_attempt(tx, id).await?;
            let known = provider::known(tx, &attempt).await?;
            Ok::<_, DbError>((attempt, checkout, known))
        })
        .await?;
    let Some(gateway) = app.gateways().find(&attempt.gateway).cloned() else {
        tracing::error!(attempt = %id, gateway = attempt.gateway, "the gateway is not set up any more");
        return Ok(ReadOutcome::Broken);
    };
    if known.id.is_none() && !gateway.abilities().finds_by_reference {
        // Asking again by the same key is the only way to find it.
        return not_found(app, &gateway, &attempt, &checkout).await;
    }
    failpoint!("read.before");
    let answer = gateway.read(&known).await;
    failpoint!("read.after");
    match answer {
        Ok(Some(payment)) => {
            let outcome = apply::apply_answer(app, &gateway, id, &payment).await?;
            overdue(app, &gateway, id, &payment).await?;
            Ok(outcome)
        }
        Ok(None) => not_found(app, &gateway, &attempt, &checkout).await,
        Err(_) => away(app, &attempt, &checkout).await,
    }
}

/// Opens a review if money has been on its way for longer than the provider's money ever is.
async fn overdue(
    app: &App,
    gateway: &Arc<dyn Gateway>,
    id: &AttemptId,
    said: &ProviderPayment,
) -> Result<(), DbError> {
    let is_awaited = matches!(
        said.state,
        ProviderState::Processing(_) | ProviderState::Approved
    );
    if !is_awaited {
        return Ok(());
    }
    let (attempt, checkout) = app
        .db()
        .read(async |tx: &ReadTx| find_attempt(tx, id).await)
        .await?;
    let age = app.now().since(attempt.created_at);
    if checkout.status == CheckoutStatus::Confirming && age >= gateway.schedule().waits_for_money {
        reviews::open_awaited(app, ReviewKind::Overdue, (&attempt, &checkout), &said.id).await?;
    }
    Ok(())
}

/// Handles that the provider has no such payment: asks it to make the payment, or ends the attempt.
async fn not_found(
    app: &App,
    gateway: &Arc<dyn Gateway>,
    attempt: &Attempt,
    checkout: &Checkout,
) -> Result<ReadOutcome, DbError> {
    let now = app.now();
    let Some(AtProvider { id, .. }) = attempt.at_provider.clone() else {
        // It was never made there: the call was lost, or the process died before it.
        if is_abandoned(attempt, checkout) {
            leave(app, &attempt.id).await?;
            return Ok(ReadOutcome::Done);
        }
        if give_up(app, attempt).await? {
            leave(app, &attempt.id).await?;
            return Ok(ReadOutcome::Done);
        }
        return place_order(app, gateway, &attempt.id).await;
    };
    tracing::error!(attempt = %attempt.id, "the provider does not know the payment any more");
    // A provider that waits for our capture forgets what was not captured in time, and nothing else.
    let was_approved = attempt.said.as_deref() == Some(ProviderState::Approved.word());
    let uncaptured = was_approved && gateway.abilities().closing == Closing::ByNotCapturing;
    if checkout.status == CheckoutStatus::Confirming && !uncaptured {
        // Money was on its way: nothing here can say what became of it.
        reviews::open_awaited(app, ReviewKind::ProviderLost, (attempt, checkout), &id).await?;
    }
    if now.since(checkout.expires_at) >= times::GRACE {
        apply::end_attempt(app, &attempt.id, Ended::Expired, None).await?;
    }
    let payment = ProviderPayment {
        id,
        page: None,
        reference: attempt.id.to_string(),
        state: match uncaptured {
            true => ProviderState::Ended(Ending {
                how: Ended::Expired,
                tried: false,
                failure: None,
            }),
            false => ProviderState::Unreadable,
        },
        fee: None,
        awaits_fee: false,
        events: PaymentEvents::default(),
        ids: Vec::new(),
    };
    apply::apply_provider_state(app, &attempt.id, &payment).await?;
    Ok(ReadOutcome::Done)
}

/// Handles that the provider cannot be read: ends the attempt once its time and a grace period are
/// over, so that nothing waits for ever.
async fn away(app: &App, attempt: &Attempt, checkout: &Checkout) -> Result<ReadOutcome, DbError> {
    if attempt.at_provider.is_none() {
        give_up(app, attempt).await?;
    } else if app.now().since(checkout.expires_at) >= times::AWAY_GRACE {
        apply::end_attempt(app, &attempt.id, Ended::Expired, None).await?;
    }
    Ok(ReadOutcome::Away)
}

/// Ends the checkout if the provider has been asked for two minutes to make its payment.
async fn give_up(app: &App, attempt: &Attempt) -> Result<bool, DbError> {
    if app.now().since(attempt.created_at) < times::ASK_FOR {
        return Ok(false);
    }
    let why = Some(FailureCode::ProviderError);
    let status = apply::end_attempt(app, &attempt.id, Ended::Failed, why).await?;
    Ok(status == CheckoutStatus::Failed)
}

async fn leave(app: &App, attempt: &AttemptId) -> Result<(), DbError> {
    app.db()
        .write(async |tx| attempts::leave(tx, attempt).await)
        .await
}
