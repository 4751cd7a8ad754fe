//! The ways to pay, and what each costs: the same reckoning on both sides, so
//! that the total on screen is the total that is asked for.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::word::words;
use crate::{Currency, Detail, MethodId, Money, MoneyError, OptionId};

words! {
    /// What kind of thing a payment method is; it decides the words and the icon.
    MethodKind {
        /// A payment card, entered at the payment provider.
        Card = "card",
        /// A wallet, opened at the payment provider.
        Wallet = "wallet",
        /// A transfer that the customer makes at their own bank; the provider confirms it.
        BankTransfer = "bank_transfer",
    }
}

/// A way to pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentMethod {
    /// Named in [`crate::CreateCheckout`].
    pub id: MethodId,
    /// What kind of thing it is.
    pub kind: MethodKind,
    /// The provider's own name for it, if the kind's word does not do.
    pub label: Option<String>,
    /// The currencies it takes; one alone is locked in the form.
    pub currencies: Vec<Currency>,
    /// What it takes and costs in single currencies; one that is not here has no bounds of its
    /// own and no fixed surcharge.
    #[serde(default)]
    pub terms: Vec<MethodTerms>,
    /// What it costs beyond the fixed surcharge, in percent of the amount as plain decimal
    /// text, as in `1.5`.
    #[serde(default)]
    pub surcharge_percent: Option<String>,
    /// What has to be chosen from, such as the wallets behind one gateway.
    #[serde(default)]
    pub options: Vec<MethodOption>,
    /// Where to send a transfer, in the provider's words; only to be shown.
    #[serde(default)]
    pub instructions: Vec<Detail>,
    /// Within how many days money that is on its way arrives as a rule, where that is known.
    #[serde(default)]
    pub settles_days: Option<u16>,
    /// The host that the window goes to, said before leaving (OWASP ASVS 3.7.3); empty for
    /// a method without a page of its own.
    pub pay_host: String,
}

/// What a method takes and costs in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MethodTerms {
    /// The least amount, without the surcharge.
    pub minimum: Option<Money>,
    /// The most that is asked for in one payment, with the surcharge.
    pub maximum: Option<Money>,
    /// What it costs whatever the amount.
    pub surcharge: Option<Money>,
    /// What every amount has to be a multiple of, where the payment provider does not take the
    /// currency's smallest unit.
    #[serde(default)]
    pub step: Option<Money>,
    /// The currency of all of them.
    pub currency: Currency,
}

/// One of the choices within a method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MethodOption {
    /// Named in [`crate::CreateCheckout`].
    pub id: OptionId,
    /// Its name.
    pub label: String,
}

/// Why a method does not take an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodRefuses {
    /// It does not take the currency.
    Currency,
    /// The amount is less than this.
    TooSmall(Money),
    /// The amount is more than this, which is the most that can be paid at once, without the
    /// surcharge.
    TooLarge(Money),
    /// The amount is not a multiple of this.
    NotMultiple(Money),
}

impl PaymentMethod {
    /// Whether the customer is sent to a page of the payment provider's.
    pub fn has_page(&self) -> bool {
        self.kind != MethodKind::BankTransfer
    }

    /// What it takes and costs in a currency.
    pub fn terms_in(&self, currency: Currency) -> Option<&MethodTerms> {
        self.terms.iter().find(|terms| terms.currency == currency)
    }

    /// Reckons the surcharge for paying an amount this way: the fixed surcharge and the percentage
    /// of the amount, rounded half up to the currency's minor unit, or to the step.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] if the surcharge does not fit 64 bits of minor units,
    /// [`MoneyError::Currencies`] if the fixed surcharge is in another currency than the amount.
    pub fn surcharge_on(&self, amount: Money) -> Result<Money, MoneyError> {
        let currency = amount.currency();
        let fixed = self
            .terms_in(currency)
            .and_then(|terms| terms.surcharge)
            .unwrap_or(Money::zero(currency));
        let percent = self.surcharge_percent.as_deref();
        let percent: Option<Decimal> = percent.and_then(|text| text.parse().ok());
        let Some(percent) = percent.filter(|percent| !percent.is_zero()) else {
            return Ok(fixed);
        };
        let step = self.step_in(currency).map_or(1, |step| step.minor());
        let steps = Decimal::from(amount.minor())
            .checked_mul(percent)
            .and_then(|hundredfold| hundredfold.checked_div(Decimal::ONE_HUNDRED))
            .and_then(|minor| minor.checked_div(Decimal::from(step)))
            .ok_or(MoneyError::TooLarge)?
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        let minor = i64::try_from(steps.mantissa())
            .ok()
            .and_then(|steps| steps.checked_mul(step))
            .ok_or(MoneyError::TooLarge)?;
        fixed.checked_add(Money::from_minor(minor, currency))
    }

