//! Payments, purchases and refunds. Only completed ones count in the balance.

mod list;
mod pend;
mod put;
mod write;

pub use list::{find, list};
pub use pend::pend;
pub use put::{owner, put, status};
pub use write::{NewPayment, ProviderPayment, cancel, complete, insert};

#[cfg(test)]
pub(super) use list::keyset;
