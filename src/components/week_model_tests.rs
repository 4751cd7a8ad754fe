//! Where events stand in days and weeks, over the changes of the clocks of three zones. What
//! they are held against is reckoned from instants by jiff.

use api_types::{
    AllDay, ClockChange, Day, EventId, EventStatus, EventSummary, PlacedEvent, Timestamp,
};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp as Instant, Zoned};
use proptest::prelude::*;

use super::day_model::*;
use super::week_model::*;

const MINUTE: i64 = 60_000;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn event(from: i64, to: i64, all_day: Option<AllDay>) -> EventSummary {
    EventSummary {
        id: EventId::parse("E-1").unwrap(),
        service: "Physiotherapy".to_owned(),
        title: "Physiotherapy".to_owned(),
        starts_at: Timestamp::from_millis(from).unwrap(),
        ends_at: Timestamp::from_millis(to).unwrap(),
        zone: "Europe/Dublin".to_owned(),
        all_day,
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

fn zoned(millis: i64, zone: &TimeZone) -> Zoned {
    Instant::from_millisecond(millis)
        .unwrap()
        .to_zoned(zone.clone())
}

fn minute_of(at: &Zoned) -> u16 {
    u16::try_from(i64::from(at.hour()) * 60 + i64::from(at.minute())).unwrap()
}

fn day_of(at: &Zoned) -> Day {
    day(&at.date().to_string())
}

/// The event as the server places it.
fn placed(from: i64, minutes: i64, zone: &TimeZone) -> PlacedEvent {
    let to = from + minutes * MINUTE;
    let (begins, ends) = (zoned(from, zone), zoned(to, zone));
    let at_midnight = minutes > 0 && day_of(&zoned(to - 1, zone)) != day_of(&ends);
    PlacedEvent {
        event: event(from, to, None),
        first_on: day_of(&begins),
        last_on: if at_midnight {
            day_of(&zoned(to - 1, zone))
        } else {
            day_of(&ends)
        },
        from_minute: minute_of(&begins),
        to_minute: if at_midnight {
            DAY_MINUTES
        } else {
            minute_of(&ends)
        },
    }
}

/// How the clocks change on a day.
fn change_on(day: Day, zone: &TimeZone) -> Option<ClockChange> {
    let midnight = |text: String| {
        let date: jiff::civil::Date = text.parse().unwrap();
        date.to_zoned(zone.clone()).unwrap()
    };
    let (begins, ends) = (
        midnight(day.to_string()),
        midnight(day.plus(1).unwrap().to_string()),
    );
    let before_midnight = begins.timestamp() - SignedDuration::from_millis(1);
    let change = zone.following(before_midnight).next()?.timestamp();
    if change >= ends.timestamp() {
        return None;
    }
    let just_before = (change - SignedDuration::from_millis(1)).to_zoned(zone.clone());
    let forward = zone.to_offset(change).seconds() - just_before.offset().seconds();
    let same_day = day_of(&just_before) == day;
    Some(ClockChange {
        at_minute: if same_day {
            minute_of(&just_before) + 1
        } else {
            0
        },
        minutes: i16::try_from(forward / 60).unwrap(),
    })
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// Minutes from the midnight of some days before a change of the clocks.
fn around_a_change() -> impl Strategy<Value = (TimeZone, Day, i64)> {
    prop::sample::select(vec![
        ("Europe/Dublin", "2026-03-29"),
        ("Europe/Dublin", "2026-10-25"),
        ("America/New_York", "2026-03-08"),
        ("America/New_York", "2026-11-01"),
        ("Australia/Lord_Howe", "2026-04-05"),
        ("Australia/Lord_Howe", "2026-10-04"),
        // Here the clock goes from midnight to one, or from one to midnight.
        ("Africa/Cairo", "2026-04-24"),
        ("Africa/Cairo", "2026-10-29"),
        ("Asia/Tokyo", "2026-11-22"),
    ])
    .prop_map(|(name, on)| {
        let zone = zone(name);
        let date: jiff::civil::Date = on.parse().unwrap();
        let midnight = date.to_zoned(zone.clone()).unwrap().timestamp();
        (zone, day(on), midnight.as_millisecond())
    })
}

proptest! {
    #[test]
    fn an_event_is_on_exactly_the_days_that_it_touches(
        (zone, on, midnight) in around_a_change(),
        after in -3000i64..3000,
        minutes in 1i64..6000,
    ) {
        let from = midnight + after * MINUTE;
        let placed = placed(from, minutes, &zone);
        let mut covered = 0;
        for ahead in -4..=8 {
            let day = on.plus(ahead).unwrap();
            let date: jiff::civil::Date = day.to_string().parse().unwrap();
            let begins = date.to_zoned(zone.clone()).unwrap().timestamp().as_millisecond();
            let next: jiff::civil::Date = day.plus(1).unwrap().to_string().parse().unwrap();
            let ends = next.to_zoned(zone.clone()).unwrap().timestamp().as_millisecond();
            let touches = from < ends && from + minutes * MINUTE > begins;
            let part = DayPart::on(day, &placed);
            prop_assert_eq!(part.is_some(), touches, "{}", day);
            let Some(part) = part else { continue };
            prop_assert_eq!(part.begins, from >= begins);
            prop_assert_eq!(part.ends, from + minutes * MINUTE <= ends);
            prop_assert!(part.begins || part.from == 0);
            prop_assert!(part.ends || part.to == DAY_MINUTES);
            covered += 1;
        }
        prop_assert_eq!(covered, placed.last_on.days_since(placed.first_on) + 1);
    }

    #[test]
    fn what_overlaps_stands_side_by_side_and_no_lane_holds_two_at_once(
        (zone, on, midnight) in around_a_change(),
        events in prop::collection::vec((0i64..1500, 0i64..400), 1..12),
    ) {
        let events: Vec<PlacedEvent> = events
            .into_iter()
            .map(|(after, minutes)| placed(midnight + after * MINUTE, minutes, &zone))
            .collect();
        let change = change_on(on, &zone);
        let parts = parts_on(on, &events);
        let stand = blocks(&parts, change);
        prop_assert_eq!(stand.len(), parts.iter().filter(|part| !part.is_whole()).count());
        let hours = hours_shown(stand.iter());
        for (index, one) in stand.iter().enumerate() {
            prop_assert!(one.lane < one.lanes);
            prop_assert!(one.length >= LEAST_MINUTES && one.bottom() <= DAY_MINUTES);
            prop_assert!(hours.from * 60 <= one.top && one.bottom() <= hours.to * 60);
            for other in &stand[index + 1..] {
                let overlap = one.top < other.bottom() && other.top < one.bottom();
                prop_assert!(!overlap || one.lane != other.lane, "{one:?} and {other:?}");
                prop_assert!(!overlap || one.lanes == other.lanes, "{one:?} and {other:?}");
                let (a, b) = (&one.part, &other.part);
                let (first, second) = (&a.placed.event, &b.placed.event);
                let at_once = first.starts_at < second.ends_at && second.starts_at < first.ends_at;
                if at_once && a.is_all_of_it() && b.is_all_of_it() {
                    prop_assert!(overlap, "{one:?} and {other:?} are at the same time");
                }
            }
        }
    }

    #[test]
    fn an_event_without_hours_is_on_its_own_days_in_every_zone(first in 0i64..300, more in 0i64..9) {
        let first = day("2026-01-01").plus(first).unwrap();
        let last = first.plus(more).unwrap();
        let placed = PlacedEvent {
            event: event(0, MINUTE, Some(AllDay { first, last })),
            first_on: first,
            last_on: last,
            // Whatever stands here, it has no hours.
            from_minute: 660,
            to_minute: 660,
        };
        for ahead in -2..=more + 2 {
            let part = DayPart::on(first.plus(ahead).unwrap(), &placed);
            prop_assert_eq!(part.is_some(), (0..=more).contains(&ahead));
            prop_assert!(part.is_none_or(|part| part.is_whole()));
        }
    }
}

fn stand(zone_name: &str, on: &str, from: &str, minutes: i64) -> (u16, u16) {
    let zone = zone(zone_name);
    let from: Instant = from.parse().unwrap();
    let placed = placed(from.as_millisecond(), minutes, &zone);
    let parts = parts_on(day(on), &[placed]);
    let found = blocks(&parts, change_on(day(on), &zone));
    (found[0].top, found[0].bottom())
}

#[test]
fn an_hour_that_the_clock_shows_twice_has_room_for_what_is_in_it() {
    let dublin = |from, minutes| stand("Europe/Dublin", "2026-10-25", from, minutes);
    // From half past one to half past one an hour later.
    assert_eq!(dublin("2026-10-25T00:30:00Z", 60), (60, 120));
    // Until the clock goes back.
    assert_eq!(dublin("2026-10-25T00:30:00Z", 30), (90, 120));
    // After it went back.
    assert_eq!(dublin("2026-10-25T01:00:00Z", 30), (60, 90));
    // Around all of it.
    assert_eq!(dublin("2026-10-24T23:00:00Z", 240), (0, 180));
    // Half an hour of Lord Howe's.
    let howe = |from, minutes| stand("Australia/Lord_Howe", "2026-04-05", from, minutes);
    assert_eq!(howe("2026-04-04T14:45:00Z", 30), (90, 120));
}

#[test]
fn an_hour_that_the_clock_leaves_out_makes_an_event_higher() {
    let dublin = |from, minutes| stand("Europe/Dublin", "2026-03-29", from, minutes);
    assert_eq!(dublin("2026-03-29T00:30:00Z", 60), (30, 150));
}

#[test]
fn what_is_short_or_late_is_as_high_as_a_finger() {
    let tokyo = |from, minutes| stand("Asia/Tokyo", "2026-11-22", from, minutes);
    assert_eq!(tokyo("2026-11-22T01:00:00Z", 5), (600, 630));
    assert_eq!(tokyo("2026-11-22T14:50:00Z", 10), (1410, 1440));
    assert_eq!(tokyo("2026-11-22T14:59:00Z", 0), (1410, 1440));
}

#[test]
fn a_night_stands_at_the_end_of_one_day_and_the_beginning_of_the_next() {
    let tokyo = |on| stand("Asia/Tokyo", on, "2026-11-22T13:00:00Z", 240);
    assert_eq!(tokyo("2026-11-22"), (1320, 1440));
    assert_eq!(tokyo("2026-11-23"), (0, 120));
}

#[test]
fn the_usual_hours_are_shown_and_more_where_something_is_earlier_or_later() {
    let none: Vec<Block> = vec![];
    assert_eq!(hours_shown(none.iter()), Hours { from: 8, to: 18 });
    let zone = zone("Asia/Tokyo");
    let early: Instant = "2026-11-21T21:30:00Z".parse().unwrap();
    let events = [placed(early.as_millisecond(), 60, &zone)];
    let stand = blocks(&parts_on(day("2026-11-22"), &events), None);
    assert_eq!(hours_shown(stand.iter()), Hours { from: 6, to: 18 });
}

#[test]
fn a_day_is_read_from_what_takes_all_of_it_to_what_is_last() {
    let zone = zone("Asia/Tokyo");
    let at = |text: &str| text.parse::<Instant>().unwrap().as_millisecond();
    let on = day("2026-11-22");
    let whole = PlacedEvent {
        event: event(
            0,
            MINUTE,
            Some(AllDay {
                first: on,
                last: on,
            }),
        ),
        first_on: on,
        last_on: on,
        from_minute: 0,
        to_minute: DAY_MINUTES,
    };
    let afternoon = placed(at("2026-11-22T05:00:00Z"), 30, &zone);
    let morning = placed(at("2026-11-22T00:00:00Z"), 30, &zone);
    let night = placed(at("2026-11-21T14:00:00Z"), 120, &zone);
    let events = [
        afternoon.clone(),
        whole.clone(),
        morning.clone(),
        night.clone(),
    ];
    let order: Vec<PlacedEvent> = parts_on(on, &events)
        .into_iter()
        .map(|part| part.placed)
        .collect();
    assert_eq!(order, [whole, night, morning, afternoon]);
}
