//! What customers do: they pay with a card or a bank debit, or prove who they are.

use super::balance::Txn;
use super::cards::{Card, Does, Failure, Refunds};
use super::charge::Charge;
use super::ids;
use super::intent::{Intent, Method};
use super::methods;
use super::render::Moment;
use super::session::Status;
use super::state::{Kind, State};

/// What came of a try to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The money is there.
    Paid,
    /// The try failed, and the session stays open; with the provider's code, e.g.
    /// `card_declined`.
    Declined(String),
    /// The customer has to prove who they are.
    NeedsAuthentication,
    /// A bank debit is on its way.
    Processing,
}

/// Who pays.
#[derive(Clone, Debug)]
pub(super) struct Payer {
    pub email: Option<String>,
    pub name: String,
}

impl State {
    /// The open session's payment, which is made if there is none. None if the session is not open.
    fn open_intent(&mut self, session: &str, payer: &Payer, at: &Moment) -> Option<String> {
        let session = self.session_mut(session)?;
        if session.status != Status::Open {
            return None;
        }
        session.name = Some(payer.name.clone());
        if session.asked.customer_email.is_none() {
            session.email.clone_from(&payer.email);
        }
        if let Some(intent) = &session.intent {
            return Some(intent.clone());
        }
        let intent = Intent::new(session, at.now);
        let id = intent.id.clone();
        session.intent = Some(id.clone());
        self.intents.push(intent);
        self.tell("payment_intent.created", Kind::Intent, &id, at);
        Some(id)
    }

    /// Tries a card. None if the session is not open.
    pub(super) fn pay(
        &mut self,
        session: &str,
        (card, payer): (Card, &Payer),
        at: &Moment,
    ) -> Option<Outcome> {
        let id = self.open_intent(session, payer, at)?;
        let intent = self.intent_mut(&id)?;
        intent.method = Some(ids::new("pm_1"));
        intent.error = None;
        intent.waiting = None;
        if card.does == Does::Authenticates {
            intent.status = "requires_action";
            intent.waiting = Some(card);
            self.tell("payment_intent.requires_action", Kind::Intent, &id, at);
            return Some(Outcome::NeedsAuthentication);
        }
        Some(self.charge_card(&id, card, false, at))
    }

    /// The customer has proved who they are, or has not. None if nobody asks for it.
    pub(super) fn authenticate(
        &mut self,
        session: &str,
        proved: bool,
        at: &Moment,
    ) -> Option<Outcome> {
        let session = self.session(session)?;
        if session.status != Status::Open {
            return None;
        }
        let id = session.intent.clone()?;
        let intent = self.intent_mut(&id)?;
        let card = intent.waiting.take()?;
        if proved {
            return Some(self.charge_card(&id, card, true, at));
        }
        let failure = Failure::NOT_AUTHENTICATED;
        self.fail(&id, failure, None, at);
        Some(Outcome::Declined(failure.code.to_owned()))
    }

    fn charge_card(&mut self, intent: &str, card: Card, proved: bool, at: &Moment) -> Outcome {
        let does = card.does;
        let method = Method::Card {
            card,
            authenticated: proved,
        };
        let Some(charge) = self.new_charge(intent, method, at) else {
            return Outcome::Declined(String::new());
        };
        match does {
            Does::Declines(failure) => {
                if let Some(charge) = self.charge_mut(&charge) {
                    charge.status = "failed";
                    charge.failure = Some(failure);
                }
                self.tell("charge.failed", Kind::Charge, &charge, at);
                self.fail(intent, failure, Some(charge), at);
                return Outcome::Declined(failure.code.to_owned());
            }
            Does::Pays(refunds) => self.set_refunds(&charge, refunds),
            Does::PaysAndIsDisputed | Does::Authenticates => {}
        }
        self.succeed(intent, &charge, at);
        self.complete_of(intent, "paid", at);
        if does == Does::PaysAndIsDisputed {
            self.dispute(&charge, None, at);
        }
        Outcome::Paid
    }

    fn set_refunds(&mut self, charge: &str, refunds: Refunds) {
        if let Some(charge) = self.charge_mut(charge) {
            charge.refunds = refunds;
        }
    }

