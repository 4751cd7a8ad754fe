//! Offered times, and why an event cannot be changed, in words.

use api_types::{Day, NotChangeable, OfferedTime, Timestamp};
use words::key;

use super::events::{display_zone, in_zone, is_shown_twice};
use super::isolate::isolate_owned;
use super::locale::locale;
use super::text::{fill, t};
use crate::browser::intl::{self, InstantStyle, SpanStyle};

/// Whether an instant has passed by the device's clock; only for words, never for what is due.
pub fn has_passed(at: &Timestamp) -> bool {
    at.as_millis() <= (locale().now)()
}

/// The hour that the clock shows then where times are shown, 0 to 23.
pub fn hour_of(at: &Timestamp) -> Option<u8> {
    let face = intl::clock_face(at.as_millis(), display_zone(&locale()))?;
    let (_, time) = face.rsplit_once(' ')?;
    time.split(':').next()?.parse().ok()
}

/// When a time begins, as in `14:00`; where the clock shows that twice on this day, because it
/// goes back, with the name that the zone has then, as in `01:00 GMT`.
pub fn offered_at(at: &Timestamp) -> String {
    let locale = locale();
    let zone = display_zone(&locale);
    let style = if is_shown_twice(at.as_millis(), zone) {
        InstantStyle::TimeZoned
    } else {
        InstantStyle::Time
    };
    intl::format_instant(&locale.tag, at.as_millis(), zone, style)
}

/// A time with its day, as in `Tue, 17 Nov 2026, 14:00 – 14:45`; where the clock shows its
/// beginning or its end twice on this day, with the name that the zone has then.
pub fn offered_when(time: &OfferedTime) -> String {
    let locale = locale();
    let span = (time.starts_at.as_millis(), time.ends_at.as_millis());
    let zone = display_zone(&locale);
    let style = if is_shown_twice(span.0, zone) || is_shown_twice(span.1, zone) {
        SpanStyle::Zoned
    } else {
        SpanStyle::Whole
    };
    intl::format_span(&locale.tag, span, zone, style)
        .map_or_else(|| super::instant_with_zone(&time.starts_at), isolate_owned)
}

/// When a time begins by the clocks where it takes place, with the name of their zone: there
/// only where they show another time than the one told here.
pub fn offered_there(time: &OfferedTime) -> Option<String> {
    let locale = locale();
    let at = time.starts_at.as_millis();
    let here = display_zone(&locale);
    let there = intl::clock_face(at, &time.zone)?;
    if *here == time.zone || intl::clock_face(at, here)? == there {
        return None;
    }
    let when = intl::format_instant(&locale.tag, at, &time.zone, InstantStyle::Time);
    Some(in_zone(&when, &time.zone))
}

/// The days from the first to the last, as in `22 Nov – 26 Dec 2026`.
pub fn days_between(first: &Day, last: &Day) -> String {
    intl::format_day_range(&locale().tag, &first.to_string(), &last.to_string())
        .map_or_else(|| super::day(first), isolate_owned)
}

/// What the customer wants to do with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventChange {
    /// Give it another time.
    Move,
    /// Not have it.
    Cancel,
}

/// Why an event cannot be moved or cancelled here; `portal` is the provider's name. Nothing is
/// said where everybody can see why: it is over, or does not take place anyway.
pub fn not_changeable_words(
    change: EventChange,
    reason: NotChangeable,
    portal: &str,
) -> Option<String> {
    use EventChange::{Cancel, Move};
    let named = match (reason, change) {
        (NotChangeable::Over | NotChangeable::Ended, _) => return None,
        (NotChangeable::TooOften, _) => key::booking::REASON_TOO_OFTEN,
        (NotChangeable::NotOffered, _) => key::booking::REASON_NOT_OFFERED,
        (NotChangeable::TooLate, Move) => key::booking::REASON_MOVE_TOO_LATE,
        (NotChangeable::TooLate, Cancel) => key::booking::REASON_CANCEL_TOO_LATE,
        (NotChangeable::Invoiced, Move) => key::booking::REASON_MOVE_INVOICED,
        (NotChangeable::Invoiced, Cancel) => key::booking::REASON_CANCEL_INVOICED,
        (NotChangeable::Paying, Move) => return Some(t(key::booking::REASON_MOVE_PAYING)),
        (NotChangeable::Paying, Cancel) => return Some(t(key::booking::REASON_CANCEL_PAYING)),
        (NotChangeable::Off, Move) => key::booking::REASON_MOVE_OFF,
        (NotChangeable::Off, Cancel) => key::booking::REASON_CANCEL_OFF,
        // A word from a newer backend.
        (_, Move) => key::booking::REASON_MOVE_OFF,
        (_, Cancel) => key::booking::REASON_CANCEL_OFF,
    };
    Some(fill(named, [("portal", portal)]))
}
