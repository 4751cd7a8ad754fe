//! The operations of Stripe that the portal uses, by method and path. Stripe's schemas are of types
//! and name no paths.
//!
//! Source: <https://docs.stripe.com/api/checkout/sessions>, <https://docs.stripe.com/api/refunds>,
//! <https://docs.stripe.com/api/disputes>.

use serde_json::{Value, json};

use crate::call::Call;

/// An operation.
pub(super) struct Operation {
    /// What it is told from others by.
    pub(super) name: &'static str,
    /// What stands in its body.
    pub(super) body: Parameters,
    /// Whether it makes something, which has to be made once.
    pub(super) needs_key: bool,
    query: Query,
}

/// Which parameters stand in a body.
#[derive(Clone, Copy)]
pub(super) enum Parameters {
    None,
    OfSession,
    OfRefund,
}

/// Which parameters stand in a query.
#[derive(Clone, Copy)]
enum Query {
    None,
    OfOne,
    OfList,
}

impl Operation {
    /// Finds the operation.
    ///
    /// # Errors
    /// Says that there is none.
    pub(super) fn of(call: &Call) -> Result<Self, String> {
        let parts: Vec<_> = call.path.split('/').collect();
        let read = |name, query| Self {
            name,
            body: Parameters::None,
            needs_key: false,
            query,
        };
        let create = |name, body| Self {
            name,
            body,
            needs_key: true,
            query: Query::None,
        };
        match (call.method, parts.as_slice()) {
            ("POST", ["", "v1", "checkout", "sessions"]) => {
                Ok(create("create a session", Parameters::OfSession))
            }
            ("POST", ["", "v1", "refunds"]) => Ok(create("create a refund", Parameters::OfRefund)),
            ("POST", ["", "v1", "checkout", "sessions", id, "expire"]) if is_id(id) => {
                Ok(read("expire a session", Query::None))
            }
            (
                "GET",
                ["", "v1", "checkout", "sessions", id] | ["", "v1", "refunds" | "disputes", id],
            ) if is_id(id) => Ok(read("read one", Query::OfOne)),
            ("GET", ["", "v1", "checkout", "sessions"] | ["", "v1", "refunds" | "disputes"]) => {
                Ok(read("read a list", Query::OfList))
            }
            (method, _) => Err(format!("{method} {} is no operation", call.path)),
        }
    }

    /// The schema of its query; `None` if it has none. The lists have further parameters, which
    /// nothing here sends and which differ from one to the other.
    pub(super) fn query_schema(&self) -> Option<Value> {
        let text = json!({ "type": "string" });
        let expand = json!({ "type": "array", "items": text });
        let fields = match self.query {
            Query::None => return None,
            Query::OfOne => json!({ "expand": expand }),
            Query::OfList => json!({
                "expand": expand,
                "limit": { "type": "number", "minimum": 1, "maximum": 100 },
                "payment_intent": text,
                "starting_after": text,
                "ending_before": text,
            }),
        };
        Some(json!({ "type": "object", "properties": fields, "additionalProperties": false }))
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
