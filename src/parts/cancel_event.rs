//! Cancelling an event, with what it costs said before.

use api_client::ApiError;
use api_types::{CancelEvent as CancelRequest, CancelTerms, Code, Event, EventId};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use crate::components::{Button, CancelSheet, NotCancelled, PAGE_HEADING_ID, focus_field};
use crate::i18n::{self, EventChange, fill, key, not_changeable_words, t};
use crate::state::{RequestKey, error_words, use_api, use_live, use_portal, use_session};

const OPENER: &str = "cancel-event";

/// The button that leads to cancelling an event, or why it cannot be cancelled here. Once it
/// is cancelled the page reads the event again, and this may go: the page shows what came of it.
#[component]
pub fn CancelEvent(
    /// The event, as the server told it last.
    #[prop(into)]
    event: Signal<Event>,
    /// It is cancelled: what became of its money, in words.
    #[prop(into)]
    on_done: Callback<String>,
) -> impl IntoView {
    let portal = use_portal();
    let terms = Memo::new(move |_| event.with(|event| event.cancel.clone()));
    let open = RwSignal::new(false);
    let sending = Sending::new(event, terms, open, on_done);
    let allowed = Memo::new(move |_| terms.with(|terms| terms.allowed));
    let what =
        move || event.with(|event| (event.event.title.clone(), i18n::event_when(&event.event)));
    let ask = move |()| {
        sending.refused.set(None);
        open.set(true);
    };
    let cancel = sending.sender();
    let way = move || {
        let cancel = cancel.clone();
        view! {
            <Button id=OPENER on_press=Callback::new(ask)>
                {t(key::booking::CANCEL_THIS_EVENT)}
            </Button>
            <CancelSheet
                open=open
                what=Signal::derive(what)
                terms=terms
                busy=sending.busy
                refused=sending.refused
                on_cancel=Callback::new(move |()| cancel())
                on_close=Callback::new(move |()| open.set(false))
                opener=OPENER
            />
        }
    };
    let why_not = move || {
        let reason = terms.with(|terms| terms.reason)?;
        let name = portal.of(|portal| portal.name.clone());
        let words = not_changeable_words(EventChange::Cancel, reason, &name)?;
        Some(view! { <p class="cancel_event__why">{words}</p> })
    };
    view! {
        <div class="cancel_event">
            {move || match allowed.get() {
                true => way().into_any(),
                false => why_not.into_any(),
            }}
        </div>
    }
}

/// The one request to cancel, and what came of it.
#[derive(Clone, Copy)]
struct Sending {
    event: Signal<Event>,
    terms: Memo<CancelTerms>,
    open: RwSignal<bool>,
    on_done: Callback<String>,
    busy: RwSignal<bool>,
    refused: RwSignal<Option<NotCancelled>>,
    key: RequestKey<(EventId, CancelRequest)>,
}

impl Sending {
    fn new(
        event: Signal<Event>,
        terms: Memo<CancelTerms>,
        open: RwSignal<bool>,
        on_done: Callback<String>,
    ) -> Self {
        Self {
            event,
            terms,
            open,
            on_done,
            busy: RwSignal::new(false),
            refused: RwSignal::new(None),
            key: RequestKey::new(),
        }
    }

    fn sender(self) -> impl Fn() + Clone + Send + Sync + 'static {
        let (api, live, session) = (use_api(), use_live(), use_session());
        move || {
            let terms = self.terms.get_untracked();
            let told = CancelRequest {
                displayed_charge: terms.charge,
            };
            let id = self.event.with_untracked(|event| event.event.id.clone());
            let key = self.key.of(&(id.clone(), told.clone()));
            self.busy.set(true);
            self.refused.set(None);
            spawn_local(async move {
                match api.get().cancel_event(&id, &key, &told).await {
                    Ok(_) => {
                        self.open.try_set(false);
                        self.on_done.try_run(done_words(&terms));
                        // The button that the keyboard would go back to is about to go.
                        tick().await;
                        focus_field(PAGE_HEADING_ID);
                    }
                    Err(error) => {
                        session.notice(&error);
                        self.key.refused(&error);
                        self.refused.try_set(Some(words_for(&error)));
                    }
                }
                self.busy.try_set(false);
                // Whatever came of it, the page shows how it stands now.
                live.refresh();
            });
        }
    }
}

fn words_for(error: &ApiError) -> NotCancelled {
    match error.code() {
        Some(Code::TermsChanged) => NotCancelled::TermsChanged,
        _ => NotCancelled::Failed(error_words(error)),
    }
}

/// What became of the money.
fn done_words(terms: &CancelTerms) -> String {
    let owed = terms.owed.filter(api_types::Money::is_positive);
    let returned = terms.returned.filter(api_types::Money::is_positive);
    let filled = |template, money| fill(template, [("amount", &i18n::money(&money))]);
    match (returned, owed) {
        (Some(returned), _) => filled(key::booking::DONE_CREDIT, returned),
        (None, Some(owed)) => filled(key::booking::DONE_OWED, owed),
        (None, None) => t(key::booking::DONE),
    }
}
