//! Why the text of a settings file could not be read: the line, the setting, what is wrong with it
//! and what is allowed. It never quotes the text itself, because that may be a secret.

/// Describes an error of the TOML reader. `setting` is the path of the value that it was at, as in
/// `portal.support`, where the text could be taken apart at all.
pub(super) fn describe(text: &str, setting: Option<String>, error: &toml::de::Error) -> String {
    let message = error.message();
    if let Some(key) = between(message, "missing field `", "`") {
        let setting = setting.map_or_else(|| key.to_owned(), |table| format!("{table}.{key}"));
        return format!("{setting} is missing");
    }
    let line = line_of(text, error);
    let message = in_plain_words(message);
    match setting.or_else(|| setting_in_line(text, line)) {
        Some(setting) => format!("line {line}, {setting}: {message}"),
        None => format!("line {line}: {message}"),
    }
}

/// The number of the line, from 1.
fn line_of(text: &str, error: &toml::de::Error) -> usize {
    let start = error.span().map_or(0, |span| span.start);
    1 + text.bytes().take(start).filter(|b| *b == b'\n').count()
}

/// The setting that a line of a text begins with, under the last heading before it.
fn setting_in_line(text: &str, line: usize) -> Option<String> {
    let mut heading = "";
    let mut last = "";
    for this in text.lines().take(line) {
        last = this.trim();
        if let Some(name) = last.strip_prefix('[') {
            heading = name.trim_matches(['[', ']', ' ']);
        }
    }
    let (key, _) = last.split_once('=')?;
    let key = key.trim();
    let is_bare = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    if key.is_empty() || !key.bytes().all(is_bare) {
        return None;
    }
    Some(match heading {
        "" => key.to_owned(),
        heading => format!("{heading}.{key}"),
    })
}

/// The reader's message without names of types, and without the text that was found.
fn in_plain_words(message: &str) -> String {
    let mut message = message.to_owned();
    if let Some(found) = between(&message, ": string ", ", expected") {
        message = message.replacen(&format!("string {found}"), "a text", 1);
    }
    if let Some(name) = message.split_once("expected struct ").map(|(_, name)| name) {
        message = message.replacen(&format!("struct {name}"), "a table of settings", 1);
    }
    let numbers = [
        ("expected u16", u64::from(u16::MAX)),
        ("expected u32", u64::from(u32::MAX)),
    ];
    for (expected, most) in numbers {
        if message.ends_with(expected) {
            let instead = format!("expected a whole number from 0 to {most}");
            message = message.replacen(expected, &instead, 1);
        }
    }
    let example = match message.as_str() {
        "invalid socket address syntax" => "; write address and port, as in 127.0.0.1:8080",
        "invalid IP address syntax" => "; write an address with no port, as in 10.0.0.2",
        _ => "",
    };
    message + example
}

/// What stands between two marks: from the first `begin` to the last `end`.
fn between<'a>(text: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(begin)?;
    let (found, _) = rest.rsplit_once(end)?;
    Some(found)
}
