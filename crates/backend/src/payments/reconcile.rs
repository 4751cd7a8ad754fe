//! The one way in which the backend learns how a payment stands: it reads it
//! from the provider. Return, notification, reader and background all come
//! here, in any order, twice or at once; it is always safe to call again.

use std::sync::Arc;
use std::time::Duration;

use api_types::{AttemptId, CheckoutStatus, FailureCode};
use tracing::Instrument as _;

use super::apply;
use super::ask;
use super::booking::is_given_up;
use super::gateway::{After, Ended, Gateway, GatewayError, ProviderPayment, ProviderState, Which};
use super::reviews;
use super::times;
use crate::app::App;
use crate::db::attempts::{self, AtProvider, Attempt};
use crate::db::checkouts::Checkout;
use crate::db::{DbError, ReadTx};
use crate::points::point;

/// What came of reading a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The provider was read, and what it said has been taken in.
    Done,
    /// The provider could not be read.
    Away,
    /// There is no such attempt.
    Unknown,
    /// Something broke here; the log says what.
    Broken,
}

/// Reads an attempt from its provider and takes in what it says.
pub async fn reconcile(app: &App, attempt: &AttemptId) -> Outcome {
    let read = async {
        read(app, attempt).await.unwrap_or_else(|error| {
            tracing::error!(%attempt, %error, "an attempt could not be reconciled");
            Outcome::Broken
        })
    };
    app.payments().turns.take(attempt, read).await
}

/// The same, waiting for a time at most: then it goes on without the caller, and `None`
/// says that nothing is known yet.
pub async fn reconcile_within(app: &App, attempt: &AttemptId, within: Duration) -> Option<Outcome> {
    let task = {
        let (app, attempt) = (app.clone(), attempt.clone());
        async move { reconcile(&app, &attempt).await }
    };
    let task = task.instrument(tracing::Span::current());
    let task = app.payments().tasks.spawn(task);
    tokio::time::timeout(within, task).await.ok()?.ok()
}

/// Reads the provider for someone who looks at a checkout, but not more often than every
/// few seconds, and not while the provider is still being asked to make the payment.
pub(super) async fn refresh(
    app: &App,
    attempt: &Attempt,
    checkout: &Checkout,
) -> Result<(), DbError> {
    let now = app.now();
    let fresh = !times::passed(attempt.last_read_at, times::READ_EVERY, now);
    if checkout.status.is_final() || attempt.at_provider.is_none() || fresh {
        return Ok(());
    }
    let since = times::after(now, -times::READ_EVERY).unwrap_or(now);
    let claimed = app
        .db()
        .write(async |tx| attempts::claim_read(tx, &attempt.id, now, since).await)
        .await?;
    if claimed {
        reconcile_within(app, &attempt.id, times::READ_ANSWERS_WITHIN).await;
    }
    Ok(())
}

async fn read(app: &App, id: &AttemptId) -> Result<Outcome, DbError> {
    let known = app
        .db()
        .read(async |tx: &ReadTx| attempts::find(tx, id).await)
        .await?;
    let Some(known) = known else {
        return Ok(Outcome::Unknown);
    };
    let now = app.now();
    let (attempt, checkout) = app
        .db()
        .write(async |tx| {
            let next = times::next_read(known.created_at, now);
            attempts::reading(tx, id, now, next).await?;
            apply::find(tx, id).await
        })
        .await?;
    let Some(gateway) = app.payments().gateway(&attempt.gateway).cloned() else {
        tracing::error!(attempt = %id, gateway = attempt.gateway, "the gateway is not set up any more");
        return Ok(Outcome::Broken);
    };
    let which = match &attempt.at_provider {
        Some(AtProvider { id, .. }) => Which::Id(id.clone()),
        None => Which::Reference(id.clone()),
    };
    point!("read.before");
    let answer = gateway.read(&which).await;
    point!("read.after");
    match answer {
        Ok(Some(payment)) => take_in(app, &gateway, id, &payment).await,
        Ok(None) => not_found(app, &gateway, &attempt, &checkout).await,
        Err(_) => away(app, &attempt, &checkout).await,
    }
}

