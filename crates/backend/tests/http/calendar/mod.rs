//! The calendar: events with their money, by lists and by days, one of them, and what other
//! calendars read.

mod days;
mod detail;
mod feed;
mod lists;

use api_types::{CustomerId, EventId, EventStatus, Timestamp};
use backend::db::customers;
use backend::db::events::{self, NewEvent};

use test_support::{Site, euros};

/// An hour of physiotherapy at 65.00 EUR.
pub fn event(id: &str, starts_at: &str) -> NewEvent {
    let starts_at = Timestamp::parse(starts_at).unwrap();
    NewEvent {
        id: EventId::parse(id).unwrap(),
        customer: CustomerId::parse("ada").unwrap(),
        service: "Physiotherapy".to_owned(),
        title: "Physiotherapy, 60 minutes".to_owned(),
        starts_at,
        ends_at: Timestamp::from_millis(starts_at.as_millis() + 3_600_000).unwrap(),
        zone: "Europe/Dublin".to_owned(),
        all_day: None,
        location: Some("Room 2, Quay Street".to_owned()),
        video: false,
        video_url: None,
        people: vec!["Sinéad Walsh".to_owned()],
        host: None,
        status: EventStatus::Booked,
        fee: Some(euros("65.00")),
        deposit: None,
        deposit_due_on: None,
        invoice: None,
        needs_confirmation: false,
        confirmed_at: None,
        note: None,
    }
}

/// Puts an event as an import does.
pub async fn put(site: &Site, event: &NewEvent) {
    let now = site.app.now();
    site.app
        .db()
        .write(async |tx| {
            events::put(tx, event, now).await?;
            customers::touch(tx, &event.customer).await
        })
        .await
        .unwrap();
}

/// One that is over, one that goes on (it is noon), two to come, and one that is called off.
pub async fn with_events() -> Site {
    let site = Site::open().await;
    for (id, starts_at, status) in [
        ("E-1", "2026-11-02T10:00:00Z", EventStatus::Attended),
        ("E-2", "2026-11-21T11:30:00Z", EventStatus::Booked),
        ("E-3", "2026-12-01T10:00:00Z", EventStatus::Booked),
        ("E-4", "2026-12-03T10:00:00Z", EventStatus::Cancelled),
        ("E-5", "2026-12-08T10:00:00Z", EventStatus::Requested),
    ] {
        let new = NewEvent {
            status,
            ..event(id, starts_at)
        };
        put(&site, &new).await;
    }
    site
}
