//! The events of one day, each with everything that a row says.

use api_types::{CalendarDays, ClockChange, Day, EventId, EventSummary};
use leptos::prelude::*;

use super::day_model::parts_on;
use super::event_row::EventRow;
use super::hold_countdown::HoldCountdown;
use super::invoice_row::Rows;
use super::live_region::LiveRegion;
use super::skeleton::{Skeleton, SkeletonOf};
use crate::browser::screen;
use crate::i18n::{self, fill, key, plural, t};

const HEADING_ID: &str = "day-heading";

/// A day with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ToldDay {
    day: Day,
    change: Option<ClockChange>,
    /// The events, and whether each is over.
    events: Vec<(EventSummary, bool)>,
}

impl ToldDay {
    /// `None` where the day is none of those that are known.
    fn of(day: Day, known: &CalendarDays) -> Option<Self> {
        let told = known.days.iter().find(|told| told.day == day)?;
        let event = |event: EventSummary| {
            let over = event.ends_at <= known.as_of;
            (event, over)
        };
        let parts = parts_on(day, &known.events).into_iter();
        Some(Self {
            day,
            change: told.clock_change,
            events: parts.map(|part| event(part.placed.event)).collect(),
        })
    }

    fn words(&self) -> String {
        let events = match self.events.len() {
            0 => t(key::calendar_views::NO_EVENTS),
            some => plural(
                key::calendar::COUNT,
                u32::try_from(some).unwrap_or(u32::MAX),
                [],
            ),
        };
        let day = i18n::day_in_full(&self.day);
        fill(
            key::calendar_views::DAY_TOLD,
            [("day", &day), ("events", &events)],
        )
    }
}

/// The events of the day that is chosen, or that one can be.
#[component]
pub fn DayEvents(
    /// The day.
    day: Memo<Option<Day>>,
    /// What is known of the days around it.
    #[prop(into)]
    days: Signal<Option<CalendarDays>>,
    /// Whether more may come to be known.
    #[prop(into)]
    loading: Signal<bool>,
    /// Where an event is.
    href: fn(&EventId) -> String,
    /// The time that an event is kept for is over by this device's clock.
    on_hold_end: Callback<()>,
) -> impl IntoView {
    let told = Memo::new(move |_| {
        let day = day.get()?;
        days.with(|days| days.as_ref().and_then(|days| ToldDay::of(day, days)))
    });
    // Said when another day is chosen, not when the page comes.
    let said = RwSignal::new(String::new());
    Effect::new(move |before: Option<Option<Day>>| {
        let now = told.with(|told| told.as_ref().map(|told| told.day));
        let Some(before) = before else { return now };
        if now.is_some() && now != before {
            said.set(
                told.with_untracked(|told| told.as_ref().map(ToldDay::words))
                    .unwrap_or_default(),
            );
            screen::show(HEADING_ID);
        }
        now.or(before)
    });
    let content = move || match (day.get(), told.get()) {
        (None, _) => view! {
            <p class="day_events__hint">{t(key::calendar_views::CHOOSE_DAY)}</p>
        }
        .into_any(),
        (Some(_), Some(told)) => list(told, href, on_hold_end).into_any(),
        (Some(_), None) if loading.get() => {
            view! { <Skeleton of=SkeletonOf::Rows(2) /> }.into_any()
        }
        (Some(_), None) => ().into_any(),
    };
    let heading = move || {
        day.get().map(|day| {
            view! {
                <header class="card__header">
                    <h2 class="card__title day_events__heading" id=HEADING_ID>
                        {i18n::day_in_full(&day)}
                    </h2>
                </header>
            }
        })
    };
    view! {
        <LiveRegion text=said />
        <section
            class="day_events"
            class:card=move || day.get().is_some()
            aria-labelledby=move || day.get().is_some().then_some(HEADING_ID)
        >
            {heading}
            {content}
        </section>
    }
}

fn list(told: ToldDay, href: fn(&EventId) -> String, on_hold_end: Callback<()>) -> impl IntoView {
    let change = told.change.map(|change| {
        view! { <p class="day_events__note">{i18n::clock_change_words(change)}</p> }
    });
    let none = told.events.is_empty().then(|| {
        view! { <p class="day_events__note">{t(key::calendar_views::NO_EVENTS_ON_DAY)}</p> }
    });
    let name = i18n::day_in_full(&told.day);
    let row = move |(event, over): (EventSummary, bool)| {
        let hold = event.hold_until.map(|until| {
            view! { <HoldCountdown until=Signal::stored(until) on_end=on_hold_end /> }
        });
        let href = href(&event.id);
        view! {
            <EventRow event=event href=href past=over>
                {hold}
            </EventRow>
        }
    };
    let rows = (!told.events.is_empty()).then(|| {
        let rows = told.events.into_iter().map(row).collect_view();
        view! { <Rows name=name>{rows}</Rows> }
    });
    view! {
        {change}
        {none}
        {rows}
    }
}
