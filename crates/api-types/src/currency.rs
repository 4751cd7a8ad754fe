//! ISO 4217 currencies and how many minor digits each has.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::described::described;

/// A currency of ISO 4217 that is money someone can be charged in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

described!(
    Currency,
    crate::schema::one_of([0, 2, 3].into_iter().flat_map(Currency::codes)).description(Some(
        "A currency of ISO 4217 that is money someone can be charged in.",
    ))
);

/// A text that is no currency code of ISO 4217.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCurrency(pub String);

impl fmt::Display for UnknownCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not an ISO 4217 currency code such as EUR",
            self.0
        )
    }
}

impl std::error::Error for UnknownCurrency {}

/// ISO 4217 list one, by minor digits (the standard's column "Minor unit").
const NO_DIGITS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
const TWO_DIGITS: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD \
    BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP \
    GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP \
    LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD \
    PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC \
    SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";
const THREE_DIGITS: &str = "BHD IQD JOD KWD LYD OMR TND";

fn is_listed(list: &str, code: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == code)
}

impl Currency {
    /// Reads a currency from its three-letter code in capitals, as in `EUR`.
    ///
    /// # Errors
    /// [`UnknownCurrency`] if the text is not the ISO 4217 code of a currency that someone can be
    /// charged in.
    pub fn parse(code: &str) -> Result<Self, UnknownCurrency> {
        let unknown = || UnknownCurrency(code.to_owned());
        let bytes: [u8; 3] = code.as_bytes().try_into().map_err(|_| unknown())?;
        if [NO_DIGITS, TWO_DIGITS, THREE_DIGITS]
            .iter()
            .any(|list| is_listed(list, code))
        {
            Ok(Self(bytes))
        } else {
            Err(unknown())
        }
    }

    /// The codes of every currency with so many minor digits.
    pub fn codes(minor_digits: u32) -> impl Iterator<Item = &'static str> {
        let list = match minor_digits {
            0 => NO_DIGITS,
            2 => TWO_DIGITS,
            3 => THREE_DIGITS,
            _ => "",
        };
        list.split_ascii_whitespace()
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        // Only ASCII letters are ever taken in, so this always reads.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many digits stand after the decimal point: 0, 2 or 3.
    pub fn minor_digits(&self) -> u32 {
        if is_listed(NO_DIGITS, self.code()) {
            0
        } else if is_listed(THREE_DIGITS, self.code()) {
            3
        } else {
            2
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::str::FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        Self::parse(code)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::parse(&code).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_currency_has_its_own_minor_digits() {
        for (code, digits) in [("EUR", 2), ("JPY", 0), ("KWD", 3), ("HUF", 2), ("XOF", 0)] {
            assert_eq!(
                Currency::parse(code).map(|c| c.minor_digits()),
                Ok(digits),
                "{code}"
            );
        }
    }

    #[test]
    fn what_is_not_a_currency_is_refused() {
        for code in ["", "eur", "EU", "EURO", "XXX", "XAU", "ÉÉ"] {
            assert_eq!(Currency::parse(code), Err(UnknownCurrency(code.to_owned())));
        }
    }
}
