//! The rows as the database holds them. They are seen in `db` alone.

pub mod allocations;
pub mod attempts;
pub mod checkout_items;
pub mod checkouts;
pub mod credit_notes;
pub mod customers;
pub mod entries;
pub mod events;
pub mod idempotency;
pub mod invoice_lines;
pub mod invoices;
pub mod launch_tokens;
pub mod payments;
pub mod sessions;
pub mod settings;
pub mod sign_in_tries;
pub mod webhook_events;
