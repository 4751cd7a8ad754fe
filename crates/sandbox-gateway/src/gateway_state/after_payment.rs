//! What the merchant of a test does with money that has arrived: gives it back, or lets a bank
//! ask for it.

use std::time::Duration;

use super::{Conditions, GatewayState, Refused, fresh_id};
use crate::amount::Amount;
use crate::clock;
use crate::payment::Status;
use crate::reversal::DisputeStatus;

impl GatewayState {
    /// Refunds an amount, or all that is left where no amount is given.
    ///
    /// # Errors
    /// [`Refused::Unknown`] if there is no such payment, [`Refused::Over`] if it is not paid or has
    /// less left.
    pub fn refund(
        &mut self,
        id: &str,
        amount: Option<Amount>,
        at: &Conditions<'_>,
    ) -> Result<(), Refused> {
        let fails_at = at.faults.refund_fails.map(|millis| {
            let takes = Duration::from_millis(millis);
            clock::later(at.now, takes)
        });
        self.change(id, at, |payment| {
            payment.refund(fresh_id("re"), amount, fails_at, at.now)
        })
    }

    /// Lets a refund fail, as when the customer's bank does not take it.
    ///
    /// # Errors
    /// [`Refused::Unknown`] if there is no such payment, [`Refused::Over`] if it has no such refund
    /// or the refund has failed already.
    pub fn fail_refund(
        &mut self,
        id: &str,
        refund: &str,
        at: &Conditions<'_>,
    ) -> Result<(), Refused> {
        self.change(id, at, |payment| payment.fail_refund(refund, at.now))
    }

    /// Lets the refunds fail whose time has come; says whether any did.
    pub(super) fn fail_refunds_due(&mut self, id: &str, at: &Conditions<'_>) -> bool {
        let Some(payment) = self.payments.get_mut(id) else {
            return false;
        };
        let mut has_failed = false;
        while let Some((moment, refund)) = payment.next_refund_to_fail() {
            let refund = refund.to_owned();
            if moment > at.now || payment.fail_refund(&refund, at.now).is_err() {
                break;
            }
            has_failed = true;
        }
        has_failed
    }

    /// Opens a dispute as the customer's bank does, or decides the open one.
    ///
    /// # Errors
    /// [`Refused::Unknown`] if there is no such payment, [`Refused::Over`] if a dispute is to be
    /// opened while one is open or nothing is left, or is to be decided while none is open.
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

    /// Sets when money arrives for a payment that has just ended without it, if its card was one
    /// whose money comes too late.
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
