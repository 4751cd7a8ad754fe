//! The `Date` field: the server's own clock.

use api_types::Timestamp;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Reads the form in which servers have to write it (RFC 9110, 5.6.7:
/// `IMF-fixdate`), as in `Sat, 21 Nov 2026 14:02:07 GMT`.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    let (_, date) = text.split_once(", ")?;
    let mut parts = date.strip_suffix(" GMT")?.splitn(4, ' ');
    let (day, month) = (parts.next()?, parts.next()?);
    let (year, time) = (parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    Timestamp::parse(&format!("{year}-{month:02}-{day}T{time}Z")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_clock_is_read_from_the_date_field() {
        for (text, instant) in [
            ("Sat, 21 Nov 2026 14:02:07 GMT", "2026-11-21T14:02:07Z"),
            ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
        ] {
            assert_eq!(parse(text), Timestamp::parse(instant).ok(), "{text}");
        }
        for text in [
            "",
            "yesterday",
            "Sat, 21 Nov 2026 14:02:07",
            "Sat, 21 Nov 2026 14:02:07 CET",
            "Sat, 31 Nov 2026 14:02:07 GMT",
            "Sat, 21 Nom 2026 14:02:07 GMT",
            "Sat, 21 Nov 2026 GMT",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
