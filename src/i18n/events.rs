//! When an event is, as the language writes it. Its days are never moved by a zone; its hours
//! are told in the zone that the customer chose, and beside that in its own.

use api_types::{AllDay, Day, EventSummary, Timestamp};
use words::key;

use super::dates::{day_of, day_with_weekday};
use super::isolate::isolate_owned;
use super::locale::{Locale, locale};
use super::text::{fill, t};
use crate::browser::intl::{self, SpanStyle};

const MINUTE_MILLIS: i64 = 60_000;
const HOUR: u32 = 60;
const WHOLE_DAY: u32 = 24 * HOUR;

/// When it is, in one line: `Tue, 17 Nov 2026, 14:00 – 15:00 GMT`; without hours its days.
pub fn event_when(event: &EventSummary) -> String {
    if event.all_day.is_some() {
        return event_date(event);
    }
    let locale = locale();
    span(&locale, event, display_zone(&locale), SpanStyle::Zoned)
        .unwrap_or_else(|| super::instant_with_zone(&event.starts_at))
}

/// The day that it begins on, as in `Tue, 17 Nov 2026`; without hours all of its days.
pub fn event_date(event: &EventSummary) -> String {
    match &event.all_day {
        Some(days) => days_words(days),
        None => day_of(&event.starts_at)
            .map(|day| day_with_weekday(&day))
            .unwrap_or_default(),
    }
}

/// When an event begins of which only that is known, as in `Tue, 17 Nov 2026, 14:00 GMT`;
/// without hours its days.
pub fn event_begins(starts_at: &Timestamp, all_day: Option<&AllDay>) -> String {
    all_day.map_or_else(|| super::instant_with_zone(starts_at), days_words)
}

/// The day that an event begins on, of which only its beginning is known: where times are
/// shown; without hours its own first day.
pub fn event_begins_on(starts_at: &Timestamp, all_day: Option<&AllDay>) -> Option<Day> {
    all_day.map_or_else(|| day_of(starts_at), |days| Some(days.first))
}

/// When an event begins as machines read it: an instant, or without hours a day.
pub fn event_datetime(event: &EventSummary) -> String {
    match &event.all_day {
        Some(days) => days.first.to_string(),
        None => event.starts_at.to_string(),
    }
}

fn days_words(days: &AllDay) -> String {
    if days.first == days.last {
        return day_with_weekday(&days.first);
    }
    let (first, last) = (days.first.to_string(), days.last.to_string());
    intl::format_days(&locale().tag, &first, &last)
        .map_or_else(|| day_with_weekday(&days.first), isolate_owned)
}

/// The day that it begins on where times are shown; without hours its own first day.
pub fn event_day(event: &EventSummary) -> Option<Day> {
    event_begins_on(&event.starts_at, event.all_day.as_ref())
}

/// Its hours, as in `14:00 – 15:00`; in an hour that the clock shows twice that day, when it goes
/// back, with the name that the zone has then. Over midnight the end has its day, without hours it is a
/// word. What [`event_date`] says is not said again.
pub fn event_hours(event: &EventSummary) -> String {
    if event.all_day.is_some() {
        return t(key::calendar::ALL_DAY);
    }
    let day = day_of(&event.starts_at);
    let end_day = day_of(&event.ends_at);
    if day == end_day {
        let locale = locale();
        let here = display_zone(&locale);
        let is_twice = [event.starts_at, event.ends_at]
            .iter()
            .any(|at| is_shown_twice(at.as_millis(), here));
        let style = if is_twice {
            SpanStyle::TimesZoned
        } else {
            SpanStyle::Times
        };
        if let Some(hours) = span(&locale, event, here, style) {
            return hours;
        }
    }
    let end = super::time_of_day(&event.ends_at);
    let to = match end_day.filter(|_| day != day_of(&just_before(event.ends_at))) {
        Some(day) => fill(
            key::common::TIME_JUST_AFTER,
            [("day", &day_with_weekday(&day)), ("time", &end)],
        ),
        None => end,
    };
    let from = super::time_of_day(&event.starts_at);
    fill(key::calendar::HOURS, [("from", &from), ("to", &to)])
}

