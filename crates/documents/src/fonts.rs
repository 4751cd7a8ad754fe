//! The fonts: Inter, which has Latin, Greek and Cyrillic, and what a provider adds
//! for other scripts.

use std::fmt;
use std::sync::{Arc, LazyLock};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

const OWN: [&[u8]; 2] = [
    include_bytes!("../fonts/Inter-Regular.ttf"),
    include_bytes!("../fonts/Inter-SemiBold.ttf"),
];

/// The fonts of all documents, read once. Clones share them.
#[derive(Clone)]
pub struct Fonts(Arc<Read>);

struct Read {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

/// A file is no font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadFont {
    /// Which of the files, counted from 0.
    pub file: usize,
}

impl fmt::Display for BadFont {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is no TrueType or OpenType font")
    }
}

impl std::error::Error for BadFont {}

impl Fonts {
    /// Joins our own fonts with the provider's, which write the characters that ours cannot.
    ///
    /// # Errors
    /// [`BadFont`] names the first of the files that is no TrueType or OpenType font.
    pub fn with(files: Vec<Vec<u8>>) -> Result<Self, BadFont> {
        let mut fonts = own();
        for (file, bytes) in files.into_iter().enumerate() {
            let before = fonts.len();
            fonts.extend(Font::iter(Bytes::new(bytes)));
            if fonts.len() == before {
                return Err(BadFont { file });
            }
        }
        Ok(Self::of(fonts))
    }

    fn of(fonts: Vec<Font>) -> Self {
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self(Arc::new(Read { book, fonts }))
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.0.book
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        self.0.fonts.get(index).cloned()
    }

    /// Whether some font can write the character.
    pub(crate) fn have(&self, character: char) -> bool {
        let mut fonts = self.0.fonts.iter();
        fonts.any(|font| font.info().coverage.contains(u32::from(character)))
    }
}

fn own() -> Vec<Font> {
    let files = OWN.into_iter().map(Bytes::new);
    files.flat_map(Font::iter).collect()
}

impl Default for Fonts {
    /// Our own alone, read once.
    fn default() -> Self {
        static OWN_ALONE: LazyLock<Fonts> = LazyLock::new(|| Fonts::of(own()));
        OWN_ALONE.clone()
    }
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.fonts.iter().map(|font| &font.info().family);
        f.debug_list().entries(names).finish()
    }
}
