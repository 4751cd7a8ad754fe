//! The dialog before an event is cancelled: which one, what it costs now, and
//! what becomes of the money.

use api_types::CancelTerms;
use leptos::prelude::*;

use super::button::{Button, Look};
use super::cancel_terms::cancel_facts;
use super::details::{Detail, Details};
use super::notice::{Notice, NoticeTone};
use super::sheet::Sheet;
use crate::i18n::{key, t};

/// Why an event was not cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCancelled {
    /// It costs something else by now: the new terms are on screen.
    TermsChanged,
    /// Anything else, in words.
    Failed(String),
}

/// The dialog. New terms take the place of old ones while it is open.
#[component]
pub fn CancelSheet(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// What is cancelled: its name and when it is.
    #[prop(into)]
    what: Signal<(String, String)>,
    /// What cancelling means now.
    #[prop(into)]
    terms: Signal<CancelTerms>,
    /// It is under way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Why it did not go through.
    #[prop(into)]
    refused: Signal<Option<NotCancelled>>,
    /// The customer cancels the event.
    #[prop(into)]
    on_cancel: Callback<()>,
    /// The customer keeps it.
    #[prop(into)]
    on_close: Callback<()>,
    /// The id of what opens the dialog.
    #[prop(into)]
    opener: String,
) -> impl IntoView {
    let facts = Memo::new(move |_| terms.with(cancel_facts));
    let details = move || {
        let facts = facts.get();
        let facts = facts
            .into_iter()
            .map(|fact| Detail::new(fact.label(), fact.words()));
        view! { <Details facts=facts.collect() /> }
    };
    let changed = move || {
        let changed = refused.with(|refused| *refused == Some(NotCancelled::TermsChanged));
        changed.then(|| {
            let words = t(key::booking::CANCEL_CHANGED);
            view! { <Notice tone=NoticeTone::Waiting body=words /> }
        })
    };
    let failed = move || match refused.get() {
        Some(NotCancelled::Failed(words)) => {
            Some(view! { <Notice tone=NoticeTone::Bad body=words /> })
        }
        _ => None,
    };
    let actions = move || {
        view! {
            <Button disabled=busy on_press=on_close>
                {t(key::booking::KEEP_IT)}
            </Button>
            <Button look=Look::Primary busy=busy on_press=on_cancel>
                {t(key::booking::CANCEL_THIS_EVENT)}
            </Button>
        }
    };
    view! {
        <Sheet
            id="cancel-event-sheet"
            title=t(key::booking::CANCEL_QUESTION)
            open=open
            on_close=on_close
            opener=opener
            actions=actions
        >
            <div class="cancel_event__what">
                <p class="cancel_event__title">{move || what.with(|(title, _)| title.clone())}</p>
                <p>{move || what.with(|(_, when)| when.clone())}</p>
            </div>
            <div class="cancel_event__news" aria-live="polite">
                {changed}
            </div>
            {failed}
            {details}
        </Sheet>
    }
}
