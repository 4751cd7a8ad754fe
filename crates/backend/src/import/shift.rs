//! Days and instants as files write them, moved by whole days where samples are kept fresh.

use api_types::{Day, Timestamp};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};

/// How far every date of an import is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    days: i32,
}

const A_DAY: &str = "a day is written YYYY-MM-DD, as in 2026-11-21";
const AN_INSTANT: &str = "a time is written 2026-11-21T14:30, by the clock of the row's zone, \
    or with its distance from UTC, as in 2026-11-21T14:30:00+01:00 or 2026-11-21T13:30:00Z";
const TWICE: &str = "the clock shows this time twice that day, or not at all, because summer time \
    begins or ends; write it with its distance from UTC, as in 2026-10-25T01:30:00+01:00";
const TOO_FAR: &str = "the date is out of range once it has been moved";

impl Shift {
    /// Nothing is moved.
    pub const NONE: Self = Self { days: 0 };

    /// The whole days from the anchor to today.
    pub fn between(anchor: Day, today: Day) -> Self {
        let span = today.date() - anchor.date();
        Self {
            days: span.get_days(),
        }
    }

    /// Reads a day, and moves it.
    ///
    /// # Errors
    /// What is wrong, in words, if the text is no day or the moved day is out of range.
    pub fn day(self, text: &str) -> Result<Day, &'static str> {
        let day = Day::parse(text).map_err(|_| A_DAY)?;
        let moved = day.date().checked_add(self.span());
        moved.map(Day::from).map_err(|_| TOO_FAR)
    }

    /// Reads an instant, with its offset from UTC or by the clock of a zone, and moves it. It is
    /// moved by days of that zone, so that ten o'clock stays ten o'clock when summer time ends.
    ///
    /// # Errors
    /// What is wrong, in words, if the text is no instant, the clock shows the time twice or not at
    /// all that day, or the moved instant is out of range.
    pub fn instant(self, text: &str, zone: &TimeZone) -> Result<Timestamp, &'static str> {
        // Nothing but digits, and an exact shape: no zone in brackets, no blanks.
        let plain = |b: u8| b.is_ascii_digit() || b"-:T.Z+".contains(&b);
        if !text.bytes().all(plain) {
            return Err(AN_INSTANT);
        }
        let zoned = match text.parse::<jiff::Timestamp>() {
            Ok(instant) => instant.to_zoned(zone.clone()),
            Err(_) => by_the_clock(text, zone)?,
        };
        let moved = zoned.checked_add(self.span()).map_err(|_| TOO_FAR)?;
        Timestamp::from_millis(moved.timestamp().as_millisecond()).ok_or(TOO_FAR)
    }

    fn span(self) -> Span {
        Span::new().days(self.days)
    }
}

fn by_the_clock(text: &str, zone: &TimeZone) -> Result<Zoned, &'static str> {
    if !text.contains('T') {
        return Err(AN_INSTANT);
    }
    let civil: DateTime = text.parse().map_err(|_| AN_INSTANT)?;
    let ambiguous = zone.to_ambiguous_zoned(civil);
    ambiguous.unambiguous().map_err(|_| TWICE)
}

/// When a day begins in a zone.
pub fn start_of(day: Day, zone: &TimeZone) -> Option<Timestamp> {
    let start = day.date().to_zoned(zone.clone()).ok()?;
    Timestamp::from_millis(start.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dublin() -> TimeZone {
        TimeZone::get("Europe/Dublin").unwrap()
    }

    #[test]
    fn a_time_is_by_the_zones_clock_unless_it_says_its_distance_from_utc() {
        for (text, instant) in [
            ("2026-07-01T10:00", "2026-07-01T09:00:00Z"),
            ("2026-12-01T10:00:30", "2026-12-01T10:00:30Z"),
            ("2026-07-01T10:00:00Z", "2026-07-01T10:00:00Z"),
            ("2026-07-01T10:00:00+02:00", "2026-07-01T08:00:00Z"),
            ("2026-10-25T01:30:00+01:00", "2026-10-25T00:30:00Z"),
        ] {
            let read = Shift::NONE.instant(text, &dublin()).unwrap();
            assert_eq!(read.to_string(), instant, "{text}");
        }
        for (text, why) in [
            ("2026-07-01", AN_INSTANT),
            ("01.07.2026 10:00", AN_INSTANT),
            ("2026-07-01 10:00", AN_INSTANT),
            ("2026-07-01T25:00", AN_INSTANT),
            // Twice on the day that summer time ends, and never on the day that it begins.
            ("2026-10-25T01:30", TWICE),
            ("2026-03-29T01:30", TWICE),
        ] {
            assert_eq!(Shift::NONE.instant(text, &dublin()), Err(why), "{text}");
        }
    }

    #[test]
    fn moving_keeps_the_time_of_day_over_a_change_to_summer_time() {
        let shift = Shift::between(
            Day::parse("2026-11-21").unwrap(),
            Day::parse("2027-04-10").unwrap(),
        );
        // 140 days on.
        assert_eq!(shift.day("2026-11-21").unwrap().to_string(), "2027-04-10");
        let moved = shift.instant("2026-11-20T10:00", &dublin()).unwrap();
        assert_eq!(moved.to_string(), "2027-04-09T09:00:00Z");
        let moved = shift.instant("2026-11-20T10:00:00Z", &dublin()).unwrap();
        assert_eq!(moved.to_string(), "2027-04-09T09:00:00Z");
    }
}
