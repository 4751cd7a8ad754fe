//! A payment provider of our own, for demos and tests: a hosted card page, a merchant API, signed
//! webhooks, and faults that can be switched on by name. No real money ever moves.
//!
//! It is a stranger to the portal on purpose: a process of its own, on an origin of its own, and
//! it uses none of the portal's crates. `README.md` is its manual.
#![doc = ""]
#![doc = include_str!("../README.md")]

mod amount;
mod api_key;
mod card;
mod clock;
mod faults;
mod gateway;
mod gateway_state;
mod http;
mod outbox;
mod payment;
mod refunds_disputes;
mod reversal;
mod sender;
mod settings;
mod shared;
mod signature;
mod snapshot;
mod stop;
mod store;
mod wallet;
mod wire;

pub use faults::{Coop, FAULT_NAMES, Faults, UnknownFault};
pub use gateway::{Gateway, StartError, serve};
pub use gateway_state::StatusChange;
pub use payment::Status;
pub use settings::{GatewaySettings, Secret};
pub use signature::{KeyError, sign_webhook};
