//! `/calendar/week`: seven days and their hours.

use api_types::{CalendarDays, CalendarQuery, Day, EventFilters, EventId, Week, Weekday};
use leptos::prelude::*;

use crate::components::{PageHeading, PeriodBar, PeriodWords, WeekGrid};
use crate::i18n::{self, fill, key, t};
use crate::parts::{
    CalendarReadAt, CalendarSummary, CalendarTab, CalendarTabs, CheckoutPanels, EventOptions,
    LoadFailure,
};
use crate::route::{Route, WeekView};
use crate::state::{Loaded, Step, load, use_change, use_route, use_time_zones, use_title};

const NAME_ID: &str = "week-name";

/// A week of the calendar.
#[component]
pub fn WeekPage() -> impl IntoView {
    // Only a clock that is out of all bounds tells no day.
    i18n::today_here().map(week_page).into_any()
}

/// The seven days on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    /// The week; `None` at the very ends of the calendar.
    week: Option<Week>,
    /// Its first day.
    first: Day,
    /// Its last.
    last: Day,
}

impl Span {
    /// The week that the address names, else today's.
    fn of(view: &WeekView, today: Day, first: Weekday) -> Self {
        let week = view.week.or_else(|| Week::of(today, first));
        let begins = week.and_then(|week| week.first(first)).unwrap_or(today);
        Self {
            week,
            first: begins,
            last: begins.plus(6).unwrap_or(begins),
        }
    }

    fn has(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}

fn week_page(today_here: Day) -> impl IntoView {
    let place = use_route();
    let asked = Memo::new(move |before: Option<&WeekView>| match place.get() {
        Some(Route::CalendarWeek(view)) => view,
        // On the way to another page the week stays as it was.
        _ => before.cloned().unwrap_or_default(),
    });
    let first = i18n::first_weekday();
    // By this device until the server has said; then by the server.
    let today = RwSignal::new(today_here);
    let span = Memo::new(move |_| asked.with(|view| Span::of(view, today.get(), first)));
    let name = Memo::new(move |_| {
        let Span { first, last, .. } = span.get();
        i18n::days_of_week(&first, &last)
    });
    use_title(move || fill(key::calendar_views::TITLE, [("period", &name.get())]));
    let zone = use_time_zones().shown();
    let filters = Memo::new(move |_| asked.with(|view| view.filters.clone()));
    let days = load(
        move || {
            let Span { first, last, .. } = span.get();
            filters.with(|filters| CalendarQuery::of(first, last, &zone, filters))
        },
        |api, query| async move { api.calendar(&query).await },
    );
    Effect::new(move |_| {
        if let Some(told) = days.of(|days| days.today) {
            today.set(told);
        }
    });
    view! {
        <PageHeading text=t(key::calendar::TITLE) />
        <CalendarTabs current=CalendarTab::Week filters=filters counts=Signal::stored(None) />
        <CheckoutPanels />
        <Options days=days filters=filters span=span />
        <LoadFailure loaded=days title=t(key::calendar_views::WEEK_FAILED) />
        <section class="calendar_view card" aria-labelledby=NAME_ID>
            <Bar name=name span=span today=today filters=filters />
            <CalendarSummary
                days=days
                span=Signal::derive(move || (span.get().first, span.get().last))
                name=name
                filters=filters
            />
            <WeekGrid
                labelled_by=NAME_ID
                first=Memo::new(move |_| span.get().first)
                today=today
                days=Signal::derive(move || days.value())
                href=event_href
            />
        </section>
        <CalendarReadAt days=days />
    }
}

fn event_href(id: &EventId) -> String {
    Route::Event(id.clone()).href()
}

#[component]
fn Options(
    days: Loaded<CalendarDays>,
    filters: Memo<EventFilters>,
    span: Memo<Span>,
) -> impl IntoView {
    let change = use_change();
    let services = Memo::new(move |before: Option<&Vec<String>>| {
        let now = days.of(|days| days.services.clone());
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let narrow = move |filters: EventFilters| {
        let week = span.get_untracked().week;
        change(
            &Route::CalendarWeek(WeekView { week, filters }),
            Step::Forward,
        );
    };
    view! {
        <EventOptions
            filters=filters
            services=services
            dates=false
            on_change=Callback::new(narrow)
        />
    }
}

#[component]
fn Bar(
    name: Memo<String>,
    span: Memo<Span>,
    today: RwSignal<Day>,
    filters: Memo<EventFilters>,
) -> impl IntoView {
    let href = move |week: Option<Week>| {
        let filters = filters.get();
        Route::CalendarWeek(WeekView { week, filters }).href()
    };
    let beside = move |step: fn(Week) -> Option<Week>| {
        let week = span.get().week.and_then(step);
        week.map(|week| href(Some(week)))
    };
    let words = PeriodWords {
        ways: t(key::calendar_views::OTHER_WEEKS),
        previous: t(key::calendar_views::PREVIOUS_WEEK),
        next: t(key::calendar_views::NEXT_WEEK),
    };
    view! {
        <PeriodBar
            id=NAME_ID
            name=name
            words=words
            previous=Signal::derive(move || beside(Week::previous))
            today=Signal::derive(move || href(None))
            is_today=Signal::derive(move || span.get().has(today.get()))
            next=Signal::derive(move || beside(Week::next))
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_without_a_name_is_todays_and_begins_as_weeks_do_there() {
        let today = Day::parse("2026-11-22").unwrap();
        // A Sunday: the last day of a week, or the first of the next.
        for (first, begins, named) in [
            (Weekday::Monday, "2026-11-16", "2026-W47"),
            (Weekday::Sunday, "2026-11-22", "2026-W48"),
            (Weekday::Saturday, "2026-11-21", "2026-W48"),
        ] {
            let span = Span::of(&WeekView::default(), today, first);
            assert_eq!(span.first.to_string(), begins);
            assert_eq!(
                span.week.map(|week| week.to_string()).as_deref(),
                Some(named)
            );
            assert!(span.has(today));
            let asked = WeekView {
                week: Week::parse(named),
                ..WeekView::default()
            };
            assert_eq!(
                Span::of(&asked, Day::parse("2020-01-01").unwrap(), first),
                span
            );
        }
    }
}
