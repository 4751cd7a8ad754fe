//! `/credit-notes/:id`

use api_types::{CreditNote, Timestamp};
use leptos::prelude::*;

use crate::browser::print;
use crate::components::{
    Button, CreditNoteDocument, EmptyState, Glyph, Icon, PageHeading, SkeletonOf,
};
use crate::i18n::{fill, fill_plain, key, t};
use crate::parts::{Download, Reading};
use crate::route::Route;
use crate::state::{Loaded, is_missing, load_record, use_title};

/// The document, on screen and on paper.
#[component]
pub fn CreditNotePage() -> impl IntoView {
    let note: Loaded<CreditNote> = load_record(
        |route| match route {
            Route::CreditNote(id) => Some(id),
            _ => None,
        },
        |api, id| async move { api.credit_note(&id).await },
    );
    let heading = move || {
        let number = note.of(|note| note.number.clone()).unwrap_or_default();
        fill(key::credit_notes::TITLE, [("number", &number)])
            .trim()
            .to_owned()
    };
    use_title(heading);
    let missing = is_missing(note);
    let shown = move || {
        if missing.get() {
            not_there().into_any()
        } else {
            content(note, Signal::derive(heading)).into_any()
        }
    };
    shown.into_any()
}

fn not_there() -> impl IntoView {
    view! {
        <PageHeading text=t(key::credit_notes::MISSING_TITLE) />
        <EmptyState title="" body=t(key::credit_notes::MISSING_BODY) glyph=Glyph::Invoices>
            <a class="button" href=Route::all_history().href()>
                {t(key::credit_notes::TO_HISTORY)}
            </a>
        </EmptyState>
    }
}

fn content(note: Loaded<CreditNote>, heading: Signal<String>) -> impl IntoView {
    // The document is built anew only when something on it has changed.
    let content = Memo::new(move |_| {
        note.value().map(|mut note| {
            note.as_of = Timestamp::from_millis(0).unwrap_or(note.as_of);
            note.version = 0;
            note
        })
    });
    view! {
        <a class="back_link" href=Route::all_history().href()>
            {t(key::credit_notes::TO_HISTORY)}
        </a>
        <PageHeading text=heading />
        <div class="list_page">
            <Reading
                loaded=note
                failed_title=t(key::credit_notes::FAILED_TITLE)
                skeleton=SkeletonOf::Document
            >
                {move || content.get().map(document)}
            </Reading>
        </div>
    }
}

fn document(note: CreditNote) -> impl IntoView {
    let id = note.id.clone();
    let name = fill_plain(key::credit_notes::PDF_NAME, [("number", &note.number)]);
    let invoice = Route::Invoice(note.invoice.clone()).href();
    view! {
        <div class="document_actions">
            <Button on_press=Callback::new(|()| print::page_as_it_is())>
                <Icon glyph=Glyph::Print />
                {t(key::credit_notes::PRINT)}
            </Button>
            <Download
                label=t(key::credit_notes::DOWNLOAD_PDF)
                name=Signal::stored(name)
                fetch=move |api| {
                    let id = id.clone();
                    async move { api.credit_note_pdf(&id).await }
                }
            />
        </div>
        <CreditNoteDocument note=note invoice_href=invoice />
    }
}
