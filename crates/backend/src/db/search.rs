//! Looking for a part of a text. Capitals, accents and the forms of apostrophes, dashes and
//! blanks do not count. What is looked for is never read as a pattern.

use icu_casemap::CaseMapper;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use sea_orm::sea_query::Expr;

/// How many characters of a search are looked at; the rest is ignored.
const MOST_CHARACTERS: usize = 200;

/// A text as the column `search_text` holds it and as a search is compared with it. This is the
/// only writer of the column.
pub fn normalize(text: &str) -> String {
    // On its own it is an apostrophe; taken apart it would be a blank with an accent.
    let text = text.replace('\u{b4}', "'");
    let folded = CaseMapper::new().fold_string(&text);
    let apart = DecomposingNormalizerBorrowed::new_nfkd().normalize(&folded);
    let mut plain = String::with_capacity(apart.len());
    for character in apart.chars() {
        match character {
            mark if is_accent(mark) => {}
            '\u{2018}'..='\u{201b}' | '\u{2b9}'..='\u{2bd}' | '\u{2032}' | '`' => {
                plain.push('\'');
            }
            '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push('-'),
            '\u{201c}'..='\u{201f}' => plain.push('"'),
            // Letters that Unicode does not take apart.
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            blank if blank.is_whitespace() => plain.push(' '),
            other => plain.push(other),
        }
    }
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(&plain)
        .into_owned()
}

/// Marks over and under letters, and the vowel points that Hebrew and Arabic may leave out.
fn is_accent(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}')
}

/// What several texts of one row are found by: none is found over the end of another.
pub fn normalize_all(texts: &[&str]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| normalize(text)).collect();
    texts.join("\n")
}

/// The pattern that finds a text; `None` where there is nothing to look for.
pub fn pattern(wanted: &str) -> Option<String> {
    let wanted: String = wanted.trim().chars().take(MOST_CHARACTERS).collect();
    let wanted = normalize(&wanted);
    if wanted.is_empty() {
        return None;
    }
    let mut pattern = String::from("%");
    for c in wanted.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    Some(pattern)
}

/// The condition that the column `search_text` fits a pattern.
pub fn matches(pattern: String) -> Expr {
    Expr::cust_with_values("search_text LIKE ? ESCAPE '\\'", [pattern])
}

#[cfg(test)]
mod tests {
    use super::{normalize, pattern};

    #[test]
    fn signs_of_patterns_are_looked_for_as_they_are() {
        for (wanted, found) in [
            ("HC-1", Some("%hc-1%")),
            (" 50% ", Some("%50\\%%")),
            ("a_b", Some("%a\\_b%")),
            ("\\", Some("%\\\\%")),
            ("Étude", Some("%etude%")),
            ("  ", None),
            ("\u{301}", None),
        ] {
            assert_eq!(pattern(wanted).as_deref(), found, "{wanted}");
        }
    }

    #[test]
    fn capitals_accents_and_forms_of_signs_do_not_count() {
        for (a, b) in [
            ("Crème brûlée d’été", "creme brulee d'ete"),
            ("d\u{2bc}été", "D'ETE\u{301}"),
            ("STRASSE", "straße"),
            ("Œuvre", "oeuvre"),
            ("Łódź", "lodz"),
            ("ΆΛΦΑ", "αλφα"),
            ("Ёлка", "елка"),
            ("one\u{a0}two\nthree", "one two three"),
            ("2026–11", "2026-11"),
            ("ＡＢＣ", "abc"),
            ("مُحَمَّد", "محمد"),
        ] {
            assert_eq!(normalize(a), normalize(b), "{a} and {b}");
        }
        assert_ne!(normalize("한"), normalize("하"), "a letter is no accent");
        assert_ne!(
            normalize("が"),
            normalize("か"),
            "a voiced sound is no accent"
        );
    }
}
