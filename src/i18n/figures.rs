//! Figures as the language writes them.

use api_types::{Currency, Money, UnitPrice};

use super::isolate::isolate_owned;
use super::locale::locale;
use crate::browser::intl;

/// An amount with its currency, as in `€1,045.00` or `−€10.00`. On a page use
/// [`Amount`](crate::components::Amount); this is for amounts within sentences.
pub fn money(money: &Money) -> String {
    let currency = money.currency();
    let figure = intl::format_money(&locale().tag, &money.amount_text(), currency.code());
    isolate_owned(real_minus(&figure))
}

/// The price of one with its currency and every digit that it came with, as in `€0.1648`.
pub fn unit_price(price: &UnitPrice) -> String {
    let currency = price.currency();
    let figure = intl::format_money(&locale().tag, &price.amount_text(), currency.code());
    isolate_owned(real_minus(&figure))
}

/// Writes a number, given as plain decimal text, with all of its digits and with the signs of
/// amounts of a currency, as in `1,250.75`. It stands beside such amounts, and some locales write
/// plain numbers with other signs.
pub fn number(plain: &str, currency: Currency) -> String {
    let amount = intl::format_money(&locale().tag, plain, currency.code());
    let figure = amount.trim_matches(|sign: char| !sign.is_numeric());
    let minus = if plain.starts_with('-') {
        "\u{2212}"
    } else {
        ""
    };
    isolate_owned(format!("{minus}{figure}"))
}

/// How much has been downloaded, as in `1.2 MB`.
pub fn bytes(bytes: u64) -> String {
    let tag = locale().tag;
    let (tenths, unit) = tenths(bytes);
    let number = format!("{}.{}", tenths / 10, tenths % 10);
    isolate_owned(intl::format_unit(&tag, &number, unit))
}

/// The bytes as tenths of a unit, and the unit: the largest that they fill, or else the kilobyte.
fn tenths(bytes: u64) -> (u64, &'static str) {
    match bytes {
        1_000_000_000.. => (bytes / 100_000_000, "gigabyte"),
        1_000_000.. => (bytes / 100_000, "megabyte"),
        _ => (bytes / 100, "kilobyte"),
    }
}

/// Replaces a hyphen by a minus sign. The data of many languages, English among them, still has the
/// hyphen.
fn real_minus(figure: &str) -> String {
    figure.replace('-', "\u{2212}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_in_tenths_of_the_unit_that_fits() {
        assert_eq!(tenths(0), (0, "kilobyte"));
        assert_eq!(tenths(999_999), (9_999, "kilobyte"));
        assert_eq!(tenths(1_234_567), (12, "megabyte"));
        assert_eq!(tenths(2_000_000_000), (20, "gigabyte"));
    }

    #[test]
    fn a_hyphen_before_a_figure_becomes_a_minus_sign() {
        assert_eq!(real_minus("-€10.00"), "\u{2212}€10.00");
    }
}
