//! Typed amounts, language by language.

use MoneyEntryError::{Empty, Negative, NotANumber, TooLarge, TooManyDigits};
use proptest::prelude::*;

use super::*;

fn signs(decimal: char, group: char, zero: char, symbol: &str) -> Separators {
    Separators {
        decimal,
        group,
        zero,
        symbol: symbol.to_owned(),
    }
}

fn english() -> Separators {
    signs('.', ',', '0', "€")
}

fn german() -> Separators {
    signs(',', '.', '0', "€")
}

fn read(text: &str, separators: &Separators, code: &str) -> Result<String, MoneyEntryError> {
    let Ok(currency) = Currency::parse(code) else {
        panic!("{code} is a currency");
    };
    parse_entry(text, separators, currency).map(|money| money.amount_text())
}

fn reads(separators: &Separators, code: &str, table: &[(&str, &str)]) {
    for (text, amount) in table {
        let read = read(text, separators, code);
        assert_eq!(read.as_deref(), Ok(*amount), "`{text}` in {code}");
    }
}

fn refuses(separators: &Separators, code: &str, table: &[(&str, MoneyEntryError)]) {
    for (text, error) in table {
        assert_eq!(
            read(text, separators, code),
            Err(*error),
            "`{text}` in {code}"
        );
    }
}

#[test]
fn an_amount_is_read_by_the_habit_of_english() {
    reads(
        &english(),
        "EUR",
        &[
            ("45", "45.00"),
            ("45.5", "45.50"),
            ("45.", "45.00"),
            (".5", "0.50"),
            ("1,045.00", "1045.00"),
            ("1,000,000", "1000000.00"),
            ("  45.00 ", "45.00"),
            ("€45.00", "45.00"),
            ("45 eur", "45.00"),
            ("EUR 1,045", "1045.00"),
            ("007", "7.00"),
            ("0", "0.00"),
        ],
    );
}

#[test]
fn an_amount_is_read_by_the_habit_of_other_languages() {
    reads(
        &german(),
        "EUR",
        &[
            ("1.045,00", "1045.00"),
            ("1.234", "1234.00"),
            ("45,5 €", "45.50"),
        ],
    );
    let french = signs(',', '\u{202F}', '0', "€");
    reads(
        &french,
        "EUR",
        &[
            ("1\u{202F}045,00\u{A0}€", "1045.00"),
            ("1 045,00", "1045.00"),
        ],
    );
    let swiss = signs('.', '’', '0', "CHF");
    reads(
        &swiss,
        "CHF",
        &[("1'045.05", "1045.05"), ("CHF 1’045", "1045.00")],
    );
    let indian = signs('.', ',', '0', "₹");
    reads(&indian, "INR", &[("₹12,34,567.50", "1234567.50")]);
    let arabic = signs('\u{66B}', '\u{66C}', '\u{660}', "ج.م.");
    reads(
        &arabic,
        "EGP",
        &[
            ("١٬٠٤٥٫٥٠", "1045.50"),
            ("1045.50", "1045.50"),
            ("\u{200F}٤٥", "45.00"),
        ],
    );
}

#[test]
fn digits_of_any_keyboard_are_digits() {
    reads(
        &english(),
        "EUR",
        &[
            ("٤٥٫٥٠", "45.50"),
            ("۴۵", "45.00"),
            ("४५.५", "45.50"),
            ("４５", "45.00"),
        ],
    );
}

#[test]
fn a_habit_of_elsewhere_is_taken_where_it_cannot_mean_two_things() {
    reads(
        &english(),
        "EUR",
        &[
            ("12,50", "12.50"),
            ("1.045,00", "1045.00"),
            ("12,500", "12500.00"),
        ],
    );
    reads(
        &german(),
        "EUR",
        &[
            ("12.50", "12.50"),
            ("1,045.00", "1045.00"),
            ("12.500", "12500.00"),
        ],
    );
}

#[test]
fn each_currency_has_its_own_digits() {
    reads(&english(), "JPY", &[("1200", "1200"), ("12,500", "12500")]);
    reads(&english(), "KWD", &[("1.25", "1.250"), ("1.250", "1.250")]);
    refuses(&english(), "JPY", &[("1.5", TooManyDigits { most: 0 })]);
    refuses(
        &english(),
        "EUR",
        &[
            ("1.234", TooManyDigits { most: 2 }),
            ("45.000", TooManyDigits { most: 2 }),
        ],
    );
    refuses(&english(), "KWD", &[("1.2345", TooManyDigits { most: 3 })]);
}

#[test]
fn what_is_no_amount_is_refused() {
    refuses(
        &english(),
        "EUR",
        &[
            ("", Empty),
            ("  ", Empty),
            ("€", Empty),
            ("-", NotANumber),
            (".", NotANumber),
            ("forty", NotANumber),
            ("1e3", NotANumber),
            ("1.2.3", NotANumber),
            ("1,2,3", NotANumber),
            ("1 2", NotANumber),
            ("$45", NotANumber),
            ("45 USD", NotANumber),
            ("4 5.00", NotANumber),
            ("-45.00", Negative),
            ("\u{2212}45", Negative),
            ("45-", Negative),
            ("10000000000000.01", TooLarge),
            ("92233720368547758.08", TooLarge),
            ("99999999999999999999999999", TooLarge),
        ],
    );
}

proptest! {
    #[test]
    fn no_text_ends_the_app(text in "\\PC*") {
        let _ = read(&text, &english(), "EUR");
    }

    #[test]
    fn every_amount_is_read_back_as_it_is_written(minor in 0..=Money::MOST_MINOR) {
        let euros = Money::from_minor(minor, Currency::parse("EUR").unwrap());
        let plain = euros.amount_text();
        let (whole, cents) = plain.split_once('.').unwrap();
        prop_assert_eq!(typed(euros, ','), format!("{whole},{cents}"));
        prop_assert_eq!(read(&plain, &english(), "EUR"), Ok(plain.clone()));
        prop_assert_eq!(read(&format!("{whole},{cents}"), &german(), "EUR"), Ok(plain.clone()));
    }
}
