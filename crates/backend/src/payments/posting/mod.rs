//! Posting of money: carries out a decision. Writes the checkout's status, its payment, the
//! allocations, the locks and the steps, all in the caller's transaction.

mod allocation;
mod audit;
mod review;

use api_types::{
    CheckoutStatus, FailureCode, MethodKind, Money, PaymentId, PaymentKind, PaymentStatus,
    PaymentStepKind, Timestamp,
};

pub(super) use audit::other_amount;

use super::settle::{Beside, Decision};
use crate::db::attempts::{self, Attempt, PaymentTerms};
use crate::db::checkout_steps::{self, Step};
use crate::db::checkouts::{self, Checkout};
use crate::db::payments::{self, Arrived, NewPayment, ProviderPayment};
use crate::db::{DbError, WriteTx, allocate};
use crate::gateways::Received;
use crate::ids;
use crate::settings::Requests;

/// What is needed to carry out a decision about one checkout.
pub(super) struct Posting<'a> {
    /// The checkout as it was before.
    checkout: &'a Checkout,
    /// The attempt that the money comes by; `None` for a bank transfer.
    attempt: Option<&'a Attempt>,
    /// The payment terms that the money was asked for by.
    terms: PaymentTerms,
    /// The payment that the money has become so far.
    payment: Option<PaymentId>,
    /// Whether a review about the same exists already.
    is_noted: bool,
    /// Whether an event that is asked for is booked at once or requested, which decides what
    /// becomes of a held one.
    requests: Requests,
    /// Now.
    now: Timestamp,
}

/// Money that has come, or is on its way.
struct Incoming {
    arrived: Arrived,
    provider: Option<ProviderPayment>,
}

impl<'a> Posting<'a> {
    /// Posting of money that comes by an attempt.
    pub(super) fn by_attempt(
        checkout: &'a Checkout,
        attempt: &'a Attempt,
        (requests, now): (Requests, Timestamp),
    ) -> Self {
        Self {
            checkout,
            attempt: Some(attempt),
            terms: attempt.terms.clone(),
            payment: attempt.payment.clone(),
            is_noted: false,
            requests,
            now,
        }
    }

    /// Posting of money that the customer sends by bank transfer, with its payment terms and the
    /// payment that it is expected as.
    pub(super) fn by_transfer(
        checkout: &'a Checkout,
        (terms, payment): (PaymentTerms, Option<PaymentId>),
        (requests, now): (Requests, Timestamp),
    ) -> Self {
        Self {
            checkout,
            attempt: None,
            terms,
            payment,
            is_noted: false,
            requests,
            now,
        }
    }

    /// The same posting; `is_noted` if a review about the same exists already.
    pub(super) fn with_noted(self, is_noted: bool) -> Self {
        Self { is_noted, ..self }
    }

    /// The same posting, with the payment that the money has become already.
    pub(super) fn known_as(self, payment: Option<PaymentId>) -> Self {
        Self {
            payment: payment.or(self.payment),
            ..self
        }
    }

