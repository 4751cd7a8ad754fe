//! What may happen to a payment after it was paid: money of it goes back, or the customer's bank
//! asks for it back. Pure, as `payment.rs` is.

use jiff::Timestamp;

use crate::amount::Amount;
use crate::payment::{Over, Payment, Status};
use crate::reversal::{Dispute, DisputeStatus, Refund, RefundStatus};

impl Payment {
    /// What the merchant still has of it, and nobody disputes.
    pub fn undisputed_amount(&self) -> Option<Amount> {
        let mut kept = self.amount_received?;
        let went_back = |refund: &&Refund| refund.status == RefundStatus::Succeeded;
        for refund in self.refunds.iter().filter(went_back) {
            kept = kept.less(refund.amount)?;
        }
        let is_held = |dispute: &&Dispute| dispute.status != DisputeStatus::Won;
        for dispute in self.disputes.iter().filter(is_held) {
            kept = kept.less(dispute.amount)?;
        }
        Some(kept)
    }

    /// Refunds an amount, or all that is left where no amount is given.
    ///
    /// # Errors
    /// [`Over`] if the payment is not paid, nothing of it is left, or less than the amount is left.
    pub fn refund(
        &mut self,
        id: String,
        amount: Option<Amount>,
        fails_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), Over> {
        let kept = self.undisputed_paid_amount()?;
        let amount = amount.unwrap_or(kept);
        kept.less(amount).ok_or(Over)?;
        self.refunds.push(Refund {
            id,
            amount,
            at: now,
            status: RefundStatus::Succeeded,
            fails_at,
        });
        Ok(())
    }

    /// Marks a refund as failed, because the customer's bank did not take it. Its money counts as
    /// kept again.
    ///
    /// # Errors
    /// [`Over`] if there is no such refund, or it has failed already.
    pub fn fail_refund(&mut self, id: &str, now: Timestamp) -> Result<(), Over> {
        let stands =
            |refund: &&mut Refund| refund.id == id && refund.status == RefundStatus::Succeeded;
        let refund = self.refunds.iter_mut().find(stands).ok_or(Over)?;
        (refund.status, refund.at, refund.fails_at) = (RefundStatus::Failed, now, None);
        Ok(())
    }

    /// When the next refund fails by itself.
    pub fn next_refund_to_fail(&self) -> Option<(Timestamp, &str)> {
        let failing = self
            .refunds
            .iter()
            .filter_map(|refund| Some((refund.fails_at?, refund.id.as_str())));
        failing.min()
    }

    /// Opens a dispute about all that is left, or decides the one that is open. A bank may open
    /// another one later, but only after it has decided; a decision is final.
    ///
    /// # Errors
    /// [`Over`] if a dispute is to be opened while one is open, or while the payment is not paid or
    /// has nothing left; and if a dispute is to be decided while none is open.
    pub fn decide_dispute(
        &mut self,
        id: String,
        status: DisputeStatus,
        now: Timestamp,
    ) -> Result<(), Over> {
        let is_open = |dispute: &&mut Dispute| dispute.status == DisputeStatus::Open;
        match (self.disputes.iter_mut().find(is_open), status) {
            (None, DisputeStatus::Open) => {
                let amount = self.undisputed_paid_amount()?;
                self.disputes.push(Dispute {
                    id,
                    amount,
                    status,
                    at: now,
                });
                Ok(())
            }
            (Some(dispute), DisputeStatus::Won | DisputeStatus::Lost) => {
                (dispute.status, dispute.at) = (status, now);
                Ok(())
            }
            _ => Err(Over),
        }
    }

