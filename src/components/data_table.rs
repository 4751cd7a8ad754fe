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
    /// Only on a wide screen, as text.
    Wide,
    /// Only on a wide screen, as an amount.
    WideFigure,
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
            Self::WideFigure => "wide-figure",
        }
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub label: String,
    /// Where its cells stand on a phone.
    pub slot: Slot,
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
    let slots: Vec<&'static str> = columns.iter().map(|column| column.slot.name()).collect();
    let count = columns.len();
    let heads = columns
        .into_iter()
        .map(|column| {
            view! {
                <th class="data_table__head" role="columnheader" data-slot=column.slot.name()>
                    {column.label}
                </th>
            }
        })
        .collect_view();
    let rows = rows
        .into_iter()
        .map(|cells| row(&slots, cells))
        .collect_view();
    view! {
        <table
            class="data_table"
            role="table"
            aria-label=name
            style:--columns=count.to_string()
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

fn row(slots: &[&'static str], cells: Vec<Cell>) -> impl IntoView + use<> {
    let cells = slots
        .iter()
        .copied()
        .zip(cells)
        .map(|(slot, cell)| {
            view! {
                <td class="data_table__cell" role="cell" data-slot=slot>
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
