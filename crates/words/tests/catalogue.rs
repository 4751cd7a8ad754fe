//! Looking up, filling in and choosing plural forms.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

use words::files::join;
use words::{Catalogue, key};

fn catalogue(joined: &str) -> Catalogue {
    Catalogue::from_json(joined).unwrap()
}

fn english() -> Catalogue {
    let common = include_str!("../../../locales/en/common.json");
    let errors = include_str!("../../../locales/en/errors.json");
    let account = include_str!("../../../locales/en/account.json");
    catalogue(&join([("common", common), ("errors", errors), ("account", account)]).unwrap())
}

#[test]
fn a_text_is_found_by_its_key() {
    assert_eq!(
        english().get(key::account::PAY_MY_BALANCE),
        "Pay My Balance"
    );
}

#[test]
fn placeholders_are_filled_and_values_are_left_alone() {
    let filled = english().fill(
        key::common::TIME_JUST_AFTER,
        [("day", "{time}"), ("time", "14:02")],
    );
    assert_eq!(filled, "{time}, 14:02");
}

#[test]
#[should_panic(expected = "placeholders")]
fn a_value_for_another_placeholder_is_noticed_in_development() {
    english().fill(key::common::AS_OF, [("time", "14:02")]);
}

#[test]
fn a_number_chooses_its_form() {
    let words = english();
    let wait =
        |category, count| words.plural(key::errors::TOO_MANY_TRIES_SECONDS, category, count, []);
    assert!(wait("one", "1").ends_with("in 1 second."));
    assert!(wait("other", "30").ends_with("in 30 seconds."));
    assert!(
        wait("few", "3").ends_with("in 3 seconds."),
        "a missing form is `other`"
    );
}

#[test]
fn a_key_that_a_language_lacks_shows_itself_in_development() {
    assert_eq!(catalogue("{}").get(key::common::LOG_OUT), "common.log_out");
}

#[test]
fn a_catalogue_laid_over_another_replaces_only_what_it_has() {
    let mut words = english();
    words.merge(catalogue(r#"{"common.log_out":"Sign off"}"#));
    assert_eq!(words.get(key::common::LOG_OUT), "Sign off");
    assert_eq!(words.get(key::account::TITLE), "My Account");
}

#[test]
fn keys_out_of_order_are_found_too() {
    let words = catalogue(r#"{"common.today":"c","account.title":"a","common.retry":"b"}"#);
    assert_eq!(words.get(key::account::TITLE), "a");
    assert_eq!(words.get(key::common::RETRY), "b");
    assert_eq!(words.get(key::common::TODAY), "c");
}

#[test]
fn what_is_not_a_flat_object_of_texts_is_refused() {
    for joined in ["", "[]", "null", r#"{"a.b":1}"#, r#"{"a.b":{"other":"x"}}"#] {
        assert!(Catalogue::from_json(joined).is_err(), "{joined}");
    }
}

#[test]
fn a_file_with_a_mistake_is_refused_with_the_key() {
    for (file, says) in [
        (r#"{"a":1}"#, "`a`"),
        (r#"{"A b":"x"}"#, "`A b`"),
        (r#"{"a":""}"#, "empty"),
        (r#"{"a":"x "}"#, "blank"),
        (r#"{"a":"{x"}"#, "brace"),
        (r#"{"a":"{x y}"}"#, "placeholder"),
        (r#"{"a":{"one":"x"}}"#, "other"),
        (r#"{"a":{"other":"x","lots":"y"}}"#, "lots"),
        ("[]", "object"),
    ] {
        let refused = join([("g", file)]).unwrap_err();
        assert!(
            refused.starts_with("g.json") && refused.contains(says),
            "{file}: {refused}"
        );
    }
}