    fn undisputed_paid_amount(&self) -> Result<Amount, Over> {
        let kept = self.undisputed_amount().filter(|kept| !kept.is_zero());
        kept.filter(|_| self.status == Status::Paid).ok_or(Over)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payment::Order;

    fn now() -> Timestamp {
        "2026-11-21T10:00:00Z".parse().unwrap()
    }

    fn amount(text: &str) -> Amount {
        Amount::parse(text).unwrap()
    }

    fn paid() -> Payment {
        let order = Order {
            reference: "R-1".into(),
            amount: amount("45.00"),
            currency: "EUR".into(),
            wallet: None,
            description: String::new(),
            merchant: "Harbour Clinic".into(),
            return_url: "https://portal.example.com/".into(),
            webhook_url: "https://portal.example.com/hook".into(),
            expires_at: now(),
        };
        let mut payment = Payment::new("pay_1".into(), order, now());
        payment.process("4242".into(), "ch_1".into(), None).unwrap();
        payment.receive(amount("45.00"), "ch_1".into());
        payment
    }

    fn refund(payment: &mut Payment, text: Option<&str>) -> Result<(), Over> {
        let id = format!("re_{}", payment.refunds.len() + 1);
        payment.refund(id, text.map(amount), None, now())
    }

    fn decide(payment: &mut Payment, status: DisputeStatus) -> Result<(), Over> {
        let id = format!("dp_{}", payment.disputes.len() + 1);
        payment.decide_dispute(id, status, now())
    }

    #[test]
    fn no_more_goes_back_than_came() {
        let mut payment = paid();
        assert_eq!(refund(&mut payment, Some("45.01")), Err(Over));
        assert_eq!(refund(&mut payment, Some("20.00")), Ok(()));
        assert_eq!(refund(&mut payment, Some("25.01")), Err(Over));
        assert_eq!(refund(&mut payment, None), Ok(()));
        assert_eq!(payment.refunds[1].amount, amount("25.00"));
        assert_eq!(refund(&mut payment, None), Err(Over), "nothing is left");
    }

    #[test]
    fn what_is_not_paid_is_neither_given_back_nor_disputed() {
        let mut payment = paid();
        (payment.status, payment.amount_received) = (Status::Processing, None);
        assert_eq!(refund(&mut payment, None), Err(Over));
        assert_eq!(decide(&mut payment, DisputeStatus::Open), Err(Over));
    }

    #[test]
    fn a_dispute_is_about_what_is_left_and_holds_it() {
        let mut payment = paid();
        refund(&mut payment, Some("20.00")).unwrap();
        decide(&mut payment, DisputeStatus::Open).unwrap();
        assert_eq!(payment.disputes[0].amount, amount("25.00"));
        assert_eq!(refund(&mut payment, Some("0.01")), Err(Over));
        decide(&mut payment, DisputeStatus::Won).unwrap();
        assert_eq!(refund(&mut payment, None), Ok(()));
    }

    #[test]
    fn a_dispute_is_opened_before_it_is_decided_and_decided_once() {
        let mut payment = paid();
        assert_eq!(decide(&mut payment, DisputeStatus::Lost), Err(Over));
        decide(&mut payment, DisputeStatus::Open).unwrap();
        decide(&mut payment, DisputeStatus::Lost).unwrap();
        for status in [DisputeStatus::Open, DisputeStatus::Won, DisputeStatus::Lost] {
            assert_eq!(decide(&mut payment, status), Err(Over), "{status:?}");
        }
        assert_eq!(refund(&mut payment, None), Err(Over), "it went back");
    }

    #[test]
    fn a_bank_asks_again_once_it_has_decided_and_something_is_left() {
        let mut payment = paid();
        decide(&mut payment, DisputeStatus::Open).unwrap();
        assert_eq!(decide(&mut payment, DisputeStatus::Open), Err(Over));
        decide(&mut payment, DisputeStatus::Won).unwrap();
        refund(&mut payment, Some("20.00")).unwrap();
        decide(&mut payment, DisputeStatus::Open).unwrap();
        decide(&mut payment, DisputeStatus::Lost).unwrap();
        let told: Vec<_> = payment
            .disputes
            .iter()
            .map(|one| (one.id.as_str(), one.amount, one.status))
            .collect();
        let (won, lost) = (DisputeStatus::Won, DisputeStatus::Lost);
        assert_eq!(
            told,
            [
                ("dp_1", amount("45.00"), won),
                ("dp_2", amount("25.00"), lost)
            ]
        );
        assert_eq!(decide(&mut payment, DisputeStatus::Open), Err(Over));
    }

    #[test]
    fn a_refund_fails_once_and_its_money_can_go_back_another_way() {
        let mut payment = paid();
        refund(&mut payment, None).unwrap();
        assert_eq!(payment.fail_refund("re_2", now()), Err(Over), "no such one");
        assert_eq!(payment.fail_refund("re_1", now()), Ok(()));
        assert_eq!(payment.fail_refund("re_1", now()), Err(Over));
        assert_eq!(payment.undisputed_amount(), Some(amount("45.00")));
        assert_eq!(refund(&mut payment, None), Ok(()));
        let told: Vec<_> = payment.refunds.iter().map(|one| one.status).collect();
        assert_eq!(told, [RefundStatus::Failed, RefundStatus::Succeeded]);
    }

    #[test]
    fn a_refund_that_fails_by_itself_is_told_when() {
        let mut payment = paid();
        let later = "2026-11-21T10:00:05Z".parse().unwrap();
        payment
            .refund("re_1".into(), None, Some(later), now())
            .unwrap();
        assert_eq!(payment.next_refund_to_fail(), Some((later, "re_1")));
        payment.fail_refund("re_1", later).unwrap();
        assert_eq!(payment.next_refund_to_fail(), None);
    }
}
