//! Documents from outside: made of values, read back by another PDF library.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what a test cannot go on without ends it"
)]

mod accessible;
mod invoices;
mod others;
mod reading;
mod statements;
mod template;
mod values;
