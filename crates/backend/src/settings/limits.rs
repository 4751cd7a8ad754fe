//! What the portal allows of checkouts, whatever the way to pay: as it is written in the
//! settings, and what of it cannot be meant.

use std::collections::BTreeMap;

use api_types::{Currency, Money};

use super::amounts::{self, Amounts};

/// The most that one payment may come to where the settings name no other amount, in minor
/// units of any currency: 10,000,000.00 EUR, 1,000,000,000 JPY, 1,000,000.000 KWD.
///
/// It is a bound against mistyped amounts and not against real ones. A currency without digits
/// after the point has small units, so the same number of minor units suits each.
const MOST_MINOR: i64 = 1_000_000_000;

/// How many checkouts a customer may have open at once where the settings name no other number.
const MOST_OPEN: u16 = 5;

/// What the portal allows of checkouts, whatever the way to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutLimits {
    /// The most that one payment may come to, with the surcharge, in single currencies.
    pub most: BTreeMap<Currency, Money>,
    /// How many checkouts a customer may have open at once.
    pub most_open: u16,
}

impl Default for CheckoutLimits {
    fn default() -> Self {
        Self {
            most: BTreeMap::new(),
            most_open: MOST_OPEN,
        }
    }
}

impl CheckoutLimits {
    /// The most that one payment in a currency may come to, with the surcharge.
    pub fn most_in(&self, currency: Currency) -> Money {
        let own = self.most.get(&currency).copied();
        own.unwrap_or(Money::from_minor(MOST_MINOR, currency))
    }
}

/// Reads the limits. What cannot be meant is noted.
pub(super) fn read(
    most: Amounts,
    most_open: u16,
    currencies: &[Currency],
    problems: &mut Vec<String>,
) -> CheckoutLimits {
    let most = amounts::read("checkout.most", "the most at once", most, problems);
    for currency in most.keys().filter(|code| !currencies.contains(code)) {
        problems.push(format!(
            "checkout.most.{currency}: is for a currency which portal.currencies does not name"
        ));
    }
    if most_open == 0 {
        problems.push(
            "checkout.most_open: is 0, so nothing could be paid; switch paying off by features.pay"
                .to_owned(),
        );
    }
    CheckoutLimits { most, most_open }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    fn amounts(of: &[(&str, &str)]) -> Amounts {
        let each = of.iter();
        each.map(|(code, amount)| ((*code).to_owned(), (*amount).to_owned()))
            .collect()
    }

    #[test]
    fn a_currency_has_the_amount_that_is_written_or_one_by_its_digits() {
        let mut problems = Vec::new();
        let of = [currency("EUR"), currency("JPY"), currency("KWD")];
        let limits = read(amounts(&[("EUR", "500.00")]), 3, &of, &mut problems);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(limits.most_open, 3);
        for (code, most) in [
            ("EUR", "500.00"),
            ("JPY", "1000000000"),
            ("KWD", "1000000.000"),
        ] {
            let found = limits.most_in(currency(code));
            assert_eq!((found.amount_text().as_str(), code), (most, code));
        }
        assert_eq!(CheckoutLimits::default().most_open, 5);
    }

    #[test]
    fn what_cannot_be_meant_is_said() {
        for (most, open, says) in [
            (amounts(&[("EUR", "500")]), 5, "checkout.most.EUR"),
            (amounts(&[("EUR", "0.00")]), 5, "more than nothing"),
            (amounts(&[("JPY", "500")]), 5, "which portal.currencies"),
            (
                amounts(&[("EUR", "10000000000000.01")]),
                5,
                "at most 10000000000000.00 EUR",
            ),
            (amounts(&[]), 0, "most_open: is 0"),
        ] {
            let mut problems = Vec::new();
            read(most, open, &[currency("EUR")], &mut problems);
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(problems[0].contains(says), "{problems:?}");
        }
    }
}
