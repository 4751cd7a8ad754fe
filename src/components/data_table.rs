//! Rows that can be compared on a wide screen and read one by one on a phone.
//!
//! It is one table in the document. On a phone its rows are laid out like the
//! rows of a list: each column has a [`Slot`] there. The roles are written out
//! because a browser forgets what a table is once it is laid out otherwise.

use leptos::prelude::*;

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
    fn name(self) -> &'static str {
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
    fn track(self) -> &'static str {
        match self {
            Self::Title => "minmax(10rem, 1fr)",
            _ => "auto",
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    label: String,
    slot: Slot,
    figures: bool,
}

impl Column {
    /// A column of words, with its heading.
    pub fn words(label: String, slot: Slot) -> Self {
        Self {
            label,
            slot,
            figures: false,
        }
    }

    /// A column of figures, which stand below each other at the end of the column.
    pub fn figures(label: String, slot: Slot) -> Self {
        Self {
            label,
            slot,
            figures: true,
        }
    }
}

/// The content of a cell.
pub type Cell = AnyView;

/// A table. A link with the class `data_table__link` in a row makes all of the
/// row its target.
#[component]
pub fn DataTable(
    /// What the rows are, for a screen reader.
    #[prop(into)]
    name: String,
    /// The columns.
    columns: Vec<Column>,
    /// The rows, each with one cell for each column.
    rows: Vec<Vec<Cell>>,
) -> impl IntoView {
    let marks: Vec<Mark> = columns
        .iter()
        .map(|column| (column.slot.name(), column.figures.then_some("")))
        .collect();
    let tracks: Vec<&'static str> = columns.iter().map(|column| column.slot.track()).collect();
    let heads = columns
        .into_iter()
        .map(|column| {
            view! {
                <th
                    class="data_table__head"
                    role="columnheader"
                    data-slot=column.slot.name()
                    data-figures=column.figures.then_some("")
                >
                    {column.label}
                </th>
            }
        })
        .collect_view();
    let rows = rows
        .into_iter()
        .map(|cells| row(&marks, cells))
        .collect_view();
    view! {
        <table
            class="data_table"
            role="table"
            aria-label=name
            style:--data_table-columns=tracks.join(" ")
        >
            <thead class="data_table__heads" role="rowgroup">
                <tr class="data_table__row" role="row">
                    {heads}
                </tr>
            </thead>
            <tbody class="data_table__body" role="rowgroup">
                {rows}
            </tbody>
        </table>
    }
}

/// What a cell's style goes by: its slot, and whether it holds a figure.
type Mark = (&'static str, Option<&'static str>);

fn row(marks: &[Mark], cells: Vec<Cell>) -> impl IntoView + use<> {
    let cells = marks
        .iter()
        .copied()
        .zip(cells)
        .map(|((slot, figures), cell)| {
            view! {
                <td
                    class="data_table__cell"
                    role="cell"
                    data-slot=slot
                    data-figures=figures
                >
                    {cell}
                </td>
            }
        })
        .collect_view();
    view! {
        <tr class="data_table__row" role="row">
            {cells}
        </tr>
    }
}
