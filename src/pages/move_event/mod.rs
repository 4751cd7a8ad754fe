//! `/calendar/events/:id/move`: another offered time for an event.

mod form;
mod terms;

use api_types::Event;
use leptos::prelude::*;

use crate::components::{EmptyState, Glyph, Notice, NoticeTone, PageHeading, SkeletonOf};
use crate::i18n::{EventChange, fill, key, not_changeable_words, t};
use crate::parts::Reading;
use crate::route::Route;
use crate::state::{Loaded, is_missing, load_record, use_portal, use_title};

use form::MoveForm;

/// What the event has now, what moving it means, and the other times.
#[component]
pub fn MoveEventPage() -> impl IntoView {
    let event: Loaded<Event> = load_record(
        |route| match route {
            Route::MoveEvent { event, .. } => Some(event),
            _ => None,
        },
        |api, id| async move { api.event(&id).await },
    );
    let heading = move || match event.of(|event| event.event.title.clone()) {
        Some(title) => fill(key::booking::MOVE_TITLE, [("title", &title)]),
        None => t(key::booking::MOVE),
    };
    use_title(heading);
    let missing = is_missing(event);
    move || {
        if missing.get() {
            not_there().into_any()
        } else {
            content(event, Signal::derive(heading)).into_any()
        }
    }
}

fn not_there() -> impl IntoView {
    view! {
        <PageHeading text=t(key::errors::NOT_FOUND_TITLE) />
        <EmptyState title="" body=t(key::errors::NOT_FOUND) glyph=Glyph::Calendar>
            <a class="button" href=Route::calendar().href()>
                {t(key::calendar::TITLE)}
            </a>
        </EmptyState>
    }
}

fn content(event: Loaded<Event>, heading: Signal<String>) -> impl IntoView {
    let back = move || {
        let id = event.of(|event| event.event.id.clone());
        let (to, words) = match id {
            Some(id) => (Route::Event(id), key::booking::BACK_TO_EVENT),
            None => (Route::calendar(), key::calendar::TITLE),
        };
        view! {
            <a class="back_link" href=to.href()>
                {t(words)}
            </a>
        }
    };
    let moving = RwSignal::new(false);
    // The event that was moved may be read again before the answer is here, and may not be moved
    // once more: then the form still stands, for the answer to go on from.
    let allowed = Memo::new(move |before: Option<&Option<bool>>| {
        let now = event.of(|event| event.reschedule.allowed);
        match before {
            Some(Some(true)) if moving.get() => Some(true),
            _ => now,
        }
    });
    let content = move || match allowed.get() {
        Some(true) => view! { <MoveForm event=event moving=moving /> }.into_any(),
        _ => not_allowed(event).into_any(),
    };
    view! {
        {back}
        <PageHeading text=heading />
        <div class="booking">
            <Reading
                loaded=event
                failed_title=t(key::booking::EVENT_FAILED)
                skeleton=SkeletonOf::Rows(4)
            >
                {content}
            </Reading>
        </div>
    }
}

/// Why it cannot be moved.
fn not_allowed(event: Loaded<Event>) -> impl IntoView {
    let portal = use_portal();
    let words = move || {
        let name = portal.of(|portal| portal.name.clone());
        let reason = event.of(|event| event.reschedule.reason).flatten();
        let words =
            reason.and_then(|reason| not_changeable_words(EventChange::Move, reason, &name));
        words.unwrap_or_else(|| t(key::booking::REASON_MOVE_OVER))
    };
    let back = event.of(|event| Route::Event(event.event.id.clone()).href());
    view! {
        <Notice tone=NoticeTone::Plain body=Signal::derive(words)>
            <a class="button" href=back.unwrap_or_default()>
                {t(key::booking::BACK_TO_EVENT)}
            </a>
        </Notice>
    }
}
