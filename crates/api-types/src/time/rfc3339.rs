//! The text form of days and instants (RFC 3339, 5.6).

use std::fmt;

use super::calendar::{self, Date};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Reads `full-date`, as in `2026-11-21`.
pub(super) fn full_date(text: &str) -> Option<Date> {
    let mut rest = text;
    let day = take_date(&mut rest)?;
    rest.is_empty().then_some(day)
}

/// Reads `date-time`, as in `2026-11-21T15:02:07.25+01:00`, to milliseconds since 1970.
pub(super) fn date_time(text: &str) -> Option<i64> {
    let mut rest = text;
    let day = take_date(&mut rest)?;
    take_one_of(&mut rest, "Tt")?;
    let hour = take_number(&mut rest, 2, 23)?;
    take_one_of(&mut rest, ":")?;
    let minute = take_number(&mut rest, 2, 59)?;
    take_one_of(&mut rest, ":")?;
    // A leap second is the last second before it: it has no number of its own.
    let second = take_number(&mut rest, 2, 60)?.min(59);
    let fraction = take_fraction(&mut rest)?;
    let offset = take_offset(&mut rest)?;
    let local = day.days_since_1970() * DAY
        + i64::from(hour) * HOUR
        + i64::from(minute) * MINUTE
        + i64::from(second) * SECOND
        + fraction;
    rest.is_empty().then_some(local - offset)
}

/// Writes an instant in UTC, with as few digits after the second as it needs.
pub(super) fn write(millis: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (year, month, day) = calendar::date_of(millis.div_euclid(DAY));
    let time = millis.rem_euclid(DAY);
    let (hour, minute, second) = (time / HOUR, time % HOUR / MINUTE, time % MINUTE / SECOND);
    write!(
        f,
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    )?;
    let fraction = format!(".{:03}", time % SECOND);
    f.write_str(fraction.trim_end_matches('0').trim_end_matches('.'))?;
    f.write_str("Z")
}

fn take_date(rest: &mut &str) -> Option<Date> {
    let year = take_number(rest, 4, 9999)?;
    take_one_of(rest, "-")?;
    let month = take_number(rest, 2, 12)?;
    take_one_of(rest, "-")?;
    let day = take_number(rest, 2, 31)?;
    Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// Exactly so many digits, and no number above `most`.
fn take_number(rest: &mut &str, digits: usize, most: u16) -> Option<u16> {
    let (number, after) = rest.split_at_checked(digits)?;
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    *rest = after;
    number.parse().ok().filter(|number| *number <= most)
}

fn take_one_of(rest: &mut &str, any: &str) -> Option<char> {
    let first = rest.chars().next().filter(|first| any.contains(*first))?;
    *rest = &rest[first.len_utf8()..];
    Some(first)
}

/// The milliseconds after the second; further digits are cut off.
fn take_fraction(rest: &mut &str) -> Option<i64> {
    let Some(after) = rest.strip_prefix('.') else {
        return Some(0);
    };
    let end = after.find(|c: char| !c.is_ascii_digit());
    let (digits, after) = after.split_at(end.unwrap_or(after.len()));
    *rest = after;
    let millis = digits.bytes().chain(*b"00").take(3);
    let value = millis.fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    (!digits.is_empty()).then_some(value)
}

fn take_offset(rest: &mut &str) -> Option<i64> {
    let sign = match take_one_of(rest, "Zz+-")? {
        '+' => 1,
        '-' => -1,
        _ => return Some(0),
    };
    let hours = take_number(rest, 2, 23)?;
    take_one_of(rest, ":")?;
    let minutes = take_number(rest, 2, 59)?;
    Some(sign * (i64::from(hours) * HOUR + i64::from(minutes) * MINUTE))
}
