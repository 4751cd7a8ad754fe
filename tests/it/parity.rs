//! docs/parity.md names a test for each feature: each of them is there.

use std::path::Path;

/// What a named test begins with, and where its files are.
const PLACES: [(&str, &str); 5] = [
    ("stories", "tests/e2e/stories"),
    ("contract", "tests/it/contract"),
    ("browser", "tests/browser"),
    ("http", "crates/backend/tests/http"),
    ("paper", "crates/documents/tests/paper"),
];

/// What is wrong with a name such as `stories::home::a_story`, if something is.
fn fault(name: &str) -> Option<String> {
    let mut parts = name.split("::");
    let first = parts.next()?;
    let (_, folder) = PLACES.into_iter().find(|(place, _)| *place == first)?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let Some(file) = parts.next() else {
        return Some(format!("{name} names no file"));
    };
    let one = folder.join(format!("{file}.rs"));
    let several = folder.join(file);
    if several.is_dir() {
        return None;
    }
    let Ok(source) = std::fs::read_to_string(&one) else {
        return Some(format!("{name}: there is no {}", one.display()));
    };
    let test = parts.next()?;
    let there = source.contains(&format!("fn {test}("));
    (!there).then(|| format!("{name}: there is no such test"))
}

/// What stands between backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn every_test_that_the_parity_page_names_is_there() {
    let page = include_str!("../../docs/parity.md");
    let named: Vec<&str> = quoted(page).filter(|text| text.contains("::")).collect();
    assert!(named.len() > 30, "only {} tests are named", named.len());
    let faults: Vec<String> = named.into_iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_test_that_is_not_there_is_found() {
    assert_eq!(
        fault("stories::home::legal_texts_are_linked_on_every_screen"),
        None
    );
    for name in [
        "stories::home::no_such_story",
        "stories::nowhere",
        "stories",
    ] {
        assert!(fault(name).is_some(), "{name}");
    }
    assert_eq!(
        fault("i18n::states"),
        None,
        "a module of the app is no test"
    );
}
