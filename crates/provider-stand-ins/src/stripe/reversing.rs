//! Money that goes back: refunds and disputes.

use super::balance::Txn;
use super::cards::Refunds;
use super::currency::Currency;
use super::dispute::Dispute;
use super::error::ApiError;
use super::refund::Refund;
use super::render::Moment;
use super::state::{Kind, State};

/// A refund that is asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct NewRefund {
    pub intent: Option<String>,
    pub charge: Option<String>,
    /// All that is left if there is none.
    pub amount: Option<i64>,
    pub reason: Option<String>,
    pub metadata: Vec<(String, String)>,
}

impl State {
    /// Makes a refund, and returns its id.
    pub(super) fn refund(
        &mut self,
        asked: NewRefund,
        live: bool,
        at: &Moment,
    ) -> Result<String, ApiError> {
        let charge = self.charge_to_refund(&asked, live, at)?;
        let left = self.left_to_refund(&charge)?;
        let amount = asked.amount.unwrap_or(left);
        self.check_amount(&charge, amount, left)?;
        let missing = || ApiError::no_such("charge", &charge, "charge", false);
        let paid = self.charge_mut(&charge).ok_or_else(missing)?;
        paid.refunded += amount;
        let mut refund = Refund::new(paid, amount, (asked.reason, asked.metadata), at.now);
        let id = refund.id.clone();
        if refund.status == "succeeded" {
            let txn = Txn::refund(amount, &refund.currency, (&id, live, at.now));
            refund.txn = Some(txn.id.clone());
            self.txns.push(txn);
        }
        self.refunds.push(refund);
        self.tell("charge.refunded", Kind::Charge, &charge, at);
        self.tell("refund.created", Kind::Refund, &id, at);
        Ok(id)
    }

    fn charge_to_refund(
        &self,
        asked: &NewRefund,
        live: bool,
        at: &Moment,
    ) -> Result<String, ApiError> {
        let mut charge = asked.charge.clone();
        if let Some(charge) = &charge {
            self.get_for(Kind::Charge, (charge, "charge"), live, at)?;
        }
        if let Some(intent) = &asked.intent {
            let named = (intent.as_str(), "payment_intent");
            self.get_for(Kind::Intent, named, live, at)?;
            let latest = self
                .intent(intent)
                .and_then(|one| one.latest_charge.clone());
            if charge.is_some() && charge != latest {
                let message = format!("The charge does not belong to PaymentIntent {intent}.");
                return Err(ApiError::invalid(message).param("charge").executed());
            }
            charge = latest;
        }
        let found = charge.as_deref().and_then(|id| self.charge(id));
        let paid = found.filter(|charge| charge.status == "succeeded");
        let paid = paid.map(|charge| charge.id.clone());
        paid.ok_or_else(|| {
            let intent = found.map(|charge| charge.intent.clone());
            let intent = intent.or_else(|| asked.intent.clone()).unwrap_or_default();
            ApiError::invalid(format!(
                "This PaymentIntent ({intent}) does not have a successful charge to refund."
            ))
            .param("payment_intent")
            .executed()
        })
    }

    fn left_to_refund(&self, charge: &str) -> Result<i64, ApiError> {
        let held = self
            .disputes
            .iter()
            .find(|dispute| dispute.charge == charge);
        if held.is_some_and(|dispute| !dispute.is_charge_refundable()) {
            return Err(ApiError::invalid(format!(
                "Charge {charge} has been charged back; cannot issue a refund."
            ))
            .code("charge_disputed")
            .executed());
        }
        let paid = self.charge(charge);
        let left = paid.map_or(0, |paid| paid.amount - paid.refunded);
        if left > 0 {
            return Ok(left);
        }
        let message = format!("Charge {charge} has already been refunded.");
        let error = ApiError::invalid(message).code("charge_already_refunded");
        Err(error.executed())
    }

    fn check_amount(&self, charge: &str, amount: i64, left: i64) -> Result<(), ApiError> {
        let Some(paid) = self.charge(charge) else {
            return Ok(());
        };
        let Some(currency) = Currency::parse(&paid.currency) else {
            return Ok(());
        };
        let refused = |message| Err(ApiError::invalid(message).param("amount").executed());
        if amount % currency.step() != 0 {
            return refused(wrong_step(&currency));
        }
        if amount <= left {
            return Ok(());
        }
        let (limit, of) = if paid.refunded == 0 {
            (paid.amount, "charge amount")
        } else {
            (left, "unrefunded amount on charge")
        };
        refused(format!(
            "Refund amount ({}) is greater than {of} ({})",
            currency.show(amount),
            currency.show(limit)
        ))
    }

