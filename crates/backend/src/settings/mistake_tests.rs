//! Every kind of mistake in a settings file: what is told names the setting, what is wrong with
//! it, and what is allowed.

use std::path::Path;

use super::Settings;
use super::tests::{WHOLE, parse};

/// A mistake, the setting that it is at, and what is said of it.
pub(super) type Case<'a> = (&'a str, &'a str, &'a str);

/// Further lines at the end of settings that are right.
pub(super) fn added(lines: &str) -> String {
    format!("{WHOLE}\n{lines}\n")
}

/// Settings that are right, but for one text in the place of another.
pub(super) fn changed(text: &str, instead: &str) -> String {
    assert!(WHOLE.contains(text), "{text}");
    WHOLE.replace(text, instead)
}

/// Exactly one thing is told: about this setting, and saying this.
pub(super) fn is_told(text: &str, setting: &str, says: &str) {
    let error = match parse(text) {
        Ok(_) => panic!("taken, for all that {setting} is wrong:\n{text}"),
        Err(error) => error,
    };
    assert_eq!(error.problems.len(), 1, "{error}");
    let told = &error.problems[0];
    let about = told.strip_prefix("line ").map_or(told.as_str(), |rest| {
        rest.split_once(", ").map_or("", |(_, rest)| rest)
    });
    let rest = about.strip_prefix(setting);
    let rest = rest.unwrap_or_else(|| panic!("{setting} is not named: {told}"));
    assert!(
        [": ", " is ", " must "]
            .iter()
            .any(|next| rest.starts_with(next)),
        "{setting} is not what is named: {told}"
    );
    assert!(rest.contains(says), "{setting}: {told}");
}

#[test]
fn unknown_settings_are_told_beside_the_known_ones() {
    let cases: [Case<'_>; 6] = [
        ("[portall]", "portall", "expected one of `public_url`"),
        (
            "[portal.support]\nemial = \"a@example.com\"",
            "portal.support.emial",
            "`email`",
        ),
        ("[session]\nidle = 3", "session.idle", "`idle_minutes`"),
        (
            "[calendar.cancel]\nhours = 1",
            "calendar.cancel.hours",
            "`free_hours`",
        ),
        (
            "[[methods]]\nid = \"b\"\nminimun = {}",
            "methods[1].minimun",
            "`minimum`",
        ),
        (
            "[[links]]\nhref = \"https://a.example\"",
            "links[0].href",
            "`url`",
        ),
    ];
    for (lines, setting, says) in cases {
        is_told(&added(lines), setting, says);
    }
}

#[test]
fn missing_settings_are_told() {
    for (text, setting) in [
        ("public_url = \"https://portal.example.com\"", "public_url"),
        ("database = \"data/portal.sqlite\"", "database"),
        ("name = \"Harbour Clinic\"", "portal.name"),
        ("currencies = [\"EUR\", \"JPY\"]", "portal.currencies"),
        ("id = \"card\"", "methods[0].id"),
        ("mode = \"test\"", "gateways[0].mode"),
        ("kind = \"sandbox\"", "gateways[0].kind"),
    ] {
        is_told(&changed(text, ""), setting, "missing");
    }
    is_told(
        &added("[[methods]]\nkind = \"card\""),
        "methods[1].id",
        "missing",
    );
    is_told(&added("[portal.seller]"), "portal.seller.name", "missing");
}

#[test]
fn values_of_another_type_are_told() {
    for (text, instead, setting, says) in [
        (
            "name = \"Harbour Clinic\"",
            "name = 5",
            "portal.name",
            "expected a string",
        ),
        (
            "[\"EUR\", \"JPY\"]",
            "\"EUR\"",
            "portal.currencies",
            "expected a sequence",
        ),
        ("\"JPY\"]", "7]", "portal.currencies[1]", "expected"),
        (
            "= true",
            "= \"yes\"",
            "allow_sandbox",
            "a text, expected a boolean",
        ),
        (
            "\"data/portal.sqlite\"",
            "1",
            "database",
            "expected path string",
        ),
    ] {
        is_told(&changed(text, instead), setting, says);
    }
    let cases: [Case<'_>; 6] = [
        (
            "[session]\nidle_minutes = \"30\"",
            "session.idle_minutes",
            "a text, expected a whole number from 0 to 4294967295",
        ),
        (
            "[session]\nidle_minutes = 1.5",
            "session.idle_minutes",
            "expected a whole number",
        ),
        ("[features]\npay = 1", "features.pay", "expected a boolean"),
        (
            "[part_payments]\npercent = \"ten\"",
            "part_payments.percent",
            "a whole number",
        ),
        (
            "[documents]\nfonts = \"a.ttf\"",
            "documents.fonts",
            "expected a sequence",
        ),
        (
            "[calendar]\ncancel = \"never\"",
            "calendar.cancel",
            "a text, expected a table",
        ),
    ];
    for (lines, setting, says) in cases {
        is_told(&added(lines), setting, says);
    }
    let not_a_secret = changed("\"an api key that is long\"", "5");
    is_told(
        &not_a_secret,
        "gateways[0].credentials.api_key",
        "{ env = \"NAME\" }",
    );
}

#[test]
fn what_is_no_toml_is_told_by_its_line_and_the_setting_that_stands_there() {
    for (text, setting) in [
        (changed("\"#1d5fbf\"", "#1d5fbf"), "portal.brand"),
        (
            changed("\"https://portal.example.com\"", "https"),
            "public_url",
        ),
        (
            changed("\"a webhook secret that is long\"", "\"open"),
            "gateways.credentials.webhook_secret",
        ),
        (
            added("[session]\nidle_minutes = thirty"),
            "session.idle_minutes",
        ),
        (
            added("[session]\nidle_minutes = 1\nidle_minutes = 2"),
            "session.idle_minutes",
        ),
    ] {
        is_told(&text, setting, "");
        let told = parse(&text).map(|_| ()).unwrap_err().to_string();
        assert!(told.contains("\n  - line "), "{told}");
    }
}

#[test]
fn no_value_that_was_found_is_told_where_it_may_be_a_secret() {
    let secret = "a secret, \"expected or not";
    for text in [
        changed("\"an api key that is long\"", &format!("['{secret}']")),
        added(&format!("[session]\nidle_minutes = '{secret}'")),
        added(&format!("[calendar]\ncancel = '{secret}'")),
    ] {
        let told = parse(&text).map(|_| ()).unwrap_err().to_string();
        assert!(!told.contains("a secret"), "{told}");
    }
}

#[test]
fn the_file_is_named_whatever_is_wrong_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.toml");
    let told = |text: &str| {
        std::fs::write(&path, text).unwrap();
        let read = Settings::read(&path).and_then(|settings| settings.render_context());
        read.map(|_| ()).unwrap_err().to_string()
    };
    let logo = "[documents]\nlogo = \"missing.svg\"";
    for text in [
        added("nonsense"),
        added("[portall]"),
        changed("https://portal.example.com", "portal"),
        changed("#1d5fbf", "blue"),
        added(logo),
    ] {
        let told = told(&text);
        let begins = format!("the settings in {} cannot be used:\n  - ", path.display());
        assert!(told.starts_with(&begins), "{told}");
    }
    let told = told(&added(logo));
    assert!(
        told.contains("documents.logo: ") && told.contains("missing.svg"),
        "{told}"
    );
    let missing = Settings::read(Path::new("/nowhere/portal.toml"));
    let told = missing.map(|_| ()).unwrap_err().to_string();
    assert!(told.contains("/nowhere/portal.toml"), "{told}");
}
