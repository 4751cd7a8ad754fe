//! The PayPal stand-in: what it refuses, what it does, and what it tells.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod access;
mod bodies;
mod disputes;
mod life;
mod pages;
mod refunds;
mod refused_orders;
mod refused_rules;
mod refused_shapes;
mod repeated;
mod sink;
mod support;
mod webhooks;
