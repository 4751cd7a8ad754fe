//! Everything the gateway remembers, and the few ways in which it changes. Pure: moment and faults
//! are given to it; `store.rs` guards and saves it.

mod after_payment;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::amount::other_currency;
use crate::card::{Card, Outcome};
use crate::clock;
use crate::faults::Faults;
use crate::outbox::{NewWebhook, Outbox};
use crate::payment::{Failure, Order, Over, Payment, Settlement, Status};
use crate::wire::PaymentView;

/// How long the answer to an idempotency key is kept.
const KEYS_KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// What holds at the moment of a change.
pub struct Conditions<'a> {
    /// The moment.
    pub now: Timestamp,
    /// The faults that are on.
    pub faults: &'a Faults,
    /// Where customers reach the gateway.
    pub public_url: &'a str,
    /// How long the slow card takes.
    pub slow_card_takes: Duration,
}

impl Conditions<'_> {
    /// When the money of a card that pays arrives, if not at once.
    fn arrives(&self, outcome: Outcome) -> Option<Timestamp> {
        let takes = match (self.faults.processing_first, outcome) {
            (Some(millis), _) => Duration::from_millis(millis),
            (None, Outcome::PaysSlowly) => self.slow_card_takes,
            (None, _) => return None,
        };
        Some(clock::later(self.now, takes))
    }
}

/// Why something asked of a payment did not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such payment.
    Unknown,
    /// It is past that.
    Over,
}

impl From<Over> for Refused {
    fn from(_: Over) -> Self {
        Self::Over
    }
}

/// What became of a request to create a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Created {
    /// The payment, or the same answer again.
    Answer(Box<PaymentView>),
    /// The key was used with another body.
    KeyReused,
}

/// Everything the gateway remembers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct GatewayState {
    payments: BTreeMap<String, Payment>,
    answers: BTreeMap<String, FirstAnswer>,
    outbox: Outbox,
    #[serde(skip)]
    status_changes: Vec<StatusChange>,
    #[serde(skip)]
    revision: u64,
}

/// A payment has come into a state: what tests reckon from when they ask how soon others knew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusChange {
    /// The merchant's own name for the payment.
    pub reference: String,
    /// The gateway's name for it.
    pub payment: String,
    /// The state that it came into.
    pub status: Status,
    /// When, in milliseconds since the epoch.
    pub at: i64,
}

/// The first answer to an idempotency key.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct FirstAnswer {
    body_hash: String,
    answer: PaymentView,
    at: Timestamp,
}

impl GatewayState {
    /// Raised by every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The webhooks that wait, to look at.
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// The webhooks that wait, to change.
    pub fn outbox_mut(&mut self) -> &mut Outbox {
        self.revision += 1;
        &mut self.outbox
    }

    /// Every change of a payment's state since the gateway was started, in their order.
    pub fn status_changes(&self) -> &[StatusChange] {
        &self.status_changes
    }

    fn note(&mut self, id: &str, at: &Conditions<'_>) {
        let Some(payment) = self.payments.get(id) else {
            return;
        };
        let mut before = self.status_changes.iter().rev();
        let last = before.find(|one| one.payment == id);
        if last.is_some_and(|one| one.status == payment.status) {
            return;
        }
        self.status_changes.push(StatusChange {
            reference: payment.order.reference.clone(),
            payment: id.to_owned(),
            status: payment.status,
            at: at.now.as_millisecond(),
        });
    }

    /// The answer that was given to the key, if any; another body is refused.
    pub fn stored_answer(&self, key: &str, body_hash: &str) -> Option<Created> {
        let first = self.answers.get(key)?;
        Some(if first.body_hash == body_hash {
            Created::Answer(Box::new(first.answer.clone()))
        } else {
            Created::KeyReused
        })
    }

