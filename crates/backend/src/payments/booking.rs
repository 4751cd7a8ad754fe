//! Carries out a decision: the checkout's state, its payment, what that pays
//! for, and its locks, all in the caller's transaction.

use api_types::{
    CheckoutStatus, FailureCode, InvoiceId, Money, PaymentId, PaymentStatus, Timestamp,
};

use super::gateway::Received;
use super::ids;
use super::settle::Decision;
use super::split::split;
use crate::db::checkouts::{self, Checkout, Lock};
use crate::db::payments::{self, NewPayment, ProviderPayment};
use crate::db::{DbError, WriteTx, allocate};

/// A decision about one checkout at one moment.
pub(super) struct Booking<'a> {
    /// The checkout as it was before.
    pub checkout: &'a Checkout,
    /// The gateway that the money comes through.
    pub gateway: &'a str,
    /// Now.
    pub now: Timestamp,
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
                self.expect(tx, money).await?;
            }
            Decision::Settle(money) => self.settle(tx, money).await?,
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

    /// Money is on its way, or less of it than was asked for has come.
    async fn expect(&self, tx: &WriteTx, money: &Received) -> Result<(), DbError> {
        let provider = self.provider(money);
        let payment = match &self.checkout.payment {
            Some(payment) => {
                payments::pend(tx, payment, money.amount, &provider).await?;
                payment.clone()
            }
            None => {
                self.insert(
                    tx,
                    PaymentStatus::Pending,
                    money.amount,
                    Some(provider),
                    None,
                )
                .await?
            }
        };
        if money.amount.currency() == self.checkout.total.currency() {
            let items = self.invoices(tx).await?;
            let wanted = split(&items, self.checkout.credit).money;
            allocate::to_invoices(tx, &payment, &wanted).await?;
        }
        Ok(())
    }

    /// The money is there. What is not payable any more leaves it as credit.
    async fn settle(&self, tx: &WriteTx, money: &Received) -> Result<(), DbError> {
        let provider = self.provider(money);
        let payment = match &self.checkout.payment {
            Some(payment) => {
                // What was shown before may have been another amount or currency.
                payments::pend(tx, payment, money.amount, &provider).await?;
                payments::complete(tx, payment, self.now, money.amount, Some(&provider)).await?;
                payment.clone()
            }
            None => {
                self.insert(
                    tx,
                    PaymentStatus::Completed,
                    money.amount,
                    Some(provider),
                    None,
                )
                .await?
            }
        };
        let items = self.invoices(tx).await?;
        let parts = split(&items, self.checkout.credit);
        allocate::to_invoices(tx, &payment, &parts.money).await?;
        if self.checkout.credit.is_positive() && self.holds_credit(tx).await? {
            let (customer, credit) = (&self.checkout.customer, self.checkout.credit);
            allocate::use_credit(tx, customer, &parts.credit, credit).await?;
        }
        if money.amount != self.checkout.total {
            tracing::warn!(
                checkout = %self.checkout.id,
                payment = %payment,
                "more arrived than was asked for: the rest is credit"
            );
        }
        Ok(())
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
                let total = self.checkout.total;
                self.insert(tx, PaymentStatus::Cancelled, total, None, failure)
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
        total: Money,
        provider: Option<ProviderPayment>,
        failure: Option<FailureCode>,
    ) -> Result<PaymentId, DbError> {
        let id = ids::payment().map_err(|e| DbError::Refused(e.to_string()))?;
        let new = NewPayment {
            id: id.clone(),
            customer: self.checkout.customer.clone(),
            created_at: self.checkout.created_at,
            completed_at: (status == PaymentStatus::Completed).then_some(self.now),
            total,
            status,
            description: self.checkout.description.clone(),
            method: Some(self.checkout.method.clone()),
            failure,
            checkout: Some(self.checkout.id.clone()),
            provider,
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

    fn provider(&self, money: &Received) -> ProviderPayment {
        ProviderPayment {
            gateway: self.gateway.to_owned(),
            id: money.payment_id.clone(),
        }
    }
}

/// Whether a checkout asks for too much: one of its invoices has been paid otherwise, or is
/// void.
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
