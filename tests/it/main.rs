//! Tests on the host: the contract over the real router, and the tidiness of
//! the repository.
#![cfg(not(target_arch = "wasm32"))]

mod tidy;
