//! Times in a zone, and the zone's rules for as long as the events need them. Each change of its
//! clocks is written by itself, so that no reader has to know the zone or its laws.

use anyhow::Error;
use api_types::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, ToSpan};

use super::lines::Lines;
use crate::zones::zone_named;

/// For how long after the last event changes are written, for readers who move an event by hand:
/// 366 days.
const AFTER: SignedDuration = SignedDuration::from_hours(366 * 24);

/// A change of a zone's clocks.
struct Change {
    at: jiff::Timestamp,
    from: Offset,
    to: Offset,
    name: String,
}

/// Writes the rules of a zone between two instants. For a name that is not a zone it writes
/// nothing, since its events are written in UTC.
///
/// # Errors
/// [`Error`] if `icalendar` cannot write a property.
pub(super) fn write(
    lines: &mut Lines,
    name: &str,
    from: Timestamp,
    to: Timestamp,
) -> Result<(), Error> {
    let Some(zone) = zone_with_rules(name) else {
        return Ok(());
    };
    lines.begin("VTIMEZONE");
    lines.plain("TZID", name)?;
    for change in changes(&zone, from.instant(), to.instant()) {
        // By the direction: there are zones whose winter is the exception by law, and
        // calendars that do not take that well.
        let kind = match change.to > change.from {
            true => "DAYLIGHT",
            false => "STANDARD",
        };
        lines.begin(kind);
        let begins = change.from.to_datetime(change.at);
        lines.plain("DTSTART", &civil(begins))?;
        lines.plain("TZOFFSETFROM", &offset(change.from))?;
        lines.plain("TZOFFSETTO", &offset(change.to))?;
        lines.text("TZNAME", &change.name)?;
        lines.end(kind);
    }
    lines.end("VTIMEZONE");
    Ok(())
}

/// Writes an instant in the zone's local time. A local time that the clock shows twice is written
/// in UTC, because not every reader takes the first one, as RFC 5545 says (3.3.5).
///
/// # Errors
/// [`Error`] if an instant is beyond those that `jiff` can represent, or `icalendar` cannot write a
/// property.
pub(super) fn instant(
    lines: &mut Lines,
    property: &str,
    at: Timestamp,
    name: &str,
) -> Result<(), Error> {
    let at = jiff::Timestamp::from_second(at.as_millis().div_euclid(1000))?;
    let shown = zone_with_rules(name).and_then(|zone| {
        let shown = zone.to_datetime(at);
        let twice = zone.to_ambiguous_timestamp(shown).is_ambiguous();
        (!twice).then_some(shown)
    });
    match shown {
        Some(shown) => lines.with(property, &[("TZID", name)], &civil(shown)),
        None => lines.plain(property, &utc(at)),
    }
}

/// An instant in UTC.
pub(super) fn utc(at: jiff::Timestamp) -> String {
    format!("{}Z", civil(Offset::UTC.to_datetime(at)))
}

/// The zone with a name; `None` for UTC too, which needs no rules.
fn zone_with_rules(name: &str) -> Option<TimeZone> {
    let zone = zone_named(name).ok()?;
    (zone != TimeZone::UTC).then_some(zone)
}

/// The change that is in force at the start, and those that follow until the end.
fn changes(zone: &TimeZone, from: jiff::Timestamp, to: jiff::Timestamp) -> Vec<Change> {
    let change = |at: jiff::Timestamp, info: (Offset, String)| {
        let before = at.checked_sub(1.nanosecond()).unwrap_or(at);
        Change {
            at,
            from: zone.to_offset(before),
            to: info.0,
            name: info.1,
        }
    };
    let told = |t: &jiff::tz::TimeZoneTransition<'_>| (t.offset(), t.abbreviation().to_owned());
    // What holds at the first instant began by then.
    let just_after = from.checked_add(1.nanosecond()).unwrap_or(from);
    let mut changes: Vec<_> = zone
        .preceding(just_after)
        .take(1)
        .map(|t| change(t.timestamp(), told(&t)))
        .collect();
    if changes.is_empty() {
        let info = zone.to_offset_info(from);
        let at = from.checked_sub(24.hours()).unwrap_or(from);
        let always = (info.offset(), info.abbreviation().to_owned());
        changes.push(change(at, always));
    }
    let end = to.checked_add(AFTER).unwrap_or(to);
    let later = zone
        .following(just_after)
        .take_while(|t| t.timestamp() <= end);
    changes.extend(later.map(|t| change(t.timestamp(), told(&t))));
    changes
}

fn civil(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    match seconds % 60 {
        0 => format!("{sign}{hours:02}{minutes:02}"),
        rest => format!("{sign}{hours:02}{minutes:02}{rest:02}"),
    }
}
