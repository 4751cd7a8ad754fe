//! Things that have one place each.

use super::{Source, Violation, found};

/// Finds any of the words in code outside the places that may have them.
fn only_in(source: &Source, places: &[&str], words: &[&str], rule: &str) -> Vec<Violation> {
    let allowed = places.iter().any(|place| source.path.starts_with(place));
    if allowed || !source.path.ends_with(".rs") || is_test(source) {
        return vec![];
    }
    let lines = source.code_lines();
    let hits = lines.filter(|(_, line)| words.iter().any(|word| has_word(line, word)));
    hits.map(|(number, _)| found(source, number, rule))
        .collect()
}

fn is_test(source: &Source) -> bool {
    source.path.starts_with("tests/")
        || source.path.contains("/tests/")
        || source.path.ends_with("_tests.rs")
}

fn has_word(line: &str, word: &str) -> bool {
    // A path is followed by a name, so only its beginning has to be one.
    let is_path = word.ends_with("::");
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    line.match_indices(word).any(|(at, _)| {
        edge(line[..at].chars().next_back())
            && (is_path || edge(line[at + word.len()..].chars().next()))
    })
}

pub fn browser_features(source: &Source) -> Vec<Violation> {
    if !source.path.starts_with("src/") {
        return vec![];
    }
    only_in(
        source,
        &["src/browser/"],
        &["web_sys", "js_sys", "wasm_bindgen"],
        "only src/browser names web_sys, js_sys and wasm_bindgen",
    )
}

pub fn clocks(source: &Source) -> Vec<Violation> {
    only_in(
        source,
        &[
            "src/browser/clock.rs",
            "crates/backend/src/clock.rs",
            "crates/sandbox-gateway/",
            "crates/provider-stand-ins/src/clock.rs",
            "crates/test-support/src/providers.rs",
            "crates/xtask/",
        ],
        &[
            "Date::now",
            "SystemTime::now",
            "Timestamp::now",
            "Zoned::now",
        ],
        "the clock is read in browser::clock and the backend's clock only",
    )
}

pub fn zones(source: &Source) -> Vec<Violation> {
    if !source.path.starts_with("crates/backend/src/") {
        return vec![];
    }
    only_in(
        source,
        &["crates/backend/src/zones.rs"],
        &["TimeZone::get"],
        "the name of a time zone is read by zones::zone_named, which knows which are none",
    )
}

pub fn floats(source: &Source) -> Vec<Violation> {
    only_in(
        source,
        &["src/browser/", "crates/backend/src/brand", "crates/xtask/"],
        &["f32", "f64"],
        "no floats: money is decimal, and this is near it",
    )
}

pub fn database_types(source: &Source) -> Vec<Violation> {
    only_in(
        source,
        // A benchmark fills tables with more rows than the ways in would in an hour.
        &["crates/backend/src/db/", "crates/backend/benches/"],
        &["sea_orm::", "sqlx::", "sea_orm_migration::"],
        "database types stay in backend/db",
    )
}

/// Colours are named in tokens.css; everything else uses the names.
pub fn colours(source: &Source) -> Vec<Violation> {
    if !source.path.starts_with("style/") || source.path == "style/tokens.css" {
        return vec![];
    }
    let literal = |line: &str| {
        let functions = [
            "rgb(",
            "rgba(",
            "hsl(",
            "hsla(",
            "oklch(",
            "oklab(",
            "lab(",
            "lch(",
            "light-dark(",
        ];
        let value = line.split_once(':').map_or("", |(_, value)| value);
        functions.iter().any(|function| value.contains(function)) || has_hex(value)
    };
    let lines = source.code_lines().filter(|(_, line)| literal(line));
    lines
        .map(|(number, _)| found(source, number, "a colour is a token of style/tokens.css"))
        .collect()
}

fn has_hex(value: &str) -> bool {
    value.match_indices('#').any(|(at, _)| {
        let digits = value[at + 1..]
            .chars()
            .take_while(char::is_ascii_hexdigit)
            .count();
        let end = value[at + 1 + digits..].chars().next();
        matches!(digits, 3 | 4 | 6 | 8)
            && end.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '_')
    })
}

/// Addresses of the app come from src/route.
pub fn addresses(source: &Source) -> Vec<Violation> {
    let places = ["src/route/", "src/browser/"];
    if !source.path.starts_with("src/") || places.iter().any(|place| source.path.starts_with(place))
    {
        return vec![];
    }
    let paths = [
        "\"/account",
        "\"/invoices",
        "\"/payments",
        "\"/sign-in",
        "href=\"",
        "path!(",
    ];
    let lines = source.code_lines();
    let hits = lines.filter(|(_, line)| paths.iter().any(|path| line.contains(path)));
    hits.map(|(number, _)| found(source, number, "path text belongs in src/route"))
        .collect()
}

#[test]
fn a_planted_thing_out_of_its_place_is_found() {
    use super::{assert_clean, assert_found};
    let plant = |line: &str| format!("//! Planted.\n\n{line}\n");
    for (path, line, rule) in [
        (
            "src/pages/planted.rs",
            "let w = web_sys::window();",
            "only src/browser names",
        ),
        (
            "src/state/planted.rs",
            "let now = js_sys::Date::now();",
            "the clock is read in",
        ),
        (
            "crates/backend/src/http/planted.rs",
            "let now = jiff::Timestamp::now();",
            "the clock is read in",
        ),
        (
            "crates/backend/src/http/planted.rs",
            "let zone = TimeZone::get(name);",
            "the name of a time zone is read by",
        ),
        (
            "crates/api-types/src/planted.rs",
            "pub struct Price(f64);",
            "no floats",
        ),
        (
            "crates/backend/src/http/planted.rs",
            "use sea_orm::EntityTrait;",
            "database types stay",
        ),
        (
            "src/pages/planted.rs",
            "view! { <a href=\"/invoices\"></a> }",
            "path text belongs",
        ),
    ] {
        assert_found(path, &plant(line), 3, rule);
    }
    assert_found(
        "style/pages/planted.css",
        "a {\n  color: #fff;\n}\n",
        2,
        "a colour is a token",
    );
    assert_found(
        "style/pages/planted.css",
        "a {\n  color: oklch(50% 0 0);\n}\n",
        2,
        "a colour is a token",
    );
    assert_clean(
        "style/pages/planted.css",
        "#app {\n  color: var(--ink);\n}\n",
    );
    assert_clean("crates/api-types/src/planted.rs", "//! No f64 here.\n");
}
