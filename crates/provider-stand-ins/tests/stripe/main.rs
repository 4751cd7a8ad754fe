//! Stripe's stand-in from outside: over HTTP, as merchants and customers meet it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod amounts;
mod bench;
mod callers;
mod debits;
mod disputes;
mod events;
mod idempotency;
mod pages;
mod paying;
mod reading;
mod receiver;
mod refunds;
mod refusals;
mod signatures;
mod versions;