    /// Carries out a decision; `false` where there was nothing to do.
    ///
    /// # Errors
    /// [`DbError::Refused`] if the payment is completed already and would have to become pending or
    /// cancelled, [`DbError::Taken`] if another payment has the provider's id,
    /// [`DbError::TooLarge`] if an amount or a sum is beyond its bound, [`DbError::Unreadable`] if
    /// a stored value cannot be read; otherwise as the database fails.
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
            Decision::Keep | Decision::Open | Decision::Confirm(None) => {}
            Decision::Confirm(Some(money)) => {
                let payment = self.expect(tx, &self.incoming(money)).await?;
                self.record_on_its_way(tx, &payment, money.amount).await?;
            }
            Decision::Review(None) => self.record_unreadable(tx).await?,
            Decision::TooLarge(money) => {
                self.record_too_large(tx, money).await?;
            }
            Decision::Review(Some(money)) => {
                let payment = self.expect(tx, &self.incoming(money)).await?;
                self.record_mismatch(tx, &payment, money).await?;
            }
            Decision::Settle(money) => self.settle(tx, &self.incoming(money)).await?,
            Decision::End {
                failure: why,
                tried,
                ..
            } => {
                failure = *why;
                let payment = self.end(tx, *why, *tried).await?;
                self.record_end(tx, status, payment.as_ref()).await?;
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

    /// Carries out a decision about money that comes besides the payment that the checkout was paid
    /// by; `false` where there was nothing to do.
    ///
    /// # Errors
    /// [`DbError::Refused`] if the payment is completed already and would have to become pending or
    /// cancelled, [`DbError::Taken`] if another payment has the provider's id,
    /// [`DbError::TooLarge`] if an amount or a sum is beyond its bound, [`DbError::Unreadable`] if
    /// a stored value cannot be read; otherwise as the database fails.
    pub(super) async fn carry_out_beside(
        &self,
        tx: &WriteTx,
        decision: &Beside,
    ) -> Result<bool, DbError> {
        match decision {
            Beside::Keep => return Ok(false),
            Beside::Book(money) => {
                self.let_lapse(tx).await?;
                let money = self.incoming(money);
                let payment = self.complete(tx, &money).await?;
                self.pay(tx, &payment, &money).await?;
                self.record_settled(tx, &payment, &money, true).await?;
            }
            Beside::TooLarge(money) => return self.record_too_large(tx, money).await,
            Beside::Withdraw(ending) => {
                if let Some(payment) = &self.payment {
                    payments::cancel(tx, payment, ending.failure).await?;
                    self.record_end(tx, ending.how.status(), Some(payment))
                        .await?;
                }
            }
        }
        Ok(true)
    }

    /// Adds the pending payment of a transfer that the customer says they send.
    ///
    /// # Errors
    /// [`DbError::Refused`] if the payment is completed already and would have to become pending or
    /// cancelled, [`DbError::Taken`] if another payment has the provider's id,
    /// [`DbError::TooLarge`] if an amount or a sum is beyond its bound, [`DbError::Unreadable`] if
    /// a stored value cannot be read; otherwise as the database fails.
    pub(super) async fn expect_transfer(&self, tx: &WriteTx) -> Result<(), DbError> {
        self.expect(tx, &self.transfer(self.terms.total)).await?;
        Ok(())
    }

    /// Books the money of a transfer that has come, whatever amount was asked for. If the checkout
    /// has been paid otherwise meanwhile, the money is booked besides that.
    ///
    /// # Errors
    /// [`DbError::Refused`] if the payment is completed already and would have to become pending or
    /// cancelled, [`DbError::Taken`] if another payment has the provider's id,
    /// [`DbError::TooLarge`] if an amount or a sum is beyond its bound, [`DbError::Unreadable`] if
    /// a stored value cannot be read; otherwise as the database fails.
    pub(super) async fn settle_transfer(&self, tx: &WriteTx, came: Money) -> Result<(), DbError> {
        let money = self.transfer(came);
        if self.checkout.status == CheckoutStatus::Paid {
            self.let_lapse(tx).await?;
            let payment = self.complete(tx, &money).await?;
            self.pay(tx, &payment, &money).await?;
            return self.record_settled(tx, &payment, &money, true).await;
        }
        self.settle(tx, &money).await
    }

    /// Adds or updates the pending payment of money that is on its way, or of money that came and
    /// is not what was asked for.
    async fn expect(&self, tx: &WriteTx, money: &Incoming) -> Result<PaymentId, DbError> {
        self.let_lapse(tx).await?;
        let provider = money.provider.as_ref();
        let payment = match self.payment_of(tx, money).await? {
            Some(payment) => {
                payments::mark_pending(tx, &payment, money.arrived, provider).await?;
                payment
            }
            None => self.insert(tx, PaymentStatus::Pending, money, None).await?,
        };
        self.take_over(tx, &payment).await?;
        self.pay(tx, &payment, money).await?;
        Ok(payment)
    }

    /// Completes the payment and marks the checkout as paid by it. What cannot be paid any more
    /// leaves the money as credit.
    async fn settle(&self, tx: &WriteTx, money: &Incoming) -> Result<(), DbError> {
        self.let_lapse(tx).await?;
        let payment = self.complete(tx, money).await?;
        self.take_over(tx, &payment).await?;
        self.pay(tx, &payment, money).await?;
        self.secure(tx).await?;
        self.use_credit(tx).await?;
        if money.arrived.total != self.terms.total {
            tracing::warn!(
                checkout = %self.checkout.id,
                payment = %payment,
                "what arrived is not what was asked for"
            );
        }
        self.record_settled(tx, &payment, money, false).await
    }

    /// Makes the payment of the money, or completes the pending one.
    async fn complete(&self, tx: &WriteTx, money: &Incoming) -> Result<PaymentId, DbError> {
        let (arrived, provider) = (money.arrived, money.provider.as_ref());
        let Some(payment) = self.payment_of(tx, money).await? else {
            let completed = PaymentStatus::Completed;
            return self.insert(tx, completed, money, None).await;
        };
        if payments::status(tx, &payment).await? == Some(PaymentStatus::Completed) {
            // An import has brought it before the provider told of it.
            return Ok(payment);
        }
        // What was shown before may have been another amount or currency.
        payments::mark_pending(tx, &payment, arrived, provider).await?;
        payments::complete(tx, &payment, self.now, arrived, provider).await?;
        Ok(payment)
    }

    /// Finds the payment that the money has become so far. A completed payment with another id of
    /// the provider is other money and stays as it is.
    async fn payment_of(
        &self,
        tx: &WriteTx,
        money: &Incoming,
    ) -> Result<Option<PaymentId>, DbError> {
        let (Some(payment), Some(provider)) = (&self.payment, &money.provider) else {
            return Ok(self.payment.clone());
        };
        if payments::status(tx, payment).await? != Some(PaymentStatus::Completed) {
            return Ok(Some(payment.clone()));
        }
        let named = payments::find_by_provider(tx, provider).await?;
        Ok(named.map(|named| named.id).filter(|id| id == payment))
    }

    /// Makes this payment the payment of the checkout, instead of one of another attempt or a
    /// transfer. The other one pays for nothing unless its money comes too.
    async fn take_over(&self, tx: &WriteTx, payment: &PaymentId) -> Result<(), DbError> {
        let id = &self.checkout.id;
        checkouts::set_payment(tx, id, payment).await?;
        if self.terms != self.checkout.payment_terms() {
            checkouts::set_payment_terms(tx, id, &self.terms).await?;
        }
        // Nobody is to pay on the page of another attempt any more.
        let but = self.attempt.map(|attempt| &attempt.id);
        attempts::read_soon(tx, id, but, self.now).await?;
        let Some(other) = self
            .checkout
            .payment
            .as_ref()
            .filter(|other| *other != payment)
        else {
            return Ok(());
        };
        let pending = payments::status(tx, other).await? == Some(PaymentStatus::Pending);
        if pending && self.checkout.is_transfer() {
            // Nobody is to send it any more.
            payments::cancel(tx, other, None).await?;
            let step = Step::of_checkout(id, PaymentStepKind::Cancelled, self.now);
            checkout_steps::note(tx, &step.with_payment(other)).await?;
        } else if pending {
            allocate::release(tx, other).await?;
        }
        Ok(())
    }

    /// Ends the checkout without money; returns the cancelled payment, if there is one.
    async fn end(
        &self,
        tx: &WriteTx,
        failure: Option<FailureCode>,
        tried: bool,
    ) -> Result<Option<PaymentId>, DbError> {
        match &self.payment {
            Some(payment) => {
                payments::cancel(tx, payment, failure).await?;
                Ok(Some(payment.clone()))
            }
            None if tried => {
                let money = self.transfer(self.terms.total);
                let cancelled = PaymentStatus::Cancelled;
                let payment = self.insert(tx, cancelled, &money, failure).await?;
                checkouts::set_payment(tx, &self.checkout.id, &payment).await?;
                Ok(Some(payment))
            }
            None => Ok(None),
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
        let is_transfer = self.terms.paid_by.kind == MethodKind::BankTransfer;
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
            method: Some(self.terms.method.clone()),
            paid_by: Some(self.terms.paid_by.clone()),
            reference: is_transfer.then(ids::reference),
            refund_of: None,
            failure,
            checkout: Some(self.checkout.id.clone()),
            provider: money.provider.clone(),
        };
        payments::insert(tx, &new).await?;
        if let Some(attempt) = self.attempt {
            attempts::set_payment(tx, &attempt.id, &id).await?;
        }
        Ok(id)
    }

    /// Money that a payment provider reports.
    fn incoming(&self, money: &Received) -> Incoming {
        Incoming {
            provider: self.attempt.map(|attempt| ProviderPayment {
                gateway: attempt.gateway.clone(),
                id: money.payment_id.clone(),
            }),
            ..self.transfer(money.amount)
        }
    }

    /// Money that no payment provider reports.
    fn transfer(&self, total: Money) -> Incoming {
        Incoming {
            arrived: Arrived {
                total,
                surcharge: self.terms.surcharge_in(total),
            },
            provider: None,
        }
    }
}
