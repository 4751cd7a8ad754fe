//! The catalogue in the static files: one joined file per language, and the
//! `{{group.key}}` of pages filled in.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};

use super::site::Site;

/// The language that pages are filled with.
pub const FIRST: &str = "en";

/// What Trunk's development server fills in by itself.
const TRUNKS_OWN: &str = "__TRUNK";

/// Words by key.
pub type Words = BTreeMap<String, String>;

/// The words of every language.
pub struct Texts {
    joined: BTreeMap<String, String>,
}

impl Texts {
    /// Reads `locales/<language>/*.json`.
    ///
    /// # Errors
    /// A file cannot be read or is not what [`words::files::join`] takes, a file has a name that is
    /// no UTF-8, or the language that pages are filled with is missing.
    pub fn all(locales: &Path) -> Result<Self> {
        let mut joined = BTreeMap::new();
        let folders = fs::read_dir(locales)
            .with_context(|| format!("{} cannot be read", locales.display()))?;
        for folder in folders {
            let folder = folder?.path();
            if folder.is_dir() {
                let language = file_stem(&folder)?;
                joined.insert(language, join(&folder)?);
            }
        }
        if !joined.contains_key(FIRST) {
            bail!("{} has no folder {FIRST}", locales.display());
        }
        Ok(Self { joined })
    }

    /// Reads the words that pages are filled with, by key.
    ///
    /// # Errors
    /// The joined words are no flat JSON object of texts.
    pub fn by_key(&self) -> Result<Words> {
        Ok(serde_json::from_str(&self.joined[FIRST])?)
    }
}

fn join(folder: &Path) -> Result<String> {
    let mut groups = Vec::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            groups.push((file_stem(&path)?, fs::read_to_string(&path)?));
        }
    }
    groups.sort();
    words::files::join(
        groups
            .iter()
            .map(|(group, json)| (group.as_str(), json.as_str())),
    )
    .map_err(|why| anyhow!("{}: {why}", folder.display()))
}

fn file_stem(path: &Path) -> Result<String> {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    Ok(stem
        .with_context(|| format!("{} has a strange name", path.display()))?
        .to_owned())
}

/// Adds `words.<language>.json` for every language.
pub fn add(site: &mut Site, texts: &Texts) {
    for (language, json) in &texts.joined {
        site.asset(&format!("assets/words.{language}.json"), json.as_str());
    }
}

/// Puts the words in place of `{{group.key}}`, written by `write` as the file's format wants them.
///
/// # Errors
/// A `{{` is not closed, or a key is not there. The error names the key.
pub fn fill(text: &str, words: &Words, write: impl Fn(&str) -> String) -> Result<String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (key, after) = after.split_once("}}").context("a `{{` is not closed")?;
        if key.starts_with(TRUNKS_OWN) {
            filled.push_str(&format!("{before}{{{{{key}}}}}"));
            rest = after;
            continue;
        }
        let word = words
            .get(key.trim())
            .with_context(|| format!("`{{{{{key}}}}}` is no key of locales/{FIRST}"))?;
        filled.push_str(before);
        filled.push_str(&write(word));
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_replaced_and_missing_ones_are_named() {
        let words = Words::from([("boot.title".to_owned(), "A & B".to_owned())]);
        let write = |word: &str| word.replace('&', "&amp;");
        assert_eq!(
            fill("<b>{{boot.title}}</b>", &words, write).unwrap(),
            "<b>A &amp; B</b>"
        );
        let error = fill("{{boot.titel}}", &words, write)
            .unwrap_err()
            .to_string();
        assert_eq!(error, "`{{boot.titel}}` is no key of locales/en");
        assert!(fill("{{boot.title", &words, write).is_err());
        assert_eq!(
            fill("a {{__TRUNK_X__}} b", &words, write).unwrap(),
            "a {{__TRUNK_X__}} b"
        );
    }
}