    /// Takes an order, once for each key.
    pub fn create(
        &mut self,
        key: &str,
        body_hash: &str,
        order: Order,
        at: &Conditions<'_>,
    ) -> Created {
        if let Some(answered) = self.stored_answer(key, body_hash) {
            return answered;
        }
        self.revision += 1;
        self.answers
            .retain(|_, first| clock::later(first.at, KEYS_KEPT) > at.now);
        let payment = Payment::new(fresh_id("pay"), order, at.now);
        let answer = PaymentView::of(&payment, (at.public_url, at.faults));
        let id = payment.id.clone();
        self.payments.insert(id.clone(), payment);
        self.note(&id, at);
        let first = FirstAnswer {
            body_hash: body_hash.to_owned(),
            answer: answer.clone(),
            at: at.now,
        };
        self.answers.insert(key.to_owned(), first);
        Created::Answer(Box::new(answer))
    }

    /// The payment as it stands now.
    pub fn payment(&mut self, id: &str, at: &Conditions<'_>) -> Option<&Payment> {
        self.catch_up(id, at);
        self.payments.get(id)
    }

    /// The payments that the merchant gave this reference, oldest first.
    pub fn by_reference(&mut self, reference: &str, at: &Conditions<'_>) -> Vec<PaymentView> {
        let same = |payment: &&Payment| payment.order.reference == reference;
        let ids: Vec<String> = self
            .payments
            .values()
            .filter(same)
            .map(|payment| payment.id.clone())
            .collect();
        for id in &ids {
            self.catch_up(id, at);
        }
        let mut found: Vec<&Payment> = ids.iter().filter_map(|id| self.payments.get(id)).collect();
        found.sort_by_key(|payment| payment.created_at);
        found
            .into_iter()
            .map(|payment| PaymentView::of(payment, (at.public_url, at.faults)))
            .collect()
    }

    /// Tries a card that a customer pays with. What happens depends on the card and on the faults.
    ///
    /// # Errors
    /// [`Refused::Unknown`] if there is no such payment, [`Refused::Over`] if it is not open.
    pub fn pay(&mut self, id: &str, card: &Card, at: &Conditions<'_>) -> Result<(), Refused> {
        let last4 = card.last4.clone();
        let settles_at = match card.outcome {
            _ if at.faults.declined => {
                return self.change(id, at, |payment| {
                    payment.decline(last4, Failure::CardDeclined)
                });
            }
            Outcome::Declined(failure) => {
                return self.change(id, at, |payment| payment.decline(last4, failure));
            }
            Outcome::PaysTooLate => {
                return self.change(id, at, |payment| payment.dawdle(last4));
            }
            Outcome::StaysPending => None,
            Outcome::PaysSlowly | Outcome::Pays => at.arrives(card.outcome),
        };
        self.change(id, at, |payment| {
            payment.process(last4, fresh_id("ch"), settles_at)
        })?;
        if card.outcome == Outcome::Pays && settles_at.is_none() {
            self.receive(id, at)?;
        }
        Ok(())
    }

    /// Ends an open payment whose customer went back to the merchant.
    ///
    /// # Errors
    /// [`Refused::Unknown`] if there is no such payment, [`Refused::Over`] if it is not open.
    pub fn leave(&mut self, id: &str, at: &Conditions<'_>) -> Result<(), Refused> {
        self.change(id, at, Payment::leave)
    }

    /// Cancels a payment for the merchant. It is no error if it has ended without money already.
    ///
    /// # Errors
    /// [`Refused::Unknown`] if there is no such payment, [`Refused::Over`] if its money is on its
    /// way or has arrived.
    pub fn cancel(&mut self, id: &str, at: &Conditions<'_>) -> Result<(), Refused> {
        let status = self.payment(id, at).ok_or(Refused::Unknown)?.status;
        match status {
            Status::Open => self.change(id, at, Payment::cancel),
            Status::Processing | Status::Paid => Err(Refused::Over),
            Status::Failed | Status::Cancelled | Status::Expired => Ok(()),
        }
    }

    /// Decides for a test whether money that is on its way arrives. Money may also arrive for a
    /// payment that has ended without it.
    ///
    /// # Errors
    /// [`Refused::Unknown`] if there is no such payment, [`Refused::Over`] if it is open, or if
    /// money is to be lost that is not on its way.
    pub fn settle(
        &mut self,
        id: &str,
        how: Settlement,
        at: &Conditions<'_>,
    ) -> Result<(), Refused> {
        let status = self.payment(id, at).ok_or(Refused::Unknown)?.status;
        match (status, how) {
            (Status::Open, _) => Err(Refused::Over),
            (Status::Paid, Settlement::Paid) => Ok(()),
            (_, Settlement::Paid) => self.receive(id, at),
            (_, Settlement::Failed) => self.change(id, at, Payment::lose),
        }
    }

