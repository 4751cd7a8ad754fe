//! The texts of one language, looked up by key.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::{Plural, Template, Text};

/// The texts of one language.
///
/// Kept as a sorted list: with a few hundred keys it is as quick as a map and
/// a fraction of its wasm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    texts: Vec<(String, String)>,
}

/// The joined file is not a flat JSON object of texts.
#[derive(Debug)]
pub struct BadCatalogue(serde_json::Error);

impl fmt::Display for BadCatalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the words are not a flat JSON object of texts: {}",
            self.0
        )
    }
}

impl std::error::Error for BadCatalogue {}

impl Catalogue {
    /// Reads the joined file of one language, as `files::join` writes it.
    ///
    /// # Errors
    /// [`BadCatalogue`] if it is not a flat JSON object whose values are all texts.
    pub fn from_json(joined: &str) -> Result<Self, BadCatalogue> {
        serde_json::from_str(joined).map_err(BadCatalogue)
    }

    /// Adds the texts of another catalogue. Where both have a key, the other's text is kept.
    pub fn merge(&mut self, other: Self) {
        for (key, text) in other.texts {
            self.insert(key, text);
        }
    }

    /// The text of a key.
    pub fn get(&self, key: Text) -> String {
        self.text(key.0).to_owned()
    }

    /// The text of a key with its placeholders filled; each pair is name and value.
    pub fn fill<const N: usize>(&self, key: Template<N>, values: [(&str, &str); N]) -> String {
        check_names(key.key, &key.names, &values);
        fill_in(self.text(key.key), &values)
    }

    /// The text of a key for a number. `category` is the number's CLDR plural
    /// category in this language (in a browser from `Intl.PluralRules`), `count`
    /// the number as it is written. A form that the language lacks is `other`.
    pub fn plural<const N: usize>(
        &self,
        key: Plural<N>,
        category: &str,
        count: &str,
        values: [(&str, &str); N],
    ) -> String {
        check_names(key.key, &key.names, &values);
        let form = [key.key, ".", category].concat();
        let other = [key.key, ".other"].concat();
        let text = self.find(&form).unwrap_or_else(|| self.text(&other));
        fill_in(&fill_in(text, &[("count", count)]), &values)
    }

    /// The text of a key. Where it is missing, a debug build shows the key itself, so that it is
    /// noticed, and a release build shows nothing.
    fn text<'a>(&'a self, key: &'a str) -> &'a str {
        let missing = if cfg!(debug_assertions) { key } else { "" };
        self.find(key).unwrap_or(missing)
    }

    fn find(&self, key: &str) -> Option<&str> {
        let at = self.place(key).ok()?;
        self.texts.get(at).map(|(_, text)| text.as_str())
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.texts
            .binary_search_by(|(known, _)| known.as_str().cmp(key))
    }

    fn insert(&mut self, key: String, text: String) {
        match self.place(&key) {
            Ok(at) => self.texts[at].1 = text,
            // The joined file is sorted, so this is nearly always the end.
            Err(at) => self.texts.insert(at, (key, text)),
        }
    }
}

fn check_names(key: &str, wanted: &[&str], values: &[(&str, &str)]) {
    debug_assert!(
        wanted
            .iter()
            .all(|name| values.iter().any(|(given, _)| given == name)),
        "`{key}` has the placeholders {wanted:?}"
    );
}

/// Puts the values in place of `{name}`; a value is never read for placeholders again.
fn fill_in(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let named = after.split_once('}').and_then(|(name, end)| {
            let (_, value) = values.iter().find(|(given, _)| *given == name)?;
            Some((*value, end))
        });
        match named {
            Some((value, end)) => {
                filled.push_str(value);
                rest = end;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

impl<'de> Deserialize<'de> for Catalogue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FlatObject)
    }
}

struct FlatObject;

impl<'de> Visitor<'de> for FlatObject {
    type Value = Catalogue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a flat object of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Catalogue, A::Error> {
        let mut catalogue = Catalogue::default();
        while let Some((key, text)) = map.next_entry()? {
            catalogue.insert(key, text);
        }
        Ok(catalogue)
    }
}
