//! Events: what happened to which object, as it was then.

use serde_json::{Value, json};

use super::ids;
use super::render::Moment;
use super::state::{Kind, State};

/// An event.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub id: String,
    pub live: bool,
    pub kind: &'static str,
    pub body: Value,
}

impl State {
    /// Keeps an event about an object as it is now, in the account's version of the API.
    pub(super) fn tell(&mut self, kind: &'static str, of: Kind, object: &str, at: &Moment) {
        let Some((live, object)) = self.json(of, object, at) else {
            return;
        };
        let id = ids::new("evt_1");
        let body = json!({
            "id": id, "object": "event", "api_version": at.version.as_str(), "created": at.now,
            "data": { "object": object }, "livemode": live, "pending_webhooks": 1,
            "request": { "id": at.request, "idempotency_key": at.key }, "type": kind,
        });
        self.outgoing.push(id.clone());
        self.events.push(Event {
            id,
            live,
            kind,
            body,
        });
    }
}
