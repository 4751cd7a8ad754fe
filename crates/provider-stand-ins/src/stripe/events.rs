//! Events: what happened to which object, as it was then.

use serde_json::{Value, json};

use super::ids;
use super::render::Moment;

/// An event.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub id: String,
    pub live: bool,
    pub kind: &'static str,
    pub body: Value,
}

impl Event {
    /// An event about an object of a mode, in the account's version of the API.
    pub(super) fn new(kind: &'static str, (live, object): (bool, Value), at: &Moment) -> Self {
        let id = ids::new("evt_1");
        let body = json!({
            "id": id, "object": "event", "api_version": at.version.as_str(), "created": at.now,
            "data": { "object": object }, "livemode": live, "pending_webhooks": 1,
            "request": { "id": at.request, "idempotency_key": at.key }, "type": kind,
        });
        Self {
            id,
            live,
            kind,
            body,
        }
    }
}
