//! Exact amounts of one currency. No floats, and no sum across currencies.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{Currency, UnknownCurrency};

/// An exact, signed amount of one currency, always at the currency's own scale.
///
/// On the wire it is `{"amount":"45.00","currency":"EUR"}` with exactly the
/// currency's minor digits; anything else is refused. The fields are private:
/// an amount is only ever read together with its currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Money {
    /// A decimal with exactly the currency's minor digits.
    #[serde(serialize_with = "as_text")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, examples("45.00", "-3.250", "1200")))]
    amount: Decimal,
    currency: Currency,
}

/// Why two amounts could not be reckoned with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// The two amounts are of different currencies, which have no sum.
    Currencies(Currency, Currency),
    /// The result does not fit 64 bits of minor units.
    TooLarge,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Currencies(a, b) => write!(f, "{a} and {b} cannot be added up"),
            Self::TooLarge => f.write_str("the amount is too large"),
        }
    }
}

impl std::error::Error for MoneyError {}

/// Why a text is not an amount of a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadMoney {
    /// Not digits with at most one decimal point and at most a leading minus sign.
    NotANumber,
    /// Not exactly as many digits after the point as the currency has.
    Digits {
        /// The currency's minor digits.
        wanted: u32,
        /// The digits that were there.
        found: u32,
    },
    /// More than 64 bits of minor units can hold.
    TooLarge,
    /// The currency is none of ISO 4217.
    Currency(UnknownCurrency),
}

impl fmt::Display for BadMoney {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => {
                f.write_str("an amount is digits with a decimal point, as in 45.00")
            }
            Self::Digits { wanted, found } => {
                write!(
                    f,
                    "the amount has {found} digits after the point, its currency {wanted}"
                )
            }
            Self::TooLarge => f.write_str("the amount is too large"),
            Self::Currency(unknown) => unknown.fmt(f),
        }
    }
}

impl std::error::Error for BadMoney {}

impl Money {
    /// No money, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self::from_minor(0, currency)
    }

    /// From the currency's smallest units: 4500 of EUR is 45.00.
    pub fn from_minor(minor: i64, currency: Currency) -> Self {
        Self {
            amount: Decimal::new(minor, currency.minor_digits()),
            currency,
        }
    }

    /// In the currency's smallest units.
    pub fn minor(&self) -> i64 {
        // Both constructors keep the mantissa within 64 bits.
        i64::try_from(self.amount.mantissa()).unwrap_or(if self.is_negative() {
            i64::MIN
        } else {
            i64::MAX
        })
    }

    /// Takes plain decimal text with exactly the currency's minor digits.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, BadMoney> {
        let (sign, whole, fraction) = plain_parts(amount).ok_or(BadMoney::NotANumber)?;
        let wanted = currency.minor_digits();
        let found = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
        if wanted != found {
            return Err(BadMoney::Digits { wanted, found });
        }
        let minor: i64 = format!("{sign}{whole}{fraction}")
            .parse()
            .map_err(|_| BadMoney::TooLarge)?;
        Ok(Self::from_minor(minor, currency))
    }

    /// The currency.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The amount as plain decimal text, for the browser's `Intl.NumberFormat`:
    /// as a JavaScript number it would lose cents.
    pub fn amount_text(&self) -> String {
        self.amount.to_string()
    }

    /// Whether there is nothing.
    pub fn is_zero(&self) -> bool {
        self.amount.is_zero()
    }

    /// Whether it is less than nothing.
    pub fn is_negative(&self) -> bool {
        self.amount.is_sign_negative() && !self.amount.is_zero()
    }

    /// Whether it is more than nothing.
    pub fn is_positive(&self) -> bool {
        !self.is_negative() && !self.is_zero()
    }

    /// The sum, within one currency.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor = self
            .minor()
            .checked_add(other.minor())
            .ok_or(MoneyError::TooLarge)?;
        Ok(Self::from_minor(minor, self.currency))
    }

    /// The difference, within one currency.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.checked_add(other.negated()?)
    }

    /// The same amount with the other sign.
    pub fn negated(self) -> Result<Self, MoneyError> {
        let minor = self.minor().checked_neg().ok_or(MoneyError::TooLarge)?;
        Ok(Self::from_minor(minor, self.currency))
    }

    /// Which of two amounts of one currency is larger.
    pub fn compare(self, other: Self) -> Result<Ordering, MoneyError> {
        self.same_currency(other)?;
        Ok(self.amount.cmp(&other.amount))
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::Currencies(self.currency, other.currency))
        }
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

