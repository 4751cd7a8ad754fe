//! Text as it can be set: what no font can write by what it stands for, and words
//! that no line could hold with places to break.

use icu_normalizer::ComposingNormalizerBorrowed;
use serde_json::Value;

use crate::fonts::Fonts;

/// A word longer than this may be broken anywhere: nothing of a document can hold it.
const LONGEST_WORD: usize = 30;

/// Mends every text within.
pub(crate) fn mend(value: &mut Value, fonts: &Fonts) {
    match value {
        Value::String(text) => *text = mended(text, fonts),
        Value::Array(items) => items.iter_mut().for_each(|item| mend(item, fonts)),
        Value::Object(fields) => fields.values_mut().for_each(|field| mend(field, fonts)),
        _ => {}
    }
}

fn mended(text: &str, fonts: &Fonts) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut run = 0;
    for character in text.chars() {
        let character = if character.is_control() {
            ' '
        } else {
            character
        };
        run = if character.is_whitespace() {
            0
        } else {
            run + 1
        };
        if run > LONGEST_WORD {
            mended.push('\u{200b}');
            run = 1;
        }
        push(&mut mended, character, fonts);
    }
    mended
}

fn push(text: &mut String, character: char, fonts: &Fonts) {
    if character.is_ascii() || fonts.have(character) {
        return text.push(character);
    }
    // As `￥` is `¥`, only wider: read the same, and in every font.
    let mut buffer = [0; 4];
    let plainer =
        ComposingNormalizerBorrowed::new_nfkc().normalize(character.encode_utf8(&mut buffer));
    if plainer.chars().all(|plain| fonts.have(plain)) {
        text.push_str(&plainer);
    } else {
        text.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        super::mended(text, &Fonts::default())
    }

    #[test]
    fn text_that_can_be_set_stays_as_it_is() {
        for text in [
            "Harbour Clinic Ltd",
            "#1 *Naïve* \\ <b> $x$ _a_ @b `c` // d",
            "Ελληνικά, Кириллица, Łódź, ₱1,234.50, −€10.00",
            "1\u{202f}234,50\u{a0}€",
        ] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn what_no_font_has_is_written_by_what_it_stands_for() {
        assert_eq!(mended("￥1,235"), "¥1,235");
        assert_eq!(mended("患者"), "患者");
    }

    #[test]
    fn what_is_no_character_of_a_line_becomes_a_blank() {
        assert_eq!(mended("one\ntwo\u{0}three\tfour"), "one two three four");
    }

    #[test]
    fn a_word_that_no_line_holds_can_be_broken() {
        let broken = mended(&"w".repeat(100));
        let pieces: Vec<&str> = broken.split('\u{200b}').collect();
        assert_eq!(pieces.concat(), "w".repeat(100));
        assert!(pieces.iter().all(|piece| piece.len() <= LONGEST_WORD));
    }
}
