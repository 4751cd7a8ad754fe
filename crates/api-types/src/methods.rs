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
    /// What it takes and costs in single currencies; one that is not here has no bounds
    /// and no fixed surcharge.
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
    /// The most, without the surcharge.
    pub maximum: Option<Money>,
    /// What it costs whatever the amount.
    pub surcharge: Option<Money>,
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
    /// The amount is more than this.
    TooLarge(Money),
    /// The sum cannot be reckoned.
    Sum(MoneyError),
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

    /// What paying an amount this way costs: the fixed surcharge and the percentage of the
    /// amount, rounded half up to the currency's minor unit.
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
        let minor = Decimal::from(amount.minor())
            .checked_mul(percent)
            .and_then(|hundredfold| hundredfold.checked_div(Decimal::ONE_HUNDRED))
            .ok_or(MoneyError::TooLarge)?
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        let minor = i64::try_from(minor.mantissa()).map_err(|_| MoneyError::TooLarge)?;
        fixed.checked_add(Money::from_minor(minor, currency))
    }

    /// What the customer pays in all for an amount, if the method takes it.
    pub fn total_for(&self, amount: Money) -> Result<Money, MethodRefuses> {
        let currency = amount.currency();
        if !self.currencies.contains(&currency) {
            return Err(MethodRefuses::Currency);
        }
        if let Some(terms) = self.terms_in(currency) {
            if let Some(least) = terms.minimum
                && amount.minor() < least.minor()
            {
                return Err(MethodRefuses::TooSmall(least));
            }
            if let Some(most) = terms.maximum
                && amount.minor() > most.minor()
            {
                return Err(MethodRefuses::TooLarge(most));
            }
        }
        let surcharge = self.surcharge_on(amount).map_err(MethodRefuses::Sum)?;
        amount.checked_add(surcharge).map_err(MethodRefuses::Sum)
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
        let method = method(Some("10"), None);
        let eur = |text| money(text, "EUR");
        assert_eq!(method.total_for(eur("5.00")), Ok(eur("5.50")));
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
    fn a_total_that_does_not_fit_is_an_error() {
        let most = Money::from_minor(i64::MAX, Currency::parse("JPY").unwrap());
        let refused = method(Some("1"), None).total_for(most);
        assert_eq!(refused, Err(MethodRefuses::Sum(MoneyError::TooLarge)));
    }
}
