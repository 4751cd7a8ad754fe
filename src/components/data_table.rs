//! Rows that can be compared on a wide screen and read one by one on a phone.
//!
//! It is one table in the document. On a phone its rows are laid out like the
//! rows of a list: each column has a [`Slot`](super::Slot) there. The roles are
//! written out because a browser forgets what a table is once it is laid out
//! otherwise.

use std::cell::RefCell;
use std::collections::BTreeSet;

use leptos::prelude::*;

use super::data_column::{Column, SortOrder, Sorting};
use super::data_ticks::{TickRow, Ticks, tick_all, tick_row};
use super::icon::{Glyph, Icon};
use crate::browser::focus;

/// The content of a cell.
pub type Cell = AnyView;

thread_local! {
    /// The heading that was pressed last: the table that it brings is another
    /// one, and the keyboard has to be found a place in it.
    static PRESSED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A table. Which columns it has and in which order is its caller's. A link with
/// the class `data_table__link` in a row makes all of the row its target.
#[component]
pub fn DataTable(
    /// What the rows are, for a screen reader.
    #[prop(into)]
    name: String,
    /// The columns.
    columns: Vec<Column>,
    /// The rows, each with one cell for each column.
    rows: Vec<Vec<Cell>>,
    /// The rows that can be ticked, one for each row.
    #[prop(optional_no_strip, into)]
    ticks: Option<Ticks>,
    /// A name for ids, where a page has several tables that sort.
    #[prop(default = "table")]
    id: &'static str,
) -> impl IntoView {
    let marks: Vec<Mark> = columns
        .iter()
        .map(|column| Mark {
            slot: column.slot.name(),
            figures: column.figures.then_some(""),
            narrow: column.narrow.then_some(""),
        })
        .collect();
    let tracks: Vec<&'static str> = ticks
        .iter()
        .map(|_| "auto")
        .chain(
            columns
                .iter()
                .filter(|column| !column.narrow)
                .map(|column| column.slot.track()),
        )
        .collect();
    let can_press = ticks.is_some() || columns.iter().any(|column| column.sorting.is_some());
    let heads = columns
        .into_iter()
        .enumerate()
        .map(|(index, column)| head(column, format!("{id}-head-{index}")))
        .collect_view();
    let all = ticks.as_ref().map(tick_all);
    let ticking = ticks.is_some().then_some("");
    let (tick_rows, ticked) = ticks.map_or((vec![], RwSignal::default()), |ticks| {
        (ticks.rows, ticks.ticked)
    });
    let mut tick_rows = tick_rows.into_iter();
    let rows = rows
        .into_iter()
        .map(|cells| row(&marks, tick_rows.next(), ticked, cells))
        .collect_view();
    Effect::new(move |_| {
        if let Some(pressed) = PRESSED.take() {
            focus::restore(&pressed);
        }
    });
    view! {
        <table
            class="data_table"
            role="table"
            aria-label=name
            data-ticks=ticking
            data-heads=can_press.then_some("")
            style:--data_table-columns=tracks.join(" ")
        >
            <thead class="data_table__heads" role="rowgroup">
                <tr class="data_table__row" role="row">
                    {all}
                    {heads}
                </tr>
            </thead>
            <tbody class="data_table__body" role="rowgroup">
                {rows}
            </tbody>
        </table>
    }
}

fn head(column: Column, id: String) -> impl IntoView {
    let order = column.sorting.as_ref().and_then(|sorting| sorting.order);
    let label = column.label;
    let content = match column.sorting {
        None => label.into_any(),
        Some(sorting) => sort_link(label, sorting, id).into_any(),
    };
    view! {
        <th
            class="data_table__head"
            role="columnheader"
            data-slot=column.slot.name()
            data-figures=column.figures.then_some("")
            data-narrow=column.narrow.then_some("")
            aria-sort=order.map(SortOrder::aria)
        >
            {content}
        </th>
    }
}

fn sort_link(label: String, sorting: Sorting, id: String) -> impl IntoView {
    let glyph = sorting.order.map(|order| match order {
        SortOrder::Up => Glyph::Up,
        SortOrder::Down => Glyph::Down,
    });
    let pressed = id.clone();
    view! {
        <a
            class="data_table__sort"
            id=id
            href=sorting.href
            data-noscroll=""
            on:click=move |_| PRESSED.set(Some(pressed.clone()))
        >
            {label}
            {glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
        </a>
    }
}

/// What a cell's style goes by.
#[derive(Clone, Copy)]
struct Mark {
    slot: &'static str,
    figures: Option<&'static str>,
    narrow: Option<&'static str>,
}

fn row(
    marks: &[Mark],
    tick: Option<TickRow>,
    ticked: RwSignal<BTreeSet<String>>,
    cells: Vec<Cell>,
) -> impl IntoView + use<> {
    let cells = marks
        .iter()
        .copied()
        .zip(cells)
        .map(|(mark, cell)| {
            view! {
                <td
                    class="data_table__cell"
                    role="cell"
                    data-slot=mark.slot
                    data-figures=mark.figures
                    data-narrow=mark.narrow
                >
                    {cell}
                </td>
            }
        })
        .collect_view();
    view! {
        <tr class="data_table__row" role="row">
            {tick.map(|tick| tick_row(tick, ticked))}
            {cells}
        </tr>
    }
}
