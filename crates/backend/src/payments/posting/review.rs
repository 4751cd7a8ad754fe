//! Carries out what the portal's provider has decided about money that no rule covers.

use std::cmp::Ordering;

use api_types::{CheckoutStatus, PaymentStepKind};

use super::Posting;
use crate::db::{DbError, WriteTx, checkout_steps, checkouts, payments};
use crate::gateways::Received;

impl Posting<'_> {
    /// Takes what came: it pays for what was asked, and what is left over is credit. The checkout
    /// is paid if that covers what was asked for, and has failed otherwise; the money is a
    /// completed payment either way. A checkout that is not in review stays as it is.
    ///
    /// # Errors
    /// [`DbError::Refused`] if the payment is completed already and would have to become pending or
    /// cancelled, [`DbError::Taken`] if another payment has the provider's id,
    /// [`DbError::TooLarge`] if an amount or a sum is beyond its bound, [`DbError::Unreadable`] if
    /// a stored value cannot be read; otherwise as the database fails.
    pub(in crate::payments) async fn take_as_it_came(
        &self,
        tx: &WriteTx,
        came: &Received,
    ) -> Result<(), DbError> {
        let in_review = self.checkout.status == CheckoutStatus::NeedsReview;
        self.take(tx, came, in_review).await?;
        Ok(())
    }

    /// Does the same as [`Posting::take_as_it_came`] with money that an import has brought as all
    /// that came, and ends the checkout in any case. Returns its new status.
    ///
    /// # Errors
    /// As [`Posting::take_as_it_came`].
    pub(in crate::payments) async fn take_as_imported(
        &self,
        tx: &WriteTx,
        came: &Received,
    ) -> Result<CheckoutStatus, DbError> {
        self.take(tx, came, true).await
    }

    /// Takes what came. `ends` if that ends the checkout.
    async fn take(
        &self,
        tx: &WriteTx,
        came: &Received,
        ends: bool,
    ) -> Result<CheckoutStatus, DbError> {
        let money = self.incoming(came);
        self.let_lapse(tx).await?;
        let payment = self.complete(tx, &money).await?;
        if ends {
            self.take_over(tx, &payment).await?;
        }
        self.pay(tx, &payment, &money).await?;
        let step = self.step(PaymentStepKind::Reviewed).with_payment(&payment);
        checkout_steps::note(tx, &step.of(came.amount)).await?;
        self.record_came(tx, &payment, &money).await?;
        if !ends {
            return Ok(self.checkout.status);
        }
        let order = came.amount.compare(self.terms.total);
        let status = if matches!(order, Ok(Ordering::Equal | Ordering::Greater)) {
            self.secure(tx).await?;
            self.use_credit(tx).await?;
            CheckoutStatus::Paid
        } else {
            CheckoutStatus::Failed
        };
        self.end_review(tx, status).await?;
        Ok(status)
    }

    /// Cancels the payment and marks the checkout as failed, because the money was sent back or
    /// nothing came of an unreadable answer.
    ///
    /// # Errors
    /// [`DbError::Refused`] if the payment is completed, [`DbError::Unreadable`] if a stored value
    /// cannot be read; otherwise as the database fails.
    pub(in crate::payments) async fn give_up(&self, tx: &WriteTx) -> Result<(), DbError> {
        let step = self.step(PaymentStepKind::Reviewed);
        checkout_steps::note(tx, &step).await?;
        if let Some(payment) = &self.payment {
            payments::cancel(tx, payment, None).await?;
        }
        if self.checkout.status != CheckoutStatus::NeedsReview {
            return Ok(());
        }
        self.record_end(tx, CheckoutStatus::Failed, self.payment.as_ref())
            .await?;
        self.end_review(tx, CheckoutStatus::Failed).await
    }

    /// Cancels a payment that was on its way and is not waited for any more, and ends the checkout.
    ///
    /// # Errors
    /// As [`Posting::give_up`].
    pub(in crate::payments) async fn give_up_awaited(&self, tx: &WriteTx) -> Result<(), DbError> {
        let step = self.step(PaymentStepKind::Reviewed);
        checkout_steps::note(tx, &step).await?;
        if let Some(payment) = &self.payment {
            payments::cancel(tx, payment, None).await?;
        }
        self.record_end(tx, CheckoutStatus::Failed, self.payment.as_ref())
            .await?;
        self.end_review(tx, CheckoutStatus::Failed).await
    }

    async fn end_review(&self, tx: &WriteTx, status: CheckoutStatus) -> Result<(), DbError> {
        let id = &self.checkout.id;
        checkouts::set_status(tx, id, status, None, self.now).await?;
        checkouts::release(tx, id).await
    }
}
