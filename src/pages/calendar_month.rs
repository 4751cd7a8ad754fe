//! `/calendar/month`: a month of days, and the events of the one that is chosen.

use api_types::{Day, EventFilters, EventId, Month, Weekday};
use leptos::prelude::*;

use crate::components::{DayEvents, MonthGrid, PeriodWords, grid_days};
use crate::i18n::{self, Text, key, t};
use crate::parts::{CalendarTab, PeriodPage, PeriodView, ShownPeriod};
use crate::route::{MonthView, Route};
use crate::state::{Step, use_change, use_live};

/// A month of the calendar.
#[component]
pub fn MonthPage() -> impl IntoView {
    // Only a clock that is out of all bounds tells no day.
    i18n::today_here().map(month_page).into_any()
}

fn month_page(today_here: Day) -> impl IntoView {
    let shown = ShownPeriod::<MonthView>::of_address(today_here);
    let ShownPeriod {
        asked,
        filters,
        first,
        today,
        period: month,
        days,
    } = shown;
    let chosen =
        Memo::new(move |_| asked.with(|view| day_on_screen(view, month.get(), today.get())));
    let (change, live) = (use_change(), use_live());
    let go = Callback::new(move |(view, step): (MonthView, Step)| change(&view.route(), step));
    let with = move |view: fn(&EventFilters, Day) -> MonthView| {
        move |day: Day| filters.with_untracked(|filters| view(filters, day))
    };
    let day_href = move |day| filters.with(|filters| on_day(filters, day)).route().href();
    let choose = move |day| go.run((with(on_day)(day), Step::Forward));
    let turn = move |day| go.run((with(in_month)(day), Step::InPlace));
    let known = Signal::derive(move || days.value());
    let grid = view! {
        <MonthGrid
            labelled_by=MonthView::HEADING_ID
            month=month
            first=first
            today=today
            chosen=chosen
            days=known
            day_href=Callback::new(day_href)
            event_href=event_href
            on_choose=Callback::new(choose)
            on_turn=Callback::new(turn)
        />
    };
    view! {
        <PeriodPage shown=shown grid=grid.into_any()>
            <DayEvents
                day=chosen
                chosen=Signal::derive(move || asked.with(|view| view.day))
                days=known
                loading=Signal::derive(move || days.error().is_none())
                href=event_href
                on_hold_end=Callback::new(move |()| live.refresh())
            />
        </PeriodPage>
    }
}

fn event_href(id: &EventId) -> String {
    Route::Event(id.clone()).href()
}

impl PeriodView for MonthView {
    type Period = Month;

    const TAB: CalendarTab = CalendarTab::Month;
    const HEADING_ID: &'static str = "month-name";
    const FAILED: Text = key::calendar_views::MONTH_FAILED;

    fn route(self) -> Route {
        Route::CalendarMonth(self)
    }

    fn of_route(route: Route) -> Option<Self> {
        match route {
            Route::CalendarMonth(view) => Some(view),
            _ => None,
        }
    }

    fn filters(&self) -> &EventFilters {
        &self.filters
    }

    /// The month that the address names, else that of its day, else today's.
    fn period(&self, today: Day, _: Weekday) -> Month {
        self.month
            .unwrap_or_else(|| Month::of(self.day.unwrap_or(today)))
    }

    fn of_period(month: Option<Month>, filters: EventFilters) -> Self {
        Self {
            month,
            day: None,
            filters,
        }
    }

    fn before(month: Month, filters: EventFilters) -> Option<Self> {
        Some(Self::of_period(Some(month.previous()?), filters))
    }

    fn after(month: Month, filters: EventFilters) -> Option<Self> {
        Some(Self::of_period(Some(month.next()?), filters))
    }

    fn name(month: Month) -> String {
        i18n::month_of_year(&month.first())
    }

    fn days(month: Month) -> (Day, Day) {
        (month.first(), month.last())
    }

    fn grid_days(month: Month, first: Weekday) -> (Day, Day) {
        grid_days(month, first)
    }

    fn words() -> PeriodWords {
        PeriodWords {
            ways: t(key::calendar_views::OTHER_MONTHS),
            previous: t(key::calendar_views::PREVIOUS_MONTH),
            next: t(key::calendar_views::NEXT_MONTH),
        }
    }
}

/// The day whose events are listed: the one that the address names if it lies in the month,
/// else today if that does.
fn day_on_screen(view: &MonthView, month: Month, today: Day) -> Option<Day> {
    [view.day, Some(today)]
        .into_iter()
        .flatten()
        .find(|day| Month::of(*day) == month)
}

/// A day and its month.
fn on_day(filters: &EventFilters, day: Day) -> MonthView {
    MonthView {
        day: Some(day),
        ..in_month(filters, day)
    }
}

/// The month that a day is in, with no day chosen.
fn in_month(filters: &EventFilters, day: Day) -> MonthView {
    MonthView::of_period(Some(Month::of(day)), filters.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(month: Option<&str>, day: Option<&str>) -> MonthView {
        MonthView {
            month: month.and_then(Month::parse),
            day: day.and_then(|day| Day::parse(day).ok()),
            filters: EventFilters::default(),
        }
    }

    #[test]
    fn a_month_and_a_day_are_todays_unless_the_address_says_otherwise() {
        let today = Day::parse("2026-11-22").unwrap();
        for (asked, month, day) in [
            (view(None, None), "2026-11", Some("2026-11-22")),
            (view(Some("2026-11"), None), "2026-11", Some("2026-11-22")),
            (view(Some("2026-12"), None), "2026-12", None),
            (
                view(None, Some("2026-12-05")),
                "2026-12",
                Some("2026-12-05"),
            ),
            (
                view(Some("2026-11"), Some("2026-11-03")),
                "2026-11",
                Some("2026-11-03"),
            ),
            // A day of another month is none of this one.
            (view(Some("2027-01"), Some("2026-11-03")), "2027-01", None),
        ] {
            let shown = asked.period(today, Weekday::Monday);
            assert_eq!(shown.to_string(), month, "{asked:?}");
            let chosen = day_on_screen(&asked, shown, today).map(|day| day.to_string());
            assert_eq!(chosen.as_deref(), day, "{asked:?}");
        }
    }

    #[test]
    fn a_way_to_a_day_leads_to_its_month_and_keeps_the_filters() {
        let filters = EventFilters {
            unpaid: true,
            ..EventFilters::default()
        };
        let there = on_day(&filters, Day::parse("2026-12-01").unwrap());
        assert_eq!(there.month, Month::parse("2026-12"));
        assert_eq!(
            there.day.map(|day| day.to_string()).as_deref(),
            Some("2026-12-01")
        );
        assert!(there.filters.unpaid);
        let month = in_month(&filters, Day::parse("2026-12-01").unwrap());
        assert_eq!((month.day, month.filters.unpaid), (None, true));
    }
}
