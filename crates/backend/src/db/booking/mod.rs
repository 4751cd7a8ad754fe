//! Times that can be asked for, and what customers can change about their events.
//!
//! Whether a time is free is computed by [`search`] alone: for the list of offered times, and
//! once more in the transaction that takes one. Writes run one after the other, so a time is
//! given to one customer only; the index `events_had_once` makes sure of it.

mod ask;
mod cancel;
mod change;
mod choices;
mod error;
mod holds;
mod messages;
mod offer;
mod provider;
mod reschedule;
mod search;
mod times;

pub use ask::ask;
pub use cancel::{Charge, cancel};
pub use choices::choices;
pub use error::BookingError;
pub use holds::{has_lapsed, let_lapse, let_one_lapse, secure, some_lapsed};
pub use messages::send;
pub use provider::{
    OpenRequest, Unanswered, accept, answer, decline, requests, set_video, unanswered,
};
pub use reschedule::reschedule;
pub use times::times;

pub(in crate::db) use change::{cancel_terms, reschedule_terms};
