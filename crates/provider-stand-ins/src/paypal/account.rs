//! The merchant's account: its orders, captures and disputes, and what there is to tell about them.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use super::capture::{Capture, Refund};
use super::dispute::Dispute;
use super::event::{About, Event, ORDER, REVERSED_ORDER};
use super::ids;
use super::options::Options;
use super::order::{Order, Payer, Progress};
use super::replays::Replays;

/// How long an access token can be used, in seconds.
pub(super) const TOKEN_LIFE: i64 = 9 * 60 * 60;

/// The account.
pub(super) struct Account {
    pub options: Arc<Options>,
    pub origin: Arc<str>,
    pub webhook_url: Option<String>,
    pub hold_refunds: bool,
    pub replays: Replays,
    pub orders: Vec<Order>,
    pub captures: Vec<Capture>,
    pub disputes: Vec<Dispute>,
    pub events: Vec<Event>,
    /// The bodies that are still to be handed in for delivery.
    unsent: Vec<Vec<u8>>,
    /// When each token ends.
    tokens: HashMap<String, i64>,
    payers: HashMap<String, String>,
}

impl Account {
    pub(super) fn new(options: Arc<Options>, origin: Arc<str>) -> Self {
        Self {
            webhook_url: options.webhook_url.clone(),
            hold_refunds: options.hold_refunds,
            options,
            origin,
            replays: Replays::default(),
            orders: Vec::new(),
            captures: Vec::new(),
            disputes: Vec::new(),
            events: Vec::new(),
            unsent: Vec::new(),
            tokens: HashMap::new(),
            payers: HashMap::new(),
        }
    }

    /// Makes an access token.
    pub(super) fn token(&mut self, now: i64) -> String {
        let token = ids::access_token();
        self.tokens.insert(token.clone(), now + TOKEN_LIFE);
        token
    }

    /// Whether an access token can be used.
    pub(super) fn takes_token(&self, token: &str, now: i64) -> bool {
        self.tokens.get(token).is_some_and(|end| now < *end)
    }

    /// No token can be used any more.
    pub(super) fn revoke_tokens(&mut self) {
        self.tokens.clear();
    }

    /// Drops the orders whose time is over. What was approved goes back to the customer, and the
    /// merchant is told.
    pub(super) fn expire(&mut self, now: i64) {
        let orders = std::mem::take(&mut self.orders);
        let (over, kept): (Vec<_>, _) = orders.into_iter().partition(|o| o.has_expired(now));
        self.orders = kept;
        for order in over {
            if matches!(order.progress, Progress::Approved(_)) {
                let summary = "A payment has been reversed after approval.".to_owned();
                let name = ("CHECKOUT.PAYMENT-APPROVAL.REVERSED", summary);
                self.tell(name, &REVERSED_ORDER, order.reversal(), now);
            }
        }
    }

    pub(super) fn order(&self, id: &str) -> Option<&Order> {
        self.orders.iter().find(|order| order.id == id)
    }

    pub(super) fn order_mut(&mut self, id: &str) -> Option<&mut Order> {
        self.orders.iter_mut().find(|order| order.id == id)
    }

    pub(super) fn capture(&self, id: &str) -> Option<&Capture> {
        self.captures.iter().find(|capture| capture.id == id)
    }

    pub(super) fn capture_mut(&mut self, id: &str) -> Option<&mut Capture> {
        self.captures.iter_mut().find(|capture| capture.id == id)
    }

    /// A refund and the capture that it is of.
    pub(super) fn refund(&self, id: &str) -> Option<(&Capture, &Refund)> {
        self.captures.iter().find_map(|capture| {
            let refund = capture.refunds.iter().find(|refund| refund.id == id)?;
            Some((capture, refund))
        })
    }

    pub(super) fn dispute(&self, id: &str) -> Option<&Dispute> {
        self.disputes.iter().find(|dispute| dispute.id == id)
    }

    /// An order as a whole.
    pub(super) fn order_json(&self, order: &Order) -> Value {
        order.json(&self.origin, |unit| {
            let capture = self.capture(unit.capture.as_deref()?)?;
            Some(capture.payments_json(&self.origin))
        })
    }

    /// The account of a customer, which stays the same for the same e-mail address.
    pub(super) fn payer(&mut self, email: &str) -> Payer {
        let id = self.payers.entry(email.to_owned());
        Payer {
            id: id.or_insert_with(ids::account).clone(),
            email: email.to_owned(),
        }
    }

    /// Tells the merchant about something.
    pub(super) fn tell(
        &mut self,
        name: (&'static str, String),
        about: &About,
        resource: Value,
        now: i64,
    ) {
        let event = Event::new(name, about, resource, (&self.origin, now));
        self.unsent.push(event.body());
        self.events.push(event);
    }

    /// Tells the merchant about an order.
    pub(super) fn tell_order(&mut self, id: &str, name: &'static str, summary: &str, now: i64) {
        if let Some(order) = self.order(id) {
            let resource = self.order_json(order);
            self.tell((name, summary.to_owned()), &ORDER, resource, now);
        }
    }

    /// Sends an event once more; `false` if there is none with the id.
    pub(super) fn tell_again(&mut self, id: &str) -> bool {
        let event = self.events.iter().find(|event| event.id == id);
        let body = event.map(Event::body);
        let found = body.is_some();
        self.unsent.extend(body);
        found
    }

    /// Takes the bodies that are to be handed in for delivery.
    pub(super) fn take_unsent(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.unsent)
    }
}
