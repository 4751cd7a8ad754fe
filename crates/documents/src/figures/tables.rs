//! The tables that amounts are written by: ICU4X's own, with two things put right.
//!
//! - CLDR gives some currencies fewer digits than ISO 4217 does (`HUF`, `IDR`), for
//!   shop prices. An account is kept to the last minor unit, so what stands in the
//!   document has all of them.
//! - A locale that writes a currency by its code says so in CLDR by giving the code
//!   as its symbol. ICU4X leaves such entries out of its tables and then finds the
//!   root's symbol, so that German would write `₱` where browsers write `PHP`.
//!   `written_by_code.txt` names these currencies, by language tag; a tag that is
//!   not there goes by its shorter ones. `figures/tests.rs` tells when ICU4X has
//!   mended it and the list can go.

use api_types::Currency;
use icu_decimal::provider::{DecimalDigitsV1, DecimalSymbolsV1};

use icu_experimental::dimension::provider::currency::essentials::CurrencyEssentialsV1;
use icu_experimental::dimension::provider::currency::fractions::{
    CurrencyFractions, CurrencyFractionsV1, FractionInfo,
};
use icu_experimental::dimension::provider::currency::no_currency::CurrencyPatternsNoCurrencyV1;
use icu_experimental::dimension::provider::currency::symbols::{
    CurrencyDecimalSymbolsV1, CurrencySymbolsV1,
};
use icu_locale_core::Locale;
use icu_provider::prelude::{
    DataError, DataErrorKind, DataPayload, DataProvider, DataRequest, DataResponse,
};
use zerovec::ZeroMap;

const WRITTEN_BY_CODE: &str = include_str!("written_by_code.txt");

/// The tables for one currency in one locale, with so many digits after the decimal point.
pub(super) struct Tables {
    digits: u8,
    by_code: bool,
}

impl Tables {
    pub(super) fn new(locale: &Locale, currency: Currency, digits: u32) -> Self {
        Self {
            digits: u8::try_from(digits).unwrap_or(2),
            by_code: written_by_code(&locale.id.to_string(), currency),
        }
    }
}

/// Whether the locale writes the currency's code where others have a symbol.
fn written_by_code(tag: &str, currency: Currency) -> bool {
    let mut tag = tag;
    loop {
        let line = WRITTEN_BY_CODE.lines().find_map(|line| {
            let (of, codes) = line.split_once(' ').unwrap_or((line, ""));
            of.eq_ignore_ascii_case(tag).then_some(codes)
        });
        if let Some(codes) = line {
            return codes.split(' ').any(|code| code == currency.code());
        }
        match tag.rsplit_once('-') {
            Some((shorter, _)) => tag = shorter,
            None => return false,
        }
    }
}

impl DataProvider<CurrencyFractionsV1> for Tables {
    fn load(&self, _: DataRequest<'_>) -> Result<DataResponse<CurrencyFractionsV1>, DataError> {
        let default = FractionInfo {
            digits: self.digits,
            ..FractionInfo::default()
        };
        let fractions = ZeroMap::new();
        Ok(DataResponse {
            metadata: Default::default(),
            payload: DataPayload::from_owned(CurrencyFractions { fractions, default }),
        })
    }
}

impl DataProvider<CurrencySymbolsV1> for Tables {
    fn load(&self, request: DataRequest<'_>) -> Result<DataResponse<CurrencySymbolsV1>, DataError> {
        if self.by_code {
            return Err(DataErrorKind::IdentifierNotFound.into_error());
        }
        icu_experimental::provider::Baked.load(quietly(request))
    }
}

/// Asks without logging, because it is no fault that a currency has no symbol of its own.
fn quietly(mut request: DataRequest<'_>) -> DataRequest<'_> {
    request.metadata.silent = true;
    request
}

macro_rules! as_they_come {
    ($from:path: $($marker:ty),*) => {
        $(impl DataProvider<$marker> for Tables {
            fn load(&self, request: DataRequest<'_>) -> Result<DataResponse<$marker>, DataError> {
                $from.load(request)
            }
        })*
    };
}

as_they_come!(icu_experimental::provider::Baked:
    CurrencyEssentialsV1, CurrencyPatternsNoCurrencyV1, CurrencyDecimalSymbolsV1);
as_they_come!(icu_decimal::provider::Baked: DecimalSymbolsV1, DecimalDigitsV1);
