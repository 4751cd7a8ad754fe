//! Invoices: the list, the document, and what can be paid of one.

mod document;
mod list;
mod money;
mod put;

pub use document::find;
pub use list::list;
pub use put::{NewInvoice, owner, put};

/// Which invoices have something left to pay: the words of the index that holds only these.
pub(super) const OUTSTANDING: &str =
    "document = 'open' AND paid_minor + credited_minor < total_minor";
