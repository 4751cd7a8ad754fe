//! `/account/history`: everything that moved the account, with the running balance.

mod filters;

use api_types::{Cursor, HistoryEntry, HistoryOrder, HistoryQuery, Page};
use leptos::prelude::*;

use crate::components::{Button, EmptyState, Glyph, HistoryTable, PageHeading, Pager, SkeletonOf};
use crate::i18n::{key, t};
use crate::parts::{AccountTab, AccountTabs, Reading, record_href};
use crate::route::Route;
use crate::state::{Loaded, Step, load, use_change, use_route, use_title};

use filters::HistoryFilters;

/// Invoices, receipts, refunds, credit notes and purchases, page by page.
#[component]
pub fn HistoryPage() -> impl IntoView {
    use_title(|| t(key::history::TITLE));
    let place = use_route();
    let query = Memo::new(move |_| match place.get() {
        Some(Route::History(query)) => query,
        _ => HistoryQuery::default(),
    });
    let history = load(
        move || query.get(),
        |api, query| async move { api.history(&query).await },
    );
    let change = use_change();
    let ask = Callback::new(move |query: HistoryQuery| {
        change(&Route::History(query), Step::Forward);
    });
    view! {
        <PageHeading text=t(key::history::TITLE) />
        <AccountTabs current=AccountTab::History />
        <div class="list_page">
            <HistoryFilters query=query on_change=ask />
            <HistoryList history=history query=query on_change=ask />
        </div>
    }
    .into_any()
}

/// What of a query narrows the list: the order and the page do not.
fn narrowing(query: &HistoryQuery) -> u32 {
    let set = [
        query.service.is_some(),
        query.from.is_some() || query.to.is_some(),
        query.currency.is_some(),
        query.outstanding,
    ];
    set.into_iter().map(u32::from).sum()
}

/// The same order with nothing narrowed, from its first page on.
fn widest(query: &HistoryQuery) -> HistoryQuery {
    HistoryQuery {
        order: query.order,
        ..HistoryQuery::default()
    }
}

#[component]
fn HistoryList(
    history: Loaded<Page<HistoryEntry>>,
    query: Memo<HistoryQuery>,
    on_change: Callback<HistoryQuery>,
) -> impl IntoView {
    let nothing = move || {
        if query.with(|query| narrowing(query) == 0) {
            return view! {
                <EmptyState
                    title=t(key::history::EMPTY_TITLE)
                    body=t(key::history::EMPTY_BODY)
                    glyph=Glyph::Account
                />
            }
            .into_any();
        }
        let clear = move |()| on_change.run(query.with_untracked(widest));
        view! {
            <EmptyState
                title=t(key::history::FILTERED_EMPTY_TITLE)
                body=t(key::history::FILTERED_EMPTY_BODY)
                glyph=Glyph::Search
            >
                <Button on_press=Callback::new(clear)>{t(key::controls::CLEAR_FILTERS)}</Button>
            </EmptyState>
        }
        .into_any()
    };
    view! {
        <Reading
                loaded=history
                failed_title=t(key::history::FAILED_TITLE)
                skeleton=SkeletonOf::Rows(8)
                is_empty=|page| page.data.is_empty()
                empty=nothing
        >
            {move || history.value().map(|page| entry_list(&query.get_untracked(), page))}
        </Reading>
    }
}

fn entry_list(query: &HistoryQuery, page: Page<HistoryEntry>) -> impl IntoView + use<> {
    let href = |cursor: Option<Cursor>| {
        let query = HistoryQuery {
            cursor: Some(cursor?),
            ..query.clone()
        };
        Some(Route::History(query).href())
    };
    let (previous, next) = (href(page.previous_cursor), href(page.next_cursor));
    view! {
        <HistoryTable entries=page.data href=record_href />
        <Pager previous=previous next=next />
    }
}

/// The order that a query asks for.
fn order_of(query: &HistoryQuery) -> HistoryOrder {
    query.order.unwrap_or(HistoryOrder::Newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clearing_the_filters_keeps_the_order_and_begins_at_the_first_page() {
        let query = HistoryQuery {
            cursor: Some(Cursor("x".to_owned())),
            service: Some("Physiotherapy".to_owned()),
            outstanding: true,
            order: Some(HistoryOrder::Oldest),
            ..HistoryQuery::default()
        };
        assert_eq!(narrowing(&query), 2);
        let widest = widest(&query);
        assert_eq!((narrowing(&widest), widest.cursor.clone()), (0, None));
        assert_eq!(order_of(&widest), HistoryOrder::Oldest);
    }
}
