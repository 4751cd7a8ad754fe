//! The form of a file in `locales/<lang>/`, and how the files of one language join.
//!
//! A file is one JSON object, named after its group: `locales/en/invoices.json`
//! holds the keys `invoices.*`. A value is a text, or an object with one text
//! for each plural category of the language (CLDR: zero, one, two, few, many,
//! other). Joined, everything is flat: `invoices.title`, `invoices.count.one`.
//!
//! This module must not use the rest of the crate: `build.rs` includes it too.

use std::collections::BTreeMap;

use serde_json::Value;

/// The plural categories of CLDR; every language uses some of them.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What stands under one key of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// One text.
    Text(String),
    /// One text for each plural category.
    Plural(BTreeMap<String, String>),
}

impl Entry {
    /// The names of all placeholders, sorted, each once.
    pub fn placeholders(&self) -> Vec<String> {
        let mut names: Vec<String> = match self {
            Self::Text(text) => placeholders(text),
            Self::Plural(forms) => forms.values().flat_map(|text| placeholders(text)).collect(),
        };
        names.sort();
        names.dedup();
        names
    }

    /// The texts, for those who check them.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Text(text) => vec![text],
            Self::Plural(forms) => forms.values().map(String::as_str).collect(),
        }
    }
}

/// The names between braces in a text, in order.
fn placeholders(text: &str) -> Vec<String> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Reads one file.
///
/// # Errors
/// The text is no JSON object, a key is not a name, a value is neither a text nor plural forms with
/// `other`, a text is empty or begins or ends with a blank, or a placeholder is wrong. The error
/// names the key.
pub fn read_group(json: &str) -> Result<BTreeMap<String, Entry>, String> {
    let file: BTreeMap<String, Value> =
        serde_json::from_str(json).map_err(|error| format!("not an object of texts: {error}"))?;
    file.into_iter()
        .map(|(key, value)| {
            if !is_name(&key) {
                return Err(format!("`{key}`: a key is made of a-z, 0-9 and _"));
            }
            let entry = read_entry(value).map_err(|why| format!("`{key}`: {why}"))?;
            Ok((key, entry))
        })
        .collect()
}

fn is_name(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_lowercase())
        && key
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn read_entry(value: Value) -> Result<Entry, String> {
    let entry = match value {
        Value::String(text) => Entry::Text(text),
        Value::Object(forms) => Entry::Plural(read_forms(forms)?),
        _ => return Err("neither a text nor an object of plural forms".to_owned()),
    };
    for text in entry.texts() {
        check_text(text)?;
    }
    Ok(entry)
}

fn read_forms(forms: serde_json::Map<String, Value>) -> Result<BTreeMap<String, String>, String> {
    if !forms.contains_key("other") {
        return Err("a plural needs the form `other`".to_owned());
    }
    forms
        .into_iter()
        .map(|(category, form)| match form {
            Value::String(text) if CATEGORIES.contains(&category.as_str()) => Ok((category, text)),
            _ => Err(format!("`{category}` is no plural category with a text")),
        })
        .collect()
}

fn check_text(text: &str) -> Result<(), String> {
    if text.trim().is_empty() || text.trim() != text {
        return Err("the text is empty, or begins or ends with a blank".to_owned());
    }
    if text.matches('{').count() != text.matches('}').count() {
        return Err("a brace is not closed".to_owned());
    }
    match placeholders(text).iter().find(|name| !is_name(name)) {
        Some(name) => Err(format!("`{{{name}}}` is no placeholder")),
        None => Ok(()),
    }
}

/// Joins the files of one language, given as group and content, into the one flat JSON object that
/// [`Catalogue::from_json`](crate::Catalogue::from_json) takes.
///
/// # Errors
/// A file is not what [`read_group`] takes. The error names the file and the key.
pub fn join<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<String, String> {
    let mut flat = BTreeMap::new();
    for (group, json) in files {
        let entries = read_group(json).map_err(|why| format!("{group}.json: {why}"))?;
        for (key, entry) in entries {
            match entry {
                Entry::Text(text) => {
                    flat.insert(format!("{group}.{key}"), text);
                }
                Entry::Plural(forms) => flat.extend(
                    forms
                        .into_iter()
                        .map(|(category, text)| (format!("{group}.{key}.{category}"), text)),
                ),
            }
        }
    }
    serde_json::to_string(&flat).map_err(|error| error.to_string())
}
