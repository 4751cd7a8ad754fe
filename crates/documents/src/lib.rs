//! Invoices, receipts, credit notes and statements as tagged PDF: one family, made
//! from the values that the screen is made of, in the same words, figures and days.
//!
//! It is pure: values in, bytes out, and the same bytes for the same values. It must
//! not read a file, a clock or a setting, and it reckons nothing.

mod credit_note;
mod dates;
mod figures;
mod fonts;
mod invoice;
mod legible;
mod pen;
mod receipt;
mod sheet;
mod statement;
mod surroundings;
mod typeset;

use std::fmt;

pub use credit_note::credit_note;
pub use fonts::{BadFont, Fonts};
pub use invoice::invoice;
pub use pen::try_out;
pub use receipt::receipt;
pub use statement::statement;
pub use surroundings::{Logo, Surroundings};

/// A document could not be made, because a template or the provider's logo is at
/// fault. The text is for whoever runs the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the document could not be set: {}", self.0)
    }
}

impl std::error::Error for Error {}
