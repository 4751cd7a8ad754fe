//! Books refunds and disputes, in the transaction that applies the provider's state. So a
//! notification of a refund may come before that of its payment: both are read and booked together.
//!
//! Every read returns all refunds and disputes. The state of each moves in one direction only, so
//! each is booked once however often it is reported, and an older answer that arrives late reverts
//! nothing.

use api_types::{AttemptId, CheckoutId, DisputeState, PaymentStatus, PaymentStepKind, Timestamp};

use super::imported;
use crate::db::checkout_steps::{self, Step};
use crate::db::payments::{
    self, GivenBack, KeyedPayment, NewDispute, ProviderPayment, RefundOutcome,
};
use crate::db::reviews::{self, NewReview, ReviewKind};
use crate::db::{DbError, WriteTx, refund_orders};
use crate::gateways::{
    PaymentEvents, ProviderDispute, ProviderRefund, ProviderState, Received, RefundStatus,
};

/// The attempt that an answer is about, and the time.
pub(super) struct RefundsDisputes<'a> {
    /// Its checkout.
    pub checkout: &'a CheckoutId,
    /// The attempt.
    pub attempt: &'a AttemptId,
    /// The name of its gateway.
    pub gateway: &'a str,
    /// Now.
    pub now: Timestamp,
}

