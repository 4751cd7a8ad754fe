//! The patterns and limits of the description, held against what really reads each text: what
//! the one takes the other takes.

use api_types::{
    CalendarDays, Currency, Cursor, Day, Discussion, Home, InvoiceId, MOST_ROWS, Money, Timestamp,
    is_idempotency_key, is_secret, is_zone_name,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use regex::Regex;
use serde_json::Value;

use super::openapi;
use crate::ics::FeedToken;

/// What a schema of a text says.
struct Text {
    pattern: Option<Regex>,
    least: usize,
    most: usize,
    words: Option<Vec<String>>,
}

impl Text {
    fn at(pointer: &str) -> Self {
        let document = serde_json::to_value(openapi()).unwrap();
        let schema = document.pointer(pointer);
        Self::of(schema.unwrap_or_else(|| panic!("there is nothing at {pointer}")))
    }

    fn named(name: &str) -> Self {
        Self::at(&format!("/components/schemas/{name}"))
    }

    /// The schema of a parameter, by its name.
    fn parameter(path: &str, method: &str, name: &str) -> Self {
        let document = serde_json::to_value(openapi()).unwrap();
        let parameters = &document["paths"][path][method]["parameters"];
        let mut all = parameters.as_array().unwrap().iter();
        let parameter = all.find(|of| of["name"] == name);
        Self::of(&parameter.unwrap()["schema"])
    }

    fn of(schema: &Value) -> Self {
        let number = |name: &str| schema[name].as_u64().map(|most| most as usize);
        let pattern = schema["pattern"].as_str();
        let words = schema["enum"].as_array();
        Self {
            pattern: pattern.map(|pattern| Regex::new(pattern).unwrap()),
            least: number("minLength").unwrap_or(0),
            most: number("maxLength").unwrap_or(usize::MAX),
            words: words.map(|words| {
                let texts = words.iter().filter_map(Value::as_str);
                texts.map(str::to_owned).collect()
            }),
        }
    }

    fn takes(&self, text: &str) -> bool {
        let matches = self.pattern.as_ref().is_none_or(|of| of.is_match(text));
        let length = (self.least..=self.most).contains(&text.chars().count());
        let listed = self
            .words
            .as_ref()
            .is_none_or(|words| words.iter().any(|of| of == text));
        matches && length && listed
    }
}

/// Texts that are nearly what is wanted: drawn from a pattern, with something put in or left out.
fn nearly(pattern: &'static str) -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec!["", " ", ".", "-", "/", "é", "0", "Z", "A", "\n", "="]);
    (pattern, any::<prop::sample::Index>(), signs, 0_usize..3).prop_map(|(text, at, sign, cut)| {
        let mut all: Vec<char> = text.chars().collect();
        let at = at.index(all.len() + 1);
        let end = (at + cut).min(all.len());
        all.splice(at..end, sign.chars());
        all.into_iter().collect()
    })
}

/// Holds a schema against a parser, over texts that are nearly right.
fn agree(schema: &Text, texts: &'static str, parser: impl Fn(&str) -> bool) {
    let (mut taken, mut refused) = (0, 0);
    let mut runner = TestRunner::deterministic();
    let texts = nearly(texts);
    for _ in 0..10_000 {
        let text = texts.new_tree(&mut runner).unwrap().current();
        let takes = parser(&text);
        assert_eq!(schema.takes(&text), takes, "{text:?}");
        if takes {
            taken += 1;
        } else {
            refused += 1;
        }
    }
    assert!(
        taken > 100 && refused > 100,
        "{taken} taken, {refused} refused"
    );
}

#[test]
fn ids_are_what_the_description_says() {
    for name in ["InvoiceId", "CheckoutId", "AttemptId"] {
        let is_id = |text: &str| InvoiceId::parse(text).is_ok();
        agree(&Text::named(name), "[A-Za-z0-9_.-]{0,70}|[.]{1,3}", is_id);
    }
}

#[test]
fn days_and_instants_are_what_the_description_says() {
    let day = Text::named("Day");
    let is_day = |text: &str| Day::parse(text).is_ok();
    agree(&day, "[0-9]{4}-[01][0-9]-[0-3][0-9]", is_day);
    // Every 29th of February, and what stands beside it.
    for year in 0..=9999 {
        for of_february in ["28", "29", "30"] {
            let text = format!("{year:04}-02-{of_february}");
            assert_eq!(day.takes(&text), is_day(&text), "{text}");
        }
    }
    // The first and the last day of the calendar are refused besides, as the words say.
    let instants = "(0001|2024|2026|9998)-[01][0-9]-[0-2][0-9][Tt][0-2][0-9]:[0-5][0-9]:[0-6][0-9]\
        (\\.[0-9]{1,4})?([Zz]|[+-][0-2][0-9]:[0-6][0-9])";
    let is_instant = |text: &str| Timestamp::parse(text).is_ok();
    agree(&Text::named("Timestamp"), instants, is_instant);
}

#[test]
fn zones_are_what_the_description_says() {
    for (path, method) in [
        ("/api/v1/calendar", "get"),
        ("/api/v1/booking/times", "get"),
    ] {
        let zone = Text::parameter(path, method, "zone");
        let zones = "[A-Za-z.+_0-9-]{1,9}(/[A-Za-z.+_0-9-]{1,9}){0,7}";
        agree(&zone, zones, is_zone_name);
        let mut known = 0;
        for name in jiff::tz::db().available() {
            assert!(zone.takes(name.as_str()), "{name}");
            known += 1;
        }
        assert!(known > 400, "the database knows {known} zones");
    }
}

#[test]
fn tokens_keys_and_cursors_are_what_the_description_says() {
    agree(
        &Text::named("LaunchToken"),
        "[A-Za-z0-9_-]{42}[A-Za-z0-9_-]",
        is_secret,
    );
    let key = Text::parameter("/api/v1/checkouts", "post", "Idempotency-Key");
    agree(&key, "[!-~]{1,140}", is_idempotency_key);
    let is_cursor = |text: &str| Cursor::parse(text).is_ok();
    agree(&Text::named("Cursor"), "[A-Za-z0-9_-]{1,90}", is_cursor);
    for length in [4096, 4097] {
        let long = "a".repeat(length);
        assert_eq!(Text::named("Cursor").takes(&long), is_cursor(&long));
    }
}

#[test]
fn the_file_of_a_feed_is_what_the_description_says() {
    let file = Text::parameter("/api/v1/calendar/feeds/{file}", "get", "file");
    let is_file = |text: &str| FeedToken::of_file(text).is_some();
    agree(&file, "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048][.]ics", is_file);
}

#[test]
fn currencies_are_what_the_description_says() {
    let currency = Text::named("Currency");
    let letters = || (b'A'..=b'Z').map(char::from);
    let mut known = 0;
    for (one, two) in letters().flat_map(|one| letters().map(move |two| (one, two))) {
        for three in letters() {
            let code = String::from_iter([one, two, three]);
            let takes = Currency::parse(&code).is_ok();
            assert_eq!(currency.takes(&code), takes, "{code}");
            known += usize::from(takes);
        }
    }
    assert!(known > 150 && !currency.takes("eur"), "{known} are known");
}

#[test]
fn amounts_have_the_digits_of_their_currency() {
    let mut currencies = 0;
    for scale in 0..3 {
        let place = format!("/components/schemas/Money/allOf/1/oneOf/{scale}/properties");
        let amount = Text::at(&format!("{place}/amount"));
        for code in Text::at(&format!("{place}/currency")).words.unwrap() {
            let currency = Currency::parse(&code).unwrap();
            let is_amount = |text: &str| Money::parse_sum(text, currency).is_ok();
            let most = Money::from_minor(Money::MOST_SUM_MINOR, currency).amount_text();
            let beyond = most.replacen('1', "2", 1);
            for text in [
                most.as_str(),
                &format!("-{most}"),
                &format!("00{most}"),
                &beyond,
            ] {
                assert_eq!(amount.takes(text), is_amount(text), "{text} {code}");
            }
            assert!(
                amount.takes(&most) && !amount.takes(&beyond),
                "{most} {code}"
            );
            for text in ["1", "1.0", "1.00", "1.000", "-1", "-1.00", "+1.00", "01.00"] {
                assert_eq!(amount.takes(text), is_amount(text), "{text} {code}");
            }
            if ["EUR", "JPY", "KWD"].contains(&code.as_str()) {
                agree(&amount, "-?[0-9]{1,20}(\\.[0-9]{2,3})?", is_amount);
            }
            currencies += 1;
        }
    }
    let known: usize = [0, 2, 3]
        .map(|digits| Currency::codes(digits).count())
        .iter()
        .sum();
    assert_eq!(currencies, known);
}

#[test]
fn pages_have_as_many_rows_as_the_description_says() {
    let document = serde_json::to_value(openapi()).unwrap();
    let mut lists = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        let parameters = item["get"]["parameters"].as_array();
        for parameter in parameters.into_iter().flatten() {
            if parameter["name"] == "limit" {
                let schema = &parameter["schema"];
                let bounds = (schema["minimum"].as_u64(), schema["maximum"].as_u64());
                assert_eq!(bounds, (Some(1), Some(MOST_ROWS.into())), "{path}");
                assert_eq!(parameter["required"], false, "{path}");
                lists += 1;
            }
        }
    }
    assert_eq!(lists, 6);
}

#[test]
fn answers_hold_no_more_than_the_description_says() {
    let document = serde_json::to_value(openapi()).unwrap();
    for (place, limit, is) in [
        ("Home/properties/to_do", "maxItems", Home::MOST_TO_DO),
        (
            "CalendarDays/properties/events",
            "maxItems",
            CalendarDays::MOST_EVENTS,
        ),
        (
            "Discussion/properties/left",
            "maximum",
            Discussion::MOST_UNANSWERED.into(),
        ),
    ] {
        let schema = document.pointer(&format!("/components/schemas/{place}"));
        assert_eq!(schema.unwrap()[limit], is, "{place}");
    }
}
