//! Characters that nobody sees: what reads the same with one of them is another text.

use icu_properties::CodePointSetData;
use icu_properties::props::{BidiControl, DefaultIgnorableCodePoint};

/// The first character of a text that cannot be seen or that turns the direction of what
/// follows, with its place, counted from 1.
pub fn find(text: &str) -> Option<(usize, char)> {
    (1..)
        .zip(text.chars())
        .find(|(_, character)| is_invisible(*character))
}

/// Whether a character cannot be seen, or turns the direction of what follows.
pub fn is_invisible(character: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
        || CodePointSetData::new::<BidiControl>().contains(character)
}

/// What people call an invisible character, where it is one that is met.
pub fn name(character: char) -> &'static str {
    match character {
        '\u{ad}' => "a soft hyphen",
        '\u{61c}' => "an Arabic letter mark",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200d}' => "a zero-width joiner",
        '\u{200e}' => "a left-to-right mark",
        '\u{200f}' => "a right-to-left mark",
        '\u{202a}' | '\u{202b}' => "a bidirectional embedding",
        '\u{202c}' => "the end of a bidirectional embedding",
        '\u{202d}' | '\u{202e}' => "a bidirectional override",
        '\u{2060}' => "a word joiner",
        '\u{2066}'..='\u{2068}' => "a bidirectional isolate",
        '\u{2069}' => "the end of a bidirectional isolate",
        '\u{feff}' => "a zero-width no-break space",
        _ => "an invisible character",
    }
}

/// A text to be shown in a message: what cannot be seen in it is written by its number.
pub fn escape(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_invisible(character) || (character.is_control() && character != '\n') {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{escape, find};

    #[test]
    fn what_cannot_be_seen_is_found_with_its_place() {
        for (address, found) in [
            ("ann@example.com", None),
            ("ann@example.com\u{200b}", Some((16, '\u{200b}'))),
            ("a\u{ad}nn@example.com", Some((2, '\u{ad}'))),
            ("\u{202e}ann@example.com", Some((1, '\u{202e}'))),
            ("ann\u{2066}@example.com", Some((4, '\u{2066}'))),
        ] {
            assert_eq!(find(address), found);
        }
    }

    #[test]
    fn a_message_shows_what_cannot_be_seen() {
        assert_eq!(escape("a\u{200b}b"), "a\\u{200b}b");
        assert_eq!(escape("Zoë"), "Zoë");
    }
}