    /// What the customer pays in all for an amount, if the method takes it. It is never more
    /// than the maximum.
    ///
    /// # Errors
    ///
    /// [`MethodRefuses`] says why the method does not take the amount, with the bound.
    pub fn total_for(&self, amount: Money) -> Result<Money, MethodRefuses> {
        let currency = amount.currency();
        if !self.currencies.contains(&currency) {
            return Err(MethodRefuses::Currency);
        }
        if let Some(step) = self.step_in(currency)
            && amount.minor() % step.minor() != 0
        {
            return Err(MethodRefuses::NotMultiple(step));
        }
        let least = self.terms_in(currency).and_then(|terms| terms.minimum);
        if let Some(least) = least.filter(|least| amount.minor() < least.minor()) {
            return Err(MethodRefuses::TooSmall(least));
        }
        let total = self.with_surcharge(amount);
        let fits = total.filter(|total| total.minor() <= self.most_in_all(currency));
        fits.ok_or_else(|| MethodRefuses::TooLarge(self.most_in(currency)))
    }

    /// The most of a currency that can be paid at once, without the surcharge: with it, that is
    /// no more than the maximum. Nothing where the surcharge alone is more.
    pub fn most_in(&self, currency: Currency) -> Money {
        let most = self.most_in_all(currency);
        let fits = |minor: i64| {
            let total = self.with_surcharge(Money::from_minor(minor, currency));
            total.is_some_and(|total| total.minor() <= most)
        };
        // A larger amount never costs less, so it is found by halving what is in question.
        let (mut fitting, mut beyond) = (0, most.saturating_add(1));
        while beyond - fitting > 1 {
            let middle = fitting + (beyond - fitting) / 2;
            if fits(middle) {
                fitting = middle;
            } else {
                beyond = middle;
            }
        }
        let step = self.step_in(currency).map_or(1, |step| step.minor());
        Money::from_minor(fitting - fitting % step, currency)
    }

    /// What every amount of a currency has to be a multiple of, if that is not its minor unit.
    fn step_in(&self, currency: Currency) -> Option<Money> {
        let step = self.terms_in(currency).and_then(|terms| terms.step);
        step.filter(|step| step.minor() > 1)
    }

    /// The maximum in minor units; without one, the most that an amount may be.
    fn most_in_all(&self, currency: Currency) -> i64 {
        let own = self.terms_in(currency).and_then(|terms| terms.maximum);
        own.map_or(Money::MOST_MINOR, |own| own.minor().min(Money::MOST_MINOR))
    }

    fn with_surcharge(&self, amount: Money) -> Option<Money> {
        let surcharge = self.surcharge_on(amount).ok()?;
        amount.checked_add(surcharge).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str, code: &str) -> Money {
        Money::parse(text, Currency::parse(code).unwrap()).unwrap()
    }

    fn method(percent: Option<&str>, fixed: Option<Money>) -> PaymentMethod {
        let eur = Currency::parse("EUR").unwrap();
        PaymentMethod {
            id: MethodId::parse("card").unwrap(),
            kind: MethodKind::Card,
            label: None,
            currencies: ["EUR", "JPY", "KWD"]
                .map(|code| Currency::parse(code).unwrap())
                .to_vec(),
            terms: vec![MethodTerms {
                minimum: Some(money("5.00", "EUR")),
                maximum: Some(money("500.00", "EUR")),
                surcharge: fixed,
                step: None,
                currency: eur,
            }],
            surcharge_percent: percent.map(str::to_owned),
            options: vec![],
            instructions: vec![],
            settles_days: None,
            pay_host: "pay.example.com".to_owned(),
        }
    }

