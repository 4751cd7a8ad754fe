//! Keeps a value's own order among words that run the other way (Unicode UAX 9, isolates).
//!
//! In a page from right to left every value is isolated: its digits would take their places
//! from the words around it, and `17 Nov 2026` would read `Nov 2026 17`. In a page from left to
//! right only a value that runs from right to left can change anybody's order, so only that is
//! isolated, and everything else is copied and searched for as it is read.

use std::borrow::Cow;

use super::locale::runs_right_to_left;

/// Isolates what follows, in the direction of its first letter.
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// Ends the isolate.
const POP_ISOLATE: char = '\u{2069}';

/// A value that keeps its own order wherever it is put.
pub(super) fn isolate(value: &str) -> Cow<'_, str> {
    isolate_in(runs_right_to_left(), value)
}

/// The same for an owned text, which is returned unchanged where it can be.
pub(super) fn isolate_owned(value: String) -> String {
    match isolate(&value) {
        Cow::Owned(isolated) => isolated,
        Cow::Borrowed(_) => value,
    }
}

/// Texts one after another, each in its own order.
pub fn join(texts: &[String], between: &str) -> String {
    let texts: Vec<_> = texts.iter().map(|text| isolate(text)).collect();
    texts.join(between)
}

fn isolate_in(right_to_left: bool, value: &str) -> Cow<'_, str> {
    let wanted = !value.is_empty() && (right_to_left || value.chars().any(is_right_to_left));
    if wanted && !is_isolated(value) {
        let mut isolated = String::with_capacity(value.len() + 6);
        isolated.push(FIRST_STRONG_ISOLATE);
        isolated.push_str(value);
        isolated.push(POP_ISOLATE);
        Cow::Owned(isolated)
    } else {
        Cow::Borrowed(value)
    }
}

/// Whether all of it is one isolate already.
fn is_isolated(value: &str) -> bool {
    let inner = value.strip_prefix(FIRST_STRONG_ISOLATE);
    let Some(inner) = inner.and_then(|inner| inner.strip_suffix(POP_ISOLATE)) else {
        return false;
    };
    let mut depth = 0_u32;
    inner.chars().all(|c| match c {
        FIRST_STRONG_ISOLATE => {
            depth += 1;
            true
        }
        POP_ISOLATE => {
            let open = depth > 0;
            depth = depth.saturating_sub(1);
            open
        }
        _ => true,
    })
}

/// Whether a character runs from right to left: the blocks of Hebrew, Arabic and the scripts
/// beside them, with the marks and the digits that belong to them (UAX 9: R, AL and AN).
fn is_right_to_left(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8FF}'
            | '\u{200F}'
            | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFF}'
            | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEBREW: &str = "פיזיותרפיה";

    #[test]
    fn from_left_to_right_only_what_runs_the_other_way_is_isolated() {
        for plain in ["17 Nov 2026", "−€1,045.00", "14:00 – 15:00", "Zoë", ""] {
            assert_eq!(isolate_in(false, plain), plain);
        }
        for other in [HEBREW, "١٧ نوفمبر ٢٠٢٦", "\u{200F}10.00 €"] {
            assert_eq!(isolate_in(false, other), format!("\u{2068}{other}\u{2069}"));
        }
    }

    #[test]
    fn from_right_to_left_every_value_is_isolated_and_nothing_is_not() {
        for value in ["17 Nov 2026", "−€1,045.00", HEBREW] {
            assert_eq!(isolate_in(true, value), format!("\u{2068}{value}\u{2069}"));
        }
        assert_eq!(isolate_in(true, ""), "");
    }

    #[test]
    fn what_is_one_isolate_already_is_left_as_it_is() {
        let once = isolate_in(true, "17 Nov").into_owned();
        assert_eq!(isolate_in(true, &once), once);
        let within = format!("\u{2068}from {once}\u{2069}");
        assert_eq!(isolate_in(true, &within), within);
        let two = format!("{once} – {once}");
        assert_eq!(isolate_in(true, &two), format!("\u{2068}{two}\u{2069}"));
    }
}
