//! The offered times of one day, by the parts of the day, to choose one from.

use api_types::OfferedTime;
use leptos::prelude::*;

use super::time_model::{Shared, TimeKey, TimeOfDay, by_time_of_day};
use crate::i18n::{self, fill, key, t};

/// Times as radio buttons. What tells them apart (with whom, where) stands with
/// each; what they share is said once.
#[component]
pub fn TimeChoice(
    /// The name that the buttons share, unique on the page.
    #[prop(into)]
    name: String,
    /// Of which day they are, in words.
    #[prop(into)]
    title: Signal<String>,
    /// The times, in order.
    #[prop(into)]
    times: Signal<Vec<OfferedTime>>,
    /// The one that is chosen.
    #[prop(into)]
    chosen: Signal<Option<TimeKey>>,
    /// Another one was chosen.
    #[prop(into)]
    on_choose: Callback<OfferedTime>,
) -> impl IntoView {
    let shared = Memo::new(move |_| times.with(|times| Shared::by(times)));
    let parts = Memo::new(move |_| {
        let hour = |at: &_| i18n::hour_of(at).unwrap_or(0);
        times.with(|times| by_time_of_day(times, hour))
    });
    let names = move || parts.with(|parts| parts.iter().map(|(part, _)| *part).collect::<Vec<_>>());
    let of_part = move |part: TimeOfDay| {
        parts.with(|parts| {
            let found = parts.iter().find(|(known, _)| *known == part);
            found.map(|(_, times)| times.clone()).unwrap_or_default()
        })
    };
    let group = move |part: TimeOfDay| {
        let name = name.clone();
        let id = format!("{name}-{}", part_name(part));
        let labelled_by = id.clone();
        view! {
            <div class="time_choice__part" role="group" aria-labelledby=labelled_by>
                <p class="time_choice__name" id=id>
                    {part_words(part)}
                </p>
                <div class="time_choice__times">
                    <For each=move || of_part(part) key=TimeKey::of let:time>
                        {one(name.clone(), time, shared, chosen, on_choose)}
                    </For>
                </div>
            </div>
        }
    };
    view! {
        <fieldset class="time_choice">
            <legend class="time_choice__legend">{move || title.get()}</legend>
            {move || {
                shared
                    .with(shared_words)
                    .map(|words| view! { <p class="time_choice__shared">{words}</p> })
            }}
            <For each=names key=|part| *part let:part>
                {group(part)}
            </For>
        </fieldset>
    }
}

fn one(
    name: String,
    time: OfferedTime,
    shared: Memo<Shared>,
    chosen: Signal<Option<TimeKey>>,
    on_choose: Callback<OfferedTime>,
) -> impl IntoView {
    let mine = TimeKey::of(&time);
    let starts_at = mine.starts_at.to_string();
    let value = starts_at.clone();
    let is_chosen = move || chosen.with(|chosen| chosen.as_ref() == Some(&mine));
    let note = |words: String| view! { <span class="time_choice__note">{words}</span> };
    let apart = {
        let (person, location) = (time.person.clone(), time.location.clone());
        move || {
            let (by_person, by_place) =
                shared.with(|shared| (shared.person.is_none(), shared.location.is_none()));
            let person = by_person.then(|| person.clone());
            let place = by_place.then(|| place_words(location.as_deref()));
            [person, place]
                .into_iter()
                .flatten()
                .map(note)
                .collect_view()
        }
    };
    let there = i18n::offered_there(&time).map(note);
    let person = time.person.clone();
    let begins = i18n::offered_at(&time.starts_at);
    view! {
        <label
            class="time_choice__time"
            data-time=starts_at
            data-person=person
        >
            <input
                class="time_choice__radio"
                type="radio"
                name=name
                value=value
                prop:checked=is_chosen
                on:change=move |_| on_choose.run(time.clone())
            />
            <span class="time_choice__begins">{begins}</span>
            {there}
            {apart}
        </label>
    }
}

fn place_words(location: Option<&str>) -> String {
    match location {
        Some(place) => place.to_owned(),
        None => t(key::calendar::VIDEO),
    }
}

/// With whom and where, as far as all times share it.
fn shared_words(shared: &Shared) -> Option<String> {
    let place = shared
        .location
        .as_ref()
        .map(|location| place_words(location.as_deref()));
    match (&shared.person, place) {
        (Some(person), Some(place)) => Some(fill(
            key::booking::WITH_AT,
            [("person", person), ("place", &place)],
        )),
        (Some(person), None) => Some(fill(key::calendar::WITH_PEOPLE, [("people", person)])),
        (None, place) => place,
    }
}

fn part_name(part: TimeOfDay) -> &'static str {
    match part {
        TimeOfDay::Night => "night",
        TimeOfDay::Morning => "morning",
        TimeOfDay::Afternoon => "afternoon",
        TimeOfDay::Evening => "evening",
    }
}

fn part_words(part: TimeOfDay) -> String {
    t(match part {
        TimeOfDay::Night => key::booking::NIGHT,
        TimeOfDay::Morning => key::booking::MORNING,
        TimeOfDay::Afternoon => key::booking::AFTERNOON,
        TimeOfDay::Evening => key::booking::EVENING,
    })
}
