//! The checkout, from the pay button to its end.
//!
//! [`machine`] is pure: `step(state, event) -> (state, effects)`. [`driver`]
//! performs the effects and feeds in what it hears. The server is the one
//! authority; a message, a push, a closing window or a timer is only a hint to
//! ask it again. What else is decided is pure too: [`presenter`] says where the
//! provider's page opens, [`poll_throttle`] when the server is asked, [`popup_monitor`] what a
//! closed window means.

pub mod driver;
pub mod last_method;
pub mod machine;
pub mod message;
pub mod poll_throttle;
pub mod popup_monitor;
pub mod presenter;
pub mod redirect_state;

pub use driver::{CheckoutHost, Driver, Intent, MethodChange};
pub use machine::{Machine, Phase, Refusal, WindowView};
pub use presenter::Presenter;
