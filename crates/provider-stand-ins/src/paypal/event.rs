//! The events that notifications tell of.

use serde::Serialize;
use serde_json::{Value, json};

use super::ids;
use super::money::Money;
use super::time::utc;

/// An event, as its body is sent. The fields keep this order, which is not the alphabet's: who reads
/// the body and writes it again gets other bytes, and the signature fits no more, as with the
/// provider's own.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Event {
    pub id: String,
    event_version: &'static str,
    create_time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_version: Option<&'static str>,
    event_type: &'static str,
    summary: String,
    resource: Value,
    links: Value,
}

/// What an event is about.
pub(super) struct About {
    kind: Option<&'static str>,
    version: Option<&'static str>,
}

/// About an order.
pub(super) const ORDER: About = About {
    kind: Some("checkout-order"),
    version: Some("2.0"),
};
/// About an order whose approval has run out: the documents' example names no kind.
pub(super) const REVERSED_ORDER: About = About {
    kind: None,
    version: None,
};
/// About a capture.
pub(super) const CAPTURE: About = About {
    kind: Some("capture"),
    version: Some("2.0"),
};
/// About a refund, or what was taken back after a dispute.
pub(super) const REFUND: About = About {
    kind: Some("refund"),
    version: Some("2.0"),
};
/// About a dispute, whose kind has no version.
pub(super) const DISPUTE: About = About {
    kind: Some("dispute"),
    version: None,
};

impl Event {
    pub(super) fn new(
        (name, summary): (&'static str, String),
        about: &About,
        resource: Value,
        (origin, now): (&str, i64),
    ) -> Self {
        let id = ids::event();
        let own = format!("{origin}/v1/notifications/webhooks-events/{id}");
        let links = json!([
            { "href": own, "rel": "self", "method": "GET" },
            { "href": format!("{own}/resend"), "rel": "resend", "method": "POST" },
        ]);
        Self {
            id,
            event_version: "1.0",
            create_time: utc(now),
            resource_type: about.kind,
            resource_version: about.version,
            event_type: name,
            summary,
            resource,
            links,
        }
    }

    /// What kind of event it is.
    pub(super) fn kind(&self) -> &'static str {
        self.event_type
    }

    /// The bytes that are sent, the same at each try.
    pub(super) fn body(&self) -> Vec<u8> {
        // Texts, numbers and objects with texts as keys can always be written.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// An amount as summaries write it.
pub(super) fn words(amount: &Money) -> String {
    let sign = match amount.currency.as_str() {
        "USD" => "$",
        other => other,
    };
    format!("{sign} {} {}", amount.value(), amount.currency)
}
