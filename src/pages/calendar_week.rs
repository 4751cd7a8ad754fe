//! `/calendar/week`: seven days and their hours.

use api_types::{Day, EventFilters, EventId, Week, Weekday};
use leptos::prelude::*;

use crate::components::{PeriodWords, WeekGrid};
use crate::i18n::{self, Text, key, t};
use crate::parts::{CalendarTab, PeriodPage, PeriodView, ShownPeriod};
use crate::route::{Route, WeekView};

/// A week of the calendar.
#[component]
pub fn WeekPage() -> impl IntoView {
    // Only a clock that is out of all bounds tells no day.
    i18n::today_here().map(week_page).into_any()
}

/// The seven days on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
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
}

impl PeriodView for WeekView {
    type Period = Span;

    const TAB: CalendarTab = CalendarTab::Week;
    const HEADING_ID: &'static str = "week-name";
    const FAILED: Text = key::calendar_views::WEEK_FAILED;

    fn route(self) -> Route {
        Route::CalendarWeek(self)
    }

    fn of_route(route: Route) -> Option<Self> {
        match route {
            Route::CalendarWeek(view) => Some(view),
            _ => None,
        }
    }

    fn filters(&self) -> &EventFilters {
        &self.filters
    }

    fn period(&self, today: Day, first: Weekday) -> Span {
        Span::of(self, today, first)
    }

    fn of_period(span: Option<Span>, filters: EventFilters) -> Self {
        let week = span.and_then(|span| span.week);
        Self { week, filters }
    }

    fn before(span: Span, filters: EventFilters) -> Option<Self> {
        let week = Some(span.week?.previous()?);
        Some(Self { week, filters })
    }

    fn after(span: Span, filters: EventFilters) -> Option<Self> {
        let week = Some(span.week?.next()?);
        Some(Self { week, filters })
    }

    fn name(span: Span) -> String {
        i18n::days_of_week(&span.first, &span.last)
    }

    fn days(span: Span) -> (Day, Day) {
        (span.first, span.last)
    }

    fn grid_days(span: Span, _: Weekday) -> (Day, Day) {
        Self::days(span)
    }

    fn words() -> PeriodWords {
        PeriodWords {
            ways: t(key::calendar_views::OTHER_WEEKS),
            previous: t(key::calendar_views::PREVIOUS_WEEK),
            next: t(key::calendar_views::NEXT_WEEK),
        }
    }
}

fn week_page(today_here: Day) -> impl IntoView {
    let shown = ShownPeriod::<WeekView>::of_address(today_here);
    let ShownPeriod {
        today,
        period: span,
        days,
        ..
    } = shown;
    let grid = view! {
        <WeekGrid
            labelled_by=WeekView::HEADING_ID
            first=Memo::new(move |_| span.get().first)
            today=today
            days=Signal::derive(move || days.value())
            href=event_href
        />
    };
    view! { <PeriodPage shown=shown grid=grid.into_any() /> }
}

fn event_href(id: &EventId) -> String {
    Route::Event(id.clone()).href()
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
            assert!(span.first <= today && today <= span.last);
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
