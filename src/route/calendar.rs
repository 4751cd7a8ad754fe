//! The calendar in addresses: which half, month or week, what it is filtered by, and what is
//! asked for.

use api_types::{Cursor, Day, EventFilters, EventId, EventStatus, Month, Week};

use super::Route;
use super::lists::{cursor, cursor_text, day, text, word};
use super::query::{Pairs, value_of, with_query};

pub(super) const CALENDAR: &str = "calendar";
const HISTORY: &str = "history";
const MONTH: &str = "month";
const WEEK: &str = "week";
const EVENTS: &str = "events";
const REQUEST: &str = "request";
const MOVE: &str = "move";
const FEED: &str = "feed";

const SERVICE: &str = "service";
const STATUS: &str = "status";
const FROM: &str = "from";
const TO: &str = "to";
const UNPAID: &str = "unpaid";
const CURSOR: &str = "cursor";
const DAY: &str = "day";
const VIDEO: &str = "video";

/// A list of events: `Upcoming` or `History`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventListing {
    /// `Event Options`
    pub filters: EventFilters,
    /// Which page of it.
    pub cursor: Option<Cursor>,
}

/// A month of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthView {
    /// Which; today's unless told.
    pub month: Option<Month>,
    /// The day whose events stand below; none unless told.
    pub day: Option<Day>,
    /// `Event Options`, dates aside.
    pub filters: EventFilters,
}

/// A week of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WeekView {
    /// Which; today's unless told.
    pub week: Option<Week>,
    /// `Event Options`, dates aside.
    pub filters: EventFilters,
}

/// What is asked for when a customer asks for an event, or moves one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestChoice {
    /// Of which service.
    pub service: Option<String>,
    /// Whether as a video session.
    pub video: bool,
    /// The day whose times are shown.
    pub day: Option<Day>,
}

impl Route {
    /// `Upcoming`, all of it.
    pub fn calendar() -> Self {
        Self::Calendar(EventListing::default())
    }

    /// The form to ask for an event.
    pub fn request_event() -> Self {
        Self::RequestEvent(RequestChoice::default())
    }
}

pub(super) fn path(route: &Route) -> Option<String> {
    let path = match route {
        Route::Calendar(list) => with_query(CALENDAR, list.pairs()),
        Route::CalendarHistory(list) => with_query(&under(HISTORY), list.pairs()),
        Route::CalendarMonth(view) => {
            let place = named_path(MONTH, view.month);
            let mut pairs = filter_pairs(&view.filters);
            pairs.push((DAY, text(view.day)));
            with_query(&place, pairs)
        }
        Route::CalendarWeek(view) => {
            with_query(&named_path(WEEK, view.week), filter_pairs(&view.filters))
        }
        Route::CalendarFeed => under(FEED),
        Route::Event(id) => format!("{CALENDAR}/{EVENTS}/{id}"),
        Route::RequestEvent(choice) => with_query(&under(REQUEST), choice.pairs()),
        Route::MoveEvent { event, day } => {
            let place = format!("{CALENDAR}/{EVENTS}/{event}/{MOVE}");
            with_query(&place, vec![(DAY, text(*day))])
        }
        _ => return None,
    };
    Some(path)
}

/// Reads what follows `calendar` in a path.
pub(super) fn parse(segments: &[&str], query: &str) -> Option<Route> {
    let month = |month| {
        Route::CalendarMonth(MonthView {
            month,
            day: day(query, DAY),
            filters: filters(query),
        })
    };
    let week = |week| {
        Route::CalendarWeek(WeekView {
            week,
            filters: filters(query),
        })
    };
    match segments {
        [] => Some(Route::Calendar(EventListing::parse(query))),
        [HISTORY] => Some(Route::CalendarHistory(EventListing::parse(query))),
        [MONTH] => Some(month(None)),
        [MONTH, named] => Month::parse(named).map(|named| month(Some(named))),
        [WEEK] => Some(week(None)),
        [WEEK, named] => Week::parse(named).map(|named| week(Some(named))),
        [FEED] => Some(Route::CalendarFeed),
        [REQUEST] => Some(Route::RequestEvent(RequestChoice::parse(query))),
        [EVENTS, id] => EventId::parse(id).ok().map(Route::Event),
        [EVENTS, id, MOVE] => EventId::parse(id).ok().map(|event| Route::MoveEvent {
            event,
            day: day(query, DAY),
        }),
        _ => None,
    }
}

fn under(place: &str) -> String {
    format!("{CALENDAR}/{place}")
}

fn named_path(place: &str, name: Option<impl ToString>) -> String {
    match name {
        Some(name) => format!("{CALENDAR}/{place}/{}", name.to_string()),
        None => under(place),
    }
}

impl EventListing {
    fn pairs(&self) -> Pairs {
        let mut pairs = filter_pairs(&self.filters);
        pairs.extend([
            (FROM, text(self.filters.from)),
            (TO, text(self.filters.to)),
            (CURSOR, cursor_text(self.cursor.as_ref())),
        ]);
        pairs
    }

    fn parse(query: &str) -> Self {
        let filters = EventFilters {
            from: day(query, FROM),
            to: day(query, TO),
            ..filters(query)
        };
        Self {
            filters,
            cursor: cursor(query),
        }
    }
}

impl RequestChoice {
    fn pairs(&self) -> Pairs {
        vec![
            (SERVICE, self.service.clone()),
            (VIDEO, self.video.then(|| "true".to_owned())),
            (DAY, text(self.day)),
        ]
    }

    fn parse(query: &str) -> Self {
        Self {
            service: value_of(query, SERVICE),
            video: value_of(query, VIDEO).as_deref() == Some("true"),
            day: day(query, DAY),
        }
    }
}

/// The filters that every view of the calendar has.
fn filter_pairs(filters: &EventFilters) -> Pairs {
    vec![
        (SERVICE, filters.service.clone()),
        (
            STATUS,
            filters.status.map(|status| status.as_str().to_owned()),
        ),
        (UNPAID, filters.unpaid.then(|| "true".to_owned())),
    ]
}

fn filters(query: &str) -> EventFilters {
    EventFilters {
        service: value_of(query, SERVICE),
        status: word(query, STATUS, EventStatus::ALL, EventStatus::as_str),
        from: None,
        to: None,
        unpaid: value_of(query, UNPAID).as_deref() == Some("true"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_keeps_its_filters_in_its_address() {
        for address in [
            "/calendar",
            "/calendar?service=Physiotherapy&status=booked&unpaid=true&from=2026-11-01&to=2026-11-30&cursor=abc",
            "/calendar/history?status=attended",
            "/calendar/month",
            "/calendar/month/2026-11?service=Sports%20massage&day=2026-11-22",
            "/calendar/week",
            "/calendar/week/2026-W53?unpaid=true",
            "/calendar/feed",
            "/calendar/request?service=Physiotherapy&video=true&day=2026-12-01",
            "/calendar/events/E-1014",
            "/calendar/events/E-1014/move?day=2026-12-01",
        ] {
            let (path, query) = address.split_once('?').unwrap_or((address, ""));
            let route = Route::parse(path, query).unwrap_or_else(|| panic!("{address}"));
            assert_eq!(route.absolute(), address);
        }
    }

    #[test]
    fn a_month_or_week_that_the_calendar_does_not_have_is_no_address() {
        for address in [
            "/calendar/month/2026-13",
            "/calendar/week/2025-W53",
            "/calendar/events/a/b",
            "/calendar/nowhere",
        ] {
            assert_eq!(Route::parse(address, ""), None, "{address}");
        }
    }
}
