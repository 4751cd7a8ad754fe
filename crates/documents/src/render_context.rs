//! What a document takes from around it: whose portal it is, how it looks, and
//! in which words, figures and hours it speaks.

use jiff::tz::TimeZone;
use words::Catalogue;

use crate::fonts::Fonts;

/// What a document needs besides its own values. It is the same for every document of a portal in
/// one language.
#[derive(Clone, Debug)]
pub struct RenderContext {
    /// The provider's name.
    pub provider: String,
    /// The provider's colour as it can be read on white, as `#rrggbb`.
    pub brand: String,
    /// The provider's logo; without one the name stands in its place.
    pub logo: Option<Logo>,
    /// How to reach the provider, line by line.
    pub contact: Vec<String>,
    /// The BCP 47 tag that figures and dates follow, as in `en-IE`; the words are
    /// those of its language.
    pub tag: String,
    /// The zone that instants are told in.
    pub zone: TimeZone,
    /// The words.
    pub words: Catalogue,
    /// The fonts.
    pub fonts: Fonts,
}

/// A picture: SVG, PNG, JPEG, GIF or WebP.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo(
    /// The file.
    pub Vec<u8>,
);

impl std::fmt::Debug for Logo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a logo of {} bytes", self.0.len())
    }
}
