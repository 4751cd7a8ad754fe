//! Events: appointments and whatever else takes place.

mod confirm;
mod fee;
mod papers;
mod put;

pub use confirm::{confirm, owner};
pub use fee::{EventFee, fee};
pub use papers::{PaperKind, add_paper, clear_papers, count_papers};
pub use put::{NewEvent, put};