/// When it is by the clocks where it takes place, with the name of their zone; for where
/// [`zone_differs`].
pub fn event_when_there(event: &EventSummary) -> Option<String> {
    let locale = locale();
    let when = span(&locale, event, &event.zone, SpanStyle::Whole)?;
    Some(in_zone(&when, &event.zone))
}

/// Its hours with the zone that they are told in, for where [`zone_differs`].
pub fn event_hours_here(event: &EventSummary) -> String {
    in_zone(&event_hours(event), display_zone(&locale()))
}

pub(super) fn in_zone(when: &str, zone: &str) -> String {
    let zone = zone.replace('_', " ");
    fill(
        key::calendar::WHEN_IN_ZONE,
        [("when", when), ("zone", &zone)],
    )
}

/// Whether the clocks where it takes place show another time than the one told here. Zones of
/// two names whose clocks agree then are no difference to anybody.
pub fn zone_differs(event: &EventSummary) -> bool {
    if event.all_day.is_some() {
        return false;
    }
    let locale = locale();
    let at = event.starts_at.as_millis();
    let here = display_zone(&locale);
    here != event.zone
        && intl::clock_face(at, here).is_some_and(|here| {
            intl::clock_face(at, &event.zone).is_some_and(|there| there != here)
        })
}

/// How long it lasts, in minutes.
pub fn event_minutes(event: &EventSummary) -> u32 {
    let millis = event.ends_at.as_millis() - event.starts_at.as_millis();
    u32::try_from(millis / MINUTE_MILLIS).unwrap_or(0)
}

/// A length of time, as in `1 hour 30 minutes`.
pub fn duration_words(minutes: u32) -> String {
    let locale = locale();
    let parts = duration_parts(minutes)
        .into_iter()
        .map(|(count, unit)| intl::format_unit_long(&locale.tag, &count.to_string(), unit))
        .map(isolate_owned);
    parts
        .reduce(|longer, shorter| {
            fill(
                key::calendar::DURATION,
                [("longer", &longer), ("shorter", &shorter)],
            )
        })
        .unwrap_or_default()
}

/// Days, hours and minutes, those that there are none of left out.
fn duration_parts(minutes: u32) -> Vec<(u32, &'static str)> {
    let all = [
        (minutes / WHOLE_DAY, "day"),
        (minutes % WHOLE_DAY / HOUR, "hour"),
        (minutes % HOUR, "minute"),
    ];
    let mut parts: Vec<_> = all.into_iter().filter(|(count, _)| *count > 0).collect();
    if parts.is_empty() {
        parts.push((0, "minute"));
    }
    parts
}

fn span(locale: &Locale, event: &EventSummary, zone: &str, style: SpanStyle) -> Option<String> {
    let span = (event.starts_at.as_millis(), event.ends_at.as_millis());
    intl::format_span(&locale.tag, span, zone, style).map(isolate_owned)
}

/// Whether the clock of a zone shows the time of this instant twice, because it goes back.
pub(super) fn is_shown_twice(millis: i64, zone: &str) -> bool {
    // Clocks go back by an hour, and in a few places by half of one or two.
    const BACK_BY_MINUTES: [i64; 3] = [30, 60, 120];
    let Some(shown) = intl::clock_face(millis, zone) else {
        return false;
    };
    let is_same = |other| intl::clock_face(other, zone).is_some_and(|face| face == shown);
    BACK_BY_MINUTES.iter().any(|minutes| {
        let apart = minutes * MINUTE_MILLIS;
        is_same(millis - apart) || is_same(millis + apart)
    })
}

/// What ends at midnight ends on the day before.
fn just_before(at: Timestamp) -> Timestamp {
    Timestamp::from_millis(at.as_millis() - 1).unwrap_or(at)
}

/// The zone that times are shown in.
pub(super) fn display_zone(locale: &Locale) -> &str {
    let zone = locale.display_zone.as_ref().or(locale.zone.as_ref());
    zone.map_or("UTC", |zone| zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_leaves_out_what_there_is_none_of() {
        for (minutes, parts) in [
            (0, &[(0, "minute")][..]),
            (45, &[(45, "minute")]),
            (60, &[(1, "hour")]),
            (90, &[(1, "hour"), (30, "minute")]),
            (1440, &[(1, "day")]),
            (2890, &[(2, "day"), (10, "minute")]),
        ] {
            assert_eq!(duration_parts(minutes), parts, "{minutes}");
        }
    }
}
