//! What happens to money after it has come: refunds and disputes, booked in the transaction
//! that takes in how the payment stands. So a notification of a refund that comes before the
//! payment's own is right by construction: both are read, and booked, together.
//!
//! What the provider tells is all of it at every reading. Each thing is booked once, whatever
//! is told again, and an older answer that overtakes a newer one takes nothing back.

use api_types::{AttemptId, CheckoutId, DisputeState, PaymentStatus, PaymentStepKind, Timestamp};

use super::gateway::{
    After, ProviderDispute, ProviderRefund, ProviderState, Received, RefundStatus,
};
use crate::db::checkout_steps::{self, Step};
use crate::db::payments::{self, GivenBack, ProviderPayment, Taken};
use crate::db::reviews::{self, NewReview, ReviewKind};
use crate::db::{DbError, WriteTx};

/// The attempt that an answer is about, at one moment.
pub(super) struct Aftermath<'a> {
    /// Its checkout.
    pub checkout: &'a CheckoutId,
    /// The attempt.
    pub attempt: &'a AttemptId,
    /// The gateway that it goes through.
    pub gateway: &'a str,
    /// Now.
    pub now: Timestamp,
}

impl Aftermath<'_> {
    /// Books what has happened to the money since; `false` where nothing was new. Money that
    /// has not been taken for complete here has no aftermath yet: it is told again.
    pub(super) async fn book(
        &self,
        tx: &WriteTx,
        state: &ProviderState,
        after: &After,
    ) -> Result<bool, DbError> {
        let ProviderState::Paid(money) = state else {
            return Ok(false);
        };
        if *after == After::default() {
            return Ok(false);
        }
        let taken = payments::taken_by(tx, &self.provider(&money.payment_id)).await?;
        let Some(taken) = taken.filter(|taken| taken.status == PaymentStatus::Completed) else {
            return Ok(false);
        };
        let mut is_new = false;
        let currency = taken.total.currency();
        let is_of_it = |refund: &&ProviderRefund| refund.amount.currency() == currency;
        let done = |refund: &&ProviderRefund| refund.status == RefundStatus::Done;
        for refund in after.refunds.iter().filter(is_of_it).filter(done) {
            is_new |= self.refund(tx, &taken, refund).await?;
        }
        if let Some(dispute) = &after.dispute {
            is_new |= self.dispute(tx, &taken, dispute).await?;
        }
        if after.is_unreadable || !after.refunds.iter().all(|refund| is_of_it(&refund)) {
            is_new |= self.review(tx, &taken, money).await?;
        }
        Ok(is_new)
    }

    async fn refund(
        &self,
        tx: &WriteTx,
        taken: &Taken,
        refund: &ProviderRefund,
    ) -> Result<bool, DbError> {
        let given = GivenBack {
            provider: self.provider(&refund.id),
            amount: refund.amount,
            at: refund.at,
            by_dispute: false,
        };
        if payments::give_back(tx, &taken.id, &given, self.now)
            .await?
            .is_none()
        {
            return Ok(false);
        }
        let step = self.step(taken, PaymentStepKind::Refunded);
        checkout_steps::note(tx, &step.of(refund.amount)).await?;
        Ok(true)
    }

    /// A dispute goes from open to decided, and no way back.
    async fn dispute(
        &self,
        tx: &WriteTx,
        taken: &Taken,
        dispute: &ProviderDispute,
    ) -> Result<bool, DbError> {
        let kind = match (taken.dispute, dispute.state) {
            (None, DisputeState::Open) => PaymentStepKind::Disputed,
            (None | Some(DisputeState::Open), DisputeState::Won) => PaymentStepKind::DisputeWon,
            (None | Some(DisputeState::Open), DisputeState::Lost) => PaymentStepKind::DisputeLost,
            _ => return Ok(false),
        };
        if dispute.amount.currency() != taken.total.currency() {
            return Ok(false);
        }
        payments::mark_dispute(tx, &taken.id, dispute.state).await?;
        if dispute.state == DisputeState::Lost {
            let given = GivenBack {
                provider: self.provider(&dispute.id),
                amount: dispute.amount,
                at: dispute.at,
                by_dispute: true,
            };
            payments::give_back(tx, &taken.id, &given, self.now).await?;
        }
        let step = self.step(taken, kind);
        checkout_steps::note(tx, &step.of(dispute.amount)).await?;
        let review = NewReview {
            amount: Some(dispute.amount),
            ..self.about(taken, ReviewKind::Dispute, &dispute.id)
        };
        reviews::note(tx, &review, self.now).await?;
        Ok(true)
    }

    /// The provider says something about the money that has no meaning here.
    async fn review(&self, tx: &WriteTx, taken: &Taken, money: &Received) -> Result<bool, DbError> {
        let review = self.about(taken, ReviewKind::Unreadable, &money.payment_id);
        reviews::note(tx, &review, self.now).await
    }

    fn about(&self, taken: &Taken, kind: ReviewKind, provider_ref: &str) -> NewReview {
        NewReview {
            kind,
            customer: Some(taken.customer.clone()),
            checkout: Some(self.checkout.clone()),
            attempt: Some(self.attempt.clone()),
            payment: Some(taken.id.clone()),
            gateway: self.gateway.to_owned(),
            provider_ref: provider_ref.to_owned(),
            amount: Some(taken.total),
            asked: None,
        }
    }

    fn step(&self, taken: &Taken, kind: PaymentStepKind) -> Step {
        Step::of_checkout(self.checkout, kind, self.now)
            .at_attempt(self.attempt)
            .with_payment(&taken.id)
    }

    fn provider(&self, id: &str) -> ProviderPayment {
        ProviderPayment {
            gateway: self.gateway.to_owned(),
            id: id.to_owned(),
        }
    }
}
