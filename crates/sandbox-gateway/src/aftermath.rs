//! What may happen to a payment after it was paid: money of it goes back, or the customer's bank
//! asks for it back. Pure, as `payment.rs` is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::payment::{Over, Payment, Status};

/// Money that went back to the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// The gateway's name for it.
    pub id: String,
    /// How much, in the currency that had arrived.
    pub amount: Amount,
    /// When.
    pub at: Timestamp,
}

/// The customer's bank asks for money back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// The gateway's name for it.
    pub id: String,
    /// How much it is about.
    pub amount: Amount,
    /// How it stands.
    pub status: DisputeStatus,
    /// When it came to stand so.
    pub at: Timestamp,
}

/// How a dispute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeStatus {
    /// The bank has asked, and nobody has decided.
    Open,
    /// The money stays with the merchant.
    Won,
    /// The money went back.
    Lost,
}

impl Payment {
    /// What the merchant still has of it, and nobody disputes.
    pub fn kept(&self) -> Option<Amount> {
        let mut kept = self.amount_received?;
        for refund in &self.refunds {
            kept = kept.less(refund.amount)?;
        }
        match &self.dispute {
            Some(dispute) if dispute.status != DisputeStatus::Won => kept.less(dispute.amount),
            _ => Some(kept),
        }
    }

    /// The merchant gives a part of it back, or all that is left.
    pub fn refund(
        &mut self,
        id: String,
        amount: Option<Amount>,
        now: Timestamp,
    ) -> Result<(), Over> {
        let kept = self.kept_of_paid()?;
        let amount = amount.unwrap_or(kept);
        kept.less(amount).ok_or(Over)?;
        self.refunds.push(Refund {
            id,
            amount,
            at: now,
        });
        Ok(())
    }

    /// The bank asks for all that is left, or has decided about that. A payment is disputed
    /// once; a decision stands.
    pub fn decide_dispute(
        &mut self,
        id: String,
        status: DisputeStatus,
        now: Timestamp,
    ) -> Result<(), Over> {
        match (&mut self.dispute, status) {
            (None, DisputeStatus::Open) => {
                let amount = self.kept_of_paid()?;
                self.dispute = Some(Dispute {
                    id,
                    amount,
                    status,
                    at: now,
                });
                Ok(())
            }
            (Some(dispute), _) if dispute.status == DisputeStatus::Open => {
                (dispute.status, dispute.at) = (status, now);
                Ok(())
            }
            _ => Err(Over),
        }
    }

    fn kept_of_paid(&self) -> Result<Amount, Over> {
        let kept = self.kept().filter(|kept| !kept.is_zero());
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
        payment.refund("re_1".into(), text.map(amount), now())
    }

    fn decide(payment: &mut Payment, status: DisputeStatus) -> Result<(), Over> {
        payment.decide_dispute("dp_1".into(), status, now())
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
        assert_eq!(payment.dispute.as_ref().unwrap().amount, amount("25.00"));
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
}
