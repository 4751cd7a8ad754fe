//! `/payments`

mod filters;
mod listing;

use api_types::{LinkPlace, Payment, PaymentId, PaymentQuery};
use leptos::prelude::*;

use crate::components::{Glyph, Look, PageHeading, PaymentTable};
use crate::i18n::{key, t};
use crate::parts::{
    CheckoutPanels, Download, EmptyWords, FileZoneNote, ListPage, ListQuery as _, ListWords,
    Listed, PortalLinks,
};
use crate::route::Route;
use crate::state::{Api, load, use_portal, use_title};

use filters::Filters;
use listing::sorting;

const WORDS: ListWords = ListWords {
    filters_id: "payment-filters",
    search: key::payments::SEARCH,
    shown_all: key::payments::SHOWN_ALL,
    shown_page: key::payments::SHOWN_PAGE,
    failed: key::payments::FAILED_TITLE,
    glyph: Glyph::Payments,
};

/// Payments, purchases and refunds: searched, filtered, sorted, page by page,
/// and all of them as one file.
#[component]
pub fn PaymentsPage() -> impl IntoView {
    use_title(|| t(key::payments::TITLE));
    let list = Listed::<PaymentQuery>::of_address();
    let payments = load(
        move || list.query.get(),
        |api, query| async move { api.payments(&query).await },
    );
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
    let tools = view! {
        <div class="list_page__tools">
            <FileZoneNote />
            {move || csv(list.query.get())}
        </div>
    };
    view! {
        <PageHeading text=t(key::payments::TITLE)>{make_payment}</PageHeading>
        <p class="list_page__note">{t(key::payments::ONLY_COMPLETED_COUNTS)}</p>
        <CheckoutPanels />
        <ListPage
            list=list
            loaded=payments
            words=WORDS
            fields=move || view! { <Filters list=list /> }
            tools=tools.into_any()
            rows=|rows, query| table(rows, query).into_any()
            empty=empty
        >
            <PortalLinks place=LinkPlace::Payments />
        </ListPage>
    }
    .into_any()
}

fn table(payments: Vec<Payment>, query: &PaymentQuery) -> impl IntoView + use<> {
    let one_currency =
        query.currency.is_some() || use_portal().of(|portal| portal.currencies.len()) < 2;
    view! {
        <PaymentTable
            payments=payments
            sorting=sorting(query, one_currency)
            href=payment_href
        />
    }
}

fn payment_href(id: &PaymentId) -> String {
    Route::Payment(id.clone()).href()
}

/// Everything that the list is narrowed to, on all its pages, as one file.
fn csv(query: PaymentQuery) -> impl IntoView {
    let label = if query.is_narrowed() {
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

fn empty(query: &PaymentQuery) -> EmptyWords {
    let narrowed = query.is_narrowed();
    let (title, body) = if narrowed {
        (
            key::payments::EMPTY_NARROWED_TITLE,
            key::payments::EMPTY_NARROWED_BODY,
        )
    } else {
        (key::payments::EMPTY_TITLE, key::payments::EMPTY_BODY)
    };
    EmptyWords {
        title,
        body,
        can_clear: narrowed,
    }
}
