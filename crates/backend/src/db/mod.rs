//! Every row that the backend keeps, and the only place that knows the database.
//!
//! Reads take a [`ReadTx`], one snapshot in which figures and version agree;
//! writes take a [`WriteTx`]. What they return is in the types of the wire.
//! Three rules hold the money together:
//!
//! - [`ledger::post`] is the only writer of ledger entries, and entries never change;
//! - [`allocate`] is the only writer of allocations and of the columns that sum them up
//!   (`invoices.paid_minor`, `invoices.pending_minor`, `payments.allocated_minor`);
//! - every transaction that touches a customer calls [`customers::touch`].

pub mod allocate;
pub mod attempts;
pub mod balance;
pub mod booking;
pub mod checkout_steps;
pub mod checkouts;
pub mod closures;
mod connect;
pub mod credit_notes;
pub mod customers;
mod entities;
mod error;
pub mod events;
pub mod explain;
pub mod feeds;
pub mod history;
pub mod home;
pub mod idempotency;
pub mod invoices;
mod keyset;
pub mod launch_tokens;
pub mod ledger;
mod locks;
mod migrations;
pub mod offers;
pub mod payments;
pub mod provider_ids;
pub mod recovery;
pub mod refund_orders;
pub mod reviews;
mod search;
pub mod sessions;
pub mod settings;
pub mod sign_in_tries;
mod stored;
pub mod terms;
#[cfg(test)]
pub(crate) mod tests;
mod transaction;
pub mod webhook_events;

pub use connect::Db;
pub use error::{DbError, TransactionError};
pub use terms::Terms;
pub use transaction::{ReadTx, WriteTx};
