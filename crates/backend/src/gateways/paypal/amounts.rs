//! PayPal's amounts: decimal text, for some currencies with fewer decimals than ISO 4217 has.
//!
//! Source: <https://developer.paypal.com/docs/reports/reference/paypal-supported-currencies/>.

use api_types::{Currency, Money};

use crate::gateways::AmountLimits;

/// The currencies that PayPal takes.
const TAKEN: &[&str] = &[
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY",
    "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD",
];
/// The ones that it takes no decimals in, for all that ISO 4217 has two.
const WHOLE_ONLY: &[&str] = &["HUF", "TWD"];

/// How many of our units make the smallest amount that PayPal takes.
fn step(currency: Currency) -> i64 {
    match WHOLE_ONLY.contains(&currency.code()) {
        true => 10_i64.pow(currency.minor_digits()),
        false => 1,
    }
}

/// An amount as PayPal reads it; `None` if it has decimals that PayPal does not take.
pub(super) fn to_paypal(amount: Money) -> Option<String> {
    let step = step(amount.currency());
    if amount.minor() % step != 0 {
        return None;
    }
    if step == 1 {
        return Some(amount.amount_text());
    }
    Some((amount.minor() / step).to_string())
}

/// An amount of PayPal's; `None` if it is none that can be kept here. What has no decimals there may
/// be told with noughts.
pub(super) fn from_paypal(value: &str, code: &str) -> Option<Money> {
    let currency = Currency::parse(code).ok()?;
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    let digits = usize::try_from(currency.minor_digits()).ok()?;
    let zeros = decimals.get(digits..).unwrap_or_default();
    if zeros.bytes().any(|b| b != b'0') {
        return None;
    }
    let decimals: String = decimals.chars().take(digits).collect();
    let text = match digits {
        0 => whole.to_owned(),
        _ => format!("{whole}.{decimals:0<digits$}"),
    };
    Money::parse(&text, currency).ok()
}

/// Which amounts of a currency can be paid.
pub(super) fn limits(currency: Currency) -> Option<AmountLimits> {
    if !TAKEN.contains(&currency.code()) {
        return None;
    }
    let step = step(currency);
    Some(AmountLimits {
        least: None,
        most: None,
        step: (step > 1).then(|| Money::from_minor(step, currency)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str, code: &str) -> Money {
        Money::parse(text, Currency::parse(code).unwrap()).unwrap()
    }

    #[test]
    fn every_currency_goes_there_and_comes_back_the_same() {
        for code in TAKEN {
            let currency = Currency::parse(code).unwrap();
            let limits = limits(currency).unwrap();
            let step = limits.step.map_or(1, |step| step.minor());
            for minor in [step, 7 * step, 1_234 * step] {
                let amount = Money::from_minor(minor, currency);
                let text = to_paypal(amount).unwrap();
                assert_eq!(from_paypal(&text, code), Some(amount), "{text} {code}");
            }
        }
    }

    #[test]
    fn decimals_are_paypals_own() {
        for (text, code, value) in [
            ("100.00", "USD", Some("100.00")),
            ("0.05", "EUR", Some("0.05")),
            ("1200", "JPY", Some("1200")),
            ("1200.00", "HUF", Some("1200")),
            ("1200.50", "HUF", None),
            ("99.00", "TWD", Some("99")),
        ] {
            let expected = value.map(str::to_owned);
            assert_eq!(to_paypal(money(text, code)), expected, "{text} {code}");
        }
        for (value, code, text) in [
            ("100", "USD", Some("100.00")),
            ("100.5", "USD", Some("100.50")),
            ("100.500", "USD", Some("100.50")),
            ("100.505", "USD", None),
            ("1200.00", "JPY", Some("1200")),
            ("1200.50", "JPY", None),
            ("1,200", "USD", None),
            ("-5.00", "USD", Some("-5.00")),
            ("", "USD", None),
            ("5.00", "usd", None),
        ] {
            let expected = text.map(|text| money(text, code));
            assert_eq!(from_paypal(value, code), expected, "{value} {code}");
        }
    }

    #[test]
    fn what_paypal_does_not_take_is_not_offered() {
        let limits = |code| limits(Currency::parse(code).unwrap());
        assert_eq!(limits("KWD"), None);
        assert_eq!(limits("EUR"), Some(AmountLimits::default()));
        assert_eq!(limits("HUF").unwrap().step, Some(money("1.00", "HUF")));
        assert_eq!(limits("JPY").unwrap().step, None);
    }
}
