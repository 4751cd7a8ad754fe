//! Everything that the account has: objects by their ids, oldest first.

use serde_json::Value;

use super::balance::Txn;
use super::charge::Charge;
use super::dispute::Dispute;
use super::error::ApiError;
use super::events::Event;
use super::intent::Intent;
use super::refund::Refund;
use super::render::Moment;
use super::session::{Session, Status};

/// The kinds of objects that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Session,
    Intent,
    Charge,
    Txn,
    Refund,
    Dispute,
    Event,
}

impl Kind {
    /// Its name in the field `object`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Session => "checkout.session",
            Self::Intent => "payment_intent",
            Self::Charge => "charge",
            Self::Txn => "balance_transaction",
            Self::Refund => "refund",
            Self::Dispute => "dispute",
            Self::Event => "event",
        }
    }

    /// What the id in an address is called in refusals.
    fn param(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Intent => "intent",
            Self::Dispute => "dispute",
            Self::Charge | Self::Txn | Self::Refund | Self::Event => "id",
        }
    }
}

/// Everything that the account has.
#[derive(Default)]
pub(super) struct State {
    pub sessions: Vec<Session>,
    pub intents: Vec<Intent>,
    pub charges: Vec<Charge>,
    pub txns: Vec<Txn>,
    pub refunds: Vec<Refund>,
    pub disputes: Vec<Dispute>,
    pub events: Vec<Event>,
    /// Events that are to be sent, by their ids.
    pub outgoing: Vec<String>,
}

impl State {
    /// An object, with the mode that it is of.
    pub(super) fn json(&self, kind: Kind, id: &str, at: &Moment) -> Option<(bool, Value)> {
        match kind {
            Kind::Session => {
                let session = self.sessions.iter().find(|one| one.id == id)?;
                Some((session.live, session.json(at)))
            }
            Kind::Intent => {
                let intent = self.intents.iter().find(|one| one.id == id)?;
                Some((intent.live, intent.json(at)))
            }
            Kind::Charge => {
                let charge = self.charges.iter().find(|one| one.id == id)?;
                Some((charge.live, charge.json()))
            }
            Kind::Txn => {
                let txn = self.txns.iter().find(|one| one.id == id)?;
                Some((txn.live, txn.json(at)))
            }
            Kind::Refund => {
                let refund = self.refunds.iter().find(|one| one.id == id)?;
                Some((refund.live, refund.json()))
            }
            Kind::Dispute => {
                let dispute = self.disputes.iter().find(|one| one.id == id)?;
                let txns = dispute.txns.iter();
                let txns = txns.filter_map(|id| self.json(Kind::Txn, id, at));
                let txns: Vec<Value> = txns.map(|(_, txn)| txn).collect();
                Some((dispute.live, dispute.json(&txns)))
            }
            Kind::Event => {
                let event = self.events.iter().find(|one| one.id == id)?;
                Some((event.live, event.body.clone()))
            }
        }
    }

    /// An object of one mode.
    pub(super) fn get(
        &self,
        kind: Kind,
        id: &str,
        live: bool,
        at: &Moment,
    ) -> Result<Value, ApiError> {
        self.get_for(kind, (id, kind.param()), live, at)
    }

    /// An object that a parameter names.
    pub(super) fn get_for(
        &self,
        kind: Kind,
        (id, param): (&str, &str),
        live: bool,
        at: &Moment,
    ) -> Result<Value, ApiError> {
        match self.json(kind, id, at) {
            Some((own, object)) if own == live => Ok(object),
            found => Err(ApiError::no_such(kind.name(), id, param, found.is_some())),
        }
    }

    /// All objects of a kind and mode, newest first.
    pub(super) fn all(&self, kind: Kind, live: bool, at: &Moment) -> Vec<Value> {
        let ids: Vec<&String> = match kind {
            Kind::Session => self.sessions.iter().map(|one| &one.id).collect(),
            Kind::Intent => self.intents.iter().map(|one| &one.id).collect(),
            Kind::Charge => self.charges.iter().map(|one| &one.id).collect(),
            Kind::Txn => self.txns.iter().map(|one| &one.id).collect(),
            Kind::Refund => self.refunds.iter().map(|one| &one.id).collect(),
            Kind::Dispute => self.disputes.iter().map(|one| &one.id).collect(),
            Kind::Event => self.events.iter().map(|one| &one.id).collect(),
        };
        let objects = ids.into_iter().rev();
        let objects = objects.filter_map(|id| self.json(kind, id, at));
        let own = objects.filter(|(own, _)| *own == live);
        own.map(|(_, object)| object).collect()
    }

    pub(super) fn session(&self, id: &str) -> Option<&Session> {
        self.sessions.iter().find(|one| one.id == id)
    }

    pub(super) fn session_mut(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|one| one.id == id)
    }

    pub(super) fn intent(&self, id: &str) -> Option<&Intent> {
        self.intents.iter().find(|one| one.id == id)
    }

    pub(super) fn intent_mut(&mut self, id: &str) -> Option<&mut Intent> {
        self.intents.iter_mut().find(|one| one.id == id)
    }

    pub(super) fn charge(&self, id: &str) -> Option<&Charge> {
        self.charges.iter().find(|one| one.id == id)
    }

    pub(super) fn charge_mut(&mut self, id: &str) -> Option<&mut Charge> {
        self.charges.iter_mut().find(|one| one.id == id)
    }

    /// Keeps an event about an object as it is now, in the account's version of the API.
    pub(super) fn tell(&mut self, kind: &'static str, of: Kind, object: &str, at: &Moment) {
        let Some(object) = self.json(of, object, at) else {
            return;
        };
        let event = Event::new(kind, object, at);
        self.outgoing.push(event.id.clone());
        self.events.push(event);
    }

    /// Ends the sessions whose time is over.
    pub(super) fn keep_time(&mut self, at: &Moment) {
        let over = self
            .sessions
            .iter()
            .filter(|session| session.status == Status::Open && session.expires_at <= at.now);
        let over: Vec<String> = over.map(|session| session.id.clone()).collect();
        for id in over {
            self.expire(&id, at);
        }
    }

    /// Ends a session that is open.
    pub(super) fn expire(&mut self, id: &str, at: &Moment) {
        if let Some(session) = self.session_mut(id) {
            session.status = Status::Expired;
            self.tell("checkout.session.expired", Kind::Session, id, at);
        }
    }
}
