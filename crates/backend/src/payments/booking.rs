//! Carries out a decision: the checkout's state, its payment, what that pays
//! for, and its locks, all in the caller's transaction.

use api_types::{
    CheckoutFor, CheckoutStatus, FailureCode, InvoiceId, MethodKind, Money, PaymentId, PaymentKind,
    PaymentStatus, Timestamp,
};

use super::gateway::Received;
use super::settle::Decision;
use super::split::split;
use crate::db::allocate::Target;
use crate::db::checkouts::{self, Checkout, Lock};
use crate::db::payments::{self, Arrived, NewPayment, ProviderPayment};
use crate::db::{DbError, WriteTx, allocate, booking, events};
use crate::ids;
use crate::settings::Requests;

/// A decision about one checkout at one moment.
pub(super) struct Booking<'a> {
    /// The checkout as it was before.
    pub checkout: &'a Checkout,
    /// The gateway that the money comes through; a bank transfer comes through none.
    pub gateway: Option<&'a str>,
    /// What comes of asking for a time, which decides what becomes of a held one.
    pub requests: Requests,
    /// Now.
    pub now: Timestamp,
}

/// Money that has come, or is on its way.
struct Incoming {
    arrived: Arrived,
    provider: Option<ProviderPayment>,
}

impl Booking<'_> {
    /// Carries out a decision; `false` where there was nothing to do.
    pub(super) async fn carry_out(
        &self,
        tx: &WriteTx,
        decision: &Decision,
    ) -> Result<bool, DbError> {
        let Some(status) = decision.status() else {
            return Ok(false);
        };
        let mut failure = None;
        match decision {
            Decision::Keep | Decision::Open | Decision::Confirm(None) | Decision::Review(None) => {}
            Decision::Confirm(Some(money)) | Decision::Review(Some(money)) => {
                self.expect(tx, &self.incoming(money)).await?;
            }
            Decision::Settle(money) => self.settle(tx, &self.incoming(money)).await?,
            Decision::End {
                failure: why,
                tried,
                ..
            } => {
                failure = *why;
                self.end(tx, *why, *tried).await?;
            }
        }
        let id = &self.checkout.id;
        checkouts::set_status(tx, id, status, failure, self.now).await?;
        // Money that is on its way holds its own amount: what it pays for is pending.
        let holds = match decision {
            Decision::Confirm(money) => money.is_none(),
            _ => status.is_live(),
        };
        if !holds {
            checkouts::release(tx, id).await?;
        }
        Ok(true)
    }

    /// The customer says that they send a transfer.
    pub(super) async fn expect_transfer(&self, tx: &WriteTx) -> Result<(), DbError> {
        self.expect(tx, &self.transfer(self.checkout.total)).await
    }

    /// The provider says that a transfer has come, and how much it was: that is booked,
    /// whatever was asked for.
    pub(super) async fn settle_transfer(&self, tx: &WriteTx, came: Money) -> Result<(), DbError> {
        self.settle(tx, &self.transfer(came)).await
    }

    /// Money is on its way, or less of it than was asked for has come.
    async fn expect(&self, tx: &WriteTx, money: &Incoming) -> Result<(), DbError> {
        self.let_lapse(tx).await?;
        let provider = money.provider.as_ref();
        let payment = match &self.checkout.payment {
            Some(payment) => {
                payments::pend(tx, payment, money.arrived, provider).await?;
                payment.clone()
            }
            None => self.insert(tx, PaymentStatus::Pending, money, None).await?,
        };
        self.pay(tx, &payment, money).await
    }

    /// The money is there. What is not payable any more leaves it as credit.
    async fn settle(&self, tx: &WriteTx, money: &Incoming) -> Result<(), DbError> {
        self.let_lapse(tx).await?;
        let (arrived, provider) = (money.arrived, money.provider.as_ref());
        let payment = match &self.checkout.payment {
            Some(payment) => {
                // What was shown before may have been another amount or currency.
                payments::pend(tx, payment, arrived, provider).await?;
                payments::complete(tx, payment, self.now, arrived, provider).await?;
                payment.clone()
            }
            None => {
                self.insert(tx, PaymentStatus::Completed, money, None)
                    .await?
            }
        };
        self.pay(tx, &payment, money).await?;
        if let CheckoutFor::Event { event, .. } = &self.checkout.pays_for {
            let customer = &self.checkout.customer;
            booking::secure(tx, customer, event, self.requests, self.now).await?;
        }
        if self.checkout.credit.is_positive() && self.holds_credit(tx).await? {
            let (customer, credit) = (&self.checkout.customer, self.checkout.credit);
            let by_credit = split(&self.invoices(tx).await?, credit).credit;
            allocate::use_credit(tx, customer, &by_credit, credit, self.now).await?;
        }
        if arrived.total != self.checkout.total {
            tracing::warn!(
                checkout = %self.checkout.id,
                payment = %payment,
                "what arrived is not what was asked for"
            );
        }
        Ok(())
    }

    /// Money that comes when the time of an event has run out comes too late for it, also
    /// where nobody has written that yet. While this checkout holds the event, or its money is
    /// on its way, the time does not run out: so it is looked at before anything is changed.
    async fn let_lapse(&self, tx: &WriteTx) -> Result<(), DbError> {
        if let CheckoutFor::Event { event, .. } = &self.checkout.pays_for {
            booking::let_one_lapse(tx, event, self.now).await?;
        }
        Ok(())
    }

    /// Lets money pay for what the checkout is for.
    async fn pay(
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
        let (total, price) = (self.checkout.total, self.checkout.surcharge);
        Money::from_minor(total.minor() - price.minor(), total.currency())
    }

    /// It is over without money.
    async fn end(
        &self,
        tx: &WriteTx,
        failure: Option<FailureCode>,
        tried: bool,
    ) -> Result<(), DbError> {
        match &self.checkout.payment {
            Some(payment) => payments::cancel(tx, payment, failure).await,
            None if tried => {
                let money = self.transfer(self.checkout.total);
                self.insert(tx, PaymentStatus::Cancelled, &money, failure)
                    .await?;
                Ok(())
            }
            None => Ok(()),
        }
    }

    async fn insert(
        &self,
        tx: &WriteTx,
        status: PaymentStatus,
        money: &Incoming,
        failure: Option<FailureCode>,
    ) -> Result<PaymentId, DbError> {
        let id = ids::payment().map_err(|e| DbError::Refused(e.to_string()))?;
        let is_transfer = self.checkout.paid_by.kind == MethodKind::BankTransfer;
        let new = NewPayment {
            id: id.clone(),
            customer: self.checkout.customer.clone(),
            kind: PaymentKind::Payment,
            created_at: self.checkout.created_at,
            completed_at: (status == PaymentStatus::Completed).then_some(self.now),
            total: money.arrived.total,
            surcharge: money.arrived.surcharge,
            status,
            description: self.checkout.description.clone(),
            method: Some(self.checkout.method.clone()),
            paid_by: Some(self.checkout.paid_by.clone()),
            reference: is_transfer.then(ids::reference),
            refund_of: None,
            failure,
            checkout: Some(self.checkout.id.clone()),
            provider: money.provider.clone(),
        };
        payments::insert(tx, &new).await?;
        checkouts::set_payment(tx, &self.checkout.id, &id).await?;
        Ok(id)
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

    /// Money as a payment provider tells it.
    fn incoming(&self, money: &Received) -> Incoming {
        Incoming {
            provider: self.gateway.map(|gateway| ProviderPayment {
                gateway: gateway.to_owned(),
                id: money.payment_id.clone(),
            }),
            ..self.transfer(money.amount)
        }
    }

    /// Money that no payment provider tells of. The method's price is taken out of it first.
    fn transfer(&self, total: Money) -> Incoming {
        let price = self.checkout.surcharge;
        let surcharge = if price.currency() == total.currency() {
            price.minor().min(total.minor()).max(0)
        } else {
            0
        };
        Incoming {
            arrived: Arrived {
                total,
                surcharge: Money::from_minor(surcharge, total.currency()),
            },
            provider: None,
        }
    }
}

/// Whether a checkout asks for too much: one of the things it is for has been paid otherwise,
/// or is void or called off.
pub(super) fn is_pointless(items: &[checkouts::Item]) -> bool {
    items
        .iter()
        .any(|item| item.remaining.is_some_and(|left| !left.is_positive()))
}

/// Whether the checkout waits for nothing any more but may still have a page at the provider.
pub(super) fn is_over(status: CheckoutStatus) -> bool {
    matches!(
        status,
        CheckoutStatus::Failed | CheckoutStatus::Cancelled | CheckoutStatus::Expired
    )
}
