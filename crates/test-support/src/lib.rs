//! What the tests of several packages share: a backend in this process, customers who pay and who
//! ask for events, a payment provider that says what a test needs, and the sample data.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what a test cannot go on without ends it"
)]

pub mod desk;
pub mod fake;
pub mod methods;
pub mod sample_data;
pub mod shop;
pub mod site;
