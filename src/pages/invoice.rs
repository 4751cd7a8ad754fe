//! `/invoices/:id`

use api_client::ApiError;
use api_types::{CheckoutFor, Code, Invoice, InvoiceId, Payable, Timestamp};
use leptos::prelude::*;

use crate::components::{
    AsOf, EmptyState, Glyph, InvoiceDocument, PageHeading, Skeleton, SkeletonOf, StatusBadge,
};
use crate::i18n::{fill, invoice_badge, key, t};
use crate::parts::{CheckoutPanels, LoadFailure, Pay, use_freshness};
use crate::route::Route;
use crate::state::{Loaded, load, use_route, use_title};

/// The document, its money, and `Pay This Invoice`.
#[component]
pub fn InvoicePage() -> impl IntoView {
    let place = use_route();
    let id = Memo::new(
        move |before: Option<&Option<InvoiceId>>| match place.get() {
            Some(Route::Invoice(id)) => Some(id),
            // On the way to another page the last invoice stays.
            _ => before.cloned().flatten(),
        },
    );
    let invoice: Loaded<Invoice> = load(
        move || id.get(),
        |api, id| async move {
            match id {
                Some(id) => api.invoice(&id).await,
                None => Err(ApiError::Garbled { status: 404 }),
            }
        },
    );
    let heading = move || {
        let number = invoice
            .of(|invoice| invoice.number.clone())
            .unwrap_or_default();
        fill(key::invoices::INVOICE_TITLE, [("number", &number)])
            .trim()
            .to_owned()
    };
    use_title(heading);
    let missing = Memo::new(move |_| {
        invoice
            .error()
            .is_some_and(|error| error.code() == Some(Code::NotFound))
    });
    move || {
        {
            if missing.get() {
                not_there().into_any()
            } else {
                found(invoice, Signal::derive(heading)).into_any()
            }
        }
        .into_any()
    }
}

fn not_there() -> impl IntoView {
    view! {
        <PageHeading text=t(key::invoices::MISSING_TITLE) />
        <EmptyState title="" body=t(key::invoices::MISSING_BODY) glyph=Glyph::Invoices>
            <a class="button" href=Route::all_invoices().href()>
                {t(key::home::ALL_INVOICES)}
            </a>
        </EmptyState>
    }
}

fn found(invoice: Loaded<Invoice>, heading: Signal<String>) -> impl IntoView {
    let state = move || {
        invoice.of(|invoice| {
            let badge = invoice_badge(invoice.document, invoice.state, invoice.overdue);
            view! { <StatusBadge badge=badge /> }
        })
    };
    // The document is built anew only when something on it has changed.
    let content = Memo::new(move |_| {
        invoice.value().map(|mut invoice| {
            invoice.as_of = Timestamp::from_millis(0).unwrap_or(invoice.as_of);
            invoice.version = 0;
            invoice.checkout = None;
            invoice
        })
    });
    let document = move || match content.get() {
        None if invoice.error().is_some() => ().into_any(),
        None => view! { <Skeleton of=SkeletonOf::Document /> }.into_any(),
        Some(content) => view! { <InvoiceDocument invoice=content /> }.into_any(),
    };
    view! {
        <a class="back_link" href=Route::all_invoices().href()>
            {t(key::home::ALL_INVOICES)}
        </a>
        <PageHeading text=heading>{state}</PageHeading>
        <LoadFailure loaded=invoice title=t(key::invoices::INVOICE_FAILED_TITLE) />
        <div class="columns">
            <div class="columns__side">
                <CheckoutPanels />
                <PayInvoice invoice=invoice />
            </div>
            <div class="columns__main">{document}</div>
        </div>
    }
}

#[component]
fn PayInvoice(invoice: Loaded<Invoice>) -> impl IntoView {
    let freshness = use_freshness(invoice);
    let id = Memo::new(move |_| invoice.of(|invoice| invoice.id.clone()));
    let as_of = Memo::new(move |_| invoice.of(|invoice| invoice.as_of));
    let payable = Memo::new(move |before: Option<&Option<Payable>>| {
        invoice
            .of(|invoice| invoice.pay.clone())
            .or_else(|| before.cloned().flatten())
    });
    move || {
        let (Some(id), Some(first)) = (id.get(), payable.get_untracked()) else {
            let loading = invoice.error().is_none();
            return loading
                .then(|| view! { <Skeleton of=SkeletonOf::Pay /> })
                .into_any();
        };
        let what = move || {
            let number = invoice
                .of(|invoice| invoice.number.clone())
                .unwrap_or_default();
            fill(key::checkout::NOTICE_WHAT_INVOICE, [("number", &number)])
        };
        let now = Signal::derive(move || payable.get().unwrap_or_else(|| first.clone()));
        view! {
            <section class="card pay_card" aria-label=t(key::invoices::PAY_THIS_INVOICE)>
                <Pay
                    pays_for=CheckoutFor::Invoice { invoice: id }
                    label=t(key::invoices::PAY_THIS_INVOICE)
                    what=Signal::derive(what)
                    payable=now
                    id="pay-invoice"
                />
                {move || {
                    as_of.get().map(|at| view! { <AsOf at=Signal::stored(at) freshness=freshness /> })
                }}
            </section>
        }
        .into_any()
    }
}
