//! The calendar against jiff's, and the shapes that are taken and refused.

use proptest::prelude::*;

use super::*;

#[test]
fn a_day_is_only_year_month_and_day() {
    assert_eq!(Day::parse("2026-02-28").unwrap().to_string(), "2026-02-28");
    for text in [
        "2026-02-30",
        "2026-00-10",
        "2026-13-10",
        "2026-02-00",
        "26-02-28",
        "2026-2-8",
        "+026-02-28",
        "2026-02-28T00:00:00Z",
        "28.02.2026",
        "2026-02-2é",
        "",
    ] {
        assert_eq!(Day::parse(text), Err(BadDay), "{text}");
    }
}

#[test]
fn an_instant_is_kept_in_utc() {
    let instant = Timestamp::parse("2026-11-21T15:02:07+01:00").unwrap();
    assert_eq!(instant.to_string(), "2026-11-21T14:02:07Z");
    assert_eq!(Timestamp::from_millis(instant.as_millis()), Some(instant));
    for text in [
        "",
        "2026-11-21",
        "2026-11-21T14:02:07",
        "2026-11-21T14:02Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T14:60:00Z",
        "2026-11-21T14:02:61Z",
        "2026-11-21T14:02:07.Z",
        "2026-11-21T14:02:07+1:00",
        "2026-11-21T14:02:07Z[UTC]",
        "2026-02-29T14:02:07Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T00:00:00Z",
    ] {
        assert_eq!(Timestamp::parse(text), Err(BadTimestamp), "{text}");
    }
}

#[test]
fn what_is_finer_than_a_millisecond_is_cut_off() {
    for (text, kept) in [
        ("2026-11-21T14:02:07.1Z", "2026-11-21T14:02:07.1Z"),
        ("2026-11-21T14:02:07.0259999Z", "2026-11-21T14:02:07.025Z"),
        ("2026-11-21t14:02:07.000z", "2026-11-21T14:02:07Z"),
        ("2026-06-30T23:59:60Z", "2026-06-30T23:59:59Z"),
    ] {
        assert_eq!(Timestamp::parse(text).unwrap().to_string(), kept, "{text}");
    }
}

#[test]
fn the_bounds_are_the_instants_that_they_say() {
    let written = |millis| Timestamp::from_millis(millis).map(|at| at.to_string());
    let first = written(Timestamp::FIRST);
    assert_eq!(first.as_deref(), Some("0000-01-02T00:00:00Z"));
    let last = written(Timestamp::LAST);
    assert_eq!(last.as_deref(), Some("9999-12-30T21:59:59.999Z"));
    assert_eq!(Timestamp::from_millis(Timestamp::FIRST - 1), None);
    assert_eq!(Timestamp::from_millis(Timestamp::LAST + 1), None);
}

#[test]
fn every_day_of_four_centuries_is_where_jiff_has_it() {
    // After them the calendar repeats itself.
    let mut date = jiff::civil::date(1970, 1, 1);
    let last = jiff::civil::date(2369, 12, 31);
    let mut days = 0;
    loop {
        let parts = (date.year().into(), date.month().into(), date.day().into());
        assert_eq!(calendar::date_of(days), parts);
        let day = Day::parse(&date.to_string()).unwrap();
        assert_eq!(day.0.days_since_1970(), days);
        if date == last {
            break;
        }
        date = date.tomorrow().unwrap();
        days += 1;
    }
}

proptest! {
    #[test]
    fn an_instant_is_written_as_jiff_writes_it(millis in Timestamp::FIRST..=Timestamp::LAST) {
        let ours = Timestamp::from_millis(millis).unwrap();
        let theirs = jiff::Timestamp::from_millisecond(millis).unwrap();
        prop_assert_eq!(ours.to_string(), theirs.to_string());
        prop_assert_eq!(Timestamp::parse(&theirs.to_string()), Ok(ours));
    }

    #[test]
    fn an_instant_is_read_as_jiff_reads_it(
        millis in Timestamp::FIRST / 2..=Timestamp::LAST / 2,
        hours in 0..=23,
        minutes in 0..=59,
        sign in prop::sample::select(vec!["+", "-"]),
    ) {
        let utc = Timestamp::from_millis(millis).unwrap().to_string();
        let text = format!("{}{sign}{hours:02}:{minutes:02}", utc.trim_end_matches('Z'));
        let theirs: jiff::Timestamp = text.parse().unwrap();
        prop_assert_eq!(Timestamp::parse(&text).unwrap().as_millis(), theirs.as_millisecond());
    }

    #[test]
    fn days_that_jiff_refuses_are_refused(text in "[0-9]{3}[0-9-][0-9-][01][0-9][0-9-][0-4][0-9]") {
        prop_assert_eq!(Day::parse(&text).is_ok(), text.parse::<jiff::civil::Date>().is_ok()
            && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-');
    }
}
