//! When, how long, where and with whom.

use api_types::{Event, EventId, EventSummary};
use leptos::prelude::*;

use crate::components::{Card, Detail, Details, Glyph, Icon, Skeleton, SkeletonOf};
use crate::i18n::{self, fill, fill_plain, key, t};
use crate::parts::Download;
use crate::state::{Api, Loaded, use_portal};

/// What the card shows; figures of money are none of it, so that it stays while they change.
#[derive(Clone, PartialEq, Eq)]
struct Known {
    event: EventSummary,
    map_url: Option<String>,
    note: Option<String>,
    customer_note: Option<String>,
    over: bool,
}

impl Known {
    fn of(event: &Event) -> Self {
        Self {
            event: EventSummary {
                money: None,
                ..event.event.clone()
            },
            map_url: event.map_url.clone(),
            note: event.note.clone(),
            customer_note: event.customer_note.clone(),
            over: event.event.ends_at <= event.as_of,
        }
    }

    /// Whether it can still be gone to.
    fn is_ahead(&self) -> bool {
        self.event.status.is_live() && !self.over
    }
}

/// The facts, the notes, and the way to keep them in another calendar.
#[component]
pub(super) fn Facts(event: Loaded<Event>) -> impl IntoView {
    let portal = use_portal();
    let known = Memo::new(move |_| event.of(Known::of));
    let content = move || {
        known.get().map(|known| {
            let keep = known.is_ahead().then(|| add_to_calendar(&known.event.id));
            let from_provider =
                portal.of(|portal| fill(key::event::FROM_PROVIDER, [("portal", &portal.name)]));
            view! {
                <Details facts=facts(&known) />
                {note(from_provider, known.note)}
                {note(t(key::event::YOUR_NOTE), known.customer_note)}
                {keep}
            }
        })
    };
    view! {
        <Card title=t(key::event::WHEN_AND_WHERE) id="event-facts">
            <div class="card__body event__facts">{content}</div>
        </Card>
    }
}

/// The shape of it while it is loading.
#[component]
pub(super) fn FactsShape() -> impl IntoView {
    view! {
        <div class="columns event__columns">
            <div class="columns__main event__first">
                <Card title=t(key::event::WHEN_AND_WHERE) id="event-facts">
                    <Skeleton of=SkeletonOf::Rows(4) />
                </Card>
            </div>
            <div class="columns__side">
                <Skeleton of=SkeletonOf::Pay />
            </div>
        </div>
    }
}

fn facts(known: &Known) -> Vec<Detail> {
    let event = &known.event;
    let differs = i18n::zone_differs(event);
    let hours = if differs {
        i18n::event_hours_here(event)
    } else {
        i18n::event_hours(event)
    };
    let there = differs.then(|| i18n::event_when_there(event)).flatten();
    let minutes = i18n::event_minutes(event);
    let has_length = event.all_day.is_none() && minutes > 0;
    let lasts = has_length.then(|| i18n::duration_words(minutes));
    let other_service = Some(event.service.clone()).filter(|service| *service != event.title);
    let people = Some(i18n::join(&event.people, ", ")).filter(|people| !people.is_empty());
    let words =
        |label, text: Option<String>| text.map(|text| Detail::new(t(label), text.into_any()));
    [
        Some(Detail::new(t(key::event::DATE), moment(event).into_any())),
        words(key::event::TIME, Some(hours)),
        words(key::event::TIME_THERE, there),
        words(key::event::DURATION, lasts),
        words(key::event::SERVICE, other_service),
        place(known),
        video(known),
        words(key::event::WITH, people),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn moment(event: &EventSummary) -> impl IntoView + use<> {
    view! { <time datetime=i18n::event_datetime(event)>{i18n::event_date(event)}</time> }
}

fn place(known: &Known) -> Option<Detail> {
    let place = known.event.location.clone()?;
    let map = known
        .map_url
        .clone()
        .map(|url| outside(url, t(key::event::SHOW_ON_MAP)));
    let value = view! {
        <span class="event__where">
            <span class="event__place">{place}</span>
            " "
            {map}
        </span>
    };
    Some(Detail::new(t(key::event::LOCATION), value.into_any()))
}

fn video(known: &Known) -> Option<Detail> {
    let event = &known.event;
    if !event.video {
        return None;
    }
    let value = match event.video_url.clone().filter(|_| known.is_ahead()) {
        Some(url) => outside(url, t(key::event::VIDEO_JOIN)).into_any(),
        None if known.is_ahead() => t(key::calendar::AWAITING_VIDEO).into_any(),
        None => t(key::calendar::VIDEO).into_any(),
    };
    Some(Detail::new(t(key::calendar::VIDEO), value))
}

/// A link that leads out of the portal, in a window of its own, and tells nobody where from.
fn outside(url: String, words: String) -> impl IntoView {
    view! {
        <a class="event__outside" href=url target="_blank" rel="noreferrer">
            <Icon glyph=Glyph::Window />
            {words}
            <span class="visually-hidden">" "{t(key::common::NEW_WINDOW)}</span>
        </a>
    }
}

fn note(label: String, text: Option<String>) -> Option<impl IntoView> {
    text.map(|text| {
        view! {
            <div class="event__note">
                <h3 class="event__note_label">{label}</h3>
                <p class="event__text">{text}</p>
            </div>
        }
    })
}

fn add_to_calendar(id: &EventId) -> impl IntoView + use<> {
    let name = fill_plain(key::event::ICS_NAME, [("id", id.as_str())]);
    let id = id.clone();
    let fetch = move |api: Api| {
        let id = id.clone();
        async move { api.event_ics(&id).await }
    };
    view! {
        <div class="keep">
            <Download label=t(key::event::ADD_TO_CALENDAR) name=name fetch=fetch />
        </div>
    }
}
