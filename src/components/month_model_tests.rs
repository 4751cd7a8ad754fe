//! The month's grid over all first weekdays, and where its keys lead.

use std::collections::BTreeSet;

use api_types::{Day, Month, Weekday};
use proptest::prelude::*;

use super::month_model::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn any_month() -> impl Strategy<Value = Month> {
    (1900u16..=2200, 1u8..=12).prop_map(|(year, number)| month(&format!("{year:04}-{number:02}")))
}

fn any_weekday() -> impl Strategy<Value = Weekday> {
    prop::sample::select(&Weekday::ALL[..])
}

proptest! {
    #[test]
    fn every_day_of_a_month_is_there_once_in_weeks_without_gaps(
        month in any_month(),
        first in any_weekday(),
    ) {
        let weeks = weeks_of(month, first);
        prop_assert!((4..=6).contains(&weeks.len()), "{} weeks", weeks.len());
        let days: Vec<Day> = weeks.iter().flatten().copied().collect::<Option<_>>().unwrap();
        for (place, (before, after)) in days.iter().zip(&days[1..]).enumerate() {
            prop_assert_eq!(after.days_since(*before), 1, "after place {}", place);
        }
        let own: BTreeSet<Day> = days.iter().copied().filter(|day| Month::of(*day) == month).collect();
        prop_assert_eq!(own.first().copied(), Some(month.first()));
        prop_assert_eq!(own.last().copied(), Some(month.last()));
        prop_assert_eq!(own.len() as i64, month.last().days_since(month.first()) + 1);
        for week in &weeks {
            prop_assert_eq!(week[0].map(Day::weekday), Some(first));
            prop_assert!(week.iter().flatten().any(|day| Month::of(*day) == month), "a week of another month");
        }
        prop_assert_eq!(grid_days(month, first), (days[0], days[days.len() - 1]));
    }

    #[test]
    fn a_move_and_its_way_back_meet(
        month in any_month(),
        place in 0i64..28,
        first in any_weekday(),
        days in 1i64..40,
        months in 1i64..30,
    ) {
        let from = month.first().plus(place).unwrap();
        let there = DayMove::Days(days).from(from, first);
        prop_assert_eq!(there.days_since(from), days);
        prop_assert_eq!(DayMove::Days(-days).from(there, first), from);
        // Every month has the first 28 days.
        let later = DayMove::Months(months).from(from, first);
        prop_assert_eq!(later.of_month(), from.of_month());
        prop_assert_eq!(DayMove::Months(-months).from(later, first), from);
        let start = DayMove::WeekStart.from(from, first);
        let end = DayMove::WeekEnd.from(from, first);
        prop_assert_eq!(start.weekday(), first);
        prop_assert_eq!(end.days_since(start), 6);
        prop_assert!(start <= from && from <= end);
    }
}

#[test]
fn a_february_may_fill_four_weeks_and_a_long_month_touch_six() {
    // The 1st of February 2027 is a Monday.
    assert_eq!(weeks_of(month("2027-02"), Weekday::Monday).len(), 4);
    assert_eq!(weeks_of(month("2027-02"), Weekday::Sunday).len(), 5);
    // The 1st of August 2026 is a Saturday.
    assert_eq!(weeks_of(month("2026-08"), Weekday::Monday).len(), 6);
}

#[test]
fn where_the_calendar_ends_a_place_is_empty_and_a_move_stays() {
    let monday = Weekday::Monday;
    // The 31st of December 9999 is a Friday.
    let last = weeks_of(month("9999-12"), monday).pop().unwrap();
    assert_eq!(last[4], Some(day("9999-12-31")));
    assert_eq!(last[5..], [None, None]);
    for (from, by) in [
        ("9999-12-31", DayMove::Days(1)),
        ("9999-12-31", DayMove::WeekEnd),
        ("9999-12-31", DayMove::Months(1)),
        ("0000-01-01", DayMove::Days(-7)),
        ("0000-01-01", DayMove::Months(-12)),
    ] {
        assert_eq!(by.from(day(from), monday), day(from), "{by:?}");
    }
}

#[test]
fn a_month_on_keeps_the_day_or_takes_the_last_one() {
    for (from, months, to) in [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
    ] {
        let there = DayMove::Months(months).from(day(from), Weekday::Monday);
        assert_eq!(there, day(to), "{from} and {months}");
    }
}

#[test]
fn keys_lead_as_the_grid_pattern_says_and_the_rest_is_the_browsers() {
    let plain = Held::default();
    let shift = Held {
        shift: true,
        ..plain
    };
    let control = Held {
        control: true,
        ..plain
    };
    let other = Held {
        other: true,
        ..plain
    };
    for (key, held, to) in [
        ("ArrowRight", plain, Some(DayMove::Days(1))),
        ("ArrowLeft", plain, Some(DayMove::Days(-1))),
        ("ArrowDown", plain, Some(DayMove::Days(7))),
        ("ArrowUp", plain, Some(DayMove::Days(-7))),
        ("PageDown", plain, Some(DayMove::Months(1))),
        ("PageUp", shift, Some(DayMove::Months(-12))),
        ("Home", plain, Some(DayMove::WeekStart)),
        ("End", control, Some(DayMove::MonthEnd)),
        ("ArrowLeft", other, None),
        ("ArrowRight", shift, None),
        ("PageDown", control, None),
        ("Home", other, None),
        ("Tab", plain, None),
        ("a", plain, None),
    ] {
        assert_eq!(DayMove::by_key(key, held, false), to, "{key} {held:?}");
    }
    let turned = |key| DayMove::by_key(key, plain, true);
    assert_eq!(turned("ArrowRight"), Some(DayMove::Days(-1)));
    assert_eq!(turned("ArrowLeft"), Some(DayMove::Days(1)));
    assert_eq!(turned("ArrowDown"), Some(DayMove::Days(7)));
}
