//! Payments, purchases and refunds. Only completed ones count in the balance.

mod list;
mod put;
mod write;

pub use list::{find, list};
pub use put::{owner, put};
pub use write::{NewPayment, ProviderPayment, cancel, complete, insert};
