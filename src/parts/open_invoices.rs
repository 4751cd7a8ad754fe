//! The invoices on which something remains, the first due first.

use api_types::{InvoiceFilter, InvoiceQuery};
use leptos::prelude::*;

use super::LoadFailure;
use crate::components::{Card, EmptyState, Glyph, InvoiceRow, Rows, Skeleton, SkeletonOf};
use crate::i18n::{key, t};
use crate::route::Route;
use crate::state::load;

/// How many invoices are shown; the others are behind a link.
const MOST: u32 = 5;

/// A short list of what is to be paid, with the way to all invoices.
#[component]
pub fn OpenInvoices() -> impl IntoView {
    let query = InvoiceQuery {
        state: Some(InvoiceFilter::Outstanding),
        limit: Some(MOST),
        ..InvoiceQuery::default()
    };
    let open = load(
        move || query.clone(),
        |api, query| async move { api.invoices(&query).await },
    );
    let rows = move || match open.of(|page| page.data.clone()) {
        None if open.error().is_some() => ().into_any(),
        None => view! { <Skeleton of=SkeletonOf::Rows(3) /> }.into_any(),
        Some(invoices) if invoices.is_empty() => view! {
            <EmptyState
                title=t(key::home::EMPTY_TITLE)
                body=t(key::home::EMPTY_BODY)
                glyph=Glyph::Done
            />
        }
        .into_any(),
        Some(invoices) => {
            let rows = invoices.into_iter().map(|invoice| {
                let href = Route::Invoice(invoice.id.clone()).href();
                view! { <InvoiceRow invoice=invoice href=href /> }
            });
            view! { <Rows name=t(key::home::OPEN_INVOICES)>{rows.collect_view()}</Rows> }.into_any()
        }
    };
    view! {
        <Card
            title=t(key::home::OPEN_INVOICES)
            id="open-invoices"
            more=(Route::all_invoices().href(), t(key::home::ALL_INVOICES))
        >
            <LoadFailure loaded=open title=t(key::invoices::FAILED_TITLE) />
            {rows}
        </Card>
    }
}
