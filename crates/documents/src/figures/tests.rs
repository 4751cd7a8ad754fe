//! Amounts, as Chromium writes them.

use icu_experimental::dimension::currency::formatter::CurrencyFormatter;

use super::*;

/// An amount and what Chromium's `Intl.NumberFormat` makes of it (with a minus
/// sign where it has a hyphen), and the same for less than nothing. It is told
/// how many digits, as the screen tells it.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const BROWSER: &[Row] = &[
    (
        "en-IE",
        "EUR",
        "1234567.89",
        "€1,234,567.89",
        "-10.00",
        "\u{2212}€10.00",
    ),
    ("en-IE", "JPY", "1235", "JP¥1,235", "-10", "\u{2212}JP¥10"),
    (
        "en-IE",
        "KWD",
        "1234.500",
        "KWD\u{a0}1,234.500",
        "-0.005",
        "\u{2212}KWD\u{a0}0.005",
    ),
    (
        "en-IE",
        "PHP",
        "1234.50",
        "₱1,234.50",
        "-1.00",
        "\u{2212}₱1.00",
    ),
    (
        "en-IE",
        "HUF",
        "1234.50",
        "HUF\u{a0}1,234.50",
        "-0.05",
        "\u{2212}HUF\u{a0}0.05",
    ),
    (
        "en-US",
        "EUR",
        "1234567.89",
        "€1,234,567.89",
        "-10.00",
        "\u{2212}€10.00",
    ),
    ("en-US", "JPY", "1235", "¥1,235", "-10", "\u{2212}¥10"),
    (
        "en-US",
        "KWD",
        "1234.500",
        "KWD\u{a0}1,234.500",
        "-0.005",
        "\u{2212}KWD\u{a0}0.005",
    ),
    (
        "en-US",
        "PHP",
        "1234.50",
        "₱1,234.50",
        "-1.00",
        "\u{2212}₱1.00",
    ),
    (
        "en-US",
        "HUF",
        "1234.50",
        "HUF\u{a0}1,234.50",
        "-0.05",
        "\u{2212}HUF\u{a0}0.05",
    ),
    (
        "de-DE",
        "EUR",
        "1234567.89",
        "1.234.567,89\u{a0}€",
        "-10.00",
        "\u{2212}10,00\u{a0}€",
    ),
    (
        "de-DE",
        "JPY",
        "1235",
        "1.235\u{a0}¥",
        "-10",
        "\u{2212}10\u{a0}¥",
    ),
    (
        "de-DE",
        "KWD",
        "1234.500",
        "1.234,500\u{a0}KWD",
        "-0.005",
        "\u{2212}0,005\u{a0}KWD",
    ),
    (
        "de-DE",
        "PHP",
        "1234.50",
        "1.234,50\u{a0}PHP",
        "-1.00",
        "\u{2212}1,00\u{a0}PHP",
    ),
    (
        "de-DE",
        "HUF",
        "1234.50",
        "1.234,50\u{a0}HUF",
        "-0.05",
        "\u{2212}0,05\u{a0}HUF",
    ),
    (
        "ja-JP",
        "EUR",
        "1234567.89",
        "€1,234,567.89",
        "-10.00",
        "\u{2212}€10.00",
    ),
    ("ja-JP", "JPY", "1235", "￥1,235", "-10", "\u{2212}￥10"),
    (
        "ja-JP",
        "KWD",
        "1234.500",
        "KWD\u{a0}1,234.500",
        "-0.005",
        "\u{2212}KWD\u{a0}0.005",
    ),
    (
        "ja-JP",
        "PHP",
        "1234.50",
        "PHP\u{a0}1,234.50",
        "-1.00",
        "\u{2212}PHP\u{a0}1.00",
    ),
    (
        "ja-JP",
        "HUF",
        "1234.50",
        "HUF\u{a0}1,234.50",
        "-0.05",
        "\u{2212}HUF\u{a0}0.05",
    ),
    (
        "fr-FR",
        "EUR",
        "1234567.89",
        "1\u{202f}234\u{202f}567,89\u{a0}€",
        "-10.00",
        "\u{2212}10,00\u{a0}€",
    ),
    (
        "fr-FR",
        "JPY",
        "1235",
        "1\u{202f}235\u{a0}JPY",
        "-10",
        "\u{2212}10\u{a0}JPY",
    ),
    (
        "fr-FR",
        "KWD",
        "1234.500",
        "1\u{202f}234,500\u{a0}KWD",
        "-0.005",
        "\u{2212}0,005\u{a0}KWD",
    ),
    (
        "fr-FR",
        "PHP",
        "1234.50",
        "1\u{202f}234,50\u{a0}PHP",
        "-1.00",
        "\u{2212}1,00\u{a0}PHP",
    ),
    (
        "fr-FR",
        "HUF",
        "1234.50",
        "1\u{202f}234,50\u{a0}HUF",
        "-0.05",
        "\u{2212}0,05\u{a0}HUF",
    ),
    (
        "es-MX",
        "EUR",
        "1234567.89",
        "EUR\u{a0}1,234,567.89",
        "-10.00",
        "\u{2212}EUR\u{a0}10.00",
    ),
    (
        "es-MX",
        "JPY",
        "1235",
        "JPY\u{a0}1,235",
        "-10",
        "\u{2212}JPY\u{a0}10",
    ),
    (
        "es-MX",
        "KWD",
        "1234.500",
        "KWD\u{a0}1,234.500",
        "-0.005",
        "\u{2212}KWD\u{a0}0.005",
    ),
    (
        "es-MX",
        "PHP",
        "1234.50",
        "PHP\u{a0}1,234.50",
        "-1.00",
        "\u{2212}PHP\u{a0}1.00",
    ),
    (
        "es-MX",
        "HUF",
        "1234.50",
        "HUF\u{a0}1,234.50",
        "-0.05",
        "\u{2212}HUF\u{a0}0.05",
    ),
    (
        "hu-HU",
        "EUR",
        "1234567.89",
        "1\u{a0}234\u{a0}567,89\u{a0}EUR",
        "-10.00",
        "\u{2212}10,00\u{a0}EUR",
    ),
    (
        "hu-HU",
        "JPY",
        "1235",
        "1235\u{a0}¥",
        "-10",
        "\u{2212}10\u{a0}¥",
    ),
    (
        "hu-HU",
        "KWD",
        "1234.500",
        "1234,500\u{a0}KWD",
        "-0.005",
        "\u{2212}0,005\u{a0}KWD",
    ),
    (
        "hu-HU",
        "PHP",
        "1234.50",
        "1234,50\u{a0}PHP",
        "-1.00",
        "\u{2212}1,00\u{a0}PHP",
    ),
    (
        "hu-HU",
        "HUF",
        "1234.50",
        "1234,50\u{a0}Ft",
        "-0.05",
        "\u{2212}0,05\u{a0}Ft",
    ),
    (
        "fil-PH",
        "EUR",
        "1234567.89",
        "€1,234,567.89",
        "-10.00",
        "\u{2212}€10.00",
    ),
    ("fil-PH", "JPY", "1235", "¥1,235", "-10", "\u{2212}¥10"),
    (
        "fil-PH",
        "KWD",
        "1234.500",
        "KWD\u{a0}1,234.500",
        "-0.005",
        "\u{2212}KWD\u{a0}0.005",
    ),
    (
        "fil-PH",
        "PHP",
        "1234.50",
        "₱1,234.50",
        "-1.00",
        "\u{2212}₱1.00",
    ),
    (
        "fil-PH",
        "HUF",
        "1234.50",
        "HUF\u{a0}1,234.50",
        "-0.05",
        "\u{2212}HUF\u{a0}0.05",
    ),
    (
        "ar-EG",
        "EUR",
        "1234567.89",
        "\u{200f}١\u{66c}٢٣٤\u{66c}٥٦٧\u{66b}٨٩\u{a0}€",
        "-10.00",
        "\u{61c}\u{2212}\u{200f}١٠\u{66b}٠٠\u{a0}€",
    ),
    (
        "ar-EG",
        "JPY",
        "1235",
        "\u{200f}١\u{66c}٢٣٥\u{a0}JP¥",
        "-10",
        "\u{61c}\u{2212}\u{200f}١٠\u{a0}JP¥",
    ),
    (
        "ar-EG",
        "KWD",
        "1234.500",
        "\u{200f}١\u{66c}٢٣٤\u{66b}٥٠٠\u{a0}د.ك.\u{200f}",
        "-0.005",
        "\u{61c}\u{2212}\u{200f}٠\u{66b}٠٠٥\u{a0}د.ك.\u{200f}",
    ),
    (
        "ar-EG",
        "PHP",
        "1234.50",
        "\u{200f}١\u{66c}٢٣٤\u{66b}٥٠\u{a0}PHP",
        "-1.00",
        "\u{61c}\u{2212}\u{200f}١\u{66b}٠٠\u{a0}PHP",
    ),
    (
        "ar-EG",
        "HUF",
        "1234.50",
        "\u{200f}١\u{66c}٢٣٤\u{66b}٥٠\u{a0}HUF",
        "-0.05",
        "\u{61c}\u{2212}\u{200f}٠\u{66b}٠٥\u{a0}HUF",
    ),
];

