//! Tests on the host: the contract over the real router, and the tidiness of
//! the repository.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what a test cannot go on without ends it"
)]

mod contract;
mod parity;
mod tidy;
