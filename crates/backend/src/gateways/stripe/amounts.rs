//! Stripe's amounts: whole numbers of its own smallest units, which are not always ISO 4217's.
//!
//! Source: <https://docs.stripe.com/currencies>, read in 2026.

use api_types::{Currency, Money};

use crate::gateways::AmountLimits;

/// What Stripe charges in by the whole unit, for all that ISO 4217 has smaller ones.
const WHOLE_ONLY: &[&str] = &["MGA"];
/// What Stripe counts in hundredths, for all that only whole units exist.
const IN_HUNDREDTHS: &[&str] = &["ISK"];
/// What is never offered, because Stripe does not take it, or its pages contradict each other about
/// its unit: UGX stands in its list of currencies without decimals, and among those that are
/// written with two.
const NOT_TAKEN: &[&str] = &[
    "CUP", "ERN", "GHS", "IQD", "IRR", "KPW", "LYD", "MRU", "SDG", "SSP", "SVC", "SYP", "TMT",
    "UGX", "VED", "VES", "ZWG", "BTN",
];
/// The least that can be charged, in Stripe's units. Where it is not published, Stripe itself
/// refuses what is too little.
const LEAST: &[(&str, i64)] = &[
    ("AED", 200),
    ("AUD", 50),
    ("BRL", 50),
    ("CAD", 50),
    ("CHF", 50),
    ("CZK", 1500),
    ("DKK", 250),
    ("EUR", 50),
    ("GBP", 30),
    ("HKD", 400),
    ("HUF", 17_500),
    ("INR", 50),
    ("JPY", 50),
    ("MXN", 1000),
    ("MYR", 200),
    ("NOK", 300),
    ("NZD", 50),
    ("PLN", 200),
    ("RON", 200),
    ("SEK", 300),
    ("SGD", 50),
    ("THB", 1000),
    ("USD", 50),
];
/// The most that can be charged, in Stripe's units: eight digits.
const MOST: i64 = 99_999_999;

/// How many decimals an amount has in Stripe's units.
fn digits(currency: Currency) -> u32 {
    match currency.code() {
        code if WHOLE_ONLY.contains(&code) => 0,
        code if IN_HUNDREDTHS.contains(&code) => 2,
        _ => currency.minor_digits(),
    }
}

/// How many of Stripe's units, and of ours, are the same money.
fn ratio(currency: Currency) -> (i64, i64) {
    let (theirs, ours) = (digits(currency), currency.minor_digits());
    (
        10_i64.pow(theirs.saturating_sub(ours)),
        10_i64.pow(ours.saturating_sub(theirs)),
    )
}

/// What every amount has to be a multiple of, in our units.
fn step(currency: Currency) -> i64 {
    let (_, ours) = ratio(currency);
    // Of three decimals the last one has to be nought.
    if currency.minor_digits() == 3 {
        10
    } else {
        ours
    }
}

/// An amount in Stripe's units; `None` if Stripe has none that is exactly it.
pub(super) fn to_stripe(amount: Money) -> Option<i64> {
    let (theirs, ours) = ratio(amount.currency());
    let minor = amount.minor();
    (minor % step(amount.currency()) == 0)
        .then_some(minor / ours)?
        .checked_mul(theirs)
}

/// An amount of Stripe's in a currency by its code in small letters; `None` if it is none that can
/// be kept here.
pub(super) fn from_stripe(units: i64, code: &str) -> Option<Money> {
    let currency = Currency::parse(&code.to_ascii_uppercase()).ok()?;
    let (theirs, ours) = ratio(currency);
    let whole = (units % theirs == 0).then_some(units / theirs)?;
    Some(Money::from_minor(whole.checked_mul(ours)?, currency))
}

/// Which amounts of a currency can be charged.
pub(super) fn limits(currency: Currency) -> Option<AmountLimits> {
    let code = currency.code();
    if NOT_TAKEN.contains(&code) {
        return None;
    }
    let (theirs, ours) = ratio(currency);
    let money = |units: i64| Money::from_minor((units / theirs).saturating_mul(ours), currency);
    let least = LEAST.iter().find(|(known, _)| *known == code);
    let step = step(currency);
    Some(AmountLimits {
        least: least.map(|(_, units)| money(*units)),
        most: Some(money(MOST - MOST % step)),
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
        let all = [0, 2, 3].into_iter().flat_map(Currency::codes);
        let mut seen = 0;
        for code in all {
            let currency = Currency::parse(code).unwrap();
            let Some(limits) = limits(currency) else {
                continue;
            };
            seen += 1;
            let step = limits.step.map_or(1, |step| step.minor());
            for minor in [step, 7 * step, 1_234 * step] {
                let amount = Money::from_minor(minor, currency);
                let units = to_stripe(amount).unwrap();
                let small = code.to_ascii_lowercase();
                assert_eq!(from_stripe(units, &small), Some(amount), "{code} {minor}");
            }
            assert!(to_stripe(limits.most.unwrap()).unwrap() <= MOST, "{code}");
        }
        assert!(seen > 135, "{seen}");
    }

    #[test]
    fn the_units_are_stripes_own() {
        for (text, code, units) in [
            ("10.00", "USD", Some(1000)),
            ("0.01", "EUR", Some(1)),
            ("500", "JPY", Some(500)),
            ("5", "ISK", Some(500)),
            ("10.45", "HUF", Some(1045)),
            ("800.45", "TWD", Some(80_045)),
            ("5.120", "KWD", Some(5120)),
            ("3.00", "MGA", Some(3)),
            ("3.50", "MGA", None),
            ("1200", "XOF", Some(1200)),
        ] {
            assert_eq!(to_stripe(money(text, code)), units, "{text} {code}");
        }
        // Hundredths of a króna do not exist.
        assert_eq!(from_stripe(550, "isk"), None);
        assert_eq!(from_stripe(1000, "xyz"), None);
    }

    #[test]
    fn what_can_be_charged_is_bounded() {
        let limits = |code| limits(Currency::parse(code).unwrap());
        let euro = limits("EUR").unwrap();
        assert_eq!(euro.least, Some(money("0.50", "EUR")));
        assert_eq!(euro.most, Some(money("999999.99", "EUR")));
        assert_eq!(euro.step, None);
        let dinar = limits("KWD").unwrap();
        assert_eq!(dinar.step, Some(money("0.010", "KWD")));
        assert_eq!(dinar.most, Some(money("99999.990", "KWD")));
        assert_eq!(limits("MGA").unwrap().step, Some(money("1.00", "MGA")));
        assert_eq!(limits("ISK").unwrap().most, Some(money("999999", "ISK")));
        assert_eq!(limits("UGX"), None);
    }
}
