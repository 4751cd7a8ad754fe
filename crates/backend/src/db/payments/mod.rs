//! Payments, purchases and refunds. Only completed ones count in the balance.

mod write;

pub use write::{NewPayment, ProviderPayment, cancel, complete, insert};
