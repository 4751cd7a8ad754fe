//! Moments, which are kept in seconds since 1970.

use jiff::Timestamp;
use jiff::tz::Offset;

/// As RFC 3339 in UTC.
pub(super) fn utc(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| String::new(), |moment| moment.to_string())
}

/// As RFC 3339 in the provider's own time zone, in which it writes the moments of refunds.
pub(super) fn pacific(seconds: i64) -> String {
    let moment = Timestamp::from_second(seconds);
    moment.map_or_else(
        |_| String::new(),
        |moment| moment.display_with_offset(Offset::constant(-7)).to_string(),
    )
}

/// Whether a text is a moment as RFC 3339 writes it.
pub(super) fn is_moment(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok()
}
