//! `/invoices/:id`

mod pay;

use api_types::{Invoice, Timestamp};
use leptos::prelude::*;

use crate::browser::print;
use crate::components::{
    Button, EmptyState, Glyph, Icon, InvoiceDocument, PageHeading, Skeleton, SkeletonOf,
    StatusBadge,
};
use crate::i18n::{fill, fill_plain, invoice_badge, key, t};
use crate::parts::{CheckoutPanels, Download, LoadFailure};
use crate::route::Route;
use crate::state::{Api, Loaded, is_missing, load_record, use_title};

use pay::PayInvoice;

/// The document, its money, and `Pay This Invoice`.
#[component]
pub fn InvoicePage() -> impl IntoView {
    let invoice: Loaded<Invoice> = load_record(
        |route| match route {
            Route::Invoice(id) => Some(id),
            _ => None,
        },
        |api, id| async move { api.invoice(&id).await },
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
    let missing = is_missing(invoice);
    move || {
        {
            if missing.get() {
                not_there().into_any()
            } else {
                content(invoice, Signal::derive(heading)).into_any()
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

fn content(invoice: Loaded<Invoice>, heading: Signal<String>) -> impl IntoView {
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
                <Keep invoice=invoice />
            </div>
            <div class="columns__main">{document}</div>
        </div>
    }
}

/// The ways to keep it: as a file, and on paper.
#[component]
fn Keep(invoice: Loaded<Invoice>) -> impl IntoView {
    let id = Memo::new(move |_| invoice.of(|invoice| invoice.id.clone()));
    let name = move |template| {
        Signal::derive(move || {
            let number = invoice.of(|invoice| invoice.number.clone());
            fill_plain(template, [("number", &number.unwrap_or_default())])
        })
    };
    move || {
        id.get().map(|id| {
            let lines_of = id.clone();
            let fetch = move |api: Api| {
                let id = id.clone();
                async move { api.invoice_pdf(&id).await }
            };
            let fetch_lines = move |api: Api| {
                let id = lines_of.clone();
                async move { api.invoice_csv(&id).await }
            };
            view! {
                <div class="keep">
                    <Download
                        label=t(key::invoices::DOWNLOAD_AS_PDF)
                        name=name(key::invoices::PDF_NAME)
                        fetch=fetch
                    />
                    <Download
                        label=t(key::invoices::DOWNLOAD_AS_CSV)
                        name=name(key::invoices::CSV_NAME)
                        fetch=fetch_lines
                    />
                    <Button on_press=Callback::new(|()| print::page_as_it_is())>
                        <Icon glyph=Glyph::Print />
                        {t(key::invoices::PRINT_THIS_INVOICE)}
                    </Button>
                </div>
            }
        })
    }
}
