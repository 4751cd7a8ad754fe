//! Choosing another time for an event.

use api_client::ApiError;
use api_types::{Event, EventId, RescheduleEvent};
use leptos::prelude::*;

use super::terms::facts;
use crate::components::{Button, Card, Details, Look, Notice, NoticeTone};
use crate::i18n::{self, fill, key, t};
use crate::parts::{Moving, TimePicker, TimeRequest, TimeSearch, TimesOf};
use crate::route::Route;
use crate::state::{Api, Loaded, error_words, use_change, use_route};

/// The present time, the other times, and `Move`.
#[component]
pub(super) fn MoveForm(
    /// The event.
    event: Loaded<Event>,
    /// Whether it is being moved.
    moving: RwSignal<bool>,
) -> impl IntoView {
    let what = Memo::new(move |_| event.of(times_of));
    let place = use_route();
    let asked = Memo::new(move |before: Option<&Option<_>>| match place.get() {
        Some(Route::MoveEvent { day, .. }) => day,
        _ => before.copied().flatten(),
    });
    let change = use_change();
    let on_day = Callback::new(move |(day, step)| {
        if let Some(id) = id_of(event) {
            let day = Some(day);
            change(&Route::MoveEvent { event: id, day }, step);
        }
    });
    let search = TimeSearch::new(what, asked, on_day);
    // What the page says of the event changes when the event does, not with every reading.
    let shown = Memo::new(move |_| {
        event.value().map(|event| Event {
            version: 0,
            as_of: event.event.starts_at,
            ..event
        })
    });
    let terms = move || {
        shown
            .get()
            .map(|event| view! { <Details facts=facts(&event) /> })
    };
    view! {
        <Card title=t(key::booking::MOVE_CARD) id="move">
            <form class="booking__form" novalidate=true on:submit=|event| event.prevent_default()>
                <div class="booking__summary">{terms}</div>
                <TimePicker search=search />
                <Sending event=event search=search moving=moving />
            </form>
        </Card>
    }
}

fn times_of(event: &Event) -> TimesOf {
    let event = &event.event;
    TimesOf {
        service: event.service.clone(),
        video: event.video,
        moving: Some(Moving {
            event: event.id.clone(),
            starts_at: event.starts_at,
            people: event.people.clone(),
        }),
    }
}

fn id_of(event: Loaded<Event>) -> Option<EventId> {
    untrack(|| event.of(|event| event.event.id.clone()))
}

/// The new time in words, and the buttons.
#[component]
fn Sending(event: Loaded<Event>, search: TimeSearch, moving: RwSignal<bool>) -> impl IntoView {
    let sent = TimeRequest::<(EventId, RescheduleEvent)>::new(search, moving);
    let send = sent.sender(
        |api: Api, key, (id, to): (EventId, RescheduleEvent)| async move {
            api.reschedule_event(&id, &key, &to).await
        },
    );
    // Why it was refused may stand on the event by now.
    Effect::new(move |_| {
        if sent
            .refused
            .with(|refused| refused.as_ref().is_some_and(|error| !error.is_passing()))
        {
            event.retry();
        }
    });
    let press = Callback::new(move |()| {
        let (Some(id), Some(time)) = (id_of(event), untrack(|| search.picked())) else {
            sent.lacks_time();
            return;
        };
        let to = RescheduleEvent {
            person: time.person,
            starts_at: time.starts_at,
        };
        send((id, to));
    });
    let new_time = move || {
        let time = search.picked()?;
        let words = fill(
            key::booking::NEW_TIME,
            [
                ("when", &i18n::offered_when(&time)),
                ("person", &time.person),
            ],
        );
        Some(view! { <p class="booking__new_time">{words}</p> })
    };
    let back = move || event.of(|event| Route::Event(event.event.id.clone()).href());
    view! {
        <div class="booking__news" aria-live="polite">
            {new_time}
        </div>
        {move || sent.refused.get().map(|error| refusal(&error, press))}
        <div class="booking__actions">
            <Button look=Look::Primary busy=sent.busy id="move-event" on_press=press>
                {t(key::booking::MOVE)}
            </Button>
            <a class=Look::Plain.class() href=move || back().unwrap_or_default()>
                {t(key::booking::KEEP_TIME)}
            </a>
        </div>
    }
}

fn refusal(error: &ApiError, again: Callback<()>) -> impl IntoView + use<> {
    let words = error_words(error);
    if error.is_passing() {
        return view! { <Notice tone=NoticeTone::Bad body=words on_retry=again /> }.into_any();
    }
    view! { <Notice tone=NoticeTone::Bad body=words /> }.into_any()
}
