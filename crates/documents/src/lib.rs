//! Invoices, receipts, credit notes and statements as tagged PDF: one family, made
//! from the values that the screen is made of, in the same words, figures and days.
//!
//! It is pure: values in, bytes out, and the same bytes for the same values. It must
//! not read a file, a clock or a setting, and it reckons nothing.

mod credit_note;
mod dates;
mod document_writer;
mod figures;
mod fonts;
mod glyph_coverage;
mod invoice;
mod receipt;
mod render_context;
mod sheet;
mod statement;
mod typeset;

use std::fmt;

pub use credit_note::credit_note;
pub use document_writer::check_render;
pub use fonts::{BadFont, Fonts};
pub use invoice::invoice;
pub use receipt::receipt;
pub use render_context::{Logo, RenderContext};
pub use statement::statement;

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