fn money(amount: &str, currency: &str) -> Money {
    Money::parse(amount, Currency::parse(currency).unwrap()).unwrap()
}

fn figures(tag: &str) -> Figures {
    Figures::new(&tag.parse().unwrap())
}

#[test]
fn amounts_are_written_as_browsers_write_them() {
    for (tag, currency, amount, written, below, written_below) in BROWSER {
        let figures = figures(tag);
        for (amount, written) in [(amount, written), (below, written_below)] {
            let found = figures.money(money(amount, currency));
            assert_eq!(found, *written, "{amount} {currency} in {tag}");
        }
    }
}

#[test]
fn an_amount_keeps_all_its_digits_where_shops_leave_them_out() {
    for currency in ["HUF", "IDR", "PKR", "COP"] {
        let written = figures("en-US").money(money("1234.56", currency));
        assert!(written.ends_with("1,234.56"), "{written}");
    }
}

#[test]
fn the_largest_amount_is_written_to_its_last_digit() {
    let most = Money::from_minor(i64::MAX, Currency::parse("EUR").unwrap());
    let written = figures("en-IE").money(most);
    assert_eq!(written, "€92,233,720,368,547,758.07");
}

#[test]
fn the_list_of_codes_is_needed_as_long_as_this_fails_without_it() {
    let locale: Locale = "de-DE".parse().unwrap();
    let code: Value = "php".parse().unwrap();
    let code = CurrencyType::try_from(&code).unwrap();
    let alone = CurrencyFormatter::try_new_symbol((&locale).into(), code, Default::default());
    let written = alone
        .unwrap()
        .format_fixed_decimal(&"1.00".parse().unwrap())
        .to_string();
    // Equal to the browser's `1,00 PHP`: then written_by_code.txt can be taken out.
    assert_eq!(written, "1,00\u{a0}₱");
}
