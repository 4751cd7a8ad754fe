//! Allocates money to what a checkout pays for.

use api_types::{CheckoutFor, InvoiceId, Money, PaymentId};

use super::super::split::split;
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
