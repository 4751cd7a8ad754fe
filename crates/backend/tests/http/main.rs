//! The backend from outside: the whole router, called in-process, on a database
//! of its own in a folder of its own. No test waits for a time to pass.

// In a test, what cannot be had ends the test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod account;
mod booking;
mod calendar;
mod checkouts;
mod documents;
mod files;
mod guards;
mod idempotency;
mod logs;
mod pdf;
mod problems;
mod providers;
mod readings;
mod serving;
mod sessions;
mod sign_in;
mod stream;
