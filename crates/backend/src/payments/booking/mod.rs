//! Carries out a decision: the checkout's state, its payment, what that pays
//! for, its locks, and the steps of its story, all in the caller's transaction.

mod pay;
mod review;
mod told;

use api_types::{
    CheckoutStatus, FailureCode, MethodKind, Money, PaymentId, PaymentKind, PaymentStatus,
    PaymentStepKind, Timestamp,
};

pub(super) use told::other_amount;

use super::gateway::Received;
use super::settle::{Beside, Decision};
use crate::db::attempts::{self, Attempt, Way};
use crate::db::checkout_steps::{self, Step};
use crate::db::checkouts::{self, Checkout};
use crate::db::payments::{self, Arrived, NewPayment, ProviderPayment};
use crate::db::{DbError, WriteTx, allocate};
use crate::ids;
use crate::settings::Requests;

/// A decision about one checkout at one moment.
pub(super) struct Booking<'a> {
    /// The checkout as it was before.
    checkout: &'a Checkout,
    /// The attempt that the money comes by; a bank transfer comes by none.
    attempt: Option<&'a Attempt>,
    /// What was asked for.
    way: Way,
    /// The payment that the money has become so far.
    payment: Option<PaymentId>,
    /// Whether there is a review already that says why no rule fits.
    is_noted: bool,
    /// What comes of asking for a time, which decides what becomes of a held one.
    requests: Requests,
    /// Now.
    now: Timestamp,
}

/// Money that has come, or is on its way.
struct Incoming {
    arrived: Arrived,
    provider: Option<ProviderPayment>,
}

impl<'a> Booking<'a> {
    /// About money that comes by an attempt.
    pub(super) fn by_attempt(
        checkout: &'a Checkout,
        attempt: &'a Attempt,
        (requests, now): (Requests, Timestamp),
    ) -> Self {
        Self {
            checkout,
            attempt: Some(attempt),
            way: attempt.way.clone(),
            payment: attempt.payment.clone(),
            is_noted: false,
            requests,
            now,
        }
    }

    /// About money that the customer sends by themselves, asked for as this; and the payment
    /// that it is expected as.
    pub(super) fn by_transfer(
        checkout: &'a Checkout,
        (way, payment): (Way, Option<PaymentId>),
        (requests, now): (Requests, Timestamp),
    ) -> Self {
        Self {
            checkout,
            attempt: None,
            way,
            payment,
            is_noted: false,
            requests,
            now,
        }
    }

    /// The same, where a review may have been noted already for what no rule fits.
    pub(super) fn noted(self, is_noted: bool) -> Self {
        Self { is_noted, ..self }
    }

