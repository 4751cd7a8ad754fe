//! Amounts and dates through the browser's Intl.

use api_types::{Currency, Day, Money, OfferedTime, Timestamp, UnitPrice};
use portico::i18n;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{speak, speak_in};

fn money(amount: &str, code: &str) -> String {
    let currency = Currency::parse(code).unwrap();
    i18n::money(&Money::parse(amount, currency).unwrap())
}

#[wasm_bindgen_test]
fn amounts_are_exact_in_every_scale() {
    speak();
    assert_eq!(money("1045.00", "EUR"), "€1,045.00");
    assert_eq!(money("-10.00", "EUR"), "\u{2212}€10.00");
    assert!(money("12500", "JPY").ends_with("12,500"));
    assert!(money("3.250", "KWD").ends_with("3.250"));
    // The browser's own tables leave these without their last digits.
    assert!(money("1250.50", "HUF").ends_with("1,250.50"));
    assert!(money("1.125", "IQD").ends_with("1.125"));
    // The most that there can be, to the last digit.
    assert_eq!(money("9999999999999.99", "EUR"), "€9,999,999,999,999.99");
    assert_eq!(
        money("-10000000000000.00", "EUR"),
        "\u{2212}€10,000,000,000,000.00"
    );
}

#[wasm_bindgen_test]
fn a_day_is_moved_by_no_time_zone() {
    speak();
    for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Dublin"] {
        i18n::set_time_zone(zone);
        let day = Day::parse("2026-11-17").unwrap();
        assert_eq!(i18n::day(&day), "17 Nov 2026", "{zone}");
        assert_eq!(i18n::day_of_month(&day), "17", "{zone}");
    }
}

#[wasm_bindgen_test]
fn an_instant_is_told_in_the_portals_zone() {
    speak();
    let at = Timestamp::parse("2026-07-01T22:30:00Z").unwrap();
    assert_eq!(i18n::time_of_day(&at), "23:30");
    i18n::set_time_zone("Asia/Tokyo");
    assert_eq!(i18n::time_of_day(&at), "07:30");
}

#[wasm_bindgen_test]
fn a_number_and_a_unit_price_keep_every_digit_that_they_came_with() {
    speak();
    let euro = Currency::parse("EUR").unwrap();
    assert_eq!(i18n::number("1.250", euro), "1.250");
    assert_eq!(i18n::number("-1250.75", euro), "\u{2212}1,250.75");
    let price = |text| UnitPrice::parse(text, euro).unwrap();
    assert_eq!(i18n::unit_price(&price("0.1648")), "€0.1648");
    assert_eq!(i18n::unit_price(&price("130.00")), "€130.00");
}

#[wasm_bindgen_test]
fn quantity_percentage_and_money_of_a_line_are_written_by_the_same_signs() {
    let euro = Currency::parse("EUR").unwrap();
    for (tag, quantity, percent, amount) in [
        ("en-DE", "1.250", "13.5", "€1,200.50"),
        ("en-AT", "1,250", "13,5", "€\u{a0}1.200,50"),
        ("de-AT", "1,250", "13,5", "€\u{a0}1.200,50"),
        ("fr-CH", "1.250", "13.5", "1\u{202f}200.50\u{a0}€"),
    ] {
        speak_in(tag);
        assert_eq!(i18n::number("1.250", euro), quantity, "{tag}");
        assert_eq!(i18n::number("13.5", euro), percent, "{tag}");
        assert_eq!(money("1200.50", "EUR"), amount, "{tag}");
    }
    speak();
}

#[wasm_bindgen_test]
fn both_passes_of_a_repeated_hour_are_told_apart() {
    speak();
    let time = |starts_at: &str, ends_at: &str| OfferedTime {
        starts_at: Timestamp::parse(starts_at).unwrap(),
        ends_at: Timestamp::parse(ends_at).unwrap(),
        person: "Pat".to_owned(),
        location: None,
        zone: "Europe/Dublin".to_owned(),
    };
    let first = time("2027-10-31T00:00:00Z", "2027-10-31T00:30:00Z");
    let second = time("2027-10-31T01:00:00Z", "2027-10-31T01:30:00Z");
    for (zone, is_twice) in [("Europe/Dublin", true), ("Asia/Tokyo", false)] {
        i18n::show_times_in(zone);
        for shown in [
            [
                i18n::offered_at(&first.starts_at),
                i18n::offered_at(&second.starts_at),
            ],
            [i18n::offered_when(&first), i18n::offered_when(&second)],
        ] {
            assert_ne!(shown[0], shown[1], "{zone}");
            assert_eq!(shown[1].contains("GMT"), is_twice, "{zone}: {shown:?}");
        }
    }
    i18n::show_times_in("Europe/Dublin");
    let after = Timestamp::parse("2027-10-31T02:00:00Z").unwrap();
    assert_eq!(i18n::offered_at(&after), "02:00");
}
