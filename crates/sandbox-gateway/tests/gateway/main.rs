//! The gateway from outside: over HTTP, as customers and merchants meet it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod aftermath;
mod bench;
mod faults;
mod happened;
mod merchant;
mod merchant_api;
mod paying;
mod restart;
mod wallets;
mod webhooks;
