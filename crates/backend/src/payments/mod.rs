//! Payments through providers: checkouts from the button to their end.
//!
//! Whatever reports a payment, [`reconcile`] reads it from the provider itself, [`settle`] decides
//! what its state means, and `apply` writes that in one transaction. Three rules hold:
//!
//! - an attempt is committed before its provider is called;
//! - no transaction is held across a call;
//! - changes are published to the streams after the commit, never before it.

mod abandoned;
mod apply;
pub mod change;
pub mod checkouts;
pub mod create;
mod error;
pub mod explain;
mod imported;
mod known;
pub mod launch;
mod lookup;
mod place_order;
mod plan;
pub mod poller;
mod posting;
mod provider;
pub mod reconcile;
mod record_answer;
pub mod refunds;
mod refunds_disputes;
pub mod returns;
pub mod reviews;
pub mod settle;
mod times;
pub mod transfers;
mod view;
pub mod webhooks;

pub use error::CheckoutError;

use api_types::Timestamp;

use crate::db::{DbError, WriteTx, launch_tokens, webhook_events};

/// Deletes launch tokens and notifications that are older than 30 days, since nobody can use them
/// any more.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn forget_old(tx: &WriteTx, now: Timestamp) -> Result<(), DbError> {
    let long_ago = now.minus(times::KEPT);
    launch_tokens::purge(tx, long_ago).await?;
    webhook_events::purge(tx, long_ago).await?;
    Ok(())
}
