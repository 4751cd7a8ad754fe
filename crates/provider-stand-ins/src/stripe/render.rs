//! What the objects of the API have in common when they are written as JSON.

use serde_json::{Map, Value, json};

use super::version::Version;

/// When, in which version of the API, and because of which request something happens or is shown.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    /// Seconds since 1970.
    pub now: i64,
    pub version: Version,
    /// The id of the request, and its idempotency key; none for what happens on pages.
    pub request: Option<String>,
    pub key: Option<String>,
}

/// Metadata as an object.
pub(super) fn pairs(pairs: &[(String, String)]) -> Value {
    let pairs = pairs.iter();
    let object: Map<String, Value> = pairs
        .map(|(key, value)| (key.clone(), Value::from(value.clone())))
        .collect();
    Value::Object(object)
}

/// A customer's name and address where no postal address was asked for.
pub(super) fn billing_details(email: Option<&str>, name: Option<&str>) -> Value {
    json!({
        "address": {
            "city": null, "country": null, "line1": null, "line2": null, "postal_code": null,
            "state": null,
        },
        "email": email, "name": name, "phone": null, "tax_id": null,
    })
}

/// An object with more fields that are null; `fields` are words with a space between.
pub(super) fn with_nulls(mut object: Value, fields: &str) -> Value {
    for field in fields.split(' ') {
        object[field] = Value::Null;
    }
    object
}
