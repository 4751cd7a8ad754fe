//! Names of time zones, as the IANA database writes them.

/// The characters of the longest name that is looked up; the database's own are far shorter.
pub const MOST_ZONE_CHARACTERS: usize = 64;
/// What a name is written with. Whether there is such a zone, only the database says.
pub const ZONE_PATTERN: &str = "^[A-Za-z][A-Za-z0-9._+-]*(?:/[A-Za-z0-9_+-][A-Za-z0-9._+-]*)*$";

/// Whether a text can be the name of a zone.
pub fn is_zone_name(text: &str) -> bool {
    let plain = |part: &str| {
        part.bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'+' | b'-'))
    };
    let begins_well = text.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
    let mut parts = text.split('/');
    begins_well
        && text.len() <= MOST_ZONE_CHARACTERS
        // A part that begins with a dot would be a path of its own.
        && parts.all(|part| !part.is_empty() && !part.starts_with('.') && plain(part))
}

#[cfg(feature = "openapi")]
pub(crate) fn zone_schema() -> utoipa::openapi::Object {
    crate::schema::text()
        .description(Some("A time zone, as the IANA database names it."))
        .pattern(Some(ZONE_PATTERN))
        .max_length(Some(MOST_ZONE_CHARACTERS))
        .examples(["Europe/Dublin"])
        .build()
}
