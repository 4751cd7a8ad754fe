//! The whole site by WebDriver: the built app, the real backend, the real
//! sandbox gateway on another origin, and headless Chromium.
//!
//! `cargo xtask test` builds the app, finds the browser and starts these; the
//! environment variables that it sets are read in `browser.rs` and `site.rs`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what a test cannot go on without ends it"
)]

mod browser;
mod downloads;
mod pages;
#[path = "../sample_data/mod.rs"]
mod sample_data;
mod site;
mod stories;
