//! Text as it can be set: what no font can write by what it stands for, and words
//! that no line could hold with places to break.

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;
use serde_json::Value;

use crate::fonts::Fonts;

/// How many characters a word has at most. A longer one may be broken anywhere, because it would
/// fit no column of a document.
const LONGEST_WORD: usize = 30;

/// The fields of a sheet whose texts may have several lines.
const SEVERAL_LINES: [&str; 2] = ["cells", "subtitle"];

/// Whether a text may have several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lines {
    One,
    Several,
}

/// Mends every text within.
pub(crate) fn mend(value: &mut Value, fonts: &Fonts) {
    mend_with(value, Lines::One, fonts);
}

fn mend_with(value: &mut Value, lines: Lines, fonts: &Fonts) {
    match value {
        Value::String(text) => *text = mended(text, lines, fonts),
        Value::Array(items) => {
            for item in items {
                mend_with(item, lines, fonts);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let several = SEVERAL_LINES.contains(&name.as_str());
                let lines = if several { Lines::Several } else { lines };
                mend_with(field, lines, fonts);
            }
        }
        _ => {}
    }
}

impl Fonts {
    /// The characters of a text that none of the fonts can write, each once, in order. In a
    /// document each of them is a box.
    pub fn unwritable(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for character in text.chars() {
            // What is no character of a line becomes a blank; what is invisible leaves no box.
            let needs_no_font = character.is_ascii()
                || character.is_control()
                || character.is_whitespace()
                || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character);
            if needs_no_font || missing.contains(&character) {
                continue;
            }
            if !self.have(character) && !plainer(character).chars().all(|plain| self.have(plain)) {
                missing.push(character);
            }
        }
        missing
    }
}

fn mended(text: &str, lines: Lines, fonts: &Fonts) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut run = 0;
    for character in text.chars() {
        let breaks = character == '\n' && lines == Lines::Several;
        let character = if character.is_control() && !breaks {
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
    let plainer = plainer(character);
    if plainer.chars().all(|plain| fonts.have(plain)) {
        text.push_str(&plainer);
    } else {
        text.push(character);
    }
}

/// Replaces a character by its plain form, as the wide `￥` by `¥`: it reads the same, and more
/// fonts have it.
fn plainer(character: char) -> String {
    let mut buffer = [0; 4];
    let text = character.encode_utf8(&mut buffer);
    ComposingNormalizerBorrowed::new_nfkc()
        .normalize(text)
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        super::mended(text, Lines::One, &Fonts::default())
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
    fn a_cell_of_a_table_keeps_its_line_breaks_and_no_other_text_does() {
        let mut sheet = serde_json::json!({
            "title": "one\ntwo",
            "parts": [{ "table": { "rows": [{ "cells": ["one\ntwo\tthree"] }] } }],
        });
        mend(&mut sheet, &Fonts::default());
        assert_eq!(sheet["title"], "one two");
        let cell = &sheet["parts"][0]["table"]["rows"][0]["cells"][0];
        assert_eq!(cell, "one\ntwo three");
    }

    #[test]
    fn what_no_font_can_write_is_named_once() {
        let fonts = Fonts::default();
        let unwritable = |text| fonts.unwritable(text);
        for text in [
            "Zoë Łódź",
            "Ελληνικά",
            "Кириллица",
            "￥1",
            "a\u{200d}b\n\u{202e}c",
        ] {
            assert!(unwritable(text).is_empty(), "{text}");
        }
        assert_eq!(unwritable("患者 患 A"), ['患', '者']);
        assert_eq!(unwritable("สม"), ['ส', 'ม']);
        assert!(!unwritable("ليلى").is_empty());
    }

    #[test]
    fn a_word_that_no_line_holds_can_be_broken() {
        let broken = mended(&"w".repeat(100));
        let pieces: Vec<&str> = broken.split('\u{200b}').collect();
        assert_eq!(pieces.concat(), "w".repeat(100));
        assert!(pieces.iter().all(|piece| piece.len() <= LONGEST_WORD));
    }
}
