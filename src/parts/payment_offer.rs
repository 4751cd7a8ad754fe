//! What paying an amount in a certain way comes to: pure, tested on the host.

use api_types::{CheckoutFor, MethodRefuses, Money, OptionId, PaymentMethod};

use crate::i18n::{self, fill, key};

/// A way to pay that takes the amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The way.
    pub method: PaymentMethod,
    /// The option within it.
    pub option: Option<OptionId>,
    /// What the method costs beyond the amount.
    pub surcharge: Money,
    /// What the customer pays in all.
    pub total: Money,
}

/// Why an amount cannot be paid in the chosen way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoOffer {
    /// There is no way to pay in this currency.
    NoMethod,
    /// The method does not take the amount.
    Refused(MethodRefuses),
}

/// Reckons what paying `amount` by `method` comes to.
///
/// # Errors
/// [`NoOffer::NoMethod`] if there is no method, [`NoOffer::Refused`] if the method does not take
/// the amount.
pub fn offer(
    method: Option<&PaymentMethod>,
    option: Option<&OptionId>,
    amount: Money,
) -> Result<Offer, NoOffer> {
    let method = method.ok_or(NoOffer::NoMethod)?;
    let total = method.total_for(amount).map_err(NoOffer::Refused)?;
    let too_large = |_| MethodRefuses::TooLarge(method.most_in(amount.currency()));
    let surcharge = total.checked_sub(amount).map_err(too_large);
    let surcharge = surcharge.map_err(NoOffer::Refused)?;
    Ok(Offer {
        method: method.clone(),
        option: chosen_option(method, option),
        surcharge,
        total,
    })
}

/// The option that is chosen: one that the method has, else its first.
pub fn chosen_option(method: &PaymentMethod, wanted: Option<&OptionId>) -> Option<OptionId> {
    let mut known = method.options.iter().map(|option| &option.id);
    let first = known.clone().next();
    known.find(|id| Some(*id) == wanted).or(first).cloned()
}

impl NoOffer {
    /// The most that can be paid first, where what is to be paid is too much for one payment and
    /// money on the account pays for it too: the invoices that are due first. Money on the
    /// account is not kept for an event.
    pub fn first_part(&self, pays_for: &CheckoutFor) -> Option<Money> {
        let by_account = matches!(
            pays_for,
            CheckoutFor::Balance { .. } | CheckoutFor::Invoice { .. }
        );
        match self {
            Self::Refused(MethodRefuses::TooLarge(most)) if by_account => {
                Some(*most).filter(Money::is_positive)
            }
            _ => None,
        }
    }

    /// The same as [`NoOffer::words`] where several payments can be made.
    pub fn words_of_parts(&self, method: Option<&PaymentMethod>, portal: &str) -> String {
        let Self::Refused(MethodRefuses::TooLarge(most)) = self else {
            return self.words(method, portal);
        };
        let how = method.map(i18n::method_words).unwrap_or_default();
        fill(
            key::checkout::AMOUNT_IN_PARTS,
            [("amount", &i18n::money(most)), ("method", &how)],
        )
    }

    /// What is in the way and what to do; `portal` is the provider's name.
    pub fn words(&self, method: Option<&PaymentMethod>, portal: &str) -> String {
        let how = method.map(i18n::method_words).unwrap_or_default();
        let bound = |template, bound: &Money| {
            fill(
                template,
                [("amount", &i18n::money(bound)), ("method", &how)],
            )
        };
        match self {
            Self::NoMethod | Self::Refused(MethodRefuses::Currency) => {
                fill(key::invoices::REASON_NO_METHOD, [("portal", portal)])
            }
            Self::Refused(MethodRefuses::TooSmall(least)) => {
                bound(key::checkout::AMOUNT_TOO_SMALL, least)
            }
            Self::Refused(MethodRefuses::TooLarge(most)) => {
                bound(key::checkout::AMOUNT_TOO_LARGE, most)
            }
            Self::Refused(MethodRefuses::NotMultiple(step)) => {
                bound(key::checkout::AMOUNT_NOT_MULTIPLE, step)
            }
        }
    }
}

