//! Splits a checkout into what credit pays and what new money pays: credit pays the earliest due
//! first.

use api_types::{InvoiceId, Money};

/// What credit pays and what new money pays, with the amounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Split {
    /// For the credit.
    pub credit: Vec<(InvoiceId, Money)>,
    /// For the money.
    pub money: Vec<(InvoiceId, Money)>,
}

/// Splits the items of a checkout, the earliest due first.
pub(super) fn split(items: &[(InvoiceId, Money)], credit: Money) -> Split {
    let mut left = credit.minor();
    let mut split = Split {
        credit: Vec::new(),
        money: Vec::new(),
    };
    for (invoice, amount) in items {
        let by_credit = left.min(amount.minor()).max(0);
        left -= by_credit;
        for (minor, to) in [
            (by_credit, &mut split.credit),
            (amount.minor() - by_credit, &mut split.money),
        ] {
            if minor > 0 {
                to.push((invoice.clone(), Money::from_minor(minor, amount.currency())));
            }
        }
    }
    split
}

#[cfg(test)]
mod tests {
    use super::*;
    use api_types::Currency;
    use proptest::prelude::*;

    fn euro(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("EUR").unwrap())
    }

    fn items(amounts: &[i64]) -> Vec<(InvoiceId, Money)> {
        let name = |n: usize| InvoiceId::parse(&format!("I-{n}")).unwrap();
        let amounts = amounts.iter().enumerate();
        amounts.map(|(n, minor)| (name(n), euro(*minor))).collect()
    }

    #[test]
    fn credit_pays_what_is_due_first() {
        let all = items(&[3000, 2000, 1000]);
        let found = split(&all, euro(4000));
        assert_eq!(
            found.credit,
            [all[0].clone(), (all[1].0.clone(), euro(1000))]
        );
        assert_eq!(
            found.money,
            [(all[1].0.clone(), euro(1000)), all[2].clone()]
        );
    }

    #[test]
    fn without_credit_money_pays_everything() {
        let all = items(&[3000, 2000]);
        let found = split(&all, euro(0));
        assert_eq!((found.credit, found.money), (vec![], all));
    }

    proptest! {
        #[test]
        fn nothing_is_paid_twice_and_nothing_is_left_out(
            amounts in prop::collection::vec(1_i64..100_000, 0..6), credit in 0_i64..300_000,
        ) {
            let found = split(&items(&amounts), euro(credit));
            let sum = |of: &[(InvoiceId, Money)]| of.iter().map(|(_, m)| m.minor()).sum::<i64>();
            let all: i64 = amounts.iter().sum();
            prop_assert_eq!(sum(&found.credit), credit.min(all));
            prop_assert_eq!(sum(&found.credit) + sum(&found.money), all);
        }
    }
}
