//! Pages of lists: opaque keyset cursors, never page numbers.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::described::described;

/// Rows a page where the caller does not say.
pub const USUAL_ROWS: u32 = 50;
/// Rows a page at most.
pub const MOST_ROWS: u32 = 200;

/// A place in a list, made by the backend and given back to it unread.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

described!(
    Cursor,
    crate::schema::text_of(&[
        "A place in a list, made by the backend and given back to it unread."
    ])
    .pattern(Some(Cursor::PATTERN))
    .max_length(Some(Cursor::MOST_CHARACTERS))
);

/// A text that no backend made as a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCursor;

impl fmt::Display for BadCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a cursor is what `next_cursor` or `previous_cursor` of a page says")
    }
}

impl std::error::Error for BadCursor {}

impl Cursor {
    /// What it is written with: base64url. [`Cursor::MOST_CHARACTERS`] bounds it besides.
    pub const PATTERN: &str = "^[A-Za-z0-9_-]+$";
    /// The characters of the longest one.
    pub const MOST_CHARACTERS: usize = 4096;

    /// Takes what could be a cursor; only its list can say whether it is one.
    ///
    /// # Errors
    /// [`BadCursor`] where no list can have given it out.
    pub fn parse(text: &str) -> Result<Self, BadCursor> {
        let plain = text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        if plain && (1..=Self::MOST_CHARACTERS).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadCursor)
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The rows, in the order asked for.
    pub data: Vec<T>,
    /// Where the next page starts; `None` on the last one.
    pub next_cursor: Option<Cursor>,
    /// Where the page before starts; `None` on the first one.
    #[serde(default)]
    pub previous_cursor: Option<Cursor>,
    /// The customer's version when the page was read.
    pub version: u64,
}