/// What a method takes in a currency, to be said before an amount is typed.
pub fn bounds_words(method: &PaymentMethod, like: Money) -> Option<String> {
    let terms = method.terms_in(like.currency())?;
    let words = |money: Money| i18n::money(&money);
    // The surcharge counts towards the maximum, and is not typed.
    let most = terms.maximum.map(|_| method.most_in(like.currency()));
    Some(match (terms.minimum.map(words), most.map(words)) {
        (Some(least), Some(most)) => fill(
            key::checkout::BOUNDS_BOTH,
            [("least", &least), ("most", &most)],
        ),
        (Some(least), None) => fill(key::checkout::BOUNDS_LEAST, [("least", &least)]),
        (None, Some(most)) => fill(key::checkout::BOUNDS_MOST, [("most", &most)]),
        (None, None) => return None,
    })
}

#[cfg(test)]
mod tests {
    use api_types::{Currency, MethodId, MethodKind, MethodOption, MethodTerms};

    use super::*;

    fn euro(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("EUR").unwrap())
    }

    fn wallet() -> PaymentMethod {
        let option = |id: &str| MethodOption {
            id: OptionId::parse(id).unwrap(),
            label: id.to_owned(),
        };
        PaymentMethod {
            id: MethodId::parse("wallet").unwrap(),
            kind: MethodKind::Wallet,
            label: None,
            currencies: vec![euro(0).currency()],
            terms: vec![MethodTerms {
                minimum: Some(euro(500)),
                maximum: None,
                surcharge: Some(euro(30)),
                step: None,
                currency: euro(0).currency(),
            }],
            surcharge_percent: Some("1".to_owned()),
            options: vec![option("isla"), option("bayan")],
            instructions: vec![],
            settles_days: None,
            pay_host: "pay.example.com".to_owned(),
        }
    }

    #[test]
    fn an_offer_tells_the_surcharge_apart_from_the_total() {
        let found = offer(Some(&wallet()), None, euro(10_000)).unwrap();
        assert_eq!((found.surcharge, found.total), (euro(130), euro(10_130)));
    }

    #[test]
    fn an_option_of_another_method_gives_way_to_the_first() {
        let id = |id: &str| OptionId::parse(id).unwrap();
        for (wanted, chosen) in [
            (None, "isla"),
            (Some("bayan"), "bayan"),
            (Some("x"), "isla"),
        ] {
            let wanted = wanted.map(id);
            assert_eq!(chosen_option(&wallet(), wanted.as_ref()), Some(id(chosen)));
        }
    }

    #[test]
    fn what_is_too_much_for_one_payment_is_paid_first_in_part_where_the_account_pays_for_it() {
        let mut wallet = wallet();
        wallet.terms[0].maximum = Some(euro(50_000));
        let refused = offer(Some(&wallet), None, euro(80_000)).unwrap_err();
        let currency = euro(0).currency();
        let invoice = api_types::InvoiceId::parse("INV-1").unwrap();
        let event = api_types::EventId::parse("EV-1").unwrap();
        let part = api_types::EventPart::Balance;
        // With 0.30 and one percent it comes to 500.00.
        let first = Some(euro(49_475));
        for (pays_for, part) in [
            (CheckoutFor::Balance { currency }, first),
            (CheckoutFor::Invoice { invoice }, first),
            (CheckoutFor::Event { event, part }, None),
        ] {
            assert_eq!(refused.first_part(&pays_for), part, "{pays_for:?}");
        }
        let paid = offer(Some(&wallet), None, euro(49_475)).unwrap();
        assert_eq!(paid.total, euro(50_000));
        let too_small = offer(Some(&wallet), None, euro(499)).unwrap_err();
        assert_eq!(
            too_small.first_part(&CheckoutFor::Balance { currency }),
            None
        );
    }

    #[test]
    fn without_a_method_or_below_its_least_there_is_no_offer() {
        assert_eq!(offer(None, None, euro(1)), Err(NoOffer::NoMethod));
        let refused = NoOffer::Refused(MethodRefuses::TooSmall(euro(500)));
        assert_eq!(offer(Some(&wallet()), None, euro(499)), Err(refused));
    }
}
