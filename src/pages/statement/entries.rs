//! The entries of a statement: the history of its days, the oldest first.

use api_types::{
    Cursor, HistoryEntry, HistoryOrder, HistoryQuery, MOST_ROWS, Page, StatementQuery,
};
use leptos::prelude::*;

use crate::components::{EmptyState, Glyph, HistoryTable, Pager, SkeletonOf};
use crate::i18n::{key, t};
use crate::parts::{Reading, record_href};
use crate::route::{Route, StatementChoice};
use crate::state::{Loaded, load};

/// How many rows a page holds at most: most statements fit on one, and print as one.
const MOST: u32 = MOST_ROWS;

#[component]
pub(super) fn StatementEntries(
    query: Memo<StatementQuery>,
    choice: Memo<StatementChoice>,
) -> impl IntoView {
    let asked = move || {
        let StatementQuery { from, to, currency } = query.get();
        HistoryQuery {
            from: Some(from),
            to: Some(to),
            currency,
            order: Some(HistoryOrder::Oldest),
            cursor: choice.with(|choice| choice.cursor.clone()),
            limit: Some(MOST),
            ..HistoryQuery::default()
        }
    };
    let entries: Loaded<Page<HistoryEntry>> =
        load(asked, |api, query| async move { api.history(&query).await });
    view! {
        <h2>{t(key::statement::ENTRIES)}</h2>
        <Reading
                loaded=entries
                failed_title=t(key::history::FAILED_TITLE)
                skeleton=SkeletonOf::Rows(6)
                is_empty=|page| page.data.is_empty()
                empty=nothing
        >
            {move || entries.value().map(|page| entry_list(&choice.get_untracked(), page))}
        </Reading>
    }
}

fn nothing() -> impl IntoView {
    view! {
        <EmptyState
            title=t(key::statement::EMPTY_TITLE)
            body=t(key::statement::EMPTY_BODY)
            glyph=Glyph::Account
        />
    }
}

fn entry_list(choice: &StatementChoice, page: Page<HistoryEntry>) -> impl IntoView + use<> {
    let href = |cursor: Option<Cursor>| {
        let choice = StatementChoice {
            cursor: Some(cursor?),
            ..choice.clone()
        };
        Some(Route::Statement(choice).href())
    };
    let (previous, next) = (href(page.previous_cursor), href(page.next_cursor));
    let a_part = (previous.is_some() || next.is_some())
        .then(|| view! { <p class="list_page__hint">{t(key::statement::MORE_PAGES)}</p> });
    view! {
        {a_part}
        <HistoryTable entries=page.data href=record_href />
        <Pager previous=previous next=next />
    }
}
