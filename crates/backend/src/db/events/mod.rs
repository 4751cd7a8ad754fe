//! Events: appointments and whatever else takes place.

mod confirm;
mod fee;
mod put;

pub use confirm::{confirm, owner};
pub use fee::{EventFee, fee};
pub use put::{NewEvent, put};