    /// A refund arrives, or comes back. None if there is nothing to settle.
    pub(super) fn settle_refund(&mut self, id: &str, arrived: bool, at: &Moment) -> Option<()> {
        let place = self.refunds.iter().position(|refund| refund.id == id)?;
        let refund = self.refunds.get_mut(place)?;
        let (amount, charge) = (refund.amount, refund.charge.clone());
        let of = (id, refund.live, at.now);
        let later = self.charge(&charge)?.refunds;
        let refund = self.refunds.get_mut(place)?;
        match (refund.status, arrived) {
            ("pending", true) => {
                let txn = Txn::refund(amount, &refund.currency, of);
                refund.status = "succeeded";
                refund.txn = Some(txn.id.clone());
                self.txns.push(txn);
            }
            ("succeeded", true) if later == Refunds::FailLater => return Some(()),
            ("pending" | "succeeded", false) => {
                let txn = Txn::refund_failure(amount, &refund.currency, of);
                // Money that has never left the balance does not come back to it.
                if refund.txn.is_some() {
                    refund.failure_txn = Some(txn.id.clone());
                    self.txns.push(txn);
                }
                refund.status = "failed";
                self.charge_mut(&charge)?.refunded -= amount;
            }
            _ => return None,
        }
        self.tell("refund.updated", Kind::Refund, id, at);
        self.tell("charge.refund.updated", Kind::Refund, id, at);
        if !arrived {
            self.tell("refund.failed", Kind::Refund, id, at);
        }
        Some(())
    }

    /// A customer disputes a charge, the whole of it if there is no amount. None if the charge has
    /// not been paid, is disputed already, or is less.
    pub(super) fn dispute(
        &mut self,
        charge: &str,
        amount: Option<i64>,
        at: &Moment,
    ) -> Option<String> {
        let paid = self.charge_mut(charge)?;
        let amount = amount.unwrap_or(paid.amount);
        let fits = (1..=paid.amount).contains(&amount);
        if paid.status != "succeeded" || paid.disputed || !fits {
            return None;
        }
        paid.disputed = true;
        let mut dispute = Dispute::new(paid, amount, at.now);
        let id = dispute.id.clone();
        let txn = Txn::dispute(amount, &dispute.currency, (&id, dispute.live, at.now));
        dispute.txns.push(txn.id.clone());
        self.txns.push(txn);
        self.disputes.push(dispute);
        self.tell("charge.dispute.created", Kind::Dispute, &id, at);
        self.tell("charge.dispute.funds_withdrawn", Kind::Dispute, &id, at);
        Some(id)
    }

    /// The merchant answers a dispute, which is then looked at. None if it waits for no answer.
    pub(super) fn answer_dispute(&mut self, id: &str, at: &Moment) -> Option<()> {
        let mut disputes = self.disputes.iter_mut();
        let dispute = disputes.find(|dispute| dispute.id == id)?;
        if dispute.status != "needs_response" {
            return None;
        }
        dispute.status = "under_review";
        self.tell("charge.dispute.updated", Kind::Dispute, id, at);
        Some(())
    }

    /// A bank decides a dispute. None if it is decided already.
    pub(super) fn close_dispute(&mut self, id: &str, won: bool, at: &Moment) -> Option<()> {
        let mut disputes = self.disputes.iter_mut();
        let dispute = disputes.find(|dispute| dispute.id == id)?;
        if !["needs_response", "under_review"].contains(&dispute.status) {
            return None;
        }
        dispute.status = if won { "won" } else { "lost" };
        if won {
            let of = (id, dispute.live, at.now);
            let txn = Txn::dispute_won(dispute.amount, &dispute.currency, of);
            dispute.txns.push(txn.id.clone());
            self.txns.push(txn);
        }
        self.tell("charge.dispute.closed", Kind::Dispute, id, at);
        if won {
            let kind = "charge.dispute.funds_reinstated";
            self.tell(kind, Kind::Dispute, id, at);
        }
        Some(())
    }
}

/// What is said of an amount that its currency cannot be paid in.
pub(super) fn wrong_step(currency: &Currency) -> String {
    let code = currency.code();
    format!(
        "Invalid {code} amount: it must be evenly divisible by {}.",
        currency.step()
    )
}
