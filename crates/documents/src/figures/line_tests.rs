//! The figures of an invoice's line, as Chromium writes them: quantity, percentage and money by
//! the same signs, also where a locale writes plain numbers with others.

use super::*;

/// A tag, and 1234.5, 1.250, 13.5 beside euros, €1200.50 and the price of €0.1648.
const BROWSER: &[[&str; 6]] = &[
    ["en-DE", "1,234.5", "1.250", "13.5", "€1,200.50", "€0.1648"],
    ["en-NL", "1,234.5", "1.250", "13.5", "€1,200.50", "€0.1648"],
    ["en-FR", "1,234.5", "1.250", "13.5", "€1,200.50", "€0.1648"],
    ["en-SE", "1,234.5", "1.250", "13.5", "€1,200.50", "€0.1648"],
    [
        "en-AT",
        "1.234,5",
        "1,250",
        "13,5",
        "€\u{a0}1.200,50",
        "€\u{a0}0,1648",
    ],
    ["en-IE", "1,234.5", "1.250", "13.5", "€1,200.50", "€0.1648"],
    [
        "de-DE",
        "1.234,5",
        "1,250",
        "13,5",
        "1.200,50\u{a0}€",
        "0,1648\u{a0}€",
    ],
    [
        "de-AT",
        "1.234,5",
        "1,250",
        "13,5",
        "€\u{a0}1.200,50",
        "€\u{a0}0,1648",
    ],
    [
        "fr-CH",
        "1\u{202f}234.5",
        "1.250",
        "13.5",
        "1\u{202f}200.50\u{a0}€",
        "0.1648\u{a0}€",
    ],
    [
        "es-ES",
        "1234,5",
        "1,250",
        "13,5",
        "1200,50\u{a0}€",
        "0,1648\u{a0}€",
    ],
    [
        "it-CH",
        "1234.5",
        "1.250",
        "13.5",
        "€\u{a0}1200.50",
        "€\u{a0}0.1648",
    ],
];

#[test]
fn quantity_percentage_and_money_are_written_by_the_same_signs() {
    let euro = Currency::parse("EUR").unwrap();
    let mut wrong = Vec::new();
    for [tag, thousands, quantity, percent, money, price] in BROWSER {
        let figures = Figures::new(&tag.parse().unwrap());
        let amount = Money::parse("1200.50", euro).unwrap();
        let of = UnitPrice::parse("0.1648", euro).unwrap();
        let written = [
            figures.number("1234.5", euro),
            figures.number("1.250", euro),
            figures.number("13.5", euro),
            figures.money(amount),
            figures.unit_price(of),
        ];
        if written.each_ref().map(String::as_str)
            != [*thousands, *quantity, *percent, *money, *price]
        {
            wrong.push((tag, written));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_number_has_every_digit_and_a_minus_sign_of_its_own() {
    let yen = Currency::parse("JPY").unwrap();
    let figures = Figures::new(&"en-IE".parse().unwrap());
    for (plain, written) in [
        ("1", "1"),
        ("0.75", "0.75"),
        ("-1.50", "\u{2212}1.50"),
        ("12345678901234.567890", "12,345,678,901,234.567890"),
    ] {
        assert_eq!(figures.number(plain, yen), written);
    }
}
