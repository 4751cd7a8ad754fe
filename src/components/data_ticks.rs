//! Ticking the rows of a table.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::i18n::{fill, key, t};

/// A row that can be ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TickRow {
    /// What stands for the row among those that are ticked.
    pub key: String,
    /// What the row is, for a screen reader.
    pub name: String,
    /// Whether it can be ticked.
    pub can: bool,
}

/// The rows of a table that can be ticked, and those that are. What is ticked
/// outlives the table: it may hold rows of other pages.
#[derive(Clone, Debug)]
pub struct Ticks {
    /// One for each row of the table, in its order.
    pub rows: Vec<TickRow>,
    /// The keys of those that are ticked.
    pub ticked: RwSignal<BTreeSet<String>>,
}

impl Ticks {
    fn possible(&self) -> Vec<String> {
        let can = self.rows.iter().filter(|row| row.can);
        can.map(|row| row.key.clone()).collect()
    }
}

/// The box in the heading: all rows on screen that can be ticked, or none.
pub(super) fn tick_all(ticks: &Ticks) -> impl IntoView + use<> {
    let (possible, ticked) = (ticks.possible(), ticks.ticked);
    let count = {
        let possible = possible.clone();
        Memo::new(move |_| {
            ticked.with(|ticked| possible.iter().filter(|key| ticked.contains(*key)).count())
        })
    };
    let most = possible.len();
    let tick = move |on: bool| {
        ticked.update(|ticked| {
            for key in &possible {
                if on {
                    ticked.insert(key.clone());
                } else {
                    ticked.remove(key);
                }
            }
        });
    };
    view! {
        <th class="data_table__head" role="columnheader" data-slot="tick">
            <label class="data_table__tick">
                <input
                    type="checkbox"
                    disabled=most == 0
                    prop:checked=move || { most > 0 && count.get() == most }
                    prop:indeterminate=move || (1..most).contains(&count.get())
                    on:change:target=move |event| tick(event.target().checked())
                />
                <span class="data_table__tick_words">{t(key::controls::SELECT_ALL)}</span>
            </label>
        </th>
    }
}

/// The box of one row.
pub(super) fn tick_row(row: TickRow, ticked: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let TickRow { key, name, can } = row;
    let is_ticked = {
        let key = key.clone();
        move || ticked.with(|ticked| ticked.contains(&key))
    };
    let tick = move |on: bool| {
        ticked.update(|ticked| {
            if on {
                ticked.insert(key.clone());
            } else {
                ticked.remove(&key);
            }
        });
    };
    view! {
        <td class="data_table__cell" role="cell" data-slot="tick">
            <label class="data_table__tick">
                <input
                    type="checkbox"
                    disabled=!can
                    aria-label=fill(key::controls::SELECT_ROW, [("name", &name)])
                    prop:checked=is_ticked
                    on:change:target=move |event| tick(event.target().checked())
                />
            </label>
        </td>
    }
}
