//! Amounts of money, as whole numbers of the currency's smallest unit.

use serde_json::{Value, json};

/// The currencies that PayPal takes with two decimals.
const TWO_DECIMALS: [&str; 21] = [
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "ILS", "MXN", "MYR",
    "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "USD",
];
/// The currencies that PayPal takes without decimals, two of which have decimals by ISO 4217.
const NO_DECIMALS: [&str; 3] = ["HUF", "JPY", "TWD"];
/// How many digits an amount may have before its decimal point: the largest is 999999999999999.99.
const MOST_DIGITS: usize = 15;
/// What the merchant pays: thousandths of the amount, and smallest units besides.
const FEE: (i128, i128) = (29, 35);

/// An amount in a currency that PayPal takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Money {
    pub currency: String,
    pub minor: i128,
}

/// How many decimals amounts of a currency have; `None` if PayPal does not take it.
fn decimals_of(currency: &str) -> Option<usize> {
    if NO_DECIMALS.contains(&currency) {
        return Some(0);
    }
    TWO_DECIMALS.contains(&currency).then_some(2)
}

/// Whether a text is written like an amount: digits, perhaps after a minus sign, perhaps with
/// decimals, of which there may be any number.
pub(super) fn is_amount(text: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    match text.split_once('.') {
        Some((whole, decimals)) => digits(whole) && digits(decimals) && !decimals.is_empty(),
        None => digits(text) && !text.is_empty(),
    }
}

impl Money {
    /// Reads an amount that is written like one; the error is the issue that PayPal names.
    pub(super) fn read(currency: &str, value: &str) -> Result<Self, &'static str> {
        let decimals = decimals_of(currency).ok_or("INVALID_CURRENCY_CODE")?;
        let (sign, digits) = match value.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, value),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if decimals == 0 && digits.contains('.') {
            return Err("DECIMALS_NOT_SUPPORTED");
        }
        if part.len() > decimals {
            return Err("DECIMAL_PRECISION");
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() > MOST_DIGITS {
            return Err("MAX_VALUE_EXCEEDED");
        }
        let minor: i128 = format!("0{whole}{part:0<decimals$}")
            .parse()
            .map_err(|_| "MAX_VALUE_EXCEEDED")?;
        Ok(Self {
            currency: currency.to_owned(),
            minor: sign * minor,
        })
    }

    /// Reads an amount object whose fields have been checked.
    pub(super) fn of(object: &Value) -> Result<Self, &'static str> {
        let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
        Self::read(text("currency_code"), text("value"))
    }

    /// Another amount of the same currency.
    pub(super) fn with(&self, minor: i128) -> Self {
        Self {
            currency: self.currency.clone(),
            minor,
        }
    }

    /// What the merchant pays for being paid this, rounded half up.
    pub(super) fn fee(&self) -> Self {
        let (thousandths, fixed) = FEE;
        let fee = (self.minor * thousandths + 500) / 1000 + fixed;
        self.with(fee.min(self.minor))
    }

    /// As decimal text, with as many decimals as the currency has.
    pub(super) fn value(&self) -> String {
        if decimals_of(&self.currency) == Some(0) {
            return self.minor.to_string();
        }
        let sign = if self.minor < 0 { "-" } else { "" };
        let size = self.minor.abs();
        format!("{sign}{}.{:02}", size / 100, size % 100)
    }

    /// As the object that stands in requests and answers.
    pub(super) fn json(&self) -> Value {
        json!({ "currency_code": self.currency, "value": self.value() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_exactly_or_refused_by_name() {
        for (currency, value, expected) in [
            ("USD", "100", Ok("100.00")),
            ("USD", "0.1", Ok("0.10")),
            ("USD", ".5", Ok("0.50")),
            ("USD", "-3.07", Ok("-3.07")),
            ("USD", "999999999999999.99", Ok("999999999999999.99")),
            ("USD", "1000000000000000", Err("MAX_VALUE_EXCEEDED")),
            ("USD", "1.005", Err("DECIMAL_PRECISION")),
            ("JPY", "100", Ok("100")),
            ("JPY", "100.00", Err("DECIMALS_NOT_SUPPORTED")),
            ("HUF", "1.5", Err("DECIMALS_NOT_SUPPORTED")),
            ("TWD", "1.0", Err("DECIMALS_NOT_SUPPORTED")),
            ("KWD", "1.000", Err("INVALID_CURRENCY_CODE")),
            ("usd", "1", Err("INVALID_CURRENCY_CODE")),
        ] {
            let read = Money::read(currency, value).map(|money| money.value());
            assert_eq!(read, expected.map(str::to_owned), "{currency} {value}");
        }
    }

    #[test]
    fn fees_are_rounded_half_up_and_never_more_than_the_amount() {
        for (currency, value, fee) in [
            ("USD", "100.00", "3.25"),
            ("USD", "0.50", "0.36"),
            ("USD", "50.00", "1.80"),
            ("USD", "0.10", "0.10"),
            ("JPY", "5000", "180"),
        ] {
            let amount = Money::read(currency, value).unwrap();
            assert_eq!(amount.fee().value(), fee, "{currency} {value}");
        }
    }

    #[test]
    fn only_digits_with_a_point_and_a_minus_are_written_like_amounts() {
        for text in ["1", "-1", "1.0", ".5", "-.5", "00.1234"] {
            assert!(is_amount(text), "{text}");
        }
        for text in ["", "-", ".", "1.", "1,00", "+1", "1e3", " 1", "1.0.0"] {
            assert!(!is_amount(text), "{text}");
        }
    }
}
