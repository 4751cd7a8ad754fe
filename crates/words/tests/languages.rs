//! Every language has the same files, keys and placeholders, and speaks as the rules say.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use words::files::{Entry, read_group};

type Language = BTreeMap<String, BTreeMap<String, Entry>>;

fn locales() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales")
}

fn read(folder: &Path) -> Language {
    fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            let group = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let entries = read_group(&fs::read_to_string(&path).unwrap())
                .unwrap_or_else(|why| panic!("{}: {why}", path.display()));
            (group, entries)
        })
        .collect()
}

fn languages() -> BTreeMap<String, Language> {
    fs::read_dir(locales())
        .unwrap()
        .map(|folder| {
            let path = folder.unwrap().path();
            (
                path.file_name().unwrap().to_str().unwrap().to_owned(),
                read(&path),
            )
        })
        .collect()
}

/// What differs between the reference language and another, one line each.
fn differences(reference: &Language, other: &Language) -> Vec<String> {
    let keyed = |language: &Language| -> BTreeMap<String, (bool, Vec<String>)> {
        language
            .iter()
            .flat_map(|(group, entries)| {
                entries.iter().map(move |(key, entry)| {
                    let plural = matches!(entry, Entry::Plural(_));
                    (format!("{group}.{key}"), (plural, entry.placeholders()))
                })
            })
            .collect()
    };
    let (reference, other) = (keyed(reference), keyed(other));
    let missing = reference.keys().filter(|key| !other.contains_key(*key));
    let surplus = other.keys().filter(|key| !reference.contains_key(*key));
    let unlike = reference
        .iter()
        .filter(|(key, shape)| other.get(*key).is_some_and(|found| found != *shape));
    missing
        .map(|key| format!("{key} is missing"))
        .chain(surplus.map(|key| format!("{key} is not in the reference")))
        .chain(unlike.map(|(key, _)| format!("{key} has other placeholders or forms")))
        .collect()
}

#[test]
fn all_languages_have_the_same_keys_and_placeholders() {
    let languages = languages();
    let english = &languages["en"];
    for (name, language) in &languages {
        let found = differences(english, language);
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
}

#[test]
fn a_missing_key_or_placeholder_in_a_language_is_found() {
    let language = |json: &str| Language::from([("g".to_owned(), read_group(json).unwrap())]);
    let reference = language(r#"{"a":"{x}","b":"b"}"#);
    assert_eq!(
        differences(&reference, &language(r#"{"a":"x","c":"c"}"#)),
        [
            "g.b is missing",
            "g.c is not in the reference",
            "g.a has other placeholders or forms"
        ]
    );
}

#[test]
fn no_text_shouts_or_apologises() {
    for (group, entries) in &languages()["en"] {
        for (key, entry) in entries {
            for text in entry.texts() {
                let lower = text.to_lowercase();
                for banned in ["!", "sorry", "please", "oops", "unfortunately"] {
                    assert!(!lower.contains(banned), "{group}.{key} says `{banned}`");
                }
            }
        }
    }
}

#[test]
fn the_labels_that_customers_are_told_about_stay_as_they_are() {
    let english = &languages()["en"];
    for (group, key, label) in [
        ("sign_in", "email", "Email"),
        ("sign_in", "password", "Password"),
        ("sign_in", "log_in", "Log In"),
        ("common", "log_out", "Log Out"),
        ("account", "title", "My Account"),
        ("account", "tab_event_balance", "Event Balance"),
        ("account", "pay_my_balance", "Pay My Balance"),
        ("invoices", "title", "Invoices"),
        ("invoices", "pay_this_invoice", "Pay This Invoice"),
        ("payments", "column_date", "Date / Time"),
        ("payments", "column_total", "Total"),
        ("payments", "column_status", "Status"),
        ("payments", "column_description", "Description"),
        ("payments", "status_pending", "Pending"),
        ("payments", "status_cancelled", "Cancelled"),
        ("payments", "status_completed", "Completed"),
        ("common", "privacy_policy", "Privacy Policy"),
        ("common", "terms_of_use", "Terms of Use"),
    ] {
        assert_eq!(
            english[group][key],
            Entry::Text(label.to_owned()),
            "{group}.{key}"
        );
    }
}
