//! Events without length, and hours that the clock shows twice.

use std::time::Duration;

use api_types::{CalendarQuery, OfferedTimes, RequestEvent, TimesQuery};
use jiff::tz::TimeZone;

use super::cases::import_case;
use crate::db::tests::portal::{Portal, at, day, id, money, terms};
use crate::db::{Terms, booking, events};
use crate::settings::{CalendarSettings, Requests};

const TODAY: &str = "2026-11-21";

#[tokio::test]
async fn an_event_without_length_stands_in_its_month_and_its_week() {
    let portal = Portal::empty().await;
    import_case(&portal, "event-without-length").await;
    let ann = id("ann");
    let zone = TimeZone::get("Europe/Dublin").unwrap();
    for (from, to) in [
        ("2026-11-30", "2027-01-03"),
        ("2026-12-07", "2026-12-13"),
        ("2026-12-12", "2026-12-12"),
    ] {
        let query = CalendarQuery::of(day(from), day(to), "Europe/Dublin", &Default::default());
        let terms = terms(TODAY);
        let days = portal
            .db
            .read(async |tx| events::days(tx, &ann, &query, &zone, &terms).await)
            .await
            .unwrap();
        let [only] = days.events.as_slice() else {
            panic!("{from}: {:?}", days.events);
        };
        assert_eq!(
            (only.first_on, only.last_on),
            (day("2026-12-12"), day("2026-12-12"))
        );
        assert_eq!((only.from_minute, only.to_minute), (600, 600));
        assert_eq!(only.event.starts_at, only.event.ends_at);
    }
}

/// On a day on which times are booked at once, a year ahead.
fn booking_terms(today: &str) -> Terms {
    Terms {
        calendar: CalendarSettings {
            requests: Requests::Book,
            lead: Duration::ZERO,
            horizon_days: 366,
            most_open: 50,
            ..CalendarSettings::default()
        },
        ..terms(today)
    }
}

#[tokio::test]
async fn both_passes_of_a_repeated_hour_can_be_booked() {
    let portal = Portal::with(&["ann"]).await;
    import_case(&portal, "repeated-hour").await;
    let (ann, terms) = (id("ann"), booking_terms(TODAY));
    for (zone, on, expected) in [
        // From 3:00 back to 2:00, and from 2:00 back to 1:00.
        (
            "Australia/Sydney",
            "2027-04-04",
            [
                "01:00+11:00",
                "02:00+11:00",
                "02:00+10:00",
                "03:00+10:00",
                "04:00+10:00",
            ],
        ),
        (
            "Europe/Dublin",
            "2027-10-31",
            [
                "00:00+01:00",
                "01:00+01:00",
                "01:00+00:00",
                "02:00+00:00",
                "03:00+00:00",
            ],
        ),
    ] {
        let clock = TimeZone::get(zone).unwrap();
        let query = TimesQuery {
            service: "P".to_owned(),
            video: false,
            from: day(on),
            to: day(on),
            zone: zone.to_owned(),
            moving: None,
        };
        let offered = async || -> OfferedTimes {
            let times = portal.db.read(async |tx| {
                Ok::<_, crate::db::DbError>(booking::times(tx, &ann, &query, &terms).await)
            });
            times.await.unwrap().unwrap()
        };
        let before = offered().await;
        let times = before.days[0].times.iter().filter(|time| time.zone == zone);
        let times: Vec<_> = times.cloned().collect();
        let shown: Vec<_> = times
            .iter()
            .map(|time| {
                let at = time.starts_at.instant().to_zoned(clock.clone());
                at.strftime("%H:%M%:z").to_string()
            })
            .collect();
        assert_eq!(shown, expected, "{zone}");
        for pass in &times[1..3] {
            let body = RequestEvent {
                service: "P".to_owned(),
                person: pass.person.clone(),
                starts_at: pass.starts_at,
                video: false,
                attendees: Vec::new(),
                note: None,
                displayed_fee: Some(money("10.00 EUR")),
            };
            let event = id(&format!("at-{}", pass.starts_at.as_millis()));
            let asked = portal.db.write(async |tx| {
                Ok::<_, crate::db::DbError>(booking::ask(tx, &ann, &event, &body, &terms).await)
            });
            asked.await.unwrap().unwrap();
            assert_eq!(portal.event_start(event.as_str()).await, pass.starts_at);
        }
        let after = offered().await;
        let left = after.days[0].times.iter().filter(|time| time.zone == zone);
        assert_eq!(left.count(), 3, "{zone}");
    }
    assert_ne!(at("2027-10-31T00:00:00Z"), at("2027-10-31T01:00:00Z"));
}
