//! What the template draws: every word and figure as it stands on the paper.
//!
//! Nothing here knows money, days or languages; see `templates/document.typ`,
//! which reads these names.

use serde::Serialize;

/// One document.
#[derive(Debug, Serialize)]
pub(crate) struct Sheet {
    /// The language of its words, as in `en`.
    pub(crate) lang: String,
    /// The region of its language tag, as in `IE`.
    pub(crate) region: Option<String>,
    /// The title, as a reader's window and the foot of each page show it.
    pub(crate) title: String,
    /// The provider's colour, readable on white, as `#rrggbb`.
    pub(crate) brand: String,
    pub(crate) provider: Masthead,
    pub(crate) heading: String,
    pub(crate) subtitle: Option<String>,
    pub(crate) badge: Option<Badge>,
    pub(crate) parties: Vec<PartyBlock>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) parts: Vec<Part>,
    pub(crate) details: Option<Details>,
    /// When the values were true.
    pub(crate) as_of: String,
    /// How to read it.
    pub(crate) note: Option<String>,
    /// With `{page}` and `{pages}` where the numbers go.
    pub(crate) page: String,
}

/// Who the document is from.
#[derive(Debug, Serialize)]
pub(crate) struct Masthead {
    pub(crate) name: String,
    /// The name of a file, where there is a logo.
    pub(crate) logo: Option<&'static str>,
    pub(crate) lines: Vec<String>,
}

/// A state, always with its word.
#[derive(Debug, Serialize)]
pub(crate) struct Badge {
    pub(crate) word: String,
    pub(crate) tone: Tone,
}

/// The colours of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Tone {
    Good,
    Wait,
    Bad,
    Plain,
}

#[derive(Debug, Serialize)]
pub(crate) struct PartyBlock {
    pub(crate) label: String,
    pub(crate) name: String,
    pub(crate) lines: Vec<String>,
}

/// A name and what it says.
#[derive(Debug, Serialize)]
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) value: String,
}

/// A table, and figures before or after it.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Part {
    pub(crate) heading: Option<String>,
    pub(crate) before: Vec<Sum>,
    pub(crate) table: Option<Table>,
    pub(crate) after: Vec<Sum>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Column {
    pub(crate) label: String,
    /// Whether its cells are figures, which are aligned so that they can be compared.
    pub(crate) figures: bool,
    /// Whether it takes the width that the other columns leave.
    pub(crate) wide: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) cells: Vec<String>,
    pub(crate) strong: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct Sum {
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) weight: Weight,
}

/// How much a figure matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Weight {
    Plain,
    Total,
    Main,
}

/// What to do about the document.
#[derive(Debug, Serialize)]
pub(crate) struct Details {
    pub(crate) title: String,
    pub(crate) text: Option<String>,
    pub(crate) facts: Vec<Fact>,
}

impl Column {
    pub(crate) fn words(label: String) -> Self {
        Self {
            label,
            figures: false,
            wide: false,
        }
    }

    pub(crate) fn wide(label: String) -> Self {
        Self {
            label,
            figures: false,
            wide: true,
        }
    }

    pub(crate) fn figures(label: String) -> Self {
        Self {
            label,
            figures: true,
            wide: false,
        }
    }
}

impl Row {
    pub(crate) fn plain(cells: Vec<String>) -> Self {
        Self {
            cells,
            strong: false,
        }
    }

    pub(crate) fn strong(cells: Vec<String>) -> Self {
        Self {
            cells,
            strong: true,
        }
    }
}
