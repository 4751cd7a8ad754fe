//! A week: seven days one below the other on a phone, and seven columns of hours on a wide
//! screen. It is one list in the document; where an event stands in its column is told to the
//! styles by custom properties.

use api_types::{CalendarDays, ClockChange, Day, EventId};
use leptos::prelude::*;

use super::day_model::{DayContents, DayPart};
use super::event_mark::EventMark;
use super::week_model::{Block, Hours, blocks, hours_shown};
use crate::i18n::{self, fill, key, t};

/// A day of the week with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct WeekDay {
    day: Day,
    change: Option<ClockChange>,
    /// What takes all of it.
    whole: Vec<DayPart>,
    /// What has hours.
    blocks: Vec<Block>,
    /// Whether its events are known.
    known: bool,
}

impl WeekDay {
    fn of(day: Day, known: Option<&CalendarDays>) -> Self {
        let told = known.and_then(|known| DayContents::of(day, known));
        let known = told.is_some();
        let (change, parts) = told.map_or((None, vec![]), |told| (told.change, told.parts));
        Self {
            day,
            change,
            blocks: blocks(&parts, change),
            whole: parts.into_iter().filter(DayPart::is_whole).collect(),
            known,
        }
    }
}

/// The days of a week, with the events that are known.
#[component]
pub fn WeekGrid(
    /// The id of what names it.
    labelled_by: &'static str,
    /// The first of the seven days.
    first: Memo<Day>,
    /// Today where the days are shown.
    #[prop(into)]
    today: Signal<Day>,
    /// What is known of the days; they stand before that comes.
    #[prop(into)]
    days: Signal<Option<CalendarDays>>,
    /// Where an event is.
    href: fn(&EventId) -> String,
) -> impl IntoView {
    let week = Memo::new(move |_| {
        let all = (0..7).filter_map(|later| first.get().plus(later));
        days.with(|known| {
            all.map(|day| WeekDay::of(day, known.as_ref()))
                .collect::<Vec<_>>()
        })
    });
    let hours =
        Memo::new(move |_| week.with(|week| hours_shown(week.iter().flat_map(|day| &day.blocks))));
    let columns = move || {
        let columns = week.get().into_iter();
        columns.map(|day| column(day, today, href)).collect_view()
    };
    view! {
        <div
            class="week_grid"
            style:--week_grid-first=move || hours.get().from.to_string()
            style:--week_grid-hours=move || (hours.get().to - hours.get().from).to_string()
        >
            {move || axis(hours.get())}
            <ol class="week_grid__days" role="list" aria-labelledby=labelled_by>
                {columns}
            </ol>
        </div>
    }
}

/// The hours at the side of the columns; the events say their own.
fn axis(hours: Hours) -> impl IntoView {
    let hour = |hour: u16| {
        view! { <span class="week_grid__hour">{i18n::face_time(hour * 60)}</span> }
    };
    view! {
        <div class="week_grid__axis" aria-hidden="true">
            {(hours.from..hours.to).map(hour).collect_view()}
        </div>
    }
}

fn column(of: WeekDay, today: Signal<Day>, href: fn(&EventId) -> String) -> impl IntoView {
    let day = of.day;
    let nothing = of.known && of.whole.is_empty() && of.blocks.is_empty();
    let whole = (!of.whole.is_empty()).then(|| {
        let rows = of.whole.iter().map(|part| {
            view! { <li class="week_grid__item">{event(part, None, href)}</li> }
        });
        view! { <ul class="week_grid__list" role="list">{rows.collect_view()}</ul> }
    });
    let timed = (!of.blocks.is_empty()).then(|| {
        let rows = of.blocks.iter().map(|block| timed(block, href));
        view! { <ul class="week_grid__list" role="list">{rows.collect_view()}</ul> }
    });
    let change = of.change.map(|change| {
        view! { <p class="week_grid__clocks">{i18n::clock_change_words(change)}</p> }
    });
    let is_today = move || today.get() == day;
    view! {
        <li class="week_grid__day" data-today=move || is_today().then_some("")>
            <div class="week_grid__head">
                <h3 class="week_grid__name" aria-current=move || is_today().then_some("date")>
                    <span class="week_grid__weekday" aria-hidden="true">
                        {i18n::weekday(&day)}
                    </span>
                    <span class="week_grid__number" aria-hidden="true">
                        {i18n::day_number(&day)}
                    </span>
                    <span class="visually-hidden">{i18n::day_in_full(&day)}</span>
                </h3>
                {change}
            </div>
            <div class="week_grid__whole">{whole}</div>
            <div class="week_grid__timed">
                {nothing
                    .then(|| {
                        view! {
                            <p class="week_grid__none">{t(key::calendar_views::NO_EVENTS)}</p>
                        }
                    })} {timed}
            </div>
        </li>
    }
}

fn timed(block: &Block, href: fn(&EventId) -> String) -> impl IntoView + use<> {
    view! {
        <li
            class="week_grid__item"
            style:--week_grid-top=block.top.to_string()
            style:--week_grid-length=block.length.to_string()
            style:--week_grid-lane=block.lane.to_string()
            style:--week_grid-lanes=block.lanes.to_string()
        >
            {event(&block.part, lines(block.length), href)}
        </li>
    }
}

/// How many lines there is room for, where that is less than there may be to say.
fn lines(minutes: u16) -> Option<&'static str> {
    match minutes {
        ..45 => Some("1"),
        45..60 => Some("2"),
        60..90 => Some("3"),
        _ => None,
    }
}

fn event(
    part: &DayPart,
    lines: Option<&'static str>,
    href: fn(&EventId) -> String,
) -> impl IntoView + use<> {
    let event = &part.placed.event;
    let mark = EventMark::of(event);
    let icon = mark.icon();
    let states = mark.words.join(", ");
    let state = (!states.is_empty()).then(|| {
        view! {
            " "
            <span class="week_grid__state">
                {icon} <span class="week_grid__words">{states}</span>
            </span>
        }
    });
    view! {
        <a
            class="week_grid__event event_mark"
            href=href(&event.id)
            data-event=event.id.to_string()
            data-tone=mark.tone
            data-lines=lines
            data-before=(!part.begins).then_some("")
            data-after=(!part.ends).then_some("")
        >
            <span class="week_grid__time">{hours_words(part)}</span>
            " "
            <bdi class="week_grid__title">{event.title.clone()}</bdi>
            {state}
        </a>
    }
}

/// The hours of an event on one day.
fn hours_words(part: &DayPart) -> String {
    let event = &part.placed.event;
    if part.is_whole() {
        return t(key::calendar::ALL_DAY);
    }
    match (part.begins, part.ends) {
        (true, true) => i18n::event_hours(event),
        (true, false) => {
            let from = i18n::face_time(part.from);
            fill(key::calendar_views::FROM_TIME, [("time", &from)])
        }
        _ => {
            let until = i18n::face_time(part.to);
            fill(key::calendar_views::UNTIL_TIME, [("time", &until)])
        }
    }
}
