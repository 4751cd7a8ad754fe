//! `/payments`

mod filters;
mod listing;

use api_types::{Cursor, LinkPlace, Page, Payment, PaymentId, PaymentQuery};
use leptos::prelude::*;

use crate::components::{
    EmptyState, Glyph, Look, PageHeading, Pager, PaymentTable, Skeleton, SkeletonOf,
};
use crate::i18n::{key, plural, t};
use crate::parts::{CheckoutPanels, Download, FileZoneNote, LoadFailure, PortalLinks};
use crate::route::Route;
use crate::state::{Api, load, use_portal, use_route, use_title};

use filters::PaymentFilters;
use listing::{is_narrowed, not_narrowed, sorting};

/// Payments, purchases and refunds: searched, filtered, sorted, page by page,
/// and all of them as one file.
#[component]
pub fn PaymentsPage() -> impl IntoView {
    use_title(|| t(key::payments::TITLE));
    let place = use_route();
    let query = Memo::new(move |before: Option<&PaymentQuery>| match place.get() {
        Some(Route::Payments(query)) => query,
        // On the way to another page the list stays as it was.
        _ => before.cloned().unwrap_or_default(),
    });
    let payments = load(
        move || query.get(),
        |api, query| async move { api.payments(&query).await },
    );
    let shown = Memo::new(move |before: Option<&String>| {
        let told = payments.of(shown_words);
        told.or_else(|| before.cloned()).unwrap_or_default()
    });
    let list = move || match payments.value() {
        None if payments.error().is_some() => ().into_any(),
        None => view! { <Skeleton of=SkeletonOf::Rows(8) /> }.into_any(),
        Some(page) if page.data.is_empty() => empty(&query.get()).into_any(),
        Some(page) => table(page, &query.get()).into_any(),
    };
    let pays = move || use_portal().of(|portal| portal.features.pay);
    let make_payment = move || {
        pays().then(|| {
            view! {
                <a class="button button--primary" href=Route::make_payment().href()>
                    {t(key::payments::MAKE_PAYMENT)}
                </a>
            }
        })
    };
    view! {
        <PageHeading text=t(key::payments::TITLE)>{make_payment}</PageHeading>
        <p class="list_page__note">{t(key::payments::ONLY_COMPLETED_COUNTS)}</p>
        <CheckoutPanels />
        <PaymentFilters query=query shown=Signal::derive(move || shown.get()) />
        <LoadFailure loaded=payments title=t(key::payments::FAILED_TITLE) />
        <div class="list_page">
            <div class="list_page__tools">
                <FileZoneNote />
                {move || csv(query.get())}
            </div>
            {list}
            <PortalLinks place=LinkPlace::Payments />
        </div>
    }
    .into_any()
}

fn shown_words(page: &Page<Payment>) -> String {
    let count = u32::try_from(page.data.len()).unwrap_or(u32::MAX);
    let whole = page.next_cursor.is_none() && page.previous_cursor.is_none();
    if whole {
        plural(key::payments::SHOWN_ALL, count, [])
    } else {
        plural(key::payments::SHOWN_PAGE, count, [])
    }
}

fn table(page: Page<Payment>, query: &PaymentQuery) -> impl IntoView + use<> {
    let one_currency =
        query.currency.is_some() || use_portal().of(|portal| portal.currencies.len()) < 2;
    let href = |cursor: Option<Cursor>| {
        cursor.map(|cursor| {
            let mut query = query.clone();
            query.cursor = Some(cursor);
            Route::Payments(query).href()
        })
    };
    view! {
        <PaymentTable
            payments=page.data
            sorting=sorting(query, one_currency)
            href=payment_href
        />
        <Pager previous=href(page.previous_cursor) next=href(page.next_cursor) />
    }
}

fn payment_href(id: &PaymentId) -> String {
    Route::Payment(id.clone()).href()
}

/// Everything that the list is narrowed to, on all its pages, as one file.
fn csv(query: PaymentQuery) -> impl IntoView {
    let label = if is_narrowed(&query) {
        key::payments::DOWNLOAD_NARROWED
    } else {
        key::payments::DOWNLOAD_ALL
    };
    let fetch = move |api: Api| {
        let query = query.clone();
        async move { api.payments_csv(&query).await }
    };
    view! {
        <Download
            label=t(label)
            name=t(key::payments::CSV_NAME)
            fetch=fetch
            look=Look::Plain
        />
    }
}

fn empty(query: &PaymentQuery) -> impl IntoView + use<> {
    let narrowed = is_narrowed(query);
    let clear = Route::Payments(not_narrowed(query)).href();
    let (title, body) = if narrowed {
        (
            key::payments::EMPTY_NARROWED_TITLE,
            key::payments::EMPTY_NARROWED_BODY,
        )
    } else {
        (key::payments::EMPTY_TITLE, key::payments::EMPTY_BODY)
    };
    view! {
        <EmptyState title=t(title) body=t(body) glyph=Glyph::Payments>
            {narrowed
                .then(|| {
                    view! {
                        <a class="button" href=clear>
                            {t(key::controls::CLEAR_FILTERS)}
                        </a>
                    }
                })}
        </EmptyState>
    }
}
