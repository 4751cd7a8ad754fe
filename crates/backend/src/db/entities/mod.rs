//! The rows as the database holds them. They are seen in `db` alone.

pub mod allocations;
pub mod attempts;
pub mod checkout_items;
pub mod checkout_steps;
pub mod checkouts;
pub mod closures;
pub mod credit_notes;
pub mod customers;
pub mod entries;
pub mod event_links;
pub mod event_messages;
pub mod events;
pub mod feeds;
pub mod idempotency;
pub mod invoice_lines;
pub mod invoices;
pub mod launch_tokens;
pub mod offers;
pub mod payments;
pub mod reviews;
pub mod sessions;
pub mod settings;
pub mod sign_in_tries;
pub mod webhook_events;
