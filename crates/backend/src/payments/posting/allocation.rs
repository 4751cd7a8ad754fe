//! Allocates money to what a checkout pays for.

use api_types::{CheckoutFor, InvoiceId, Money, PaymentId};

use super::{Incoming, Posting};
use crate::db::allocate::Target;
use crate::db::checkouts::{self, Lock};
use crate::db::{DbError, WriteTx, allocate, booking, events};

impl Posting<'_> {
    /// Releases the event of the checkout if its hold has run out, because money that comes later
    /// is too late for it. It runs before anything is changed: while this checkout holds the event,
    /// or its money is on its way, the hold does not run out.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
    /// amounts is beyond its bound; otherwise as the database fails.
    pub(super) async fn let_lapse(&self, tx: &WriteTx) -> Result<(), DbError> {
        if let CheckoutFor::Event { event, .. } = &self.checkout.pays_for {
            booking::let_one_lapse(tx, event, self.now).await?;
        }
        Ok(())
    }

    /// Books the event of the checkout, which was held until it was paid.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
    /// amounts is beyond its bound; otherwise as the database fails.
    pub(super) async fn secure(&self, tx: &WriteTx) -> Result<(), DbError> {
        if let CheckoutFor::Event { event, .. } = &self.checkout.pays_for {
            let customer = &self.checkout.customer;
            booking::secure(tx, customer, event, self.requests, self.now).await?;
        }
        Ok(())
    }

    /// Uses the credit that was set aside for the checkout.
    ///
    /// # Errors
    /// [`DbError::Refused`] if an invoice does not exist, is another customer's or is in another
    /// currency than the credit, [`DbError::Unreadable`] if a stored value cannot be read,
    /// [`DbError::TooLarge`] if a sum of amounts is beyond its bound; otherwise as the database
    /// fails.
    pub(super) async fn use_credit(&self, tx: &WriteTx) -> Result<(), DbError> {
        if self.checkout.credit.is_positive() && self.holds_credit(tx).await? {
            let (customer, credit) = (&self.checkout.customer, self.checkout.credit);
            let by_credit = split(&self.invoices(tx).await?, credit).credit;
            allocate::use_credit(tx, customer, &by_credit, credit, self.now).await?;
        }
        Ok(())
    }

    /// Allocates a payment to what the checkout is for. Money of another currency is not allocated
    /// and stays credit.
    ///
    /// # Errors
    /// [`DbError::Refused`] if the payment, an invoice or the event does not exist or is another
    /// customer's, [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`]
    /// if a sum of amounts is beyond its bound; otherwise as the database fails.
    pub(super) async fn pay(
        &self,
        tx: &WriteTx,
        payment: &PaymentId,
        money: &Incoming,
    ) -> Result<(), DbError> {
        let currency = self.checkout.total.currency();
        if money.arrived.total.currency() != currency {
            return Ok(());
        }
        match &self.checkout.pays_for {
            CheckoutFor::Account { .. } => {
                let customer = &self.checkout.customer;
                allocate::to_what_is_due(tx, customer, payment, self.now).await
            }
            CheckoutFor::Event { event, .. } => {
                let customer = &self.checkout.customer;
                let found = events::fee(tx, customer, event).await?;
                // It may have been invoiced meanwhile.
                let invoice = found.and_then(|found| found.invoice);
                let target = match invoice {
                    Some(invoice) => Target::Invoice(invoice),
                    None => Target::Event(event.clone()),
                };
                allocate::to(tx, payment, &target, self.requested(), self.now).await?;
                Ok(())
            }
            _ => {
                let items = self.invoices(tx).await?;
                let wanted = split(&items, self.checkout.credit).money;
                allocate::to_invoices(tx, payment, &wanted, self.now).await?;
                Ok(())
            }
        }
    }

    /// What was asked for without the surcharge.
    fn requested(&self) -> Money {
        let (total, price) = (self.terms.total, self.terms.surcharge);
        Money::from_minor(total.minor() - price.minor(), total.currency())
    }

    async fn invoices(&self, tx: &WriteTx) -> Result<Vec<(InvoiceId, Money)>, DbError> {
        let items = checkouts::items(tx, self.checkout).await?;
        let invoices = items.into_iter();
        Ok(invoices
            .filter_map(|item| Some((item.invoice?, item.amount)))
            .collect())
    }

    /// Whether the credit is still set aside for this checkout and no other one.
    async fn holds_credit(&self, tx: &WriteTx) -> Result<bool, DbError> {
        let currency = self.checkout.total.currency();
        let lock = Lock::Credit(self.checkout.customer.clone(), currency);
        let holder = checkouts::holder(tx, &[lock]).await?;
        Ok(holder.is_none_or(|holder| holder == self.checkout.id))
    }
}

/// What credit pays and what new money pays, with the amounts.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Split {
    /// For the credit.
    pub credit: Vec<(InvoiceId, Money)>,
    /// For the money.
    pub money: Vec<(InvoiceId, Money)>,
}

/// Splits the items of a checkout, the earliest due first.
fn split(items: &[(InvoiceId, Money)], credit: Money) -> Split {
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
