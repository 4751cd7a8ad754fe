//! What days and instants look like, as regular expressions of ECMA 262, exact to leap years.

/// `YYYY-MM-DD`, the 29th of February only in the years that have one.
pub(super) fn day() -> String {
    format!("^{FULL_DATE}$")
}

/// RFC 3339 with any offset. The parser refuses the first and the last day of the calendar
/// besides, so that an instant has a year of four digits in every zone.
pub(super) fn instant() -> String {
    format!("^{FULL_DATE}{TIME}$")
}

const FULL_DATE: &str = concat!(
    "(?:[0-9]{4}-(?:",
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))",
    "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)",
);

const TIME: &str = concat!(
    "[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?",
    "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])",
);
