//! Records what a posting did: the steps that are shown with the checkout, and reviews for what no
//! rule covers.

use api_types::{CheckoutFor, CheckoutStatus, Money, PaymentId, PaymentStepKind};

use super::{Incoming, Posting};
use crate::db::attempts::AtProvider;
use crate::db::checkout_steps::{self, Step};
use crate::db::reviews::{self, NewReview, ReviewKind};
use crate::db::{DbError, WriteTx, checkouts, payments};
use crate::gateways::{Received, TooLarge};

impl Posting<'_> {
    /// Records once that money is on its way.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub(super) async fn record_on_its_way(
        &self,
        tx: &WriteTx,
        payment: &PaymentId,
        amount: Money,
    ) -> Result<(), DbError> {
        let step = self.step(PaymentStepKind::OnItsWay).with_payment(payment);
        checkout_steps::note_once(tx, &step.of(amount)).await?;
        Ok(())
    }

    /// Records that the provider's state has no meaning here, and opens a review unless there is
    /// one.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub(super) async fn record_unreadable(&self, tx: &WriteTx) -> Result<(), DbError> {
        checkout_steps::note(tx, &self.step(PaymentStepKind::InReview)).await?;
        if self.is_noted {
            return Ok(());
        }
        let at = self
            .attempt
            .and_then(|attempt| attempt.at_provider.as_ref());
        let its_name = at.map(|AtProvider { id, .. }| id.as_str());
        self.review(tx, ReviewKind::Unreadable, None, (its_name, None))
            .await?;
        Ok(())
    }

    /// Opens a review because more money came than an amount may be. No payment holds that money,
    /// so the review has what the provider said. Returns `false` where the review exists already.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub(super) async fn record_too_large(
        &self,
        tx: &WriteTx,
        money: &TooLarge,
    ) -> Result<bool, DbError> {
        let came = (Some(money.payment_id.as_str()), money.amount);
        let is_new = self.review(tx, ReviewKind::Unreadable, None, came).await?;
        if is_new {
            tracing::error!(
                checkout = %self.checkout.id,
                amount = ?money.amount,
                "more came than can be kept: it waits for a decision"
            );
            checkout_steps::note(tx, &self.step(PaymentStepKind::InReview)).await?;
        }
        Ok(is_new)
    }

    /// Opens a review because less came than was asked for, or another currency.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub(super) async fn record_mismatch(
        &self,
        tx: &WriteTx,
        payment: &PaymentId,
        money: &Received,
    ) -> Result<(), DbError> {
        let step = self.step(PaymentStepKind::InReview).with_payment(payment);
        checkout_steps::note(tx, &step.of(money.amount)).await?;
        let came = (Some(money.payment_id.as_str()), Some(money.amount));
        self.review(tx, ReviewKind::Mismatch, Some(payment), came)
            .await?;
        Ok(())
    }

    /// Opens a review because the provider now reports another amount for money that is booked.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub(in crate::payments) async fn record_other_amount(
        &self,
        tx: &WriteTx,
        payment: &PaymentId,
        money: &Received,
    ) -> Result<(), DbError> {
        let name = other_amount(money);
        let came = (Some(name.as_str()), Some(money.amount));
        self.review(tx, ReviewKind::Unreadable, Some(payment), came)
            .await?;
        Ok(())
    }

    /// Records that the checkout ended without money.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub(super) async fn record_end(
        &self,
        tx: &WriteTx,
        status: CheckoutStatus,
        payment: Option<&PaymentId>,
    ) -> Result<(), DbError> {
        let kind = match status {
            CheckoutStatus::Cancelled => PaymentStepKind::Cancelled,
            CheckoutStatus::Expired => PaymentStepKind::Expired,
            _ => PaymentStepKind::Failed,
        };
        let mut step = self.step(kind);
        step.payment = payment.cloned();
        checkout_steps::note(tx, &step).await
    }

    /// Records that money came and what it paid. Returns what is left over.
    ///
    /// # Errors
    /// [`DbError::Refused`] if there is no such payment, [`DbError::Unreadable`] if a stored value
    /// cannot be read, [`DbError::TooLarge`] if a sum of amounts is beyond its bound; otherwise as
    /// the database fails.
    pub(super) async fn record_came(
        &self,
        tx: &WriteTx,
        payment: &PaymentId,
        money: &Incoming,
    ) -> Result<Money, DbError> {
        let total = money.arrived.total;
        let told = |kind, amount: Money| self.step(kind).with_payment(payment).of(amount);
        checkout_steps::note(tx, &told(PaymentStepKind::Confirmed, total)).await?;
        let (applied, left) = payments::applied_and_left(tx, payment).await?;
        if applied.is_positive() {
            checkout_steps::note(tx, &told(PaymentStepKind::Applied, applied)).await?;
        }
        let over = left.minor() - self.for_the_account(tx).await?;
        let over = Money::from_minor(over.max(0), left.currency());
        if over.is_positive() {
            checkout_steps::note(tx, &told(PaymentStepKind::Credited, over)).await?;
        }
        Ok(over)
    }

    /// Records that money came, and opens a review if more came than was asked for or the money was
    /// not needed. `is_second` if the checkout had been paid before.
    ///
    /// # Errors
    /// As [`Posting::record_came`].
    pub(super) async fn record_settled(
        &self,
        tx: &WriteTx,
        payment: &PaymentId,
        money: &Incoming,
        is_second: bool,
    ) -> Result<(), DbError> {
        let total = money.arrived.total;
        let over = self.record_came(tx, payment, money).await?;
        let came = money.provider.as_ref().map(|provider| provider.id.as_str());
        let came = (came, Some(total));
        let asked = self.terms.total;
        let excess = match total.currency() == asked.currency() {
            true => (total.minor() - asked.minor()).max(0),
            false => 0,
        };
        if excess > 0 {
            self.review(tx, ReviewKind::Excess, Some(payment), came)
                .await?;
        }
        let meant_for_the_account = matches!(self.checkout.pays_for, CheckoutFor::Account { .. });
        if is_second || (over.minor() > excess && !meant_for_the_account) {
            self.review(tx, ReviewKind::SecondPayment, Some(payment), came)
                .await?;
        }
        Ok(())
    }

    /// Computes how much of the money pays charges on the account that are on no invoice, in minor
    /// units. That part is not allocated, and is not left over either.
    async fn for_the_account(&self, tx: &WriteTx) -> Result<i64, DbError> {
        if !matches!(self.checkout.pays_for, CheckoutFor::Balance { .. }) {
            return Ok(0);
        }
        let items = checkouts::items(tx, self.checkout).await?;
        let charges = items.iter().filter(|item| item.invoice.is_none());
        charges
            .map(|item| item.amount.minor())
            .try_fold(0_i64, i64::checked_add)
            .ok_or_else(|| DbError::TooLarge("the charges of a checkout".to_owned()))
    }

    pub(super) fn step(&self, kind: PaymentStepKind) -> Step {
        let step = Step::of_checkout(&self.checkout.id, kind, self.now);
        match self.attempt {
            Some(attempt) => step.at_attempt(&attempt.id),
            None => step,
        }
    }

    /// Opens a review; returns `false` where it exists already. A transfer needs none, because the
    /// portal's provider entered it.
    async fn review(
        &self,
        tx: &WriteTx,
        kind: ReviewKind,
        payment: Option<&PaymentId>,
        (its_name, amount): (Option<&str>, Option<Money>),
    ) -> Result<bool, DbError> {
        let Some(attempt) = self.attempt else {
            return Ok(false);
        };
        let review = NewReview {
            kind,
            customer: Some(self.checkout.customer.clone()),
            checkout: Some(self.checkout.id.clone()),
            attempt: Some(attempt.id.clone()),
            payment: payment.cloned(),
            gateway: attempt.gateway.clone(),
            provider_ref: its_name.unwrap_or(attempt.id.as_str()).to_owned(),
            amount,
            asked: Some(self.terms.total),
        };
        reviews::note(tx, &review, self.now).await
    }
}

/// The key of a review about a booked payment that is reported with another amount: one review for
/// each amount.
pub(in crate::payments) fn other_amount(money: &Received) -> String {
    format!("{} {:?}", money.payment_id, money.amount)
}
