//! Moving the event and cancelling it, within the provider's rules.

use api_types::{Event, EventId, NotChangeable, RescheduleTerms};
use leptos::prelude::*;

use crate::components::{Card, Notice, NoticeTone};
use crate::i18n::{self, fill, key, plural, t};
use crate::parts::CancelEvent;
use crate::route::Route;
use crate::state::{Loaded, use_portal};

/// `Reschedule` and cancelling; nothing once the event cannot be changed by anybody.
#[component]
pub(super) fn Changes(event: Loaded<Event>) -> impl IntoView {
    let live = Memo::new(move |_| {
        event
            .of(|event| event.event.status.is_live() && event.event.starts_at > event.as_of)
            .unwrap_or_default()
    });
    // It stays when the card has gone, for as long as the page is about this event.
    let done = RwSignal::new(None::<(EventId, String)>);
    let id = Memo::new(move |_| event.of(|event| event.event.id.clone()));
    let tell = Callback::new(move |words: String| {
        done.set(id.get_untracked().map(|id| (id, words)));
    });
    let told = move || {
        let done = done.get().filter(|(of, _)| id.get().as_ref() == Some(of));
        done.map(|(_, words)| view! { <Notice tone=NoticeTone::Good body=words /> })
    };
    let card = move || {
        live.get().then(|| {
            untrack(|| event.value()).map(|first| {
                let now = Memo::new(move |before: Option<&Event>| {
                    let now = event.value().or_else(|| before.cloned());
                    now.unwrap_or_else(|| first.clone())
                });
                view! {
                    <Card title=t(key::event::CHANGE) id="event-changes">
                        <div class="card__body event__changes">
                            <Reschedule event=now />
                            <CancelEvent event=now on_done=tell />
                        </div>
                    </Card>
                }
            })
        })
    };
    view! {
        {card}
        <div class="cancel_event__done" role="status">
            {told}
        </div>
    }
}

/// The way to another time with until when and how often, or why there is none.
#[component]
fn Reschedule(event: Memo<Event>) -> impl IntoView {
    let portal = use_portal();
    let terms = Memo::new(move |_| event.with(|event| event.reschedule.clone()));
    let id = Memo::new(move |_| event.with(|event| event.event.id.clone()));
    move || {
        let terms = terms.get();
        if terms.allowed {
            return change_links(id.get(), &terms).into_any();
        }
        let reason = terms.reason.unwrap_or(NotChangeable::Unknown);
        let words = portal.of(|portal| reason_words(reason, &portal.name));
        view! { <p class="event__hint">{words}</p> }.into_any()
    }
}

fn change_links(event: EventId, terms: &RescheduleTerms) -> impl IntoView + use<> {
    let until = terms.until.as_ref().map(|until| {
        let when = i18n::instant_with_zone(until);
        fill(key::event::MOVE_UNTIL, [("when", &when)])
    });
    let left = terms
        .left
        .map(|left| plural(key::event::MOVE_LEFT, left, []));
    let hint = [until, left].into_iter().flatten().collect::<Vec<_>>();
    let href = Route::MoveEvent { event, day: None }.href();
    view! {
        <div class="event__change">
            <a class="button" href=href>
                {t(key::event::RESCHEDULE)}
            </a>
            <p class="event__hint">{hint.join(" ")}</p>
        </div>
    }
}

fn reason_words(reason: NotChangeable, portal: &str) -> String {
    t(match reason {
        NotChangeable::TooLate => key::event::MOVE_REASON_TOO_LATE,
        NotChangeable::TooOften => key::event::MOVE_REASON_TOO_OFTEN,
        NotChangeable::Invoiced => key::event::MOVE_REASON_INVOICED,
        NotChangeable::Paying => key::event::MOVE_REASON_PAYING,
        NotChangeable::NotOffered => key::event::MOVE_REASON_NOT_OFFERED,
        NotChangeable::Off => {
            return fill(key::event::MOVE_REASON_OFF, [("portal", portal)]);
        }
        _ => key::event::MOVE_REASON_UNKNOWN,
    })
}
