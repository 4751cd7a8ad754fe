//! The form to ask for an event. What is filled in stays whatever happens.

use api_client::ApiError;
use api_types::{BookingChoices, Code, RequestEvent, ServiceOffer};
use leptos::prelude::*;

use super::choice::{both_ways, by_video, offer_of, request_body};
use super::summary::Summary;
use crate::components::{
    Button, Card, CheckField, Choice, Look, Notice, NoticeTone, SelectField, TextArea, focus_field,
};
use crate::i18n::{self, duration_words, fill, key, plural, t};
use crate::parts::{TimePicker, TimeRequest, TimeSearch, TimesOf};
use crate::route::{RequestChoice, Route};
use crate::state::{Api, Loaded, Step, error_words, use_change, use_route};

const NOTE: &str = "request-note";
/// How many characters a note may have.
const MOST_NOTE: usize = RequestEvent::MOST_NOTE_CHARACTERS;

/// What has been filled in.
#[derive(Clone, Copy)]
struct Filled {
    attendees: RwSignal<Vec<String>>,
    note: RwSignal<String>,
}

/// `Service`, `Video Session`, `Attendees`, `Preferred Time`, a note, and what comes of it.
#[component]
pub(super) fn RequestForm(
    /// What can be asked for.
    choices: Loaded<BookingChoices>,
) -> impl IntoView {
    let choice = chosen_in_address();
    let change = use_change();
    let ask = Callback::new(move |(choice, step): (RequestChoice, Step)| {
        change(&Route::RequestEvent(choice), step);
    });
    // An offer that is taken back while the form stands is refused by the server, in words.
    let offer = Memo::new(move |before: Option<&Option<ServiceOffer>>| {
        let named = choice.with(|choice| choice.service.clone());
        let found = choices.of(|choices| offer_of(choices, named.as_deref()));
        found.flatten().or_else(|| before.cloned().flatten())
    });
    let video = Memo::new(move |_| {
        offer.with(|offer| {
            offer
                .as_ref()
                .is_some_and(|offer| by_video(offer, &choice.get()))
        })
    });
    let what = Memo::new(move |_| {
        let service = offer.with(|offer| offer.as_ref().map(|offer| offer.service.clone()))?;
        Some(TimesOf {
            service,
            video: video.get(),
            moving: None,
        })
    });
    let asked = Memo::new(move |_| choice.with(|choice| choice.day));
    let on_day = Callback::new(move |(day, step)| {
        let choice = choice.get_untracked();
        ask.run((
            RequestChoice {
                day: Some(day),
                ..choice
            },
            step,
        ));
    });
    let search = TimeSearch::new(what, asked, on_day);
    let filled = Filled {
        attendees: RwSignal::new(Vec::new()),
        note: RwSignal::new(String::new()),
    };
    view! {
        <Card title=t(key::booking::REQUEST_CARD) id="request">
            <form class="booking__form" novalidate=true on:submit=|event| event.prevent_default()>
                <Which choices=choices choice=choice offer=offer on_change=ask />
                <Attendees choices=choices chosen=filled.attendees />
                <TimePicker search=search />
                <Sending choices=choices offer=offer video=video search=search filled=filled />
            </form>
        </Card>
    }
}

/// What the address says is asked for. On the way to another page the last stays.
fn chosen_in_address() -> Memo<RequestChoice> {
    let place = use_route();
    Memo::new(move |before: Option<&RequestChoice>| match place.get() {
        Some(Route::RequestEvent(choice)) => choice,
        _ => before.cloned().unwrap_or_default(),
    })
}

/// Of which service, and whether as a video session.
#[component]
fn Which(
    choices: Loaded<BookingChoices>,
    choice: Memo<RequestChoice>,
    offer: Memo<Option<ServiceOffer>>,
    on_change: Callback<(RequestChoice, Step)>,
) -> impl IntoView {
    let services = Memo::new(move |_| {
        let names = choices.of(|choices| {
            let names = choices.services.iter().map(|offer| offer.service.clone());
            names.collect::<Vec<_>>()
        });
        names.unwrap_or_default()
    });
    let several = Memo::new(move |_| services.with(Vec::len) > 1);
    let service = move || offer.with(|offer| offer.as_ref().map(|offer| offer.service.clone()));
    let length = move || {
        let minutes = offer.with(|offer| offer.as_ref().map(|offer| offer.minutes))?;
        Some(fill(
            key::booking::LENGTH,
            [("length", &duration_words(minutes))],
        ))
    };
    let change = move |make: &dyn Fn(&mut RequestChoice)| {
        let mut choice = choice.get_untracked();
        make(&mut choice);
        on_change.run((choice, Step::InPlace));
    };
    let select = move || {
        let named = |name: &String| Choice::new(name.clone(), name.clone());
        view! {
            <SelectField
                label=t(key::booking::SERVICE)
                name="request-service"
                choices=Signal::derive(move || services.get().iter().map(named).collect::<Vec<_>>())
                value=Signal::derive(move || service().unwrap_or_default())
                on_change=Callback::new(move |name: String| {
                    change(&|choice| choice.service = Some(name.clone()));
                })
            />
        }
    };
    let both = Memo::new(move |_| offer.with(|offer| offer.as_ref().is_some_and(both_ways)));
    let video = move || {
        view! {
            <CheckField
                label=t(key::booking::VIDEO_SESSION)
                name="request-video"
                checked=Signal::derive(move || choice.with(|choice| choice.video))
                on_change=Callback::new(move |on| change(&|choice| choice.video = on))
            />
        }
    };
    view! {
        <div class="booking__which">
            {move || match several.get() {
                true => select().into_any(),
                false => view! { <p class="booking__service">{service}</p> }.into_any(),
            }}
            <p class="booking__note">{length}</p>
            {move || both.get().then(video)}
        </div>
    }
}