    /// Does what the clock asks for.
    pub fn keep_time(&mut self, at: &Conditions<'_>) {
        let due = |payment: &&Payment| clock_asks(payment).is_some_and(|moment| moment <= at.now);
        let ids: Vec<String> = self
            .payments
            .values()
            .filter(due)
            .map(|payment| payment.id.clone())
            .collect();
        for id in ids {
            self.catch_up(&id, at);
        }
    }

    /// When the clock will ask for something next.
    pub fn next_moment(&self) -> Option<Timestamp> {
        self.payments.values().filter_map(clock_asks).min()
    }

    /// Brings one payment up to the moment: its time is up, or its money has arrived.
    fn catch_up(&mut self, id: &str, at: &Conditions<'_>) {
        let Some(payment) = self.payments.get_mut(id) else {
            return;
        };
        if payment.expire(at.now) {
            self.await_late_money(id, at);
            self.queue_webhook(id, at);
        } else if payment.settles_at.is_some_and(|moment| moment <= at.now) {
            // The payment exists and is processing, so nothing can be refused here.
            let _ = self.receive(id, at);
        } else if self.fail_refunds_due(id, at) {
            self.queue_webhook(id, at);
        }
    }

    fn receive(&mut self, id: &str, at: &Conditions<'_>) -> Result<(), Refused> {
        let payment = self.payments.get_mut(id).ok_or(Refused::Unknown)?;
        let asked = payment.order.amount;
        let arrives = match at.faults {
            faults if faults.amount_short => asked.short(),
            faults if faults.amount_over => asked.over(),
            _ => asked,
        };
        if at.faults.other_currency {
            payment.currency_received = Some(other_currency(&payment.order.currency).to_owned());
        }
        payment.receive(arrives, fresh_id("ch"));
        self.queue_webhook(id, at);
        Ok(())
    }

    /// Changes a payment that is up to date, and tells its merchant.
    fn change(
        &mut self,
        id: &str,
        at: &Conditions<'_>,
        act: impl FnOnce(&mut Payment) -> Result<(), Over>,
    ) -> Result<(), Refused> {
        self.catch_up(id, at);
        act(self.payments.get_mut(id).ok_or(Refused::Unknown)?)?;
        self.await_late_money(id, at);
        self.queue_webhook(id, at);
        Ok(())
    }

    /// Puts the payment as it stands now into the outbox.
    fn queue_webhook(&mut self, id: &str, at: &Conditions<'_>) {
        self.note(id, at);
        let Some(payment) = self.payments.get(id) else {
            return;
        };
        tracing::info!(
            reference = payment.order.reference,
            status = ?payment.status,
            attempts = payment.attempts,
            "payment changed"
        );
        let body = json!({
            "id": fresh_id("evt"),
            "type": "payment.updated",
            "created": at.now.as_second(),
            "payment": PaymentView::of(payment, (at.public_url, at.faults)),
        });
        let news = NewWebhook {
            payment: payment.id.clone(),
            reference: payment.order.reference.clone(),
            url: payment.order.webhook_url.clone(),
            body: body.to_string(),
            last: !matches!(payment.status, Status::Open | Status::Processing),
        };
        self.revision += 1;
        self.outbox.add(news, at.faults, at.now);
    }
}

/// When the clock will change this payment.
fn clock_asks(payment: &Payment) -> Option<Timestamp> {
    match payment.status {
        Status::Open => Some(payment.order.expires_at),
        _ => {
            let fails_at = payment.next_refund_to_fail().map(|(moment, _)| moment);
            [payment.settles_at, fails_at].into_iter().flatten().min()
        }
    }
}

/// A name that nobody can guess: 128 random bits.
fn fresh_id(kind: &str) -> String {
    format!("{kind}_{:032x}", rand::random::<u128>())
}
