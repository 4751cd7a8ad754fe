//! Lists: newest first, a page at a time, and only what a filter lets through.

use serde_json::{Value, json};

use super::error::ApiError;
use super::params::Fields;
use super::render::Moment;
use super::state::{Kind, State};

const USUAL: i64 = 10;
const MOST: i64 = 100;

/// A page that is asked for.
#[derive(Clone, Debug)]
pub(super) struct Page {
    kind: Kind,
    limit: usize,
    after: Option<String>,
    before: Option<String>,
    /// Fields and what they must be.
    filters: Vec<(&'static str, String)>,
}

/// The fields that a list can be filtered by.
fn filters(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Session => &["payment_intent", "status"],
        Kind::Charge => &["payment_intent"],
        Kind::Refund | Kind::Dispute => &["charge", "payment_intent"],
        Kind::Event => &["type"],
        Kind::Intent | Kind::Txn => &[],
    }
}

/// What the provider can filter by and this stand-in cannot.
fn not_here(kind: Kind) -> &'static str {
    match kind {
        Kind::Session => {
            "created customer customer_account customer_details payment_link subscription"
        }
        Kind::Charge => "created customer transfer_group",
        Kind::Event => "created delivery_success types",
        Kind::Intent | Kind::Txn | Kind::Refund | Kind::Dispute => "created",
    }
}

impl Page {
    pub(super) fn read(fields: &mut Fields, kind: Kind) -> Result<Self, ApiError> {
        fields.not_here(not_here(kind))?;
        let limit = fields.integer("limit", 1)?.unwrap_or(USUAL);
        if limit > MOST {
            let message = format!("This value must be less than or equal to {MOST}.");
            let error = ApiError::invalid(message).code("parameter_invalid_integer");
            return Err(error.param("limit"));
        }
        let after = fields.text("starting_after")?;
        let before = fields.text("ending_before")?;
        if after.is_some() && before.is_some() {
            return Err(ApiError::invalid(
                "You may only specify one of these parameters: ending_before, starting_after.",
            ));
        }
        let mut wanted = Vec::new();
        for field in filters(kind) {
            let value = match *field {
                "status" => fields.word("status", &["open", "complete", "expired"])?,
                field => fields.text(field)?,
            };
            wanted.extend(value.map(|value| (*field, value)));
        }
        Ok(Self {
            kind,
            limit: usize::try_from(limit).unwrap_or_default(),
            after,
            before,
            filters: wanted,
        })
    }

    /// The list's objects, and whether there are more.
    pub(super) fn of(
        &self,
        state: &State,
        live: bool,
        at: &Moment,
    ) -> Result<(Vec<Value>, bool), ApiError> {
        for (field, id) in &self.filters {
            let kind = match *field {
                "payment_intent" => Kind::Intent,
                "charge" => Kind::Charge,
                _ => continue,
            };
            state.get_for(kind, (id, field), live, at)?;
        }
        let all = state.all(self.kind, live, at).into_iter();
        let mut all: Vec<Value> = all
            .filter(|object| {
                self.filters
                    .iter()
                    .all(|(field, value)| object[*field] == *value)
            })
            .collect();
        let place = |id: &str, param: &str| {
            let place = all.iter().position(|object| object["id"] == *id);
            place.ok_or_else(|| ApiError::no_such(self.kind.name(), id, param, false))
        };
        if let Some(id) = &self.after {
            let place = place(id, "starting_after")?;
            all.drain(..=place);
        } else if let Some(id) = &self.before {
            let place = place(id, "ending_before")?;
            all.truncate(place);
            // The page is the one just before, not the newest.
            let more = all.len() > self.limit;
            all.drain(..all.len().saturating_sub(self.limit));
            return Ok((all, more));
        }
        let more = all.len() > self.limit;
        all.truncate(self.limit);
        Ok((all, more))
    }
}

/// A list as it is answered.
pub(super) fn json(data: Vec<Value>, more: bool, url: &str) -> Value {
    json!({ "object": "list", "data": data, "has_more": more, "url": url })
}
