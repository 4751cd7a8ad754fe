//! Payments, purchases and refunds. Only completed ones count in the balance.

mod detail;
mod disputes;
mod imports;
mod list;
mod mark_pending;
mod put;
mod read;
mod refundable;
mod refunds;
mod story;
mod transfers;
mod write;

pub use detail::detail;
pub use disputes::{DisputeMove, NewDispute, dispute_state, record_dispute};
pub use imports::{
    KeyedPayment, add_alias, by_alias, confirm_payment, find_by_provider, take_surcharge,
};
pub use list::{All, find, list};
pub use mark_pending::mark_pending;
pub use put::{applied_and_left, moved_at, owner, put, reference, standing, status, surcharge};
pub use refundable::{KnownRefund, Refundable, refundable, refunds_of};
pub use refunds::{GivenBack, RefundOutcome, fail_refund, give_back};
pub use transfers::{PendingTransfer, pending_transfers};
pub use write::{Arrived, NewPayment, ProviderPayment, cancel, complete, insert, set_fee};

pub use read::fee;

pub(crate) use read::public_part;

#[cfg(test)]
pub(super) use list::{keyset, matching};
