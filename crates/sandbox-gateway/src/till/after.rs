//! What the merchant of a test does with money that has arrived: gives it back, or lets a bank
//! ask for it.

use super::{Conditions, Refused, Till, fresh_id};
use crate::aftermath::DisputeStatus;
use crate::amount::Amount;
use crate::clock;
use crate::payment::Status;

impl Till {
    /// Gives money back: so much, or all that is left.
    pub fn refund(
        &mut self,
        id: &str,
        amount: Option<Amount>,
        at: &Conditions<'_>,
    ) -> Result<(), Refused> {
        self.change(id, at, |payment| {
            payment.refund(fresh_id("re"), amount, at.now)
        })
    }

    /// The customer's bank asks for the money, or has decided.
    pub fn dispute(
        &mut self,
        id: &str,
        status: DisputeStatus,
        at: &Conditions<'_>,
    ) -> Result<(), Refused> {
        self.change(id, at, |payment| {
            payment.decide_dispute(fresh_id("dp"), status, at.now)
        })
    }

    /// A payment that has just ended without money may be one whose money comes too late.
    pub(super) fn await_late_money(&mut self, id: &str, at: &Conditions<'_>) {
        let Some(payment) = self.payments.get_mut(id) else {
            return;
        };
        let ended = matches!(
            payment.status,
            Status::Failed | Status::Cancelled | Status::Expired
        );
        if ended && payment.pays_too_late && payment.settles_at.is_none() {
            payment.settles_at = Some(clock::later(at.now, at.slow_card_takes));
        }
    }
}
