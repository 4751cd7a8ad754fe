//! Decides which checkouts and attempts are abandoned: nobody is to pay them any more.

use api_types::CheckoutStatus;

use crate::db::attempts::Attempt;
use crate::db::checkouts::{Checkout, Item};

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
