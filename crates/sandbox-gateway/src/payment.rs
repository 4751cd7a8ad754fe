//! One payment and how its state may change. Pure: who asks and what time it is come from outside.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::amount::Amount;
use crate::reversal::{Dispute, Refund};

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The customer may pay.
    Open,
    /// Pay was pressed, and the money is on its way.
    Processing,
    /// The money is here.
    Paid,
    /// The customer tried, and left without having paid; or the money never came.
    Failed,
    /// The customer left without a try, or the merchant called it off.
    Cancelled,
    /// Nobody paid in time.
    Expired,
}

/// Why a card was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The bank gives no reason.
    CardDeclined,
    /// There is too little money on it.
    InsufficientFunds,
    /// It has expired.
    ExpiredCard,
}

/// How a merchant lets the money that is on its way arrive, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// It arrives.
    Paid,
    /// It never will.
    Failed,
}

/// The payment is past what was asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over;

/// What a merchant asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The merchant's own name for the payment.
    pub reference: String,
    /// How much.
    pub amount: Amount,
    /// In which currency (ISO 4217).
    pub currency: String,
    /// The wallet that the customer chose at the merchant; a card without.
    #[serde(default)]
    pub wallet: Option<String>,
    /// What for, in the merchant's words.
    pub description: String,
    /// Who is paid.
    pub merchant: String,
    /// Where the customer goes afterwards.
    pub return_url: String,
    /// Where changes are told.
    pub webhook_url: String,
    /// When the offer ends.
    pub expires_at: Timestamp,
}

/// A payment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Payment {
    /// The gateway's name for it; whoever knows it may pay.
    pub id: String,
    /// What was asked for.
    #[serde(flatten)]
    pub order: Order,
    /// Where it stands.
    pub status: Status,
    /// How often a card was tried.
    pub attempts: u32,
    /// Why the last try failed.
    pub failure: Option<Failure>,
    /// The charge, once money is on its way.
    pub payment_id: Option<String>,
    /// What arrived.
    pub amount_received: Option<Amount>,
    /// In which currency it arrived, where that is not the one that was asked for.
    #[serde(default)]
    pub currency_received: Option<String>,
    /// What went back of it.
    #[serde(default)]
    pub refunds: Vec<Refund>,
    /// Each time that the customer's bank asked for it back, the first one first.
    #[serde(default)]
    pub disputes: Vec<Dispute>,
    /// Whether a card was used whose money arrives only after the end.
    #[serde(default)]
    pub pays_too_late: bool,
    /// The end of the number of the card that was tried last.
    pub last4: Option<String>,
    /// When money that is on its way arrives by itself.
    pub settles_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
}

impl Payment {
    /// A payment that nobody has tried yet.
    pub fn new(id: String, order: Order, now: Timestamp) -> Self {
        Self {
            id,
            order,
            status: Status::Open,
            attempts: 0,
            failure: None,
            payment_id: None,
            amount_received: None,
            currency_received: None,
            refunds: Vec::new(),
            disputes: Vec::new(),
            pays_too_late: false,
            last4: None,
            settles_at: None,
            created_at: now,
        }
    }

    /// Ends an open payment whose time is up; says whether it did.
    pub fn expire(&mut self, now: Timestamp) -> bool {
        let due = self.status == Status::Open && self.order.expires_at <= now;
        if due {
            self.status = Status::Expired;
        }
        due
    }

    /// Records that a card was refused. The payment stays open for another card.
    ///
    /// # Errors
    /// [`Over`] if the payment is not open.
    pub fn decline(&mut self, last4: String, failure: Failure) -> Result<(), Over> {
        self.only_when_open()?;
        self.attempts += 1;
        self.failure = Some(failure);
        self.last4 = Some(last4);
        Ok(())
    }

    /// Records a card whose money arrives only after the payment has ended. Until then the payment
    /// stays open.
    ///
    /// # Errors
    /// [`Over`] if the payment is not open.
    pub fn dawdle(&mut self, last4: String) -> Result<(), Over> {
        self.only_when_open()?;
        self.attempts += 1;
        self.failure = None;
        self.last4 = Some(last4);
        self.pays_too_late = true;
        Ok(())
    }

    /// Records that a card was accepted and its money is on its way. `settles_at` is when the money
    /// arrives, if that is known.
    ///
    /// # Errors
    /// [`Over`] if the payment is not open.
    pub fn process(
        &mut self,
        last4: String,
        charge: String,
        settles_at: Option<Timestamp>,
    ) -> Result<(), Over> {
        self.only_when_open()?;
        self.attempts += 1;
        self.failure = None;
        self.last4 = Some(last4);
        self.payment_id = Some(charge);
        self.settles_at = settles_at;
        self.pays_too_late = false;
        self.status = Status::Processing;
        Ok(())
    }

    /// Records that money arrived, which may also happen after the payment has ended.
    pub fn receive(&mut self, amount: Amount, charge: String) {
        self.payment_id.get_or_insert(charge);
        self.amount_received = Some(amount);
        self.failure = None;
        self.settles_at = None;
        self.status = Status::Paid;
    }

