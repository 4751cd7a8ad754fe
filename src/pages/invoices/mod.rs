//! `/invoices`

use api_types::{Cursor, InvoiceFilter, InvoiceId, InvoiceQuery};
use leptos::prelude::*;

use crate::components::{
    EmptyState, Glyph, InvoiceTable, PageHeading, Pager, Skeleton, SkeletonOf, Tab, Tabs,
};
use crate::i18n::{key, t};
use crate::parts::{CheckoutPanels, LoadFailure};
use crate::route::{InvoiceList, Route};
use crate::state::{load, use_route, use_title};

/// Every invoice, or those on which something remains, page by page.
#[component]
pub fn InvoicesPage() -> impl IntoView {
    use_title(|| t(key::invoices::TITLE));
    let place = use_route();
    let listed = Memo::new(move |_| list_of(place.get()));
    let invoices = load(
        move || listed.with(|list| list.query.clone()),
        |api, query| async move { api.invoices(&query).await },
    );
    let outstanding = Memo::new(move |_| listed.with(|list| list.query.state.is_some()));
    let list = move || match invoices.value() {
        None if invoices.error().is_some() => ().into_any(),
        None => view! { <Skeleton of=SkeletonOf::Rows(8) /> }.into_any(),
        Some(page) if page.data.is_empty() => empty(outstanding.get()).into_any(),
        Some(page) => {
            let href = |cursor: Option<Cursor>| {
                cursor.map(|cursor| {
                    let mut list = listed.get_untracked();
                    list.query.cursor = Some(cursor);
                    Route::Invoices(list).href()
                })
            };
            view! {
                <InvoiceTable invoices=page.data href=invoice_href />
                <Pager previous=href(page.previous_cursor) next=href(page.next_cursor) />
            }
            .into_any()
        }
    };
    view! {
        <PageHeading text=t(key::invoices::TITLE) />
        {move || view! { <Tabs name=t(key::invoices::FILTER_NAME) tabs=tabs(outstanding.get()) /> }}
        <CheckoutPanels />
        <LoadFailure loaded=invoices title=t(key::invoices::FAILED_TITLE) />
        <div class="list_page">{list}</div>
    }
    .into_any()
}

fn list_of(route: Option<Route>) -> InvoiceList {
    match route {
        Some(Route::Invoices(list)) => list,
        _ => InvoiceList::default(),
    }
}

fn invoice_href(id: &InvoiceId) -> String {
    Route::Invoice(id.clone()).href()
}

fn tabs(outstanding: bool) -> Vec<Tab> {
    let open = Route::Invoices(InvoiceList {
        query: InvoiceQuery {
            state: Some(InvoiceFilter::Outstanding),
            ..InvoiceQuery::default()
        },
        ..InvoiceList::default()
    });
    vec![
        Tab {
            href: Route::all_invoices().href(),
            label: t(key::invoices::FILTER_ALL),
            current: !outstanding,
        },
        Tab {
            href: open.href(),
            label: t(key::invoices::FILTER_OPEN),
            current: outstanding,
        },
    ]
}

fn empty(outstanding: bool) -> impl IntoView {
    let (title, body) = if outstanding {
        (
            key::invoices::EMPTY_OPEN_TITLE,
            key::invoices::EMPTY_OPEN_BODY,
        )
    } else {
        (key::invoices::EMPTY_TITLE, key::invoices::EMPTY_BODY)
    };
    view! { <EmptyState title=t(title) body=t(body) glyph=Glyph::Invoices /> }
}
