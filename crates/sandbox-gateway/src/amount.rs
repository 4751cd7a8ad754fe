//! Amounts of money: exact minor units, decimal text on the wire and in the snapshot. No floats.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// ISO 4217 currencies without decimals.
const WHOLE: [&str; 17] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF",
];

/// ISO 4217 currencies with three decimals.
const THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// How many decimals amounts in the currency have; `None` if it is not a currency code.
pub fn decimals_of(currency: &str) -> Option<u8> {
    if currency.len() != 3 || !currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return None;
    }
    Some(match currency {
        code if WHOLE.contains(&code) => 0,
        code if THOUSANDTHS.contains(&code) => 3,
        _ => 2,
    })
}

/// An amount without its currency, e.g. `45.00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    minor: u64,
    decimals: u8,
}

impl Amount {
    /// Reads decimal text; the number of decimals is taken from it.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = match text.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (text, ""),
        };
        let digits_only = |part: &str| part.bytes().all(|digit| digit.is_ascii_digit());
        let padded = whole.len() > 1 && whole.starts_with('0');
        if whole.is_empty() || padded || !digits_only(whole) || !digits_only(fraction) {
            return None;
        }
        let decimals = u8::try_from(fraction.len())
            .ok()
            .filter(|&count| count <= 4)?;
        let minor = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { minor, decimals })
    }

    /// The number of decimals it is written with.
    pub fn decimals(self) -> u8 {
        self.decimals
    }

    /// Whether it is nothing at all.
    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The amount that arrives when less arrives than was asked for: a tenth less, but at least one
    /// minor unit less.
    pub fn short(self) -> Self {
        let missing = (self.minor / 10).max(1);
        Self {
            minor: self.minor.saturating_sub(missing),
            ..self
        }
    }

    /// The amount that arrives when more arrives than was asked for: a tenth more, but at least one
    /// minor unit more.
    pub fn over(self) -> Self {
        let more = (self.minor / 10).max(1);
        Self {
            minor: self.minor.saturating_add(more),
            ..self
        }
    }

    /// Subtracts an amount. `None` if the result would be less than zero, or the two have different
    /// numbers of decimals and so are not of one currency.
    pub fn less(self, other: Self) -> Option<Self> {
        let minor = self.minor.checked_sub(other.minor)?;
        (self.decimals == other.decimals).then_some(Self { minor, ..self })
    }
}

/// A currency that was not asked for, with as many decimals.
pub fn other_currency(asked: &str) -> &'static str {
    match decimals_of(asked) {
        Some(0) if asked == "JPY" => "KRW",
        Some(0) => "JPY",
        Some(3) if asked == "KWD" => "BHD",
        Some(3) => "KWD",
        _ if asked == "USD" => "EUR",
        _ => "USD",
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.decimals == 0 {
            return write!(f, "{}", self.minor);
        }
        let one = 10_u64.pow(u32::from(self.decimals));
        let width = usize::from(self.decimals);
        write!(f, "{}.{:0width$}", self.minor / one, self.minor % one)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("not a decimal amount"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_and_write_the_same_text() {
        for text in [
            "45.00",
            "0.01",
            "4500",
            "1.005",
            "0",
            "184467440737095516.15",
        ] {
            assert_eq!(Amount::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn other_text_is_no_amount() {
        let wrong = [
            "", ".", "1.", ".5", "-1", "+1", "1,00", "1e3", "045.00", "00", "1.23456", "٤٥",
        ];
        for text in wrong.into_iter().chain(["18446744073709551616"]) {
            assert_eq!(Amount::parse(text), None, "{text}");
        }
    }

    #[test]
    fn currencies_have_their_own_number_of_decimals() {
        let cases = [
            ("EUR", Some(2)),
            ("JPY", Some(0)),
            ("KWD", Some(3)),
            ("eur", None),
        ];
        for (currency, decimals) in cases.into_iter().chain([("EURO", None), ("", None)]) {
            assert_eq!(decimals_of(currency), decimals, "{currency}");
        }
    }

    #[test]
    fn an_amount_that_is_over_is_always_more() {
        for (asked, arrives) in [("45.00", "49.50"), ("4500", "4950"), ("0.05", "0.06")] {
            assert_eq!(Amount::parse(asked).unwrap().over().to_string(), arrives);
        }
    }

    #[test]
    fn no_more_can_be_taken_off_an_amount_than_it_is() {
        let less = |whole: &str, part: &str| {
            let (whole, part) = (Amount::parse(whole).unwrap(), Amount::parse(part).unwrap());
            whole.less(part).map(|rest| rest.to_string())
        };
        assert_eq!(less("45.00", "44.99").as_deref(), Some("0.01"));
        assert_eq!(less("45.00", "45.00").as_deref(), Some("0.00"));
        assert_eq!(less("45.00", "45.01"), None);
        assert_eq!(less("45.00", "45"), None, "other decimals");
    }

    #[test]
    fn another_currency_has_as_many_decimals() {
        for asked in ["EUR", "USD", "JPY", "KRW", "KWD", "BHD"] {
            let other = other_currency(asked);
            assert_ne!(other, asked);
            assert_eq!(decimals_of(other), decimals_of(asked), "{asked}");
        }
    }

    #[test]
    fn a_short_amount_is_always_less() {
        for (asked, arrives) in [("45.00", "40.50"), ("4500", "4050"), ("0.05", "0.04")] {
            assert_eq!(Amount::parse(asked).unwrap().short().to_string(), arrives);
        }
    }
}
