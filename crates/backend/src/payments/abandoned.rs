//! Decides which checkouts and attempts are abandoned: nobody is to pay them any more.

use api_types::{CheckoutStatus, FailureCode, Timestamp};

use super::times;
use crate::app::App;
use crate::db::attempts::Attempt;
use crate::db::checkouts::{self, Checkout, Item};
use crate::db::{DbError, ReadTx};
use crate::gateways::{Closing, Ended, Ending, ProviderState};

/// Whether a checkout asks for more than remains to be paid: one of its items has been paid
/// otherwise, wholly or in part, costs less now, or is void or cancelled.
pub(super) fn exceeds_remaining(items: &[Item]) -> bool {
    items.iter().any(|item| {
        let left = item.remaining.map(|left| left.minor());
        left.is_some_and(|left| left < item.amount.minor())
    })
}

/// Whether a checkout ended without money. Its page at the provider may still be open.
pub(super) fn is_ended_unpaid(status: CheckoutStatus) -> bool {
    matches!(
        status,
        CheckoutStatus::Failed | CheckoutStatus::Cancelled | CheckoutStatus::Expired
    )
}

/// Whether nobody is to pay by an attempt any more: its checkout is paid, has ended, or is at
/// another attempt.
pub(super) fn is_abandoned(attempt: &Attempt, checkout: &Checkout) -> bool {
    let paid = checkout.status == CheckoutStatus::Paid;
    attempt.is_superseded() || paid || is_ended_unpaid(checkout.status)
}

/// How a page that can still be paid on is to be ended at the provider; `None` while it is needed.
///
/// # Errors
/// [`DbError`] if the database fails.
pub(super) async fn cancellation_for(
    tx: &ReadTx,
    (attempt, checkout): (&Attempt, &Checkout),
    status: CheckoutStatus,
    now: Timestamp,
) -> Result<Option<Ended>, DbError> {
    let paid_otherwise = status == CheckoutStatus::Paid && attempt.payment.is_none();
    if is_ended_unpaid(status) || attempt.is_superseded() || paid_otherwise {
        return Ok(Some(Ended::Cancelled));
    }
    if now.since(checkout.expires_at) >= times::GRACE {
        return Ok(Some(Ended::Expired));
    }
    let items = checkouts::items(tx, checkout).await?;
    Ok(exceeds_remaining(&items).then_some(Ended::Cancelled))
}

/// That nothing is to be captured any more, because the customer's yes does not stand any more or
/// because what it was for cannot be paid any more: how the attempt ends instead.
///
/// # Errors
/// [`DbError`] if the database fails.
pub(super) async fn is_gone(
    app: &App,
    tx: &ReadTx,
    (attempt, checkout): (&Attempt, &Checkout),
    state: &ProviderState,
) -> Result<Option<ProviderState>, DbError> {
    if let Some(withdrawn) = withdrawn(app, (attempt, checkout), state) {
        return Ok(Some(withdrawn));
    }
    let is_uncaptured = matches!(
        checkout.status,
        CheckoutStatus::Created | CheckoutStatus::Open | CheckoutStatus::Confirming
    ) && attempt.payment.is_none();
    if *state != ProviderState::Approved || !is_uncaptured {
        return Ok(None);
    }
    let items = checkouts::items(tx, checkout).await?;
    Ok(
        exceeds_remaining(&items).then_some(ProviderState::Ended(Ending {
            how: Ended::Cancelled,
            tried: false,
            failure: None,
        })),
    )
}

/// That a customer's yes, which was about to be captured, does not stand any more at the provider:
/// nothing was captured, so the payment has failed.
fn withdrawn(
    app: &App,
    (attempt, checkout): (&Attempt, &Checkout),
    state: &ProviderState,
) -> Option<ProviderState> {
    let gateway = app.gateways().find(&attempt.gateway)?;
    let captures = gateway.abilities().closing == Closing::ByNotCapturing;
    let was_confirming = checkout.status == CheckoutStatus::Confirming && !attempt.is_superseded();
    let is_open = *state == ProviderState::Open && attempt.payment.is_none();
    (captures && was_confirming && is_open).then_some(ProviderState::Ended(Ending {
        how: Ended::Failed,
        tried: false,
        failure: Some(FailureCode::ProviderError),
    }))
}
