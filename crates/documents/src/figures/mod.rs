//! Amounts and numbers as the portal's locale writes them: what the browser's
//! `Intl.NumberFormat` says on the screen, from the same tables.

mod money_signs;
mod tables;

use std::cell::RefCell;

use api_types::{Currency, Money, UnitPrice};
use icu_decimal::DecimalFormatter;
use icu_experimental::dimension::currency::CurrencyType;
use icu_experimental::dimension::currency::formatter::CurrencyFormatter;
use icu_locale_core::Locale;
use icu_locale_core::extensions::unicode::Value;

use money_signs::{money_locale, with_money_signs};
use tables::Tables;

/// Writes amounts of one currency with so many digits after the decimal point.
type MoneyFormatter = CurrencyFormatter<DecimalFormatter>;

/// A currency and how many digits follow the decimal point.
type Precision = (Currency, u32);

/// Writes amounts and numbers.
#[derive(Debug)]
pub(crate) struct Figures {
    locale: Locale,
    /// One for each currency and number of digits that has been asked for; a document has one
    /// or a few, but a statement has thousands of amounts.
    known: RefCell<Vec<(Precision, Option<MoneyFormatter>)>>,
}

impl Figures {
    pub(crate) fn new(locale: &Locale) -> Self {
        Self {
            locale: locale.clone(),
            known: RefCell::default(),
        }
    }

    /// An amount with its currency, as in `€1,045.00` or `−€10.00`.
    pub(crate) fn money(&self, money: Money) -> String {
        let currency = money.currency();
        self.amount(&money.amount_text(), currency, currency.minor_digits())
    }

    /// A unit price with its currency and every digit that it came with, as in `€0.1648`.
    pub(crate) fn unit_price(&self, price: UnitPrice) -> String {
        self.amount(&price.amount_text(), price.currency(), price.digits())
    }

    /// Writes a number, given as plain decimal text, with all of its digits and with the signs of
    /// amounts of a currency. It stands beside such amounts, and some locales write plain numbers
    /// with other signs.
    pub(crate) fn number(&self, plain: &str, currency: Currency) -> String {
        let digits = plain.split_once('.').map_or(0, |(_, digits)| digits.len());
        let digits = u32::try_from(digits).unwrap_or_default();
        let figure = self.amount(plain, currency, digits);
        let figure = figure.trim_matches(|sign: char| !sign.is_numeric());
        let minus = if plain.starts_with('-') {
            "\u{2212}"
        } else {
            ""
        };
        format!("{minus}{figure}")
    }

    fn amount(&self, amount: &str, currency: Currency, digits: u32) -> String {
        let mut known = self.known.borrow_mut();
        let at = known.iter().position(|(of, _)| *of == (currency, digits));
        let at = at.unwrap_or_else(|| {
            let made = formatter(&money_locale(&self.locale, currency), currency, digits);
            known.push(((currency, digits), made));
            known.len() - 1
        });
        let written = known[at].1.as_ref().zip(amount.parse().ok());
        let written = written.map(|(formatter, decimal)| {
            let written = formatter.format_fixed_decimal(&decimal).to_string();
            with_money_signs(&self.locale, real_minus(&written))
        });
        // As the screen does where the browser knows no better.
        written.unwrap_or_else(|| format!("{currency} {amount}"))
    }
}

fn formatter(locale: &Locale, currency: Currency, digits: u32) -> Option<MoneyFormatter> {
    let code: Value = currency.code().to_ascii_lowercase().parse().ok()?;
    let code = CurrencyType::try_from(&code).ok()?;
    let tables = Tables::new(locale, currency, digits);
    CurrencyFormatter::try_new_symbol_unstable(&tables, locale.into(), code, Default::default())
        .ok()
}

/// Replaces a hyphen by a minus sign. The data of many languages, English among them, still has the
/// hyphen. The screen replaces it too.
fn real_minus(figure: &str) -> String {
    figure.replace('-', "\u{2212}")
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod line_tests;
