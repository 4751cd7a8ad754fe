//! The events of one day, each with everything that a row says.

use api_types::{CalendarDays, Day, EventId, EventSummary, Timestamp};
use leptos::prelude::*;

use super::day_model::DayContents;
use super::event_row::EventRow;
use super::hold_countdown::HoldCountdown;
use super::invoice_row::Rows;
use super::live_region::LiveRegion;
use super::skeleton::{Skeleton, SkeletonOf};
use crate::browser::screen;
use crate::i18n::{self, fill, key, plural, t};

const HEADING_ID: &str = "day-heading";

/// The events of a day, or that one can be chosen.
#[component]
pub fn DayEvents(
    /// The day.
    day: Memo<Option<Day>>,
    /// The day that the customer chose, if it is not there by itself. When it becomes another
    /// one, it is read out and brought into sight.
    #[prop(into)]
    chosen: Signal<Option<Day>>,
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
        let told = days.with(|days| DayContents::of(day, days.as_ref()?))?;
        Some((day, told))
    });
    let now = Memo::new(move |_| days.with(|days| days.as_ref().map(|days| days.as_of)));
    let said = say_when_chosen(chosen, told);
    let content = move || match (day.get(), told.get()) {
        (None, _) => view! {
            <p class="day_events__hint">{t(key::calendar_views::CHOOSE_DAY)}</p>
        }
        .into_any(),
        (Some(_), Some((day, told))) => {
            list(day, &told, now.get_untracked(), href, on_hold_end).into_any()
        }
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

/// What a screen reader hears of the day that has just been chosen, as soon as it is known.
fn say_when_chosen(
    chosen: Signal<Option<Day>>,
    told: Memo<Option<(Day, DayContents)>>,
) -> RwSignal<String> {
    let said = RwSignal::new(String::new());
    Effect::new(move |last: Option<Option<Day>>| {
        let wanted = chosen.get();
        // The one that the page came with is no news.
        let Some(last) = last else { return wanted };
        let known = told.with(|told| {
            let told = told.as_ref().filter(|(day, _)| Some(*day) == wanted);
            told.map(|(day, told)| count_words(*day, told))
        });
        match known {
            Some(words) if wanted != last => {
                said.set(words);
                screen::show(HEADING_ID);
                wanted
            }
            Some(_) => last,
            // Another day may be chosen twice, with none or one of another month between.
            None => last.filter(|_| wanted.is_some()),
        }
    });
    said
}

/// How many events there are on a day, in a sentence.
fn count_words(day: Day, told: &DayContents) -> String {
    let events = match told.parts.len() {
        0 => t(key::calendar_views::NO_EVENTS),
        some => {
            let count = u32::try_from(some).unwrap_or(u32::MAX);
            plural(key::calendar_views::COUNT, count, [])
        }
    };
    let day = i18n::day_in_full(&day);
    fill(
        key::calendar_views::DAY_TOLD,
        [("day", &day), ("events", &events)],
    )
}

fn list(
    day: Day,
    told: &DayContents,
    now: Option<Timestamp>,
    href: fn(&EventId) -> String,
    on_hold_end: Callback<()>,
) -> impl IntoView + use<> {
    let change = told.change.map(|change| {
        view! { <p class="day_events__note">{i18n::clock_change_words(change)}</p> }
    });
    let none = told.parts.is_empty().then(|| {
        view! { <p class="day_events__note">{t(key::calendar_views::NO_EVENTS_ON_DAY)}</p> }
    });
    let row = move |event: EventSummary| {
        let over = now.is_some_and(|now| event.ends_at <= now);
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
    let rows = (!told.parts.is_empty()).then(|| {
        let name = i18n::day_in_full(&day);
        let events = told.parts.iter().map(|part| part.placed.event.clone());
        let rows = events.map(row).collect_view();
        view! { <Rows name=name>{rows}</Rows> }
    });
    view! {
        {change}
        {none}
        {rows}
    }
}