    /// Records that the money that was on its way never came. The payment has failed.
    ///
    /// # Errors
    /// [`Over`] if no money is on its way.
    pub fn lose(&mut self) -> Result<(), Over> {
        if self.status != Status::Processing {
            return Err(Over);
        }
        self.failure = Some(Failure::CardDeclined);
        self.settles_at = None;
        self.status = Status::Failed;
        Ok(())
    }

    /// Records that the customer went back to the merchant. The payment has failed if a card was
    /// tried, and is cancelled if none was.
    ///
    /// # Errors
    /// [`Over`] if the payment is not open. It stays as it is.
    pub fn leave(&mut self) -> Result<(), Over> {
        self.only_when_open()?;
        self.status = if self.attempts == 0 {
            Status::Cancelled
        } else {
            Status::Failed
        };
        Ok(())
    }

    /// Cancels the payment for the merchant.
    ///
    /// # Errors
    /// [`Over`] if the payment is not open.
    pub fn cancel(&mut self) -> Result<(), Over> {
        self.only_when_open()?;
        self.status = Status::Cancelled;
        Ok(())
    }

    fn only_when_open(&self) -> Result<(), Over> {
        if self.status == Status::Open {
            Ok(())
        } else {
            Err(Over)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn amount() -> Amount {
        Amount::parse("45.00").unwrap()
    }

    fn open() -> Payment {
        let order = Order {
            reference: "R-1".into(),
            amount: amount(),
            currency: "EUR".into(),
            wallet: None,
            description: String::new(),
            merchant: "Harbour Clinic".into(),
            return_url: "https://portal.example.com/".into(),
            webhook_url: "https://portal.example.com/hook".into(),
            expires_at: moment("2026-11-21T10:30:00Z"),
        };
        Payment::new("pay_1".into(), order, moment("2026-11-21T10:00:00Z"))
    }

    fn processing() -> Payment {
        let mut payment = open();
        payment.process("0259".into(), "ch_1".into(), None).unwrap();
        payment
    }

    #[test]
    fn leaving_without_a_try_cancels() {
        let mut payment = open();
        assert_eq!(payment.leave(), Ok(()));
        assert_eq!((payment.status, payment.failure), (Status::Cancelled, None));
    }

    #[test]
    fn leaving_after_a_decline_fails_with_its_reason() {
        let mut payment = open();
        payment
            .decline("9995".into(), Failure::InsufficientFunds)
            .unwrap();
        assert_eq!((payment.status, payment.attempts), (Status::Open, 1));
        assert_eq!(payment.leave(), Ok(()));
        assert_eq!(payment.status, Status::Failed);
        assert_eq!(payment.failure, Some(Failure::InsufficientFunds));
        assert_eq!(payment.payment_id, None, "no money was ever on its way");
    }

    #[test]
    fn another_card_after_a_decline_pays() {
        let mut payment = open();
        payment
            .decline("0002".into(), Failure::CardDeclined)
            .unwrap();
        payment.process("4242".into(), "ch_1".into(), None).unwrap();
        payment.receive(amount(), "ch_2".into());
        assert_eq!((payment.status, payment.attempts), (Status::Paid, 2));
        assert_eq!(
            (payment.failure, payment.payment_id.as_deref()),
            (None, Some("ch_1"))
        );
        assert_eq!(payment.amount_received, Some(amount()));
    }

    #[test]
    fn money_on_its_way_can_be_neither_left_nor_cancelled_nor_charged_again() {
        let mut payment = processing();
        assert_eq!(payment.leave(), Err(Over));
        assert_eq!(payment.cancel(), Err(Over));
        assert_eq!(
            payment.process("4242".into(), "ch_2".into(), None),
            Err(Over)
        );
        assert_eq!(
            payment.decline("0002".into(), Failure::CardDeclined),
            Err(Over)
        );
        assert_eq!((payment.status, payment.attempts), (Status::Processing, 1));
    }

    #[test]
    fn money_on_its_way_may_never_come() {
        let mut payment = processing();
        assert_eq!(payment.lose(), Ok(()));
        assert_eq!(payment.status, Status::Failed);
        assert_eq!(payment.failure, Some(Failure::CardDeclined));
        assert_eq!(payment.payment_id.as_deref(), Some("ch_1"));
        assert_eq!(payment.lose(), Err(Over));
    }

    #[test]
    fn money_may_come_after_the_end() {
        let mut payment = open();
        payment.cancel().unwrap();
        payment.receive(amount(), "ch_9".into());
        assert_eq!(payment.status, Status::Paid);
        assert_eq!(payment.payment_id.as_deref(), Some("ch_9"));
    }

    #[test]
    fn only_open_payments_expire_and_only_in_time() {
        let mut payment = open();
        assert!(!payment.expire(moment("2026-11-21T10:29:59.999Z")));
        assert!(payment.expire(moment("2026-11-21T10:30:00Z")));
        assert_eq!(payment.status, Status::Expired);
        assert!(
            !payment.expire(moment("2026-11-21T11:00:00Z")),
            "it expires once"
        );
        assert!(!processing().expire(moment("2026-11-21T11:00:00Z")));
    }
}
