//! What tests do as a customer, as the merchant in the dashboard, or as a bank.

use std::fmt;

use serde_json::Value;

use super::Stripe;
use super::cards::Card;
use super::lock::lock;
use super::methods;
use super::paying::{Outcome, Payer};
use super::reversing::NewRefund;
use super::state::Kind;

/// It cannot be done in the state that things are in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CannotAct(String);

impl fmt::Display for CannotAct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CannotAct {}

fn cannot(why: &str, id: &str) -> CannotAct {
    CannotAct(format!("{why}: {id}"))
}

/// The customer of the test's methods.
fn payer() -> Payer {
    Payer {
        email: Some("jordan.sample@example.com".to_owned()),
        name: "Jordan Sample".to_owned(),
    }
}

impl Stripe {
    /// Sends events to an endpoint from now on, or to none.
    pub fn set_webhook_url(&self, url: Option<&str>) {
        self.shared.set_webhook(url.map(str::to_owned));
    }

    /// Subscribes the endpoint to types of events, `*` for all, in place of those before.
    pub fn subscribe(&self, types: &[&str]) {
        self.shared.subscribe(types);
    }

    /// Replaces the endpoint's secrets. While one is being rolled there are two, and each signs.
    pub fn set_webhook_secrets(&self, secrets: &[&str]) {
        let secrets = secrets.iter().map(|secret| (*secret).to_owned());
        self.shared.set_secrets(secrets.collect());
    }

    /// Whether POST requests wait once their endpoint has begun to work.
    pub fn hold(&self, held: bool) {
        self.shared.held.send_replace(held);
    }

    /// The next `times` POST requests break while their endpoint works, and answer 500. Their
    /// idempotency keys keep that answer.
    pub fn break_executions(&self, times: usize) {
        *lock(&self.shared.breaking) = times;
    }

    /// Pays a session with a card, as on the page.
    ///
    /// # Errors
    /// [`CannotAct`] if the session is not open, or the number is none.
    pub fn pay(&self, session: &str, card: &str) -> Result<Outcome, CannotAct> {
        let now = self.shared.moment().now;
        let card = Card::read(card, "12/99", now);
        let card = card.map_err(|(_, why)| CannotAct(why.to_owned()))?;
        let paid = self
            .shared
            .act(|state, at| state.pay(session, (card, &payer()), at));
        paid.ok_or_else(|| cannot("the session is not open", session))
    }

    /// The customer proves who they are, or does not.
    ///
    /// # Errors
    /// [`CannotAct`] if the session is not open, or nobody asks.
    pub fn authenticate(&self, session: &str, proved: bool) -> Result<Outcome, CannotAct> {
        let done = self
            .shared
            .act(|state, at| state.authenticate(session, proved, at));
        done.ok_or_else(|| cannot("no bank asks the session's customer", session))
    }

    /// Agrees to the bank debit that a session offers first.
    ///
    /// # Errors
    /// [`CannotAct`] if the session is not open, or offers none.
    pub fn start_bank_debit(&self, session: &str) -> Result<Outcome, CannotAct> {
        let started = self.shared.act(|state, at| {
            let mut words = state.session(session)?.methods.iter();
            let word = words.find(|word| methods::debit(word).is_some())?.clone();
            state.start_debit(session, (&word, &payer()), at)
        });
        started.ok_or_else(|| cannot("the session offers no bank debit", session))
    }

    /// The bank pays a session's debit, or does not.
    ///
    /// # Errors
    /// [`CannotAct`] if no debit is on its way.
    pub fn settle_bank_debit(&self, session: &str, paid: bool) -> Result<(), CannotAct> {
        let settled = self
            .shared
            .act(|state, at| state.settle_debit(session, paid, at));
        settled.ok_or_else(|| cannot("the session has no debit on its way", session))
    }

    /// The merchant refunds a payment in the dashboard, all that is left of it if there is no
    /// amount; returns the refund's id.
    ///
    /// # Errors
    /// [`CannotAct`] if the payment is not there or not paid, or the amount is too much.
    pub fn refund_in_dashboard(
        &self,
        payment_intent: &str,
        amount: Option<i64>,
    ) -> Result<String, CannotAct> {
        let refunded = self.shared.act(|state, at| {
            let live = state.intent(payment_intent)?.live;
            let intent = Some(payment_intent.to_owned());
            let asked = NewRefund {
                intent,
                amount,
                ..NewRefund::default()
            };
            state.refund(asked, live, at).ok()
        });
        refunded.ok_or_else(|| cannot("the payment cannot be refunded so", payment_intent))
    }

    /// A refund arrives, or fails.
    ///
    /// # Errors
    /// [`CannotAct`] if there is no such refund, or it has arrived for good or failed.
    pub fn settle_refund(&self, refund: &str, arrived: bool) -> Result<(), CannotAct> {
        let settled = self
            .shared
            .act(|state, at| state.settle_refund(refund, arrived, at));
        settled.ok_or_else(|| cannot("the refund cannot be settled so", refund))
    }

    /// A customer disputes a payment, the whole of it if there is no amount; returns the dispute's
    /// id.
    ///
    /// # Errors
    /// [`CannotAct`] if the payment is not paid, is disputed already, or is less.
    pub fn dispute(&self, payment_intent: &str, amount: Option<i64>) -> Result<String, CannotAct> {
        let disputed = self.shared.act(|state, at| {
            let charge = state.intent(payment_intent)?.latest_charge.clone()?;
            state.dispute(&charge, amount, at)
        });
        disputed.ok_or_else(|| cannot("the payment cannot be disputed so", payment_intent))
    }

    /// The merchant answers a dispute, and a bank looks at it.
    ///
    /// # Errors
    /// [`CannotAct`] if the dispute is not there or waits for no answer.
    pub fn answer_dispute(&self, dispute: &str) -> Result<(), CannotAct> {
        let answered = self
            .shared
            .act(|state, at| state.answer_dispute(dispute, at));
        answered.ok_or_else(|| cannot("the dispute waits for no answer", dispute))
    }

    /// A bank decides a dispute.
    ///
    /// # Errors
    /// [`CannotAct`] if the dispute is not there or decided already.
    pub fn close_dispute(&self, dispute: &str, won: bool) -> Result<(), CannotAct> {
        let closed = self
            .shared
            .act(|state, at| state.close_dispute(dispute, won, at));
        closed.ok_or_else(|| cannot("the dispute is not open", dispute))
    }

    /// Removes a session, as if it had never been; says whether there was one.
    pub fn forget(&self, session: &str) -> bool {
        self.shared.act(|state, _| {
            let before = state.sessions.len();
            state.sessions.retain(|one| one.id != session);
            state.sessions.len() < before
        })
    }

    /// A session as the API shows it.
    pub fn session_json(&self, session: &str) -> Option<Value> {
        self.shared.act(|state, at| {
            let found = state.json(Kind::Session, session, at);
            found.map(|(_, json)| json)
        })
    }

    /// The id of the newest session.
    pub fn newest_session(&self) -> Option<String> {
        self.shared
            .act(|state, _| state.sessions.last().map(|one| one.id.clone()))
    }

    /// All events so far, oldest first, whether or not the endpoint has subscribed to them.
    pub fn events(&self) -> Vec<Value> {
        self.shared.act(|state, _| {
            state
                .events
                .iter()
                .map(|event| event.body.clone())
                .collect()
        })
    }

    /// Sends an event again, as the dashboard does; says whether there is such an event.
    pub fn send_event_again(&self, event: &str) -> bool {
        self.shared.send_again(event)
    }
}
