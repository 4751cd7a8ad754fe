//! The account history: every movement with what the account stood at after it.

use api_types::{HistoryEntry, Record};
use leptos::prelude::*;

use super::amount::Amount;
use super::data_column::{Column, Slot};
use super::data_table::{Cell, DataTable};
use super::date_block::DateBlock;
use crate::i18n::{self, entry_kind_words, fill, key, t};

/// Movements under the headings `Date`, `Record`, `Description`, `Outstanding`,
/// `Amount`, `Balance`. Charges are negative.
#[component]
pub fn HistoryTable(
    /// The movements, in the order to show them.
    entries: Vec<HistoryEntry>,
    /// Where a record is.
    href: fn(&Record) -> Option<String>,
) -> impl IntoView {
    let words = |label, slot| Column::words(t(label), slot);
    let figures = |label, slot| Column::figures(t(label), slot);
    let columns = vec![
        words(key::history::DATE, Slot::Start),
        words(key::history::RECORD, Slot::Title),
        words(key::history::DESCRIPTION, Slot::Note),
        figures(key::history::OUTSTANDING, Slot::Wide),
        figures(key::history::AMOUNT, Slot::Figure),
        figures(key::history::BALANCE, Slot::Wide),
    ];
    let rows = entries
        .into_iter()
        .map(|entry| cells(entry, href))
        .collect();
    view! { <DataTable name=t(key::history::LIST_NAME) columns=columns rows=rows /> }
}

fn cells(entry: HistoryEntry, href: fn(&Record) -> Option<String>) -> Vec<Cell> {
    let HistoryEntry {
        id,
        on,
        kind,
        number,
        description,
        amount,
        balance,
        outstanding,
        record,
        ..
    } = entry;
    let kind = entry_kind_words(kind);
    let name = view! {
        {kind}
        " "
        <span class="history_table__number">{number}</span>
    };
    let name = match record.as_ref().and_then(href) {
        Some(href) => view! { <a class="data_table__link" href=href>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let after = fill(
        key::history::BALANCE_AFTER,
        [("amount", &i18n::money(&balance))],
    );
    vec![
        view! {
            <span class="on-narrow">
                <DateBlock day=on />
            </span>
            <time class="on-wide" datetime=on.to_string()>
                {i18n::day(&on)}
            </time>
        }
        .into_any(),
        view! { <span data-entry=id>{name}</span> }.into_any(),
        view! {
            <span class="line-breaks">{description}</span>
            <span class="history_table__after">{after}</span>
        }
        .into_any(),
        outstanding
            .filter(|money| !money.is_zero())
            .map(|money| view! { <Amount money=money /> })
            .into_any(),
        view! { <Amount money=amount /> }.into_any(),
        view! { <Amount money=balance /> }.into_any(),
    ]
}
