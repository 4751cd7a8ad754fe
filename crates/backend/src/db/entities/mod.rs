//! The rows as the database holds them. They are seen in `db` alone.

pub mod allocations;
pub mod customers;
pub mod entries;
pub mod events;
pub mod idempotency;
pub mod invoice_lines;
pub mod invoices;
pub mod payments;
pub mod sessions;
pub mod sign_in_tries;
