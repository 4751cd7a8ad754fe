//! How a page of events is laid out, and where its other pages are. Pure.

use api_types::{Cursor, Day, EventFilters, EventList, EventSummary, Timestamp};

use crate::route::{EventListing, Route};

/// The events of a list that begin in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthOfEvents {
    /// The month's first day.
    pub first: Day,
    /// The events in the list's order, and whether each is over.
    pub events: Vec<(EventSummary, bool)>,
}

/// The events in their order, divided wherever another month begins. `day` says on which day an
/// event begins where it is shown.
pub fn by_month(
    events: Vec<EventSummary>,
    now: Timestamp,
    day: impl Fn(&EventSummary) -> Option<Day>,
) -> Vec<MonthOfEvents> {
    let mut months: Vec<MonthOfEvents> = Vec::new();
    for event in events {
        let Some(first) = day(&event).map(Day::first_of_month) else {
            continue;
        };
        let over = event.ends_at <= now;
        match months.last_mut().filter(|month| month.first == first) {
            Some(month) => month.events.push((event, over)),
            None => months.push(MonthOfEvents {
                first,
                events: vec![(event, over)],
            }),
        }
    }
    months
}

/// A page of one half of the calendar.
pub fn route(half: EventList, filters: &EventFilters, cursor: Option<Cursor>) -> Route {
    let list = EventListing {
        filters: filters.clone(),
        cursor,
    };
    match half {
        EventList::History => Route::CalendarHistory(list),
        _ => Route::Calendar(list),
    }
}

#[cfg(test)]
mod tests {
    use api_types::{EventId, EventStatus};

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    fn event(id: &str, day: &str) -> EventSummary {
        EventSummary {
            id: EventId::parse(id).unwrap(),
            service: "Yoga".to_owned(),
            title: "Yoga".to_owned(),
            starts_at: at(&format!("{day}T10:00:00Z")),
            ends_at: at(&format!("{day}T11:00:00Z")),
            zone: "Europe/Dublin".to_owned(),
            all_day: None,
            status: EventStatus::Booked,
            hold_until: None,
            location: None,
            video: false,
            video_url: None,
            people: vec![],
            needs_confirmation: false,
            confirmed_at: None,
            money: None,
        }
    }

    fn day(event: &EventSummary) -> Option<Day> {
        Day::parse(&event.starts_at.to_string()[..10]).ok()
    }

    #[test]
    fn a_list_is_divided_where_another_month_begins_in_either_direction() {
        let days = ["2026-12-30", "2026-12-01", "2026-11-30", "2025-11-02"];
        for days in [days, [days[3], days[2], days[1], days[0]]] {
            let events = days.map(|day| event(day, day)).to_vec();
            let months = by_month(events, at("2026-11-22T12:00:00Z"), day);
            let mut shape: Vec<_> = months
                .iter()
                .map(|month| (month.first.to_string(), month.events.len()))
                .collect();
            shape.sort();
            let sorted = [
                ("2025-11-01".to_owned(), 1),
                ("2026-11-01".to_owned(), 1),
                ("2026-12-01".to_owned(), 2),
            ];
            assert_eq!(shape, sorted);
        }
    }

    #[test]
    fn what_ends_now_is_over() {
        let events = vec![event("a", "2026-11-22")];
        let over = |now| by_month(events.clone(), at(now), day)[0].events[0].1;
        assert!(!over("2026-11-22T10:59:59Z"));
        assert!(over("2026-11-22T11:00:00Z"));
    }
}
