//! The whole site by WebDriver: the built app, the real backend, the real
//! sandbox gateway on another origin, and Chromium, Firefox and WebKit without a
//! screen.
//!
//! `cargo xtask test` builds the app, finds the browsers and starts these; the
//! environment variables that it sets are read in `browser/` and `site.rs`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what a test cannot go on without ends it"
)]

mod browser;
mod downloads;
mod instrument;
mod matrix;
mod pages;
mod site;
mod stories;
