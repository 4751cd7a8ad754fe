//! Credit notes: what is taken back of an invoice, as documents of their own. This is the
//! only writer of what an invoice has been credited with.

mod put;
mod read;

pub use put::{NewCreditNote, owner, put};
pub use read::find;
pub(super) use read::of_invoice;
