//! The price of one unit, which may be finer than any amount of its currency.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};

use crate::money::{as_text, plain_parts};
use crate::{Currency, Money, UnknownCurrency};

/// A price of one unit, with the digits that the provider wrote: at least those of its currency
/// and at most [`UnitPrice::MOST_DIGITS`] after the decimal point.
///
/// On the wire it is `{"amount":"0.1648","currency":"EUR"}`. It is no amount of money: nobody
/// pays it, and it is never added up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitPrice {
    /// A decimal with the currency's minor digits, or up to six.
    #[serde(serialize_with = "as_text")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, examples("45.00", "0.1648")))]
    amount: Decimal,
    currency: Currency,
}

/// Why a text is no unit price of a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadUnitPrice {
    /// Not digits with at most one decimal point and at most a leading minus sign.
    NotANumber,
    /// Fewer digits after the point than the currency has, or more than six.
    Digits {
        /// The currency's minor digits.
        least: u32,
        /// The digits that were there.
        found: u32,
    },
    /// More than 64 bits hold.
    TooLarge,
    /// The currency is none of ISO 4217.
    Currency(UnknownCurrency),
}

impl fmt::Display for BadUnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => f.write_str("a price is digits with a decimal point, as in 0.1648"),
            Self::Digits { least, found } => write!(
                f,
                "a unit price has {least} to {} digits after the point, and this one has {found}",
                UnitPrice::MOST_DIGITS
            ),
            Self::TooLarge => f.write_str("the price is too large"),
            Self::Currency(unknown) => unknown.fmt(f),
        }
    }
}

impl std::error::Error for BadUnitPrice {}

/// Why an amount is not what a quantity costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongNet {
    /// It costs this, as plain decimal text before any rounding.
    Costs(String),
    /// The quantity is no number, or the product does not fit.
    TooLarge,
}

impl UnitPrice {
    /// The most digits after the decimal point.
    pub const MOST_DIGITS: u32 = 6;

    /// Takes plain decimal text.
    ///
    /// # Errors
    ///
    /// [`BadUnitPrice`] where it is no such text or has too few or too many digits.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, BadUnitPrice> {
        let (sign, whole, fraction) = plain_parts(amount).ok_or(BadUnitPrice::NotANumber)?;
        let least = currency.minor_digits();
        let found = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
        if found < least || found > Self::MOST_DIGITS.max(least) {
            return Err(BadUnitPrice::Digits { least, found });
        }
        let units: i64 = format!("{sign}{whole}{fraction}")
            .parse()
            .map_err(|_| BadUnitPrice::TooLarge)?;
        Ok(Self {
            amount: Decimal::new(units, found),
            currency,
        })
    }

    /// The currency.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The price as plain decimal text, with every digit that it came with.
    pub fn amount_text(&self) -> String {
        self.amount.to_string()
    }

    /// How many digits it has after the decimal point.
    pub fn digits(&self) -> u32 {
        self.amount.scale()
    }

    /// Holds the net amount of a line against quantity and price: it may be rounded up or down
    /// to the currency, so it lies less than one minor unit from the product.
    ///
    /// # Errors
    ///
    /// [`WrongNet`] where it lies further away, or where there is no product.
    pub fn check_net(&self, quantity: &str, net: Money) -> Result<(), WrongNet> {
        let product = decimal(quantity).and_then(|quantity| quantity.checked_mul(self.amount));
        let product = product.ok_or(WrongNet::TooLarge)?;
        let digits = self.currency.minor_digits();
        let net = Decimal::new(net.minor(), digits);
        let apart = product.checked_sub(net).ok_or(WrongNet::TooLarge)?.abs();
        if apart < Decimal::new(1, digits) {
            Ok(())
        } else {
            Err(WrongNet::Costs(product.normalize().to_string()))
        }
    }
}

/// A plain decimal number; `None` where it is none or has too many digits.
fn decimal(text: &str) -> Option<Decimal> {
    let (sign, whole, fraction) = plain_parts(text)?;
    let units: i128 = format!("{sign}{whole}{fraction}").parse().ok()?;
    let digits = u32::try_from(fraction.len()).ok()?;
    Decimal::try_from_i128_with_scale(units, digits).ok()
}

impl From<Money> for UnitPrice {
    fn from(money: Money) -> Self {
        let currency = money.currency();
        Self {
            amount: Decimal::new(money.minor(), currency.minor_digits()),
            currency,
        }
    }
}

impl fmt::Debug for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

impl<'de> Deserialize<'de> for UnitPrice {
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

    fn price(text: &str, code: &str) -> Result<UnitPrice, BadUnitPrice> {
        UnitPrice::parse(text, Currency::parse(code).unwrap())
    }

    fn money(text: &str, code: &str) -> Money {
        Money::parse(text, Currency::parse(code).unwrap()).unwrap()
    }

    #[test]
    fn a_price_keeps_the_digits_that_it_came_with() {
        for (text, code) in [
            ("130.00", "EUR"),
            ("0.1648", "EUR"),
            ("0.164800", "EUR"),
            ("-0.000001", "EUR"),
            ("1200", "JPY"),
            ("0.5", "JPY"),
            ("1.2500", "KWD"),
        ] {
            let price = price(text, code).unwrap();
            assert_eq!(price.amount_text(), text);
            let wire = serde_json::to_string(&price).unwrap();
            assert_eq!(
                wire,
                format!(r#"{{"amount":"{text}","currency":"{code}"}}"#)
            );
            assert_eq!(serde_json::from_str::<UnitPrice>(&wire).unwrap(), price);
        }
    }

    #[test]
    fn a_price_has_at_least_the_currencys_digits_and_at_most_six() {
        for (text, code) in [("1.5", "EUR"), ("0.1234567", "EUR"), ("1.00", "KWD")] {
            let refused = price(text, code);
            assert!(
                matches!(refused, Err(BadUnitPrice::Digits { .. })),
                "{text}"
            );
        }
        for text in ["", "1,5000", "1e2", ".5000", "1."] {
            assert_eq!(price(text, "EUR"), Err(BadUnitPrice::NotANumber), "{text}");
        }
        assert_eq!(
            price("99999999999999.000000", "EUR"),
            Err(BadUnitPrice::TooLarge)
        );
    }

    #[test]
    fn a_net_is_the_product_rounded_up_or_down() {
        for (quantity, of, net, code) in [
            ("100", "0.1648", "16.48", "EUR"),
            ("3", "0.3333", "0.99", "EUR"),
            ("3", "0.3333", "1.00", "EUR"),
            ("-1", "45.00", "-45.00", "EUR"),
            ("0.333", "1200", "399", "JPY"),
            ("0.333", "1200", "400", "JPY"),
        ] {
            let checked = price(of, code)
                .unwrap()
                .check_net(quantity, money(net, code));
            assert_eq!(checked, Ok(()), "{quantity} times {of}");
        }
        let of = price("0.1648", "EUR").unwrap();
        for net in ["16.47", "16.49", "-16.48"] {
            let wrong = WrongNet::Costs("16.48".to_owned());
            assert_eq!(of.check_net("100", money(net, "EUR")), Err(wrong), "{net}");
        }
        let long = "9".repeat(20);
        let most = price("9000000000000.000000", "EUR").unwrap();
        let checked = most.check_net(&long, money("1.00", "EUR"));
        assert_eq!(checked, Err(WrongNet::TooLarge));
    }
}
