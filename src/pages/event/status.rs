//! How the event stands, and the one next step.

use api_types::Event;
use leptos::prelude::*;

use super::standing::Standing;
use crate::components::{HoldCountdown, Notice};
use crate::i18n::{key, t};
use crate::route::{RequestChoice, Route};
use crate::state::{Loaded, use_live, use_portal};

/// Nothing where the event simply takes place.
#[component]
pub(super) fn StatusNotice(event: Loaded<Event>) -> impl IntoView {
    let portal = use_portal();
    let known = Memo::new(move |_| {
        let standing = event.of(|event| Standing::of(&event.event, event.as_of));
        standing.flatten()
    });
    // While money for it is under way its time does not run out.
    let paying = Memo::new(move |_| event.of(is_being_paid).unwrap_or_default());
    move || {
        known.get().map(|standing| {
            let name = portal.of(|portal| portal.name.clone());
            let title = standing.title(&name);
            let body = move || standing.body(&name, paying.get());
            view! {
                <Notice tone=standing.tone() title=title body=Signal::derive(body)>
                    {next(event, standing, paying)}
                </Notice>
            }
        })
    }
}

fn is_being_paid(event: &Event) -> bool {
    let money = event.event.money.as_ref();
    event.checkout.is_some() || money.is_some_and(|money| money.on_its_way.is_positive())
}

fn next(event: Loaded<Event>, standing: Standing, paying: Memo<bool>) -> AnyView {
    match standing {
        Standing::Held => countdown(event, paying).into_any(),
        standing if standing.asks_again() => ask_again(event).into_any(),
        _ => ().into_any(),
    }
}

fn countdown(event: Loaded<Event>, paying: Memo<bool>) -> impl IntoView {
    let live = use_live();
    let until = Memo::new(move |_| event.of(|event| event.event.hold_until).flatten());
    move || {
        let until = until.get().filter(|_| !paying.get());
        until.map(|until| {
            let ended = Callback::new(move |()| live.refresh());
            view! { <HoldCountdown until=Signal::stored(until) on_end=ended /> }
        })
    }
}

/// Another time of the same service, where the provider takes requests.
fn ask_again(event: Loaded<Event>) -> impl IntoView {
    let portal = use_portal();
    let choice = Memo::new(move |_| {
        event.of(|event| RequestChoice {
            service: Some(event.event.service.clone()),
            video: event.event.video,
            day: None,
        })
    });
    move || {
        let takes = portal.of(|portal| portal.features.requests);
        let choice = choice.get().filter(|_| takes);
        choice.map(|choice| {
            view! {
                <a class="button" href=Route::RequestEvent(choice).href()>
                    {t(key::event::REQUEST_AGAIN)}
                </a>
            }
        })
    }
}
