//! `expand[]`: ids in an answer that are replaced by their objects.

use serde_json::Value;

use super::error::ApiError;
use super::params::Fields;
use super::render::Moment;
use super::state::{Kind, State};

/// How many levels of a property can be expanded.
const DEEPEST: usize = 4;

/// What a field can become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    /// The object that its id names.
    Object(Kind),
    /// A part that an answer leaves out otherwise.
    Items,
    Refunds,
    /// A field that is always null here, since the account has no such objects.
    Nothing,
}

fn target(kind: Kind, field: &str) -> Option<Target> {
    let target = match (kind, field) {
        (Kind::Session, "payment_intent") => Target::Object(Kind::Intent),
        (Kind::Session, "line_items") => Target::Items,
        (
            Kind::Session,
            "customer" | "invoice" | "payment_link" | "setup_intent" | "subscription",
        )
        | (Kind::Intent, "application" | "customer" | "on_behalf_of" | "review")
        | (Kind::Charge, "application" | "customer" | "review" | "failure_balance_transaction") => {
            Target::Nothing
        }
        (Kind::Intent, "latest_charge")
        | (Kind::Refund | Kind::Dispute, "charge")
        | (Kind::Txn, "source") => Target::Object(Kind::Charge),
        (Kind::Charge | Kind::Refund, "balance_transaction")
        | (Kind::Refund, "failure_balance_transaction") => Target::Object(Kind::Txn),
        (Kind::Charge | Kind::Refund | Kind::Dispute, "payment_intent") => {
            Target::Object(Kind::Intent)
        }
        (Kind::Charge, "refunds") => Target::Refunds,
        _ => return None,
    };
    Some(target)
}

/// What a request wants expanded.
#[derive(Clone, Debug)]
pub(super) struct Expansions {
    kind: Kind,
    paths: Vec<Vec<String>>,
}

impl Expansions {
    /// Reads the paths, and refuses those that lead nowhere. In lists each begins with `data.`.
    pub(super) fn read(fields: &mut Fields, kind: Kind, list: bool) -> Result<Self, ApiError> {
        let mut paths = Vec::new();
        for (_, text) in fields.texts("expand")? {
            let mut rest = text.as_str();
            if list {
                let Some(after) = text.strip_prefix("data.") else {
                    return Err(ApiError::invalid(format!(
                        "This property cannot be expanded ({text}). You may want to try expanding \
                         'data.{text}' instead."
                    )));
                };
                rest = after;
            }
            let path: Vec<String> = rest.split('.').map(str::to_owned).collect();
            if path.len() + usize::from(list) > DEEPEST {
                return Err(ApiError::invalid(format!(
                    "You cannot expand more than {DEEPEST} levels of a property. Property: {text}"
                )));
            }
            check(kind, &path, &text)?;
            paths.push(path);
        }
        Ok(Self { kind, paths })
    }

    /// Expands an object.
    pub(super) fn apply(&self, object: &mut Value, state: &State, at: &Moment) {
        for path in &self.paths {
            expand(object, (self.kind, path), state, at);
        }
    }
}

fn check(kind: Kind, path: &[String], whole: &str) -> Result<(), ApiError> {
    let Some((field, rest)) = path.split_first() else {
        return Ok(());
    };
    match (target(kind, field), rest) {
        (Some(Target::Object(next)), rest) => check(next, rest, whole),
        (Some(_), []) => Ok(()),
        _ => Err(ApiError::invalid(format!(
            "This property cannot be expanded ({whole})."
        ))),
    }
}

fn expand(object: &mut Value, (kind, path): (Kind, &[String]), state: &State, at: &Moment) {
    let Some((field, rest)) = path.split_first() else {
        return;
    };
    let id = object["id"].as_str().unwrap_or_default().to_owned();
    match target(kind, field) {
        Some(Target::Object(next)) => {
            let inner = &mut object[field.as_str()];
            if let Some(id) = inner.as_str() {
                // An id of an object of another kind stays an id.
                let Some((_, found)) = state.json(next, id, at) else {
                    return;
                };
                *inner = found;
            }
            if inner.is_object() {
                expand(inner, (next, rest), state, at);
            }
        }
        Some(Target::Items) => {
            if let Some(session) = state.session(&id) {
                object[field.as_str()] = session.items_json(at);
            }
        }
        Some(Target::Refunds) => {
            let live = object["livemode"].as_bool().unwrap_or_default();
            let all = state.all(Kind::Refund, live, at).into_iter();
            let own: Vec<Value> = all.filter(|refund| refund["charge"] == id).collect();
            object[field.as_str()] = serde_json::json!({
                "object": "list", "data": own, "has_more": false,
                "url": format!("/v1/charges/{id}/refunds"),
            });
        }
        Some(Target::Nothing) | None => {}
    }
}
