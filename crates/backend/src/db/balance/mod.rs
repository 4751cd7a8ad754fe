//! The balance: per currency what is owed, what is credit, and what can be paid.
//! Nothing is added up across currencies, and nothing is loaded that a sum can say:
//! the partial indexes hold only what is outstanding.

mod cover;
mod entries;
mod figures;
mod next_unpaid;
mod quote;
mod read;

pub use cover::{NotCovered, cover};
pub use entries::entries;
pub use quote::{Quote, QuoteItem, quote};
pub use read::read;
