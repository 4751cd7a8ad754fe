//! The checkout, from the pay button to its end.
//!
//! [`machine`] is pure: `step(state, event) -> (state, effects)`. [`driver`]
//! performs the effects and feeds in what it hears. The server is the one
//! authority; a message, a push, a closing window or a timer is only a hint to
//! ask it again. What else is decided is pure too: [`presenter`] says where the
//! provider's page opens, [`asking`] when the server is asked, [`sight`] what a
//! closed window means.

pub mod asking;
pub mod driver;
pub mod left;
pub mod machine;
pub mod message;
pub mod presenter;
pub mod sight;

pub use driver::{Around, Driver, Intent, MethodChange};
pub use machine::{Machine, Phase, Refusal, WindowView};
pub use presenter::Presenter;
