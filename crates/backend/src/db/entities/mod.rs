//! The rows as the database holds them. They are seen in `db` alone.

mod accounts;
mod billing;
mod calendar;
mod checkout;
mod money;
mod server;

pub use accounts::{customers, entries, sessions, sign_in_tries};
pub use billing::{credit_notes, invoice_lines, invoices};
pub use calendar::{closures, event_links, event_messages, events, feeds, offers};
pub use checkout::{
    attempts, checkout_items, checkout_steps, checkouts, launch_tokens, provider_ids,
    webhook_events,
};
pub use money::{
    allocation_reversals, allocations, disputes, payment_aliases, payments, refund_orders, reviews,
};
pub use server::{idempotency, settings};