    fn new_charge(&mut self, intent: &str, method: Method, at: &Moment) -> Option<String> {
        let intent = self.intent(intent)?;
        let session = self.session(&intent.session)?;
        let charge = Charge::new(intent, session, method, at.now);
        let (id, intent) = (charge.id.clone(), charge.intent.clone());
        self.charges.push(charge);
        self.intent_mut(&intent)?.latest_charge = Some(id.clone());
        Some(id)
    }

    fn fail(&mut self, intent: &str, failure: Failure, charge: Option<String>, at: &Moment) {
        if let Some(intent) = self.intent_mut(intent) {
            intent.status = "requires_payment_method";
            intent.method = None;
            intent.error = Some((failure, charge));
        }
        self.tell("payment_intent.payment_failed", Kind::Intent, intent, at);
    }

    /// The money of a charge is there.
    fn succeed(&mut self, intent: &str, charge: &str, at: &Moment) {
        let Some(paid) = self.charge_mut(charge) else {
            return;
        };
        let txn = Txn::charge(paid.amount, &paid.currency, (charge, paid.live, at.now));
        paid.status = "succeeded";
        paid.txn = Some(txn.id.clone());
        self.txns.push(txn);
        if let Some(intent) = self.intent_mut(intent) {
            intent.status = "succeeded";
            intent.received = intent.amount;
        }
        self.tell("charge.succeeded", Kind::Charge, charge, at);
        self.tell("payment_intent.succeeded", Kind::Intent, intent, at);
    }

    fn complete_of(&mut self, intent: &str, payment_status: &'static str, at: &Moment) {
        let session = self.intent(intent).map(|intent| intent.session.clone());
        if let Some(session) = session {
            self.complete(&session, payment_status, at);
        }
    }

    fn complete(&mut self, session: &str, payment_status: &'static str, at: &Moment) {
        if let Some(session) = self.session_mut(session) {
            session.status = Status::Complete;
            session.payment_status = payment_status;
        }
        self.tell("checkout.session.completed", Kind::Session, session, at);
    }

    /// Completes a session that costs nothing. None if it is not open, or costs something.
    pub(super) fn accept(&mut self, session: &str, payer: &Payer, at: &Moment) -> Option<Outcome> {
        let open = self.session_mut(session)?;
        if open.status != Status::Open || open.total != 0 {
            return None;
        }
        open.name = Some(payer.name.clone());
        if open.asked.customer_email.is_none() {
            open.email.clone_from(&payer.email);
        }
        self.complete(session, "no_payment_required", at);
        Some(Outcome::Paid)
    }

    /// The customer agrees to a bank debit. None if the session is not open or does not offer it.
    pub(super) fn start_debit(
        &mut self,
        session: &str,
        (word, payer): (&str, &Payer),
        at: &Moment,
    ) -> Option<Outcome> {
        let debit = methods::debit(word)?;
        let offers = self.session(session)?;
        if !offers.methods.iter().any(|offered| offered == word) || offers.total == 0 {
            return None;
        }
        let id = self.open_intent(session, payer, at)?;
        let intent = self.intent_mut(&id)?;
        intent.method = Some(ids::new("pm_1"));
        intent.error = None;
        intent.waiting = None;
        intent.status = "processing";
        let charge = self.new_charge(&id, Method::Debit(debit), at)?;
        self.tell("charge.pending", Kind::Charge, &charge, at);
        self.tell("payment_intent.processing", Kind::Intent, &id, at);
        self.complete(session, "unpaid", at);
        Some(Outcome::Processing)
    }

    /// The bank pays a debit, or does not. None if there is none on its way.
    pub(super) fn settle_debit(&mut self, session: &str, paid: bool, at: &Moment) -> Option<()> {
        let id = self.session(session)?.intent.clone()?;
        let intent = self.intent(&id)?;
        if intent.status != "processing" {
            return None;
        }
        let charge = intent.latest_charge.clone()?;
        if paid {
            self.succeed(&id, &charge, at);
            self.session_mut(session)?.payment_status = "paid";
            let kind = "checkout.session.async_payment_succeeded";
            self.tell(kind, Kind::Session, session, at);
            return Some(());
        }
        let failed = self.charge_mut(&charge)?;
        failed.status = "failed";
        failed.failure = Some(Failure::DEBIT);
        self.tell("charge.failed", Kind::Charge, &charge, at);
        self.fail(&id, Failure::DEBIT, Some(charge), at);
        let kind = "checkout.session.async_payment_failed";
        self.tell(kind, Kind::Session, session, at);
        Some(())
    }
}
