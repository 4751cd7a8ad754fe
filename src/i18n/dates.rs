//! Days and instants as the language writes them. A day is never moved by a
//! time zone; an instant is told in the zone that the customer chose.

use api_types::{Day, Timestamp};
use words::key;

use super::isolate::isolate_owned;
use super::locale::{Locale, locale};
use super::text::{fill, t};
use crate::browser::intl::{self, DayStyle, InstantStyle};

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// A day, as in `17 Nov 2026`.
pub fn day(day: &Day) -> String {
    of_day(day, DayStyle::Medium)
}

/// The number in the date block, as in `17`.
pub fn day_of_month(day: &Day) -> String {
    of_day(day, DayStyle::DayOfMonth)
}

/// The short month in the date block, as in `Nov`.
pub fn month(day: &Day) -> String {
    of_day(day, DayStyle::Month)
}

/// A day with its weekday, as in `Tue, 17 Nov 2026`.
pub fn day_with_weekday(day: &Day) -> String {
    of_day(day, DayStyle::Weekday)
}

/// The weekday of a day alone, as in `Tue`.
pub fn weekday(day: &Day) -> String {
    of_day(day, DayStyle::WeekdayAlone)
}

/// The month that a day is in, as in `November 2026`.
pub fn month_of_year(day: &Day) -> String {
    of_day(day, DayStyle::MonthOfYear)
}

/// The weekday of a day in full, as in `Tuesday`.
pub fn weekday_in_full(day: &Day) -> String {
    of_day(day, DayStyle::WeekdayInFull)
}

/// A day in full, as in `Tuesday, 17 November 2026`.
pub fn day_in_full(day: &Day) -> String {
    of_day(day, DayStyle::InFull)
}

/// The day of the month for a cell, as in `7`.
pub fn day_number(day: &Day) -> String {
    of_day(day, DayStyle::Number)
}

/// Today by the device's clock where times are shown; only until the server has told.
pub fn today_here() -> Option<Day> {
    Timestamp::from_millis((locale().now)()).and_then(|now| day_of(&now))
}

/// Today by the device's clock in the portal's zone; only for offering days,
/// never for what is due. `None` before the portal has told its zone.
pub fn today() -> Option<Day> {
    let locale = locale();
    let zone = locale.zone.as_ref()?;
    let now = (locale.now)();
    Day::parse(&intl::format_instant(
        &locale.tag,
        now,
        zone,
        InstantStyle::IsoDay,
    ))
    .ok()
}

/// An instant, as in `17 Nov 2026, 14:02`.
pub fn instant(at: &Timestamp) -> String {
    format_instant(&locale(), at.as_millis(), InstantStyle::DateTime)
}

/// An instant with its weekday and its zone, as in `Tue, 17 Nov 2026, 14:02 GMT`:
/// for what somebody has to be on time for.
pub fn instant_with_zone(at: &Timestamp) -> String {
    format_instant(&locale(), at.as_millis(), InstantStyle::Zoned)
}

/// The day of an instant where times are shown.
pub fn day_of(at: &Timestamp) -> Option<Day> {
    Day::parse(&bare(&locale(), at.as_millis(), InstantStyle::IsoDay)).ok()
}

/// The time of an instant alone, as in `14:02`.
pub fn time_of_day(at: &Timestamp) -> String {
    format_instant(&locale(), at.as_millis(), InstantStyle::Time)
}

/// When something was read, as in `today, 14:02`; what is older than yesterday
/// is told by its date.
pub fn as_of(at: &Timestamp) -> String {
    let locale = locale();
    let at = at.as_millis();
    let now = (locale.now)();
    let read_on = bare(&locale, at, InstantStyle::IsoDay);
    let is = |millis| bare(&locale, millis, InstantStyle::IsoDay) == read_on;
    let day = if is(now) {
        t(key::common::TODAY)
    } else if is(now - DAY_MILLIS) {
        t(key::common::YESTERDAY)
    } else {
        return format_instant(&locale, at, InstantStyle::DateTime);
    };
    let time = format_instant(&locale, at, InstantStyle::Time);
    fill(
        key::common::TIME_JUST_AFTER,
        [("day", &day), ("time", &time)],
    )
}

fn of_day(day: &Day, style: DayStyle) -> String {
    isolate_owned(intl::format_day(&locale().tag, &day.to_string(), style))
}

/// An instant in words, in its own order wherever it is put.
fn format_instant(locale: &Locale, millis: i64, style: InstantStyle) -> String {
    isolate_owned(bare(locale, millis, style))
}

fn bare(locale: &Locale, millis: i64, style: InstantStyle) -> String {
    // Before the portal has told its zone nothing with a time is on screen.
    let zone = locale.display_zone.as_ref().or(locale.zone.as_ref());
    let zone = zone.map_or("UTC", |zone| zone);
    intl::format_instant(&locale.tag, millis, zone, style)
}
