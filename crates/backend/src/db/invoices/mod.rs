//! Invoices: the list, the document, and what can be paid of one.

mod document;
mod list;
mod money;
mod put;

pub use document::find;
pub use list::list;
pub(super) use list::only_currency;
pub(super) use money::{Figures, remaining};
pub use put::{NewInvoice, document, open_with_number, owner, put};

/// Which invoices have something left to pay: the words of the indexes that hold only these.
/// The column stands alone on the left since SQLite otherwise turns the comparison round,
/// and then does not see that the indexes answer it.
pub(super) const OUTSTANDING: &str =
    "document = 'open' AND total_minor > paid_minor + credited_minor";

#[cfg(test)]
pub(super) use list::{keyset, matching};
