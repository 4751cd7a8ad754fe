//! Exact amounts of one currency. No floats, and no sum across currencies.

#[cfg(feature = "openapi")]
mod schema;

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{Currency, UnknownCurrency};

/// An exact, signed amount of one currency, always at the currency's own scale.
///
/// On the wire it is `{"amount":"45.00","currency":"EUR"}` with exactly the
/// currency's minor digits and at most 10^18 minor units, either way; anything else is refused.
/// The fields are private: an amount is only ever read together with its currency.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Money {
    /// A decimal with exactly the currency's minor digits.
    #[serde(serialize_with = "as_text")]
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
    /// More than this, either way.
    TooLarge {
        /// The most that it may be.
        most: Money,
    },
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
            Self::TooLarge { most } => {
                write!(f, "the amount is too large; it may be at most {most:?}")
            }
            Self::Currency(unknown) => unknown.fmt(f),
        }
    }
}

impl std::error::Error for BadMoney {}

impl Money {
    /// The most that one amount may be, either way, in minor units of any currency: of an
    /// invoice, a payment, a fee, a running balance.
    ///
    /// It is ten trillion euros or a quadrillion yen, so it leaves room for every real amount in
    /// the weakest of currencies, and 9,223 such amounts still add up within 64 bits.
    pub const MOST_MINOR: i64 = 1_000_000_000_000_000;

    /// The most that a sum of amounts may be, either way, in minor units: a thousand of the
    /// largest amounts. Sums travel as single amounts do, so this is what the wire takes.
    pub const MOST_SUM_MINOR: i64 = 1_000 * Self::MOST_MINOR;

    /// The most that one amount of a currency may be; see [`Money::MOST_MINOR`].
    pub fn most(currency: Currency) -> Self {
        Self::from_minor(Self::MOST_MINOR, currency)
    }

    /// Whether it may be kept as one amount; see [`Money::MOST_MINOR`].
    pub fn is_within_bounds(&self) -> bool {
        self.minor().unsigned_abs() <= Self::MOST_MINOR.unsigned_abs()
    }

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

    /// Takes one amount: plain decimal text with exactly the currency's minor digits.
    ///
    /// # Errors
    ///
    /// [`BadMoney`] says what is wrong with the text. More than [`Money::most`], either way, is
    /// [`BadMoney::TooLarge`].
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, BadMoney> {
        Self::parse_within(amount, currency, Self::MOST_MINOR)
    }

    /// Takes what may be a sum of amounts, in the same text.
    ///
    /// # Errors
    ///
    /// As [`Money::parse`], with [`Money::MOST_SUM_MINOR`] as the bound.
    pub fn parse_sum(amount: &str, currency: Currency) -> Result<Self, BadMoney> {
        Self::parse_within(amount, currency, Self::MOST_SUM_MINOR)
    }

    fn parse_within(amount: &str, currency: Currency, most: i64) -> Result<Self, BadMoney> {
        let (sign, whole, fraction) = plain_parts(amount).ok_or(BadMoney::NotANumber)?;
        let wanted = currency.minor_digits();
        let found = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
        if wanted != found {
            return Err(BadMoney::Digits { wanted, found });
        }
        // Only digits stand there, so what does not parse is too long for 64 bits.
        let minor: Option<i64> = format!("{sign}{whole}{fraction}").parse().ok();
        let fits = minor.filter(|minor| minor.unsigned_abs() <= most.unsigned_abs());
        fits.map(|minor| Self::from_minor(minor, currency))
            .ok_or(BadMoney::TooLarge {
                most: Self::from_minor(most, currency),
            })
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

    /// Adds two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::Currencies`] if their currencies differ, [`MoneyError::TooLarge`] if the sum
    /// does not fit 64 bits of minor units.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor = self
            .minor()
            .checked_add(other.minor())
            .ok_or(MoneyError::TooLarge)?;
        Ok(Self::from_minor(minor, self.currency))
    }

    /// Subtracts an amount of the same currency.
    ///
    /// # Errors
    /// [`MoneyError::Currencies`] if their currencies differ, [`MoneyError::TooLarge`] if the
    /// difference, or the other amount with its sign changed, does not fit 64 bits of minor units.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.checked_add(other.negated()?)
    }

    /// Changes the sign of the amount.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] if the result does not fit 64 bits of minor units.
    pub fn negated(self) -> Result<Self, MoneyError> {
        let minor = self.minor().checked_neg().ok_or(MoneyError::TooLarge)?;
        Ok(Self::from_minor(minor, self.currency))
    }

    /// Compares two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::Currencies`] if their currencies differ.
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
        Self::parse_sum(&wire.amount, wire.currency).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
