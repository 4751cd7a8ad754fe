//! The account history and the statement: the same entries, chosen by the same
//! [`Selection`](selection::Selection), so that they cannot differ.

mod entry;
mod list;
mod selection;
mod statement;

pub use list::{All, list};
pub use statement::statement;

#[cfg(test)]
pub(super) use selection::Selection;
