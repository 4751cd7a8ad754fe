//! The gateway from outside: over HTTP, as customers and merchants meet it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod bench;
mod faults;
mod merchant;
mod merchant_api;
mod paying;
mod refunds_disputes;
mod restart;
mod status_changes;
mod wallets;
mod webhooks;
