//! The events of some days, by the days of any zone.

use api_types::{AllDay, CalendarDays, ClockChange};
use backend::db::events::NewEvent;

use super::{event, put, with_events};
use test_support::{Answer, SignedIn, Site, problem};

async fn asked(ada: &SignedIn<'_>, from: &str, to: &str, zone: &str) -> Answer {
    let path = format!("/api/v1/calendar?from={from}&to={to}&zone={zone}");
    ada.get(&path).await
}

#[tokio::test]
async fn an_event_stands_on_the_days_of_who_asks() {
    let site = Site::open().await;
    let night = NewEvent {
        ends_at: "2026-12-02T01:30:00Z".parse().unwrap(),
        ..event("E-1", "2026-12-01T22:00:00Z")
    };
    put(&site, &night).await;
    let camp = NewEvent {
        all_day: Some(AllDay {
            first: "2026-12-02".parse().unwrap(),
            last: "2026-12-03".parse().unwrap(),
        }),
        ends_at: "2026-12-04T00:00:00Z".parse().unwrap(),
        ..event("E-2", "2026-12-02T00:00:00Z")
    };
    put(&site, &camp).await;
    let ada = site.signed_in("ada").await;
    for (zone, first, from_minute, last, to_minute) in [
        ("Europe/Dublin", "2026-12-01", 1320, "2026-12-02", 90),
        ("Asia/Tokyo", "2026-12-02", 420, "2026-12-02", 630),
        ("America/New_York", "2026-12-01", 1020, "2026-12-01", 1230),
    ] {
        let days: CalendarDays = asked(&ada, "2026-12-01", "2026-12-02", zone).await.json();
        assert_eq!(days.days.len(), 2);
        let [night, camp] = days.events.as_slice() else {
            panic!("{days:?}");
        };
        let told = (
            night.first_on.to_string(),
            night.from_minute,
            night.last_on.to_string(),
            night.to_minute,
        );
        let expected = (first.to_owned(), from_minute, last.to_owned(), to_minute);
        assert_eq!(told, expected, "{zone}");
        assert_eq!(camp.first_on.to_string(), "2026-12-02", "{zone}");
        assert_eq!(camp.last_on.to_string(), "2026-12-03", "{zone}");
    }
    // By New York's clock the night is over on the first; the camp keeps its days.
    let days: CalendarDays = asked(&ada, "2026-12-02", "2026-12-02", "America/New_York")
        .await
        .json();
    assert_eq!(days.events.len(), 1);
    assert_eq!(days.events[0].event.id.as_str(), "E-2");
}

#[tokio::test]
async fn today_and_changes_of_the_clocks_are_the_zones_own() {
    let site = with_events().await;
    site.advance(11 * 60);
    let ada = site.signed_in("ada").await;
    for (zone, today) in [
        ("Europe/Dublin", "2026-11-21"),
        ("Asia/Tokyo", "2026-11-22"),
    ] {
        let days: CalendarDays = asked(&ada, "2026-10-25", "2026-12-05", zone).await.json();
        assert_eq!(days.today.to_string(), today);
        let changes: Vec<_> = days
            .days
            .iter()
            .filter_map(|day| day.clock_change)
            .collect();
        let expected = ClockChange {
            at_minute: 120,
            minutes: -60,
        };
        let in_dublin = zone == "Europe/Dublin";
        assert_eq!(changes, if in_dublin { vec![expected] } else { vec![] });
        assert_eq!(days.events.len(), 4, "called off ones too: {days:?}");
    }
    let path = "/api/v1/calendar?from=2026-11-01&to=2026-12-31&zone=UTC&status=cancelled";
    let days: CalendarDays = ada.get(path).await.json();
    assert_eq!(days.events.len(), 1);
    assert_eq!(days.services, ["Physiotherapy"]);
}

#[tokio::test]
async fn too_many_days_and_no_zone_are_refused() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    for (from, to, zone, status) in [
        ("2026-11-01", "2027-01-02", "Europe/Dublin", 200),
        ("2026-11-01", "2027-01-03", "Europe/Dublin", 422),
        ("2026-11-02", "2026-11-01", "Europe/Dublin", 422),
        ("2026-11-01", "2026-11-02", "Moon/Base", 422),
        ("2026-11-01", "2026-11-02", "../etc/passwd", 422),
        ("2026-11-01", "2026-11-02", "Factory", 422),
        ("2026-11-01", "2026-11-02", "Etc/Unknown", 422),
        ("2026-11-01", "2026-11-02", "localtime", 422),
        ("2026-11-01", "2026-11-02", "posixrules", 422),
        ("2026-11-01", "2026-11-02", "posix/Europe/Dublin", 422),
        ("9999-12-01", "9999-12-31", "Europe/Dublin", 422),
        ("0000-01-01", "0000-01-02", "Europe/Dublin", 200),
        ("soon", "2026-11-02", "Europe/Dublin", 422),
    ] {
        let answer = asked(&ada, from, to, zone).await;
        assert_eq!(
            answer.status.as_u16(),
            status,
            "{from} {to} {zone}: {answer:?}"
        );
    }
    let guest = site
        .send(test_support::get(
            "/api/v1/calendar?from=2026-11-01&to=2026-11-02&zone=UTC",
        ))
        .await;
    assert_eq!(guest.code(), problem(401, "signed_out"));
}

#[tokio::test]
async fn no_more_than_five_hundred_are_told() {
    let site = Site::open().await;
    let now = site.app.now();
    site.app
        .db()
        .write(async |tx| {
            for number in 0..501 {
                let new = event(&format!("E-{number:03}"), "2026-12-01T10:00:00Z");
                backend::db::events::put(tx, &new, now).await?;
            }
            Ok::<_, backend::db::DbError>(())
        })
        .await
        .unwrap();
    let ada = site.signed_in("ada").await;
    let days: CalendarDays = asked(&ada, "2026-12-01", "2026-12-01", "UTC").await.json();
    assert_eq!((days.events.len(), days.cut), (500, true));
}
