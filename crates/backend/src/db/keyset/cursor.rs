//! Cursors, and which rows of a list they ask for: for lists of one table and for any other.

use api_types::{Cursor, MOST_ROWS, Page, USUAL_ROWS};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::db::DbError;

/// The sort key and the id of a row, as a cursor holds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The sort key as text.
    pub key: String,
    /// The id, which has no blanks in it.
    pub id: String,
}

/// A page of rows, before they are made into what the wire has.
pub struct Rows<R> {
    /// The rows in the list's order.
    pub rows: Vec<R>,
    next: Option<Cursor>,
    previous: Option<Cursor>,
}

impl<R> Rows<R> {
    /// The same page with other rows in place of these.
    pub fn with<T>(self, rows: Vec<T>) -> Rows<T> {
        Rows {
            rows,
            next: self.next,
            previous: self.previous,
        }
    }

    /// The rows, and where the page after and the page before start.
    pub fn apart(self) -> (Vec<R>, Option<Cursor>, Option<Cursor>) {
        (self.rows, self.next, self.previous)
    }

    /// The page with its rows in the types of the wire.
    ///
    /// # Errors
    /// The error of `each`.
    pub fn into_page<T>(
        self,
        version: u64,
        each: impl FnMut(R) -> Result<T, DbError>,
    ) -> Result<Page<T>, DbError> {
        Ok(Page {
            data: self.rows.into_iter().map(each).collect::<Result<_, _>>()?,
            next_cursor: self.next,
            previous_cursor: self.previous,
            version,
        })
    }
}

/// Which rows of a list a page is asked for.
pub struct Window {
    name: &'static str,
    from: Option<(Direction, Place)>,
    rows: u64,
}

impl Window {
    /// Reads which rows a cursor and a limit ask for.
    ///
    /// # Errors
    /// [`DbError::BadCursor`] if the cursor is of another list or cannot be read.
    pub fn read(
        name: &'static str,
        cursor: Option<&Cursor>,
        limit: Option<u32>,
    ) -> Result<Self, DbError> {
        Ok(Self {
            name,
            from: cursor.map(|cursor| read(name, cursor)).transpose()?,
            rows: limit.unwrap_or(USUAL_ROWS).clamp(1, MOST_ROWS).into(),
        })
    }

    /// Whether the page before is asked for: then the rows are read in the opposite order.
    pub fn back(&self) -> bool {
        matches!(self.from, Some((Direction::Back, _)))
    }

    /// The row that the page begins after, in the direction in which the pages are read.
    pub fn beyond(&self) -> Option<&Place> {
        self.from.as_ref().map(|(_, place)| place)
    }

    /// How many rows to read: one too many, which only shows that the list goes on.
    pub fn to_read(&self) -> u64 {
        self.rows + 1
    }

    /// Makes a page of the rows that were read in the direction of the pages.
    pub fn page<R>(self, mut rows: Vec<R>, place: impl Fn(&R) -> Place) -> Rows<R> {
        let goes_on = u64::try_from(rows.len()).is_ok_and(|found| found > self.rows);
        if goes_on {
            rows.pop();
        }
        let back = self.back();
        if back {
            rows.reverse();
        }
        let (more_before, more_after) = if back {
            (goes_on, true)
        } else {
            (self.from.is_some(), goes_on)
        };
        let first = rows.first().filter(|_| more_before).map(&place);
        let last = rows.last().filter(|_| more_after).map(&place);
        Rows {
            rows,
            next: last.map(|place| write(self.name, Direction::On, &place)),
            previous: first.map(|place| write(self.name, Direction::Back, &place)),
        }
    }
}

pub(super) fn write(name: &str, direction: Direction, place: &Place) -> Cursor {
    let Place { key, id } = place;
    // The key stands last, since a text may hold blanks.
    let text = format!("{name} {} {id} {key}", direction.word());
    Cursor(URL_SAFE_NO_PAD.encode(text))
}

pub(super) fn read(name: &str, cursor: &Cursor) -> Result<(Direction, Place), DbError> {
    let bytes = URL_SAFE_NO_PAD.decode(&cursor.0);
    let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.ok_or(DbError::BadCursor)?;
    let mut words = text.splitn(4, ' ');
    match (words.next(), words.next(), words.next(), words.next()) {
        (Some(of), Some(direction), Some(id), Some(key)) if of == name => {
            let place = Place {
                key: key.to_owned(),
                id: id.to_owned(),
            };
            Ok((Direction::read(direction)?, place))
        }
        _ => Err(DbError::BadCursor),
    }
}

/// The direction in which the pages of a list are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    On,
    Back,
}

impl Direction {
    fn word(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Back => "back",
        }
    }

    fn read(word: &str) -> Result<Self, DbError> {
        [Self::On, Self::Back]
            .into_iter()
            .find(|direction| direction.word() == word)
            .ok_or(DbError::BadCursor)
    }
}
