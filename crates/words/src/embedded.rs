//! The catalogues that are compiled in, by language.

use crate::Catalogue;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The languages that there are, by their folders in `locales/`.
pub fn languages() -> impl Iterator<Item = &'static str> {
    EMBEDDED.iter().map(|(language, _)| *language)
}

/// The texts for a BCP 47 tag: of the language itself or, where there is none for its region,
/// of the language at large; and English where there is neither. What a language lacks is
/// English too.
pub fn of_language(tag: &str) -> Catalogue {
    let mut catalogue = read("en");
    let (language, _) = tag.split_once('-').unwrap_or((tag, ""));
    for name in [language, tag] {
        if name != "en" {
            catalogue.merge(read(name));
        }
    }
    catalogue
}

fn read(language: &str) -> Catalogue {
    let known = EMBEDDED.iter().find(|(known, _)| *known == language);
    // The build has joined them itself, so what is there reads.
    known
        .and_then(|(_, joined)| Catalogue::from_json(joined).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key;

    #[test]
    fn every_language_reads_and_english_fills_its_gaps() {
        assert!(languages().any(|language| language == "en"));
        for language in languages() {
            assert_ne!(read(language), Catalogue::default(), "{language}");
        }
        let english = of_language("en").get(key::payments::TITLE);
        for tag in ["en", "en-IE", "xx", ""] {
            assert_eq!(of_language(tag).get(key::payments::TITLE), english, "{tag}");
        }
    }
}
