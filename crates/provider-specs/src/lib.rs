//! Holds HTTP requests against what payment providers publish.
//!
//! The published files lie outside the project: in the folder that the variable `PORTICO_SPECS`
//! names, by default `../shared/specs` from the project's root. Nothing of them is copied here. A
//! test whose [`Specs::open`] is `None` has nothing to hold requests against, and ends there.

mod call;
mod folder;
mod headers;
mod paypal;
mod specs;
mod stripe;
mod text;
mod validators;

pub use call::Call;
pub use folder::{FOLDER, REQUIRED};
pub use paypal::UNDESCRIBED;
pub use specs::Specs;
