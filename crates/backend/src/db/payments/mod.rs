//! Payments, purchases and refunds. Only completed ones count in the balance.

mod detail;
mod list;
mod pend;
mod put;
mod read;
mod transfers;
mod write;

pub use detail::detail;
pub use list::{All, find, list};
pub use pend::pend;
pub use put::{moved_at, owner, put, reference, standing, status};
pub use transfers::{PendingTransfer, pending_transfers};
pub use write::{Arrived, NewPayment, ProviderPayment, cancel, complete, insert};

pub(super) use read::public_part;

#[cfg(test)]
pub(super) use list::{keyset, matching};
