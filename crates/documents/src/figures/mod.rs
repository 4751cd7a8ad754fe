//! Amounts as the portal's locale writes them: what the browser's
//! `Intl.NumberFormat` says on the screen, from the same tables.

mod tables;

use std::cell::RefCell;

use api_types::{Currency, Money};
use icu_decimal::DecimalFormatter;
use icu_experimental::dimension::currency::CurrencyType;
use icu_experimental::dimension::currency::formatter::CurrencyFormatter;
use icu_locale_core::Locale;
use icu_locale_core::extensions::unicode::Value;

use tables::Tables;

/// Writes amounts.
#[derive(Debug)]
pub(crate) struct Figures {
    locale: Locale,
    /// One for each currency that has been asked for; a document has one or a few,
    /// but a statement has thousands of amounts.
    known: RefCell<Vec<(Currency, Option<CurrencyFormatter<DecimalFormatter>>)>>,
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
        let mut known = self.known.borrow_mut();
        let at = known.iter().position(|(of, _)| *of == currency);
        let at = at.unwrap_or_else(|| {
            known.push((currency, formatter(&self.locale, currency)));
            known.len() - 1
        });
        let amount = money.amount_text();
        let written = known[at].1.as_ref().zip(amount.parse().ok());
        let written = written.map(|(formatter, decimal)| {
            real_minus(&formatter.format_fixed_decimal(&decimal).to_string())
        });
        // As the screen does where the browser knows no better.
        written.unwrap_or_else(|| format!("{currency} {amount}"))
    }
}

fn formatter(locale: &Locale, currency: Currency) -> Option<CurrencyFormatter<DecimalFormatter>> {
    let code: Value = currency.code().to_ascii_lowercase().parse().ok()?;
    let code = CurrencyType::try_from(&code).ok()?;
    let tables = Tables::new(locale, currency);
    CurrencyFormatter::try_new_symbol_unstable(&tables, locale.into(), code, Default::default())
        .ok()
}

/// Many languages' data (English among them) still write a hyphen where a minus
/// sign belongs; the screen puts that right, and so does the paper.
fn real_minus(figure: &str) -> String {
    figure.replace('-', "\u{2212}")
}

#[cfg(test)]
mod tests;
