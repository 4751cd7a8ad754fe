//! Locales that write amounts with other signs than plain numbers. Browsers know them by CLDR's
//! patterns and signs of single currencies, which ICU4X has not; so they are named here.
//! `figures/line_tests.rs` holds them to what Chromium writes.

use api_types::Currency;
use icu_locale_core::{Locale, locale};

/// English in countries whose other languages write numbers in another way: every amount is written
/// as in `en-IE`.
const AS_IN_IRELAND: [&str; 13] = [
    "en-BE", "en-DE", "en-EE", "en-ES", "en-FI", "en-FR", "en-IT", "en-LT", "en-LV", "en-NL",
    "en-PT", "en-SI", "en-SK",
];

/// English in countries where only euros are written as in `en-IE`.
const EUROS_AS_IN_IRELAND: [&str; 9] = [
    "en-CH", "en-CZ", "en-DK", "en-HU", "en-NO", "en-PL", "en-RO", "en-SE", "en-UA",
];

/// A sign within the digits of plain numbers, and what stands in its place in amounts.
const OTHER_SIGNS: [(&str, char, char); 3] = [
    ("de-AT", '\u{a0}', '.'),
    ("fr-CH", '\'', '\u{202f}'),
    ("fr-CH", ',', '.'),
];

/// The locale that amounts of a currency are written by.
pub(super) fn money_locale(locale: &Locale, currency: Currency) -> Locale {
    let tag = locale.id.to_string();
    let tag = tag.as_str();
    let as_in_ireland = AS_IN_IRELAND.contains(&tag)
        || (currency.code() == "EUR" && EUROS_AS_IN_IRELAND.contains(&tag));
    if as_in_ireland {
        locale!("en-IE")
    } else {
        locale.clone()
    }
}

/// An amount with the signs that amounts have in a locale.
pub(super) fn with_money_signs(locale: &Locale, amount: String) -> String {
    let tag = locale.id.to_string();
    // A sign of the currency may have the same character: only what stands between digits.
    let (Some(first), Some(last)) = (
        amount.find(char::is_numeric),
        amount.rfind(char::is_numeric),
    ) else {
        return amount;
    };
    let mut figure = amount[first..last].to_owned();
    for (_, plain, in_money) in OTHER_SIGNS.iter().filter(|(of, ..)| *of == tag) {
        figure = figure.replace(*plain, &in_money.to_string());
    }
    format!("{}{figure}{}", &amount[..first], &amount[last..])
}
