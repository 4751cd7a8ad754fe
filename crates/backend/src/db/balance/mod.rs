//! The balance: per currency what is owed, what is credit, and what can be paid.
//! Nothing is added up across currencies, and nothing is loaded that a sum can say:
//! the partial indexes hold only what is outstanding.

mod cover;
mod figures;
mod quote;
mod read;

pub use cover::{NotCovered, cover};
pub use quote::{Quote, QuoteItem, quote};
pub use read::read;

pub(super) use figures::pool;