impl RefundsDisputes<'_> {
    /// Books the refunds and disputes of a payment; returns `false` where none was new. It does
    /// nothing until the payment is completed here, because the provider reports them again.
    ///
    /// # Errors
    /// As [`payments::give_back`] and [`payments::record_dispute`]; otherwise [`DbError`] if the
    /// database fails.
    pub(super) async fn apply(
        &self,
        tx: &WriteTx,
        state: &ProviderState,
        events: &PaymentEvents,
    ) -> Result<bool, DbError> {
        let ProviderState::Paid(money) = state else {
            return Ok(false);
        };
        if *events == PaymentEvents::default() {
            return Ok(false);
        }
        let taken = payments::find_by_provider(tx, &self.provider(&money.payment_id)).await?;
        let Some(taken) = taken.filter(|taken| taken.status == PaymentStatus::Completed) else {
            return Ok(false);
        };
        let mut is_new = false;
        let currency = taken.total.currency();
        for refund in &events.refunds {
            if refund.amount.currency() == currency {
                is_new |= self.refund(tx, &taken, refund).await?;
            }
        }
        for dispute in &events.disputes {
            if dispute.amount.currency() == currency {
                is_new |= self.dispute(tx, &taken, dispute).await?;
            }
        }
        let amounts = events.refunds.iter().map(|refund| refund.amount);
        let mut amounts = amounts.chain(events.disputes.iter().map(|dispute| dispute.amount));
        if events.is_unreadable || amounts.any(|amount| amount.currency() != currency) {
            is_new |= self.review(tx, &taken, money).await?;
        }
        Ok(is_new)
    }

    /// Books a refund. It goes from pending to done, and may fail from either; a failed refund
    /// stays failed.
    async fn refund(
        &self,
        tx: &WriteTx,
        taken: &KeyedPayment,
        refund: &ProviderRefund,
    ) -> Result<bool, DbError> {
        if let Some(key) = &refund.key {
            refund_orders::record_known(tx, key, &refund.id, self.now).await?;
        }
        let given = GivenBack {
            provider: self.provider(&refund.id),
            amount: refund.amount,
            at: refund.at,
            by_dispute: false,
        };
        let (outcome, kind) = match refund.status {
            RefundStatus::Pending => return Ok(false),
            RefundStatus::Done => (
                payments::give_back(tx, &taken.id, &given, self.now).await?,
                PaymentStepKind::Refunded,
            ),
            RefundStatus::Failed => (
                payments::fail_refund(tx, &taken.id, &given, self.now).await?,
                PaymentStepKind::RefundFailed,
            ),
        };
        let is_new = self.record(tx, taken, &given, outcome, kind).await?;
        if is_new && kind == PaymentStepKind::RefundFailed {
            let review = NewReview {
                amount: Some(refund.amount),
                ..self.about(taken, ReviewKind::RefundFailed, &refund.id)
            };
            reviews::note(tx, &review, self.now).await?;
        }
        Ok(is_new)
    }

    /// Records what came of a refund or dispute as a step or a review; `false` where nothing did.
    async fn record(
        &self,
        tx: &WriteTx,
        taken: &KeyedPayment,
        given: &GivenBack,
        outcome: RefundOutcome,
        kind: PaymentStepKind,
    ) -> Result<bool, DbError> {
        match outcome {
            RefundOutcome::Known => {
                imported::agrees(tx, &given.provider, self.now).await?;
                Ok(false)
            }
            RefundOutcome::Booked(_) => {
                imported::agrees(tx, &given.provider, self.now).await?;
                let step = self.step(taken, kind);
                checkout_steps::note(tx, &step.of(given.amount)).await?;
                Ok(true)
            }
            RefundOutcome::Differs(imported) => {
                let review = NewReview {
                    payment: Some(imported),
                    amount: Some(given.amount),
                    ..self.about(taken, ReviewKind::ImportDiffers, &given.provider.id)
                };
                reviews::note(tx, &review, self.now).await
            }
        }
    }

    /// Books a dispute. It goes from open to won or lost; one that was lost may still be won, and
    /// then the money comes back.
    async fn dispute(
        &self,
        tx: &WriteTx,
        taken: &KeyedPayment,
        dispute: &ProviderDispute,
    ) -> Result<bool, DbError> {
        let new = NewDispute {
            provider: self.provider(&dispute.id),
            state: dispute.state,
            amount: dispute.amount,
            at: dispute.at.unwrap_or(self.now),
        };
        let moved = payments::record_dispute(tx, &taken.id, &new).await?;
        if moved.is_some() {
            self.review_dispute(tx, taken, dispute).await?;
        } else if payments::dispute_state(tx, &new.provider).await? != Some(dispute.state) {
            // It is an old answer.
            return Ok(false);
        }
        let given = GivenBack {
            provider: new.provider,
            amount: dispute.amount,
            at: dispute.at,
            by_dispute: true,
        };
        let was_lost = moved.is_some_and(|moved| moved.from == Some(DisputeState::Lost));
        // Where an import says otherwise, nothing has been booked for it: so it is tried again,
        // until the import has been mended.
        let outcome = match dispute.state {
            DisputeState::Lost if dispute.takes_money => {
                Some(payments::give_back(tx, &taken.id, &given, self.now).await?)
            }
            DisputeState::Won
                if dispute.takes_money
                    && (was_lost || self.is_only_imported(tx, &given).await?) =>
            {
                Some(payments::fail_refund(tx, &taken.id, &given, self.now).await?)
            }
            _ => None,
        };
        let kind = match dispute.state {
            DisputeState::Won => PaymentStepKind::DisputeWon,
            DisputeState::Lost => PaymentStepKind::DisputeLost,
            _ => PaymentStepKind::Disputed,
        };
        let differs = matches!(outcome, Some(RefundOutcome::Differs(_)));
        let is_reported = match outcome {
            Some(outcome) => self.record(tx, taken, &given, outcome, kind).await?,
            None => {
                imported::agrees(tx, &given.provider, self.now).await?;
                false
            }
        };
        if moved.is_some() && !is_reported && !differs {
            let step = self.step(taken, kind);
            checkout_steps::note(tx, &step.of(dispute.amount)).await?;
        }
        Ok(is_reported || moved.is_some())
    }

    /// Opens a review for a dispute, and closes it if the dispute was won, because the money stays.
    async fn review_dispute(
        &self,
        tx: &WriteTx,
        taken: &KeyedPayment,
        dispute: &ProviderDispute,
    ) -> Result<(), DbError> {
        let review = NewReview {
            amount: Some(dispute.amount),
            ..self.about(taken, ReviewKind::Dispute, &dispute.id)
        };
        reviews::note(tx, &review, self.now).await?;
        if dispute.state == DisputeState::Won {
            let about = (ReviewKind::Dispute, self.gateway, dispute.id.as_str());
            reviews::settle(tx, about, "the dispute was won", self.now).await?;
        }
        Ok(())
    }

    /// Whether a refund is known from an import only.
    async fn is_only_imported(&self, tx: &WriteTx, given: &GivenBack) -> Result<bool, DbError> {
        let known = payments::find_by_provider(tx, &given.provider).await?;
        Ok(known.is_some_and(|known| known.only_imported))
    }

    /// Opens a review for what the provider says about the money and has no meaning here.
    async fn review(
        &self,
        tx: &WriteTx,
        taken: &KeyedPayment,
        money: &Received,
    ) -> Result<bool, DbError> {
        let review = self.about(taken, ReviewKind::Unreadable, &money.payment_id);
        reviews::note(tx, &review, self.now).await
    }

    fn about(&self, taken: &KeyedPayment, kind: ReviewKind, provider_ref: &str) -> NewReview {
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

    fn step(&self, taken: &KeyedPayment, kind: PaymentStepKind) -> Step {
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
