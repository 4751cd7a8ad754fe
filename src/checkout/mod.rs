//! The checkout, from the pay button to its end.
//!
//! [`machine`] is pure: `step(state, event) -> (state, effects)`. [`driver`]
//! performs the effects and feeds in what it hears. The server is the one
//! authority; a message, a push, a closing window or a timer is only a hint to
//! ask it again.

pub mod driver;
pub mod machine;
// On the host, where proptest is.
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod machine_tests;
pub mod message;

pub use driver::{Driver, Intent};
pub use machine::{Machine, Phase, Refusal, WindowView};
