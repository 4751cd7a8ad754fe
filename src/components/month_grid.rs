//! A month: a table of days after the grid pattern of the ARIA Authoring Practices.
//!
//! One day at a time can be reached by Tab; keys go from day to day, and Enter chooses one. What
//! the cells show of events is for the eye and the pointer: the keyboard finds them in the list
//! of the chosen day, where they have the room to say everything.

use api_types::{CalendarDays, Day, EventId, Month, Weekday};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::day_model::DayContents;
use super::month_cell::{Days, day_id, empty_cell, month_cell};
use super::month_model::{DayMove, GridWeek, Held, weeks_of};
use crate::browser::{focus, screen};
use crate::i18n::{self, key, t};

const KEYS_ID: &str = "month-grid-keys";

/// The weeks of a month, with the events that are known.
#[component]
pub fn MonthGrid(
    /// The id of what names it.
    labelled_by: &'static str,
    /// The month.
    month: Memo<Month>,
    /// The day that weeks begin with.
    first: Weekday,
    /// Today where the days are shown.
    #[prop(into)]
    today: Signal<Day>,
    /// The day whose events are listed.
    #[prop(into)]
    chosen: Signal<Option<Day>>,
    /// What is known of the days; the weeks stand before that comes.
    #[prop(into)]
    days: Signal<Option<CalendarDays>>,
    /// Where a day's list is.
    day_href: Callback<Day, String>,
    /// Where an event is.
    event_href: fn(&EventId) -> String,
    /// The space bar was pressed on a day: it does what a press on the day's link does.
    on_choose: Callback<Day>,
    /// The keyboard has gone to a day of another month.
    on_turn: Callback<Day>,
) -> impl IntoView {
    let at = RwSignal::new(None::<Day>);
    let reached = Memo::new(move |_| {
        let month = month.get();
        let of_month = |day: &Day| Month::of(*day) == month;
        let wanted = [at.get(), chosen.get(), Some(today.get())];
        let found = wanted.into_iter().flatten().find(of_month);
        found.unwrap_or(month.first())
    });
    let doing = Days {
        today,
        chosen,
        reached,
        at,
        href: day_href,
        event_href,
    };
    let press = keys(month, first, doing, on_choose, on_turn);
    // The days are built anew with their month only: their events come and change in place, so
    // that the keyboard stays where it is.
    let rows = move || {
        let month = month.get();
        let cell = move |day: Option<Day>| {
            let day = day?;
            let told = Memo::new(move |_| days.with(|days| DayContents::of(day, days.as_ref()?)));
            let outside = Month::of(day) != month;
            Some(month_cell(day, outside, told, doing))
        };
        let week = move |week: GridWeek| {
            let cells = week.map(|day| cell(day).unwrap_or_else(empty_cell));
            view! {
                <tr class="month_grid__week" role="row">
                    {cells.into_iter().collect_view()}
                </tr>
            }
        };
        weeks_of(month, first).into_iter().map(week).collect_view()
    };
    view! {
        <table
            class="month_grid"
            role="grid"
            aria-labelledby=labelled_by
            aria-describedby=KEYS_ID
            aria-busy=move || days.with(Option::is_none).then_some("true")
            on:keydown=press
        >
            <thead>
                <tr role="row">{weekdays(first)}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p class="visually-hidden" id=KEYS_ID>
            {t(key::calendar_views::KEYS)}
        </p>
    }
}

fn weekdays(first: Weekday) -> impl IntoView {
    let some_month = Month::parse("2026-01");
    let week = some_month.and_then(|month| weeks_of(month, first).into_iter().next());
    let head = |day: Day| {
        view! {
            <th class="month_grid__weekday" role="columnheader" scope="col">
                <span aria-hidden="true">{i18n::weekday(&day)}</span>
                <span class="visually-hidden">{i18n::weekday_in_full(&day)}</span>
            </th>
        }
    };
    week.into_iter()
        .flatten()
        .flatten()
        .map(head)
        .collect_view()
}

/// What the keyboard does in the grid.
fn keys(
    month: Memo<Month>,
    first: Weekday,
    days: Days,
    on_choose: Callback<Day>,
    on_turn: Callback<Day>,
) -> impl Fn(KeyboardEvent) {
    // The day to go to as soon as its month is on screen.
    let awaited = StoredValue::new(None::<Day>);
    Effect::new(move |_| {
        month.track();
        if let Some(day) = awaited.try_update_value(Option::take).flatten() {
            go_when_built(day);
        }
    });
    move |event| {
        let from = days.reached.get_untracked();
        let held = Held {
            shift: event.shift_key(),
            control: event.ctrl_key(),
            other: event.alt_key() || event.meta_key(),
        };
        if event.key() == " " && held == Held::default() {
            event.prevent_default();
            on_choose.run(from);
            return;
        }
        let Some(by) = DayMove::by_key(&event.key(), held, screen::runs_backwards()) else {
            return;
        };
        event.prevent_default();
        let to = by.from(from, first);
        if Month::of(to) == month.get_untracked() {
            days.at.set(Some(to));
            focus::to(&day_id(to));
        } else if !event.repeat() {
            // A key that is held down would ask the server for month after month.
            days.at.set(Some(to));
            awaited.set_value(Some(to));
            on_turn.run(to);
        }
    }
}

/// The cells are built a moment after the month has changed.
fn go_when_built(day: Day) {
    leptos::task::spawn_local(async move {
        leptos::task::tick().await;
        focus::to(&day_id(day));
    });
}
