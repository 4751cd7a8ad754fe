//! `/payments`

use api_types::{Cursor, PaymentQuery};
use leptos::prelude::*;

use crate::components::{
    EmptyState, Glyph, PageHeading, Pager, PaymentTable, Skeleton, SkeletonOf,
};
use crate::i18n::{key, t};
use crate::parts::{CheckoutPanels, LoadFailure};
use crate::route::Route;
use crate::state::{load, use_route, use_title};

/// Payments, purchases and refunds, the newest first, page by page.
#[component]
pub fn PaymentsPage() -> impl IntoView {
    use_title(|| t(key::payments::TITLE));
    let place = use_route();
    let query = Memo::new(move |_| match place.get() {
        Some(Route::Payments(query)) => query,
        _ => PaymentQuery::default(),
    });
    let payments = load(
        move || query.get(),
        |api, query| async move { api.payments(&query).await },
    );
    let list = move || match payments.value() {
        None if payments.error().is_some() => ().into_any(),
        None => view! { <Skeleton of=SkeletonOf::Rows(8) /> }.into_any(),
        Some(page) if page.data.is_empty() => view! {
            <EmptyState
                title=t(key::payments::EMPTY_TITLE)
                body=t(key::payments::EMPTY_BODY)
                glyph=Glyph::Payments
            />
        }
        .into_any(),
        Some(page) => {
            let href = |cursor: Option<Cursor>| {
                cursor.map(|cursor| {
                    let mut query = query.get_untracked();
                    query.cursor = Some(cursor);
                    Route::Payments(query).href()
                })
            };
            view! {
                <PaymentTable payments=page.data />
                <Pager previous=href(page.previous_cursor) next=href(page.next_cursor) />
            }
            .into_any()
        }
    };
    view! {
        <PageHeading text=t(key::payments::TITLE) />
        <p class="list_page__note">{t(key::payments::ONLY_COMPLETED_COUNTS)}</p>
        <CheckoutPanels />
        <LoadFailure loaded=payments title=t(key::payments::FAILED_TITLE) />
        <div class="list_page">{list}</div>
    }
    .into_any()
}
