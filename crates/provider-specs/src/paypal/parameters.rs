//! The parameters of a request: in its path, its query and its headers.

use serde_json::Value;

use super::operation::Operation;
use crate::call::Call;
use crate::{headers, text};

/// The preferences that PayPal names, in prose: the published pattern takes any letters.
const PREFERENCES: [&str; 2] = ["return=minimal", "return=representation"];
/// What the names of PayPal's own headers begin with.
const OWN: &str = "paypal-";

/// What is wrong with them. `faults` says what of a text is not as a schema says.
pub(super) fn faults(
    call: &Call,
    operation: &Operation,
    faults: impl Fn(&Value, &str) -> Vec<String>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let query = match text::pairs(call.query) {
        Ok(pairs) => pairs,
        Err(why) => {
            wrong.push(format!("in the query, {why}"));
            Vec::new()
        }
    };
    for (index, (name, _)) in query.iter().enumerate() {
        if !is_described(operation, "query", name) {
            wrong.push(format!("the query's {name} is not described"));
        }
        if query[..index].iter().any(|(before, _)| before == name) {
            wrong.push(format!("the query's {name} stands there twice"));
        }
    }
    for parameter in operation.parameters() {
        let name = parameter["name"].as_str().unwrap_or_default();
        let place = parameter["in"].as_str().unwrap_or_default();
        let value = match place {
            "path" => value_of(&operation.values, name),
            "query" => value_of(&query, name),
            "header" => match headers::one(call, name) {
                Ok(value) => value,
                Err(why) => {
                    wrong.push(why);
                    continue;
                }
            },
            _ => None,
        };
        match value {
            Some(value) => {
                let faults = faults(&parameter["schema"], value).into_iter();
                wrong.extend(faults.map(|fault| format!("the {place}'s {name}: {fault}")));
            }
            None if parameter["required"] == true => {
                wrong.push(format!("the {place} has no {name}, which is required"));
            }
            None => {}
        }
    }
    wrong.extend(own_headers(call, operation));
    wrong.extend(preference(call).err());
    wrong
}

/// Headers of PayPal's that the operation does not have: what a misspelt one looks like. Those that
/// every client sends are none of PayPal's business.
fn own_headers(call: &Call, operation: &Operation) -> Vec<String> {
    let names = call
        .headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase());
    let own = names.filter(|name| name.starts_with(OWN));
    own.filter(|name| !is_described(operation, "header", name))
        .map(|name| format!("the header {name} is not described"))
        .collect()
}

/// The key of an order that names how it is paid. The files call it optional, and list the issue
/// `PAYPAL_REQUEST_ID_REQUIRED` for such an order without one.
pub(super) fn missing_key(call: &Call) -> Option<String> {
    if (call.method, call.path) != ("POST", "/v2/checkout/orders") {
        return None;
    }
    let order: Value = serde_json::from_slice(call.body).ok()?;
    let has_key = headers::one(call, "paypal-request-id") != Ok(None);
    let needs_key = order.get("payment_source").is_some() && !has_key;
    needs_key.then(|| "an order with a payment_source has no PayPal-Request-Id".to_owned())
}

/// Most operations describe no `Prefer`; where one is sent in vain, it still has to be one.
fn preference(call: &Call) -> Result<(), String> {
    match headers::one(call, "prefer")? {
        Some(value) if !PREFERENCES.contains(&value) => Err(format!(
            "the header Prefer: `{value}` is none of {}",
            PREFERENCES.join(", ")
        )),
        _ => Ok(()),
    }
}

fn is_described(operation: &Operation, place: &str, name: &str) -> bool {
    operation.parameters().any(|parameter| {
        let known = parameter["name"].as_str().unwrap_or_default();
        let is_named = match place {
            "header" => known.eq_ignore_ascii_case(name),
            _ => known == name,
        };
        is_named && parameter["in"] == place
    })
}

fn value_of<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = pairs.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}
