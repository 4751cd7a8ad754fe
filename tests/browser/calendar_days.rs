//! Days and events for the calendar's views.

use api_types::{
    CalendarDay, CalendarDays, Currency, Day, EventId, EventMoney, EventMoneyState, EventStatus,
    EventSummary, Money, PlacedEvent, Timestamp,
};

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn event(id: &str, title: &str, from: &str, to: &str) -> EventSummary {
    EventSummary {
        id: EventId::parse(id).unwrap(),
        service: "Physiotherapy".to_owned(),
        title: title.to_owned(),
        starts_at: Timestamp::parse(from).unwrap(),
        ends_at: Timestamp::parse(to).unwrap(),
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

pub fn unpaid() -> EventMoney {
    let euros = |minor| Money::from_minor(minor, Currency::parse("EUR").unwrap());
    EventMoney {
        fee: euros(6000),
        deposit: None,
        deposit_due_on: None,
        paid: euros(0),
        on_its_way: euros(0),
        balance: euros(6000),
        refunded: euros(0),
        state: EventMoneyState::Unpaid,
        invoice: None,
    }
}

/// An event of one day in Dublin's winter, whose clocks are those of UTC.
pub fn placed(id: &str, on: &str, from: u16, to: u16) -> PlacedEvent {
    let at = |minute: u16| format!("{on}T{:02}:{:02}:00Z", minute / 60, minute % 60);
    PlacedEvent {
        event: event(id, "Physiotherapy", &at(from), &at(to)),
        first_on: day(on),
        last_on: day(on),
        from_minute: from,
        to_minute: to,
    }
}

/// Every day of some weeks around a month, with these events.
pub fn known(from: &str, count: i64, events: Vec<PlacedEvent>) -> CalendarDays {
    let days = (0..count).map(|later| CalendarDay {
        day: day(from).plus(later).unwrap(),
        clock_change: None,
    });
    CalendarDays {
        days: days.collect(),
        events,
        cut: false,
        today: day("2026-11-22"),
        services: vec![],
        as_of: Timestamp::parse("2026-11-22T12:00:00Z").unwrap(),
        version: 1,
    }
}

pub fn event_href(id: &EventId) -> String {
    format!("?event={id}")
}
