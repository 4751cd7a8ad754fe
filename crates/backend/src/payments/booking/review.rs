//! What the provider has decided about money that fits no rule.

use std::cmp::Ordering;

use api_types::{CheckoutStatus, PaymentStepKind};

use super::super::gateway::Received;
use super::Booking;
use crate::db::{DbError, WriteTx, checkout_steps, checkouts, payments};

impl Booking<'_> {
    /// Takes what came: it pays for what was asked, and what is left over is credit. The
    /// checkout is paid where that covers what was asked for, and has failed where it does not;
    /// what came is a completed payment either way. A checkout that is in no review stays as it is.
    pub(in crate::payments) async fn take_as_it_came(
        &self,
        tx: &WriteTx,
        came: &Received,
    ) -> Result<(), DbError> {
        let in_review = self.checkout.status == CheckoutStatus::NeedsReview;
        self.take(tx, came, in_review).await?;
        Ok(())
    }

    /// The same of money that an import has brought as all that came. Returns how the checkout
    /// stands then.
    pub(in crate::payments) async fn take_as_imported(
        &self,
        tx: &WriteTx,
        came: &Received,
    ) -> Result<CheckoutStatus, DbError> {
        self.take(tx, came, true).await
    }

    /// `ends` where the checkout is ended by it.
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
        self.tell_came(tx, &payment, &money).await?;
        if !ends {
            return Ok(self.checkout.status);
        }
        let order = came.amount.compare(self.way.total);
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

    /// The money has gone back, or nothing came of what could not be read: the payment is
    /// cancelled, and the checkout has failed.
    pub(in crate::payments) async fn give_up(&self, tx: &WriteTx) -> Result<(), DbError> {
        let step = self.step(PaymentStepKind::Reviewed);
        checkout_steps::note(tx, &step).await?;
        if let Some(payment) = &self.payment {
            payments::cancel(tx, payment, None).await?;
        }
        if self.checkout.status != CheckoutStatus::NeedsReview {
            return Ok(());
        }
        self.tell_end(tx, CheckoutStatus::Failed, self.payment.as_ref())
            .await?;
        self.end_review(tx, CheckoutStatus::Failed).await
    }

    async fn end_review(&self, tx: &WriteTx, status: CheckoutStatus) -> Result<(), DbError> {
        let id = &self.checkout.id;
        checkouts::set_status(tx, id, status, None, self.now).await?;
        checkouts::release(tx, id).await
    }
}
