//! A table's columns: what they are called, where they stand, how they sort.

/// Where a column's cell stands in a row on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// At the start, over both lines: a date block.
    Start,
    /// The first line.
    Title,
    /// The second line.
    Note,
    /// At the end of the first line: an amount.
    Figure,
    /// At the end of the second line: a badge.
    Status,
    /// Only on a wide screen.
    Wide,
}

impl Slot {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Title => "title",
            Self::Note => "note",
            Self::Figure => "figure",
            Self::Status => "status",
            Self::Wide => "wide",
        }
    }

    /// How wide the column is on a wide screen: the title takes what is left.
    pub(super) fn track(self) -> &'static str {
        match self {
            Self::Title => "minmax(10rem, 1fr)",
            _ => "auto",
        }
    }
}

/// Which way a list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortOrder {
    /// The least first.
    Up,
    /// The most first.
    Down,
}

impl SortOrder {
    /// As `aria-sort` says it.
    pub(super) fn aria(self) -> &'static str {
        match self {
            Self::Up => "ascending",
            Self::Down => "descending",
        }
    }
}

/// How a column's heading sorts the list. The order lives in the address, so
/// the heading is a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorting {
    /// Where the list is in the order that pressing the heading asks for.
    pub href: String,
    /// How the list is sorted by this column now.
    pub order: Option<SortOrder>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub(super) label: String,
    pub(super) slot: Slot,
    pub(super) figures: bool,
    pub(super) sorting: Option<Sorting>,
    pub(super) narrow: bool,
}

impl Column {
    /// A column of words, with its heading.
    pub fn words(label: String, slot: Slot) -> Self {
        Self {
            label,
            slot,
            figures: false,
            sorting: None,
            narrow: false,
        }
    }

    /// A column of figures, which stand below each other at the end of the column.
    pub fn figures(label: String, slot: Slot) -> Self {
        Self {
            figures: true,
            ..Self::words(label, slot)
        }
    }

    /// The same column with a heading that sorts.
    #[must_use]
    pub fn with_sorting(self, sorting: Sorting) -> Self {
        Self {
            sorting: Some(sorting),
            ..self
        }
    }

    /// The same column on a phone only: a wide screen leaves it out.
    #[must_use]
    pub fn only_narrow(self) -> Self {
        Self {
            narrow: true,
            ..self
        }
    }
}
