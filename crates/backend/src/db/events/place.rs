//! On which days of a zone an event stands, and what the clock shows there: pure, by the zone's
//! own rules, so that changes of the clocks come out as they are.

use api_types::{AllDay, CalendarDay, ClockChange, Day, Timestamp};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span};

const MINUTES_A_DAY: i64 = 24 * 60;

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// The day on which it begins.
    pub first_on: Day,
    /// The day on which it ends.
    pub last_on: Day,
    /// What the clock shows when it begins, in minutes since midnight.
    pub from_minute: u16,
    /// What the clock shows when it ends, in minutes since the midnight of its last day.
    pub to_minute: u16,
}

/// Places an event in a zone. One without hours keeps its own days; one that ends at midnight
/// ends on the day before.
pub(super) fn place(
    starts_at: Timestamp,
    ends_at: Timestamp,
    all_day: Option<AllDay>,
    zone: &TimeZone,
) -> Placed {
    if let Some(days) = all_day {
        return Placed {
            first_on: days.first,
            last_on: days.last,
            from_minute: 0,
            to_minute: of_day(MINUTES_A_DAY),
        };
    }
    let begins = zone.to_datetime(starts_at.instant());
    let ends = zone.to_datetime(ends_at.instant());
    let from_minute = minute(begins);
    let at_midnight = ends.time() == Time::midnight() && ends_at > starts_at;
    let (last, to_minute) = match ends.date().yesterday() {
        Ok(before) if at_midnight => (before, of_day(MINUTES_A_DAY)),
        _ => (ends.date(), minute(ends)),
    };
    // Clocks that go back over midnight show the day before once more.
    let (last, to_minute) = if last < begins.date() {
        (begins.date(), from_minute)
    } else {
        (last, to_minute)
    };
    Placed {
        first_on: begins.date().into(),
        last_on: last.into(),
        from_minute,
        to_minute,
    }
}

/// The days from one to another, with how the clocks change on each.
pub(super) fn days(from: Day, to: Day, zone: &TimeZone) -> Vec<CalendarDay> {
    let mut days = Vec::new();
    let mut date = from.date();
    while date <= to.date() {
        days.push(CalendarDay {
            day: date.into(),
            clock_change: clock_change(date, zone),
        });
        match date.tomorrow() {
            Ok(next) => date = next,
            Err(_) => break,
        }
    }
    days
}

/// The first instant of a day; `None` beyond the end of time.
pub(super) fn start(date: Date, zone: &TimeZone) -> Option<jiff::Timestamp> {
    let start = date.to_zoned(zone.clone()).ok()?;
    Some(start.timestamp())
}

/// The first instant after a day.
pub(super) fn end(date: Date, zone: &TimeZone) -> Option<jiff::Timestamp> {
    start(date.tomorrow().ok()?, zone)
}

fn clock_change(date: Date, zone: &TimeZone) -> Option<ClockChange> {
    let (start, end) = (start(date, zone)?, end(date, zone)?);
    // A change at the very beginning of the day is one of this day.
    let before = start.checked_sub(SignedDuration::from_nanos(1)).ok()?;
    let changes = zone.following(before);
    let within = changes.take_while(|change| change.timestamp() < end);
    for change in within {
        let just_before = change
            .timestamp()
            .checked_sub(Span::new().nanoseconds(1))
            .ok()?;
        let old = zone.to_offset(just_before);
        let minutes = i64::from(change.offset().seconds() - old.seconds()) / 60;
        if minutes != 0 {
            let shown = old.to_datetime(change.timestamp());
            let since = shown.duration_since(date.to_datetime(Time::midnight()));
            return Some(ClockChange {
                at_minute: of_day(since.as_mins().clamp(0, MINUTES_A_DAY)),
                minutes: i16::try_from(minutes).ok()?,
            });
        }
    }
    None
}

fn minute(at: DateTime) -> u16 {
    of_day(i64::from(at.hour()) * 60 + i64::from(at.minute()))
}

/// A minute of a day, cut off to 0 to 1440.
fn of_day(minutes: i64) -> u16 {
    u16::try_from(minutes.clamp(0, MINUTES_A_DAY)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