/// The sign, the whole and the fraction of plain decimal text: digits with at most one decimal
/// point and at most a leading minus sign. `None` where it is anything else.
pub(crate) fn plain_parts(text: &str) -> Option<(&'static str, &str, &str)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let dangling = digits.ends_with('.');
    if whole.is_empty() || dangling || !plain(whole) || !plain(fraction) {
        return None;
    }
    let sign = if digits.len() < text.len() { "-" } else { "" };
    Some((sign, whole, fraction))
}

pub(crate) fn as_text<S: serde::Serializer>(
    amount: &Decimal,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(amount)
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Wire {
            amount: String,
            currency: Currency,
        }
        let wire = Wire::deserialize(deserializer)?;
        Self::parse(&wire.amount, wire.currency).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    #[test]
    fn an_amount_has_exactly_its_currencys_digits() {
        for (text, code, minor) in [
            ("45.00", "EUR", 4500),
            ("-0.05", "EUR", -5),
            ("1200", "JPY", 1200),
            ("1.250", "KWD", 1250),
        ] {
            let money = Money::parse(text, currency(code)).unwrap();
            assert_eq!((money.minor(), money.amount_text().as_str()), (minor, text));
        }
        for (text, code) in [
            ("45", "EUR"),
            ("45.0", "EUR"),
            ("45.000", "EUR"),
            ("1.5", "JPY"),
        ] {
            let refused = Money::parse(text, currency(code));
            assert!(
                matches!(refused, Err(BadMoney::Digits { .. })),
                "{text} {code}"
            );
        }
        for text in [
            "", "-", ".50", "1,00", "1e2", "+1.00", "--1.00", "1.0.0", " 1.00", "5.",
        ] {
            assert!(Money::parse(text, currency("EUR")).is_err(), "{text}");
        }
    }

    #[test]
    fn different_currencies_have_no_sum_and_no_order() {
        let euro = Money::from_minor(100, currency("EUR"));
        let yen = Money::from_minor(100, currency("JPY"));
        let refused = MoneyError::Currencies(currency("EUR"), currency("JPY"));
        assert_eq!(euro.checked_add(yen), Err(refused));
        assert_eq!(euro.compare(yen), Err(refused));
    }

    #[test]
    fn a_sum_that_does_not_fit_is_an_error() {
        let most = Money::from_minor(i64::MAX, currency("EUR"));
        assert_eq!(most.checked_add(most), Err(MoneyError::TooLarge));
        assert_eq!(
            Money::from_minor(i64::MIN, currency("EUR")).negated(),
            Err(MoneyError::TooLarge)
        );
    }

    #[test]
    fn nothing_is_neither_positive_nor_negative() {
        let nothing = Money::parse("-0.00", currency("EUR")).unwrap();
        assert!(nothing.is_zero() && !nothing.is_negative() && !nothing.is_positive());
        assert_eq!(nothing.amount_text(), "0.00");
    }

    #[test]
    fn a_json_number_is_refused() {
        assert!(serde_json::from_str::<Money>(r#"{"amount":45.00,"currency":"EUR"}"#).is_err());
    }

    proptest! {
        #[test]
        fn every_amount_survives_the_wire(minor: i64, code in prop::sample::select(vec!["EUR", "JPY", "KWD"])) {
            let money = Money::from_minor(minor, currency(code));
            let wire = serde_json::to_string(&money).unwrap();
            prop_assert_eq!(serde_json::from_str::<Money>(&wire).unwrap(), money);
            prop_assert_eq!(money.minor(), minor);
        }
    }
}