    /// The same, where the answer names a payment that the money has become already.
    pub(super) fn known_as(self, payment: Option<PaymentId>) -> Self {
        Self {
            payment: payment.or(self.payment),
            ..self
        }
    }

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
            Decision::Keep | Decision::Open | Decision::Confirm(None) => {}
            Decision::Confirm(Some(money)) => {
                let payment = self.expect(tx, &self.incoming(money)).await?;
                self.tell_on_its_way(tx, &payment, money.amount).await?;
            }
            Decision::Review(None) => self.tell_unreadable(tx).await?,
            Decision::TooLarge(money) => {
                self.tell_too_large(tx, money).await?;
            }
            Decision::Review(Some(money)) => {
                let payment = self.expect(tx, &self.incoming(money)).await?;
                self.tell_mismatch(tx, &payment, money).await?;
            }
            Decision::Settle(money) => self.settle(tx, &self.incoming(money)).await?,
            Decision::End {
                failure: why,
                tried,
                ..
            } => {
                failure = *why;
                let payment = self.end(tx, *why, *tried).await?;
                self.tell_end(tx, status, payment.as_ref()).await?;
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

    /// Carries out what is to be done about money beside the payment that the checkout was paid
    /// by; `false` where there was nothing to do.
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
                self.tell_settled(tx, &payment, &money, true).await?;
            }
            Beside::TooLarge(money) => return self.tell_too_large(tx, money).await,
            Beside::Withdraw(ending) => {
                if let Some(payment) = &self.payment {
                    payments::cancel(tx, payment, ending.failure).await?;
                    self.tell_end(tx, ending.how.status(), Some(payment))
                        .await?;
                }
            }
        }
        Ok(true)
    }

    /// The customer says that they send a transfer.
    pub(super) async fn expect_transfer(&self, tx: &WriteTx) -> Result<(), DbError> {
        self.expect(tx, &self.transfer(self.way.total)).await?;
        Ok(())
    }

    /// The provider says that a transfer has come, and how much it was: that is booked,
    /// whatever was asked for. Where the checkout has been paid otherwise meanwhile, it is
    /// money beside that.
    pub(super) async fn settle_transfer(&self, tx: &WriteTx, came: Money) -> Result<(), DbError> {
        let money = self.transfer(came);
        if self.checkout.status == CheckoutStatus::Paid {
            self.let_lapse(tx).await?;
            let payment = self.complete(tx, &money).await?;
            self.pay(tx, &payment, &money).await?;
            return self.tell_settled(tx, &payment, &money, true).await;
        }
        self.settle(tx, &money).await
    }

    /// Money is on its way, or less of it than was asked for has come.
    async fn expect(&self, tx: &WriteTx, money: &Incoming) -> Result<PaymentId, DbError> {
        self.let_lapse(tx).await?;
        let provider = money.provider.as_ref();
        let payment = match self.payment_of(tx, money).await? {
            Some(payment) => {
                payments::pend(tx, &payment, money.arrived, provider).await?;
                payment
            }
            None => self.insert(tx, PaymentStatus::Pending, money, None).await?,
        };
        self.take_over(tx, &payment).await?;
        self.pay(tx, &payment, money).await?;
        Ok(payment)
    }

    /// The money is there. What is not payable any more leaves it as credit.
    async fn settle(&self, tx: &WriteTx, money: &Incoming) -> Result<(), DbError> {
        self.let_lapse(tx).await?;
        let payment = self.complete(tx, money).await?;
        self.take_over(tx, &payment).await?;
        self.pay(tx, &payment, money).await?;
        self.secure(tx).await?;
        self.use_credit(tx).await?;
        if money.arrived.total != self.way.total {
            tracing::warn!(
                checkout = %self.checkout.id,
                payment = %payment,
                "what arrived is not what was asked for"
            );
        }
        self.tell_settled(tx, &payment, money, false).await
    }

    /// A Completed payment of the money.
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
        payments::pend(tx, &payment, arrived, provider).await?;
        payments::complete(tx, &payment, self.now, arrived, provider).await?;
        Ok(payment)
    }

    /// The payment that money has become so far. What is complete under another name of its
    /// provider's is other money, and stays as it is.
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

    /// From now on the checkout is what this money makes of it, and not what another attempt
    /// or a transfer would have: that pays for nothing unless its money comes too.
    async fn take_over(&self, tx: &WriteTx, payment: &PaymentId) -> Result<(), DbError> {
        let id = &self.checkout.id;
        checkouts::set_payment(tx, id, payment).await?;
        if self.way != self.checkout.way() {
            checkouts::set_way(tx, id, &self.way).await?;
        }
        // Nobody is to pay on the page of another attempt any more.
        let but = self.attempt.map(|attempt| &attempt.id);
        attempts::look_soon(tx, id, but, self.now).await?;
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

    /// It is over without money; returns the payment that tells so, where there is one.
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
                let money = self.transfer(self.way.total);
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
        let is_transfer = self.way.paid_by.kind == MethodKind::BankTransfer;
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
            method: Some(self.way.method.clone()),
            paid_by: Some(self.way.paid_by.clone()),
            reference: is_transfer.then(ids::reference),
            refund_of: None,
            failure,
            checkout: Some(self.checkout.id.clone()),
            provider: money.provider.clone(),
        };
        payments::insert(tx, &new).await?;
        if let Some(attempt) = self.attempt {
            attempts::became(tx, &attempt.id, &id).await?;
        }
        Ok(id)
    }

    /// Money as a payment provider tells it.
    fn incoming(&self, money: &Received) -> Incoming {
        Incoming {
            provider: self.attempt.map(|attempt| ProviderPayment {
                gateway: attempt.gateway.clone(),
                id: money.payment_id.clone(),
            }),
            ..self.transfer(money.amount)
        }
    }

    /// Money that no payment provider tells of.
    fn transfer(&self, total: Money) -> Incoming {
        Incoming {
            arrived: Arrived {
                total,
                surcharge: self.way.surcharge_in(total),
            },
            provider: None,
        }
    }
}

/// Whether a checkout asks for too much: one of the things it is for has been paid otherwise,
/// wholly or in part, or costs less by now, or is void or called off.
pub(super) fn is_pointless(items: &[checkouts::Item]) -> bool {
    items.iter().any(|item| {
        let left = item.remaining.map(|left| left.minor());
        left.is_some_and(|left| left < item.amount.minor())
    })
}

/// Whether the checkout waits for nothing any more but may still have a page at the provider.
pub(super) fn is_over(status: CheckoutStatus) -> bool {
    matches!(
        status,
        CheckoutStatus::Failed | CheckoutStatus::Cancelled | CheckoutStatus::Expired
    )
}

/// Whether nobody is to pay by an attempt any more: the checkout is over or paid, or is at
/// another attempt.
pub(super) fn is_given_up(attempt: &Attempt, checkout: &Checkout) -> bool {
    let paid = checkout.status == CheckoutStatus::Paid;
    attempt.is_superseded() || paid || is_over(checkout.status)
}