/// Who comes along, where anybody may.
#[component]
fn Attendees(choices: Loaded<BookingChoices>, chosen: RwSignal<Vec<String>>) -> impl IntoView {
    let names = Memo::new(move |_| {
        let names = choices.of(|choices| choices.attendees.clone());
        names.unwrap_or_default()
    });
    let any = Memo::new(move |_| names.with(|names| !names.is_empty()));
    let one = move |name: String| {
        let (mine, ticked) = (name.clone(), name.clone());
        let tick = move |on: bool| {
            chosen.update(|chosen| {
                chosen.retain(|known| *known != mine);
                if on {
                    chosen.push(mine.clone());
                }
            });
        };
        let place = names.with_untracked(|names| names.iter().position(|known| *known == name));
        view! {
            <CheckField
                label=name
                name=format!("request-attendee-{}", place.unwrap_or_default())
                checked=Signal::derive(move || chosen.with(|chosen| chosen.contains(&ticked)))
                on_change=Callback::new(tick)
            />
        }
    };
    move || {
        any.get().then(|| {
            view! {
                <fieldset class="booking__group">
                    <legend class="field__label">{t(key::booking::ATTENDEES)}</legend>
                    <For each=move || names.get() key=String::clone let:name>
                        {one(name)}
                    </For>
                </fieldset>
            }
        })
    }
}

/// The note, what comes of it, and the buttons.
#[component]
fn Sending(
    choices: Loaded<BookingChoices>,
    offer: Memo<Option<ServiceOffer>>,
    video: Memo<bool>,
    search: TimeSearch,
    filled: Filled,
) -> impl IntoView {
    let sent = TimeRequest::<RequestEvent>::new(search, RwSignal::new(false));
    let send = sent
        .sender(|api: Api, key, request| async move { api.request_event(&key, &request).await });
    // What it costs, and whether more can be asked for, may have changed: it is read again.
    Effect::new(move |_| {
        if sent
            .refused
            .with(|refused| refused.as_ref().is_some_and(|error| !error.is_passing()))
        {
            choices.retry();
        }
    });
    let press = move |()| {
        let too_long = filled
            .note
            .with_untracked(|note| note.chars().count() > MOST_NOTE);
        let offer = offer.get_untracked();
        let (Some(offer), Some(time)) = (offer, untrack(|| search.picked())) else {
            sent.lacks_time();
            return;
        };
        if too_long {
            focus_field(NOTE);
            return;
        }
        // Only who may come along by now.
        let known = untrack(|| choices.of(|choices| choices.attendees.clone()));
        let mut attendees = known.unwrap_or_default();
        filled
            .attendees
            .with_untracked(|chosen| attendees.retain(|name| chosen.contains(name)));
        let note = filled.note.get_untracked();
        send(request_body(
            &offer,
            &time,
            video.get_untracked(),
            attendees,
            &note,
        ));
    };
    let press = Callback::new(press);
    view! {
        <TextArea
            label=t(key::booking::NOTE)
            name=NOTE
            value=filled.note
            most=MOST_NOTE
            hint=t(key::booking::NOTE_HINT)
            error=Signal::derive(move || sent.refused.with(note_error))
        />
        <Summary offer=offer search=search />
        <Refused error=sent.refused choices=choices again=press />
        <div class="booking__actions">
            <Button look=Look::Primary busy=sent.busy id="request-event" on_press=press>
                {t(key::booking::REQUEST)}
            </Button>
            <a class=Look::Plain.class() href=Route::calendar().href()>
                {t(key::booking::CANCEL)}
            </a>
        </div>
    }
}

fn note_error(refused: &Option<ApiError>) -> Option<String> {
    match refused {
        Some(ApiError::Refused(problem)) => problem
            .field_errors
            .get("note")
            .map(i18n::field_error_words),
        _ => None,
    }
}

/// Why it was refused and what to do; what was filled in is still there.
#[component]
fn Refused(
    error: RwSignal<Option<ApiError>>,
    choices: Loaded<BookingChoices>,
    again: Callback<()>,
) -> impl IntoView {
    let is_changed = |error: &Option<ApiError>| {
        error.as_ref().and_then(ApiError::code) == Some(Code::TermsChanged)
    };
    let changed = move || {
        error.with(is_changed).then(|| {
            let words = t(key::booking::COST_CHANGED);
            view! { <Notice tone=NoticeTone::Waiting body=words /> }
        })
    };
    let failed = move || {
        let error = error.get().filter(|_| !error.with(is_changed))?;
        let words = match error.code() {
            Some(Code::NotChangeable) => {
                let most = untrack(|| choices.of(|choices| choices.most_open));
                plural(key::booking::TOO_MANY, most.unwrap_or_default(), [])
            }
            _ => error_words(&error),
        };
        Some(refusal(words, error.is_passing().then_some(again)))
    };
    view! {
        <div class="booking__news" aria-live="polite">
            {changed}
        </div>
        {failed}
    }
}

fn refusal(words: String, again: Option<Callback<()>>) -> AnyView {
    match again {
        Some(again) => {
            view! { <Notice tone=NoticeTone::Bad body=words on_retry=again /> }.into_any()
        }
        None => view! { <Notice tone=NoticeTone::Bad body=words /> }.into_any(),
    }
}
