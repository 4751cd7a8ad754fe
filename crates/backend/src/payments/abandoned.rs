//! Decides which checkouts and attempts are abandoned: nobody is to pay them any more.

use api_types::{CheckoutStatus, Timestamp};

use super::times;
use crate::db::attempts::Attempt;
use crate::db::checkouts::{self, Checkout, Item};
use crate::db::{DbError, ReadTx};
use crate::gateways::{Ended, Ending, ProviderState};

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

/// That the customer has agreed to pay for what cannot be paid any more: it ends, and is not
/// captured.
///
/// # Errors
/// [`DbError`] if the database fails.
pub(super) async fn is_gone(
    tx: &ReadTx,
    checkout: &Checkout,
    state: &ProviderState,
) -> Result<Option<ProviderState>, DbError> {
    let is_open = matches!(
        checkout.status,
        CheckoutStatus::Created | CheckoutStatus::Open
    );
    if *state != ProviderState::Approved || !is_open {
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
