//! A day in a month's grid: its number, and as much of its events as there is room for.

use api_types::{Day, EventId};
use leptos::prelude::*;

use super::day_model::{DayContents, DayPart};
use super::event_mark::EventMark;
use crate::i18n::{self, fill, key, plural, t};

/// How many events have a line of their own; a phone shows as many dots.
const MOST_LINES: usize = 3;

/// What a grid does with its days. It is the same for all of them.
#[derive(Clone, Copy)]
pub(super) struct Days {
    /// Today where the days are shown.
    pub(super) today: Signal<Day>,
    /// The day whose events are listed.
    pub(super) chosen: Signal<Option<Day>>,
    /// The one day that Tab reaches.
    pub(super) reached: Memo<Day>,
    /// The day that the keyboard was on last.
    pub(super) at: RwSignal<Option<Day>>,
    /// Where a day's list is.
    pub(super) href: Callback<Day, String>,
    /// Where an event is.
    pub(super) event_href: fn(&EventId) -> String,
}

/// The id of a day's link.
pub(super) fn day_id(day: Day) -> String {
    format!("month-day-{day}")
}

/// The place of a day that the calendar does not have.
pub(super) fn empty_cell() -> AnyView {
    view! { <td class="month_grid__cell" role="gridcell"></td> }.into_any()
}

/// A day's cell; `outside` is one of the month before or after.
pub(super) fn month_cell(
    day: Day,
    outside: bool,
    told: Memo<Option<DayContents>>,
    days: Days,
) -> AnyView {
    let Days { today, chosen, .. } = days;
    view! {
        <td
            class="month_grid__cell"
            role="gridcell"
            data-day=day.to_string()
            data-outside=outside.then_some("")
            data-today=move || (today.get() == day).then_some("")
            aria-selected=move || if chosen.get() == Some(day) { "true" } else { "false" }
        >
            {day_link(day, told, days)}
            {move || told.with(|told| told.as_ref().map(|told| lines(day, told, days)))}
        </td>
    }
    .into_any()
}

fn day_link(day: Day, told: Memo<Option<DayContents>>, days: Days) -> impl IntoView {
    let Days {
        today, reached, at, ..
    } = days;
    let dots = move || {
        told.with(|told| {
            let parts = told.iter().flat_map(|told| &told.parts);
            let dot = |part: &DayPart| {
                let mark = EventMark::of(&part.placed.event);
                view! { <span class="month_grid__dot" data-tone=mark.tone></span> }
            };
            parts.take(MOST_LINES).map(dot).collect_view()
        })
    };
    view! {
        <a
            class="month_grid__day"
            id=day_id(day)
            href=move || days.href.run(day)
            data-noscroll=""
            tabindex=move || if reached.get() == day { "0" } else { "-1" }
            aria-current=move || (today.get() == day).then_some("date")
            on:focus=move |_| at.set(Some(day))
        >
            <span class="month_grid__number" aria-hidden="true">
                {i18n::day_number(&day)}
            </span>
            <span class="visually-hidden">
                {move || told.with(|told| day_words(day, told.as_ref()))}
            </span>
            <span class="month_grid__dots on-narrow" aria-hidden="true">
                {dots}
            </span>
        </a>
    }
}

/// What a day is to somebody who hears it.
fn day_words(day: Day, told: Option<&DayContents>) -> String {
    let count = told.map(|told| match told.parts.len() {
        0 => t(key::calendar_views::NO_EVENTS),
        some => plural(key::calendar_views::COUNT, small(some), []),
    });
    let to_pay = told
        .into_iter()
        .flat_map(|told| &told.parts)
        .filter(|part| {
            let money = part.placed.event.money.as_ref();
            money.is_some_and(|money| !money.balance.is_zero())
        });
    let to_pay = Some(to_pay.count())
        .filter(|count| *count > 0)
        .map(|count| plural(key::calendar_views::TO_PAY, small(count), []));
    let change = told.and_then(|told| told.change);
    let change = change.map(i18n::clock_change_words);
    let all = [Some(i18n::day_in_full(&day)), count, to_pay, change];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The events for a wide screen. They are no stops for Tab: the grid has one.
fn lines(day: Day, told: &DayContents, days: Days) -> impl IntoView + use<> {
    let DayContents { change, parts } = told;
    let shown = parts
        .iter()
        .take(MOST_LINES)
        .map(|part| line(part, days))
        .collect_view();
    let more = parts.len().checked_sub(MOST_LINES).filter(|more| *more > 0);
    let more = more.map(|more| {
        let on_day = fill(
            key::calendar_views::MORE_ON,
            [("day", &i18n::day_in_full(&day))],
        );
        view! {
            <a
                class="month_grid__more"
                href=days.href.run(day)
                data-noscroll=""
                tabindex="-1"
                >
                {plural(key::calendar_views::MORE, small(more), [])}
                <span class="visually-hidden">" "{on_day}</span>
            </a>
        }
    });
    let change = change.map(|change| {
        // The day's link says it too.
        view! {
            <p class="month_grid__clocks" aria-hidden="true">
                {i18n::clock_change_words(change)}
            </p>
        }
    });
    (!parts.is_empty() || change.is_some()).then(|| {
        view! { <div class="month_grid__lines on-wide">{change} {shown} {more}</div> }
    })
}

fn line(part: &DayPart, days: Days) -> impl IntoView + use<> {
    let event = &part.placed.event;
    let mark = EventMark::of(event);
    let time = (!part.is_whole() && part.begins).then(|| i18n::face_time(part.from));
    let goes_on = (!part.begins && !part.is_whole()).then(|| {
        let until = i18n::face_time(part.to);
        fill(key::calendar_views::UNTIL_TIME, [("time", &until)])
    });
    let icon = mark.icon();
    let states = mark.words.join(", ");
    view! {
        <a
            class="month_grid__event event_mark"
            href=(days.event_href)(&event.id)
            tabindex="-1"
            data-tone=mark.tone
            data-before=(!part.begins).then_some("")
            data-after=(!part.ends).then_some("")
        >
            {icon}
            {time
                .or(goes_on)
                .map(|time| view! { <span class="month_grid__time">{time}</span> })}
            " "
            <bdi class="month_grid__title">{event.title.clone()}</bdi>
            <span class="visually-hidden">" "{states}</span>
        </a>
    }
}
