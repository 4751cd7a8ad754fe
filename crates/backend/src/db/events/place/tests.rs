//! Days and clocks by zones: what is known of some days, and what holds for any.

use proptest::prelude::*;

use super::*;
use crate::zones::zone_named;

const ZONES: [&str; 9] = [
    "Europe/Dublin",
    "America/New_York",
    "Australia/Lord_Howe",
    // Clocks that change at midnight: forward over it, and back over it.
    "America/Santiago",
    "America/Havana",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "UTC",
];

fn zone(name: &str) -> TimeZone {
    zone_named(name).unwrap()
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn as_tuple(place: Placed) -> (String, u16, String, u16) {
    (
        place.first_on.to_string(),
        place.from_minute,
        place.last_on.to_string(),
        place.to_minute,
    )
}

#[test]
fn an_event_stands_on_the_days_that_its_hours_touch() {
    for (from, to, in_zone, first, from_minute, last, to_minute) in [
        // Within a day, the same from elsewhere, and on the next day there.
        (
            "2026-11-21T22:00:00Z",
            "2026-11-21T23:00:00Z",
            "Europe/Dublin",
            "2026-11-21",
            1320,
            "2026-11-21",
            1380,
        ),
        (
            "2026-11-21T22:00:00Z",
            "2026-11-21T23:00:00Z",
            "Asia/Kathmandu",
            "2026-11-22",
            225,
            "2026-11-22",
            285,
        ),
        // Over midnight, and until midnight, which is the day before.
        (
            "2026-11-21T22:00:00Z",
            "2026-11-22T01:30:00Z",
            "Europe/Dublin",
            "2026-11-21",
            1320,
            "2026-11-22",
            90,
        ),
        (
            "2026-11-21T22:00:00Z",
            "2026-11-22T00:00:00Z",
            "Europe/Dublin",
            "2026-11-21",
            1320,
            "2026-11-21",
            1440,
        ),
        // No time at all, at midnight.
        (
            "2026-11-22T00:00:00Z",
            "2026-11-22T00:00:00Z",
            "Europe/Dublin",
            "2026-11-22",
            0,
            "2026-11-22",
            0,
        ),
        // The hour that comes twice ends before it began, by the clock.
        (
            "2026-10-25T00:45:00Z",
            "2026-10-25T01:15:00Z",
            "Europe/Dublin",
            "2026-10-25",
            105,
            "2026-10-25",
            75,
        ),
    ] {
        let place = place(at(from), at(to), None, &zone(in_zone));
        let expected = (first.to_owned(), from_minute, last.to_owned(), to_minute);
        assert_eq!(as_tuple(place), expected, "{from} {in_zone}");
    }
}

#[test]
fn an_event_without_hours_keeps_its_days_everywhere() {
    let days = AllDay {
        first: day("2026-12-24"),
        last: day("2026-12-26"),
    };
    let (from, to) = (at("2026-12-24T00:00:00Z"), at("2026-12-27T00:00:00Z"));
    for name in ZONES {
        let place = place(from, to, Some(days), &zone(name));
        let expected = ("2026-12-24".to_owned(), 0, "2026-12-26".to_owned(), 1440);
        assert_eq!(as_tuple(place), expected, "{name}");
    }
}

#[test]
fn the_days_on_which_clocks_change_say_when_and_how() {
    for (on, in_zone, at_minute, minutes) in [
        ("2026-03-29", "Europe/Dublin", 60, 60),
        ("2026-10-25", "Europe/Dublin", 120, -60),
        ("2026-03-08", "America/New_York", 120, 60),
        ("2026-11-01", "America/New_York", 120, -60),
        ("2026-04-05", "Australia/Lord_Howe", 120, -30),
        ("2026-10-04", "Australia/Lord_Howe", 120, 30),
        // Forward at the midnight that begins the day, and back at the one that ends it.
        ("2026-09-06", "America/Santiago", 0, 60),
        ("2026-04-04", "America/Santiago", 1440, -60),
    ] {
        let found = days(day(on), day(on), &zone(in_zone));
        let change = ClockChange { at_minute, minutes };
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].clock_change, Some(change), "{on} {in_zone}");
    }
    let quiet = days(day("2026-11-20"), day("2026-11-23"), &zone("Europe/Dublin"));
    assert_eq!(quiet.len(), 4);
    assert!(quiet.iter().all(|day| day.clock_change.is_none()));
}

fn midnight(date: Date, zone: &TimeZone) -> i64 {
    start(date, zone).unwrap().as_second()
}

proptest! {
    #[test]
    fn every_moment_of_an_event_is_on_one_of_its_days(
        minute in 23_000_000_i64..34_000_000,
        lasts in 0_i64..6_000,
        zone_number in 0..ZONES.len(),
    ) {
        let zone = zone(ZONES[zone_number]);
        let instant = |minute: i64| Timestamp::from_millis(minute * 60_000).unwrap();
        let (from, to) = (instant(minute), instant(minute + lasts));
        let place = place(from, to, None, &zone);
        prop_assert!(place.first_on <= place.last_on);
        prop_assert!(place.from_minute < 1440 && place.to_minute <= 1440);
        // What the clock shows at the first and at the last moment is what is told.
        let shown = zone.to_datetime(from.instant());
        prop_assert_eq!(Day::from(shown.date()), place.first_on);
        prop_assert_eq!(minute_of(shown), place.from_minute);
        for moment in [minute, minute + lasts / 3, minute + (lasts - 1).max(0)] {
            let on: Day = zone.to_datetime(instant(moment).instant()).date().into();
            prop_assert!(place.first_on <= on && on <= place.last_on, "{on} {place:?}");
        }
        // No day is told that the event only touches at its end.
        let last_begins = midnight(place.last_on.date(), &zone);
        let touched = last_begins * 1000 < to.as_millis() || place.last_on == place.first_on;
        prop_assert!(touched, "{place:?}");
    }

    #[test]
    fn a_day_is_as_much_shorter_as_its_clocks_go_forward(
        number in 0_i64..7_000,
        zone_number in 0..ZONES.len(),
    ) {
        let zone = zone(ZONES[zone_number]);
        let first = jiff::civil::date(2014, 1, 1);
        let date = first.checked_add(Span::new().days(number)).unwrap();
        let told = days(date.into(), date.into(), &zone);
        let lasts = (end(date, &zone).unwrap().as_second() - midnight(date, &zone)) / 60;
        let forward = told[0].clock_change.map_or(0, |change| i64::from(change.minutes));
        prop_assert_eq!(lasts + forward, MINUTES_A_DAY, "{} {}", date, ZONES[zone_number]);
    }
}

fn minute_of(at: DateTime) -> u16 {
    minute(at)
}
