//! The texts of the catalogue, with values in their places.

use std::borrow::Cow;

use words::{Plural, Template, Text};

use super::isolate::{isolate, isolate_owned};
use super::locale::{locale, with_words};
use crate::browser::intl;

/// The text of a key.
pub fn t(key: Text) -> String {
    with_words(|words| words.get(key))
}

/// The text of a key, its placeholders filled with values by name. Each value keeps its own
/// order among the words.
pub fn fill<const N: usize>(key: Template<N>, values: [(&str, &str); N]) -> String {
    let isolated = values.map(|(name, value)| (name, isolate(value)));
    fill_plain(key, each_str(&isolated))
}

/// The same with the values as they are: for the names of files, where no sign may stand that
/// cannot be seen.
pub fn fill_plain<const N: usize>(key: Template<N>, values: [(&str, &str); N]) -> String {
    with_words(|words| words.fill(key, values))
}

/// The text of a key for a count; `{count}` is filled in by itself.
pub fn plural<const N: usize>(key: Plural<N>, count: u32, values: [(&str, &str); N]) -> String {
    let locale = locale();
    let category = intl::plural_category(&locale.tag, count);
    let count = isolate_owned(count.to_string());
    let values = values.map(|(name, value)| (name, isolate(value)));
    locale
        .words
        .plural(key, &category, &count, each_str(&values))
}

fn each_str<'a, const N: usize>(
    values: &'a [(&'a str, Cow<'_, str>); N],
) -> [(&'a str, &'a str); N] {
    values
        .each_ref()
        .map(|(name, value)| (*name, value.as_ref()))
}
