//! The views of the calendar.

use api_types::EventFilters;
use leptos::prelude::*;

use crate::components::{Tab, TabCount, Tabs};
use crate::i18n::{key, plural, t};
use crate::route::{EventListing, MonthView, Route, WeekView};

/// A view of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarTab {
    /// `Upcoming`
    Upcoming,
    /// `History`
    History,
    /// A month.
    Month,
    /// A week.
    Week,
}

/// The ways from one view to the others, which keep what the events are filtered by.
#[component]
pub fn CalendarTabs(
    /// The one on screen.
    current: CalendarTab,
    /// What the events are filtered by.
    #[prop(into)]
    filters: Signal<EventFilters>,
    /// How many events `Upcoming` and `History` have, once that is known.
    #[prop(into)]
    counts: Signal<Option<(u32, u32)>>,
) -> impl IntoView {
    let tabs = move || {
        let (upcoming, history) = counts.get().unzip();
        let tab = |of, label, count: Option<u32>| Tab {
            href: filters.with(|filters| route(of, filters)).href(),
            label: t(label),
            current: of == current,
            count: count.map(|shown| TabCount {
                shown,
                words: plural(key::calendar::COUNT, shown, []),
            }),
        };
        vec![
            tab(CalendarTab::Upcoming, key::calendar::TAB_UPCOMING, upcoming),
            tab(CalendarTab::History, key::calendar::TAB_HISTORY, history),
            tab(CalendarTab::Month, key::calendar::TAB_MONTH, None),
            tab(CalendarTab::Week, key::calendar::TAB_WEEK, None),
        ]
    };
    move || view! { <Tabs name=t(key::calendar::VIEWS) tabs=tabs() /> }
}

/// A view, filtered. Days are left aside where the view has its own.
fn route(of: CalendarTab, filters: &EventFilters) -> Route {
    let timeless = EventFilters {
        from: None,
        to: None,
        ..filters.clone()
    };
    let list = || EventListing {
        filters: filters.clone(),
        cursor: None,
    };
    match of {
        CalendarTab::Upcoming => Route::Calendar(list()),
        CalendarTab::History => Route::CalendarHistory(list()),
        CalendarTab::Month => Route::CalendarMonth(MonthView {
            filters: timeless,
            ..MonthView::default()
        }),
        CalendarTab::Week => Route::CalendarWeek(WeekView {
            filters: timeless,
            ..WeekView::default()
        }),
    }
}

#[cfg(test)]
mod tests {
    use api_types::{Day, EventStatus};

    use super::*;

    #[test]
    fn every_view_keeps_the_filters_that_it_has() {
        let filters = EventFilters {
            service: Some("Physiotherapy".to_owned()),
            status: Some(EventStatus::Booked),
            from: Day::parse("2026-11-01").ok(),
            to: None,
            unpaid: true,
        };
        let kept = "service=Physiotherapy&status=booked&unpaid=true";
        for (of, address) in [
            (
                CalendarTab::Upcoming,
                format!("calendar?{kept}&from=2026-11-01"),
            ),
            (
                CalendarTab::History,
                format!("calendar/history?{kept}&from=2026-11-01"),
            ),
            (CalendarTab::Month, format!("calendar/month?{kept}")),
            (CalendarTab::Week, format!("calendar/week?{kept}")),
        ] {
            assert_eq!(route(of, &filters).href(), address);
        }
    }
}