/// Takes in what the provider said, and ends at the provider what is over here.
pub(super) async fn take_in(
    app: &App,
    gateway: &Arc<dyn Gateway>,
    attempt: &AttemptId,
    payment: &ProviderPayment,
) -> Result<Outcome, DbError> {
    let standing = apply::heard(app, attempt, payment).await?;
    match standing.call_off {
        Some(how) => call_off(app, gateway, attempt, &payment.id, how).await,
        None => Ok(Outcome::Done),
    }
}

/// Ends at the provider a payment that nobody is to pay any more. Where pay was pressed
/// meanwhile, the next read says what came of it.
async fn call_off(
    app: &App,
    gateway: &Arc<dyn Gateway>,
    attempt: &AttemptId,
    provider_id: &str,
    how: Ended,
) -> Result<Outcome, DbError> {
    point!("call_off.before");
    let answer = gateway.cancel(provider_id).await;
    point!("call_off.after");
    match answer {
        Ok(mut payment) => {
            if let ProviderState::Ended(ending) = &mut payment.state {
                ending.how = how;
            }
            apply::heard(app, attempt, &payment).await?;
            Ok(Outcome::Done)
        }
        // Nothing will close the page, so it ends here only, and is watched for late money.
        Err(GatewayError::Unsupported) => {
            apply::ended(app, attempt, how, None).await?;
            Ok(Outcome::Done)
        }
        Err(error) => {
            tracing::warn!(%attempt, %error, "a payment could not be called off");
            Ok(Outcome::Away)
        }
    }
}

/// The provider has no such payment.
async fn not_found(
    app: &App,
    gateway: &Arc<dyn Gateway>,
    attempt: &Attempt,
    checkout: &Checkout,
) -> Result<Outcome, DbError> {
    let now = app.now();
    let Some(AtProvider { id, url }) = attempt.at_provider.clone() else {
        // It was never made there: the call was lost, or the process died before it.
        if is_given_up(attempt, checkout) {
            leave(app, &attempt.id).await?;
            return Ok(Outcome::Done);
        }
        if given_up(app, attempt).await? {
            leave(app, &attempt.id).await?;
            return Ok(Outcome::Done);
        }
        return ask::ask(app, gateway, &attempt.id).await;
    };
    tracing::error!(attempt = %attempt.id, "the provider does not know the payment any more");
    if checkout.status == CheckoutStatus::Confirming {
        // Money was on its way: nothing here can say what became of it.
        reviews::lost(app, (attempt, checkout), &id).await?;
    }
    if times::passed(checkout.expires_at, times::GRACE, now) {
        apply::ended(app, &attempt.id, Ended::Expired, None).await?;
    }
    let payment = ProviderPayment {
        id,
        url,
        reference: attempt.id.to_string(),
        state: ProviderState::Unreadable,
        after: After::default(),
    };
    apply::heard(app, &attempt.id, &payment).await?;
    Ok(Outcome::Done)
}

/// The provider cannot be read. What nobody can have paid does not wait for ever.
async fn away(app: &App, attempt: &Attempt, checkout: &Checkout) -> Result<Outcome, DbError> {
    if attempt.at_provider.is_none() {
        given_up(app, attempt).await?;
    } else if times::passed(checkout.expires_at, times::AWAY_GRACE, app.now()) {
        apply::ended(app, &attempt.id, Ended::Expired, None).await?;
    }
    Ok(Outcome::Away)
}

/// Ends the checkout if the provider has been asked to make its payment for long enough.
async fn given_up(app: &App, attempt: &Attempt) -> Result<bool, DbError> {
    if !times::passed(attempt.created_at, times::ASK_FOR, app.now()) {
        return Ok(false);
    }
    let why = Some(FailureCode::ProviderError);
    let status = apply::ended(app, &attempt.id, Ended::Failed, why).await?;
    Ok(status == CheckoutStatus::Failed)
}

async fn leave(app: &App, attempt: &AttemptId) -> Result<(), DbError> {
    app.db()
        .write(async |tx| attempts::leave(tx, attempt).await)
        .await
}