    #[test]
    fn a_surcharge_is_fixed_and_in_percent_and_rounds_half_up() {
        let fixed = Some(money("0.30", "EUR"));
        for (percent, fixed, amount, surcharge) in [
            (None, None, money("45.00", "EUR"), "0.00"),
            (None, fixed, money("45.00", "EUR"), "0.30"),
            (Some("1.5"), fixed, money("45.00", "EUR"), "0.98"),
            (Some("1.5"), None, money("0.33", "EUR"), "0.00"),
            (Some("2.5"), None, money("0.20", "EUR"), "0.01"),
            (Some("1.5"), fixed, money("1234", "JPY"), "19"),
            (Some("1.5"), fixed, money("1.250", "KWD"), "0.019"),
        ] {
            let found = method(percent, fixed).surcharge_on(amount).unwrap();
            assert_eq!(found.amount_text(), surcharge, "{percent:?} of {amount:?}");
            assert_eq!(found.currency(), amount.currency());
        }
    }

    #[test]
    fn an_amount_outside_the_bounds_is_refused_with_the_bound() {
        let method = method(None, None);
        let eur = |text| money(text, "EUR");
        assert_eq!(method.total_for(eur("5.00")), Ok(eur("5.00")));
        assert_eq!(method.total_for(eur("500.00")), Ok(eur("500.00")));
        assert_eq!(
            method.total_for(eur("4.99")),
            Err(MethodRefuses::TooSmall(eur("5.00")))
        );
        assert_eq!(
            method.total_for(eur("500.01")),
            Err(MethodRefuses::TooLarge(eur("500.00")))
        );
        assert_eq!(
            method.total_for(money("5.00", "PHP")),
            Err(MethodRefuses::Currency)
        );
    }

    #[test]
    fn where_the_smallest_unit_is_not_taken_amounts_and_totals_are_multiples() {
        let kwd = |text| money(text, "KWD");
        let mut method = method(Some("1.5"), None);
        method.terms = vec![MethodTerms {
            minimum: None,
            maximum: Some(kwd("10.000")),
            surcharge: None,
            step: Some(kwd("0.010")),
            currency: kwd("1.000").currency(),
        }];
        // 1.5 percent of 1.250 are 0.01875, the nearest multiple is 0.020.
        assert_eq!(method.total_for(kwd("1.250")), Ok(kwd("1.270")));
        let refused = Err(MethodRefuses::NotMultiple(kwd("0.010")));
        assert_eq!(method.total_for(kwd("1.255")), refused);
        let most = method.most_in(kwd("1.000").currency());
        assert_eq!(most, kwd("9.850"));
        assert_eq!(method.total_for(most), Ok(kwd("10.000")));
    }

    #[test]
    fn the_surcharge_counts_towards_the_maximum() {
        let eur = |text| money(text, "EUR");
        for (percent, fixed, most, total) in [
            (None, None, "500.00", "500.00"),
            (None, Some("0.30"), "499.70", "500.00"),
            // 10 percent of 454.55 would be rounded up to 45.46.
            (Some("10"), None, "454.54", "499.99"),
            (Some("1.5"), Some("0.30"), "492.32", "500.00"),
            (Some("100"), None, "250.00", "500.00"),
            (None, Some("500.01"), "0.00", "500.01"),
        ] {
            let method = method(percent, fixed.map(eur));
            let most = eur(most);
            assert_eq!(
                method.most_in(most.currency()),
                most,
                "{percent:?} {fixed:?}"
            );
            if most.is_zero() {
                continue;
            }
            assert_eq!(method.total_for(most), Ok(eur(total)));
            let beyond = Money::from_minor(most.minor() + 1, most.currency());
            assert_eq!(method.total_for(beyond), Err(MethodRefuses::TooLarge(most)));
        }
    }

    #[test]
    fn without_a_maximum_of_its_own_the_bound_of_every_amount_holds() {
        let currency = Currency::parse("JPY").unwrap();
        let most = Money::most(currency);
        let free = method(None, None);
        assert_eq!(free.total_for(most), Ok(most));
        for minor in [Money::MOST_MINOR + 1, i64::MAX] {
            let refused = free.total_for(Money::from_minor(minor, currency));
            assert_eq!(refused, Err(MethodRefuses::TooLarge(most)));
        }
        // What costs something takes less, and what does not fit 64 bits is no panic.
        let dear = method(Some("1"), None);
        let less = dear.most_in(currency);
        assert!(less.minor() < Money::MOST_MINOR);
        for minor in [Money::MOST_MINOR, i64::MAX] {
            let refused = dear.total_for(Money::from_minor(minor, currency));
            assert_eq!(refused, Err(MethodRefuses::TooLarge(less)));
        }
    }
}
