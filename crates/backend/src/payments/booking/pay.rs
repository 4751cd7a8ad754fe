//! What money pays for.

use api_types::{CheckoutFor, InvoiceId, Money, PaymentId};

use super::super::split::split;
use super::{Booking, Incoming};
use crate::db::allocate::Target;
use crate::db::checkouts::{self, Lock};
use crate::db::{DbError, WriteTx, allocate, booking, events};

impl Booking<'_> {
    /// Money that comes when the time of an event has run out comes too late for it, also
    /// where nobody has written that yet. While this checkout holds the event, or its money is
    /// on its way, the time does not run out: so it is looked at before anything is changed.
    pub(super) async fn let_lapse(&self, tx: &WriteTx) -> Result<(), DbError> {
        if let CheckoutFor::Event { event, .. } = &self.checkout.pays_for {
            booking::let_one_lapse(tx, event, self.now).await?;
        }
        Ok(())
    }

    /// A time that was kept until it is paid for is booked.
    pub(super) async fn secure(&self, tx: &WriteTx) -> Result<(), DbError> {
        if let CheckoutFor::Event { event, .. } = &self.checkout.pays_for {
            let customer = &self.checkout.customer;
            booking::secure(tx, customer, event, self.requests, self.now).await?;
        }
        Ok(())
    }

    /// Uses the credit that was promised to the checkout.
    pub(super) async fn use_credit(&self, tx: &WriteTx) -> Result<(), DbError> {
        if self.checkout.credit.is_positive() && self.holds_credit(tx).await? {
            let (customer, credit) = (&self.checkout.customer, self.checkout.credit);
            let by_credit = split(&self.invoices(tx).await?, credit).credit;
            allocate::use_credit(tx, customer, &by_credit, credit, self.now).await?;
        }
        Ok(())
    }

    /// Lets money pay for what the checkout is for.
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
                allocate::to(tx, payment, &target, self.asked(), self.now).await?;
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

    /// What was asked for beside the method's price.
    fn asked(&self) -> Money {
        let (total, price) = (self.way.total, self.way.surcharge);
        Money::from_minor(total.minor() - price.minor(), total.currency())
    }

    async fn invoices(&self, tx: &WriteTx) -> Result<Vec<(InvoiceId, Money)>, DbError> {
        let items = checkouts::items(tx, self.checkout).await?;
        let invoices = items.into_iter();
        Ok(invoices
            .filter_map(|item| Some((item.invoice?, item.amount)))
            .collect())
    }

    /// Whether no other checkout has been promised the credit meanwhile.
    async fn holds_credit(&self, tx: &WriteTx) -> Result<bool, DbError> {
        let currency = self.checkout.total.currency();
        let lock = Lock::Credit(self.checkout.customer.clone(), currency);
        let holder = checkouts::holder(tx, &[lock]).await?;
        Ok(holder.is_none_or(|holder| holder == self.checkout.id))
    }
}
