//! Strict stand-ins for payment providers, for tests and demos. Each is a server on an origin of
//! its own that follows its provider's documents: what the provider requires is required, what it
//! refuses is refused, in its own words. No money ever moves.
//!
//! Like the sandbox gateway they are strangers to the portal: they use none of its crates, and were
//! written from the providers' documents and not from the portal's gateways, so that no misreading
//! is made twice.

mod clock;
mod controls;
mod deliveries;
pub mod paypal;
mod server;
pub mod stripe;

pub use controls::{Controls, Fault, Recorded, Told, WebhookMode};
