//! The part of the disputes API that shows disputes.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use serde_json::{Value, json};

use crate::paypal::dispute::Dispute;
use crate::paypal::refusal::{Detail, Refusal};
use crate::paypal::shared::Shared;

/// How many disputes stand in an answer unless it is said, and at most.
const PAGE: (usize, usize) = (10, 50);

/// What a list is filtered by.
#[derive(Default)]
struct Filter {
    transaction: Option<String>,
    states: Option<Vec<String>>,
    size: usize,
    skip: usize,
}

impl Filter {
    /// Reads the query. The filters by time and by text are not there, and refused, so that no
    /// caller takes a whole list for a filtered one.
    fn read(query: &str) -> Result<Self, Refusal> {
        let wrong = |issue, name: &str| Refusal::invalid(vec![Detail::at("query", issue, name)]);
        let query: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let mut filter = Self {
            size: PAGE.0,
            ..Self::default()
        };
        for (name, value) in query {
            match name.as_str() {
                "disputed_transaction_id" if (1..=255).contains(&value.len()) => {
                    filter.transaction = Some(value);
                }
                "dispute_state" => {
                    filter.states = Some(value.split(',').map(str::to_owned).collect());
                }
                "page_size" => {
                    let size = value
                        .parse()
                        .ok()
                        .filter(|size| (1..=PAGE.1).contains(size));
                    filter.size = size.ok_or_else(|| wrong("INVALID_PARAMETER_VALUE", &name))?;
                }
                "next_page_token" => {
                    let skip = value.parse().ok();
                    filter.skip = skip.ok_or_else(|| wrong("INVALID_PARAMETER_VALUE", &name))?;
                }
                "disputed_transaction_id" => return Err(wrong("INVALID_STRING_LENGTH", &name)),
                _ => return Err(wrong("NOT_SUPPORTED", &name)),
            }
        }
        Ok(filter)
    }

    fn lets_through(&self, dispute: &Dispute) -> bool {
        let transaction = self.transaction.as_ref();
        let states = self.states.as_ref();
        transaction.is_none_or(|id| *id == dispute.capture)
            && states.is_none_or(|states| states.iter().any(|s| s == dispute.list_state()))
    }

    /// The address of a part of the list.
    fn address(&self, origin: &str, skip: usize) -> String {
        let mut query = vec![("page_size", self.size.to_string())];
        if let Some(id) = &self.transaction {
            query.push(("disputed_transaction_id", id.clone()));
        }
        if let Some(states) = &self.states {
            query.push(("dispute_state", states.join(",")));
        }
        if skip > 0 {
            query.push(("next_page_token", skip.to_string()));
        }
        // Pairs of texts can always be written.
        let query = serde_urlencoded::to_string(&query).unwrap_or_default();
        format!("{origin}/v1/customer/disputes?{query}")
    }
}

/// `GET /v1/customer/disputes`.
pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, Refusal> {
    let filter = Filter::read(&query.unwrap_or_default())?;
    let origin = &shared.origin;
    let found: Vec<Value> = shared.with(|account, _| {
        let newest_first = account.disputes.iter().rev();
        let found = newest_first.filter(|dispute| filter.lets_through(dispute));
        let part = found.skip(filter.skip).take(filter.size + 1);
        part.map(|dispute| dispute.summary(origin)).collect()
    });
    let link = |rel: &str, href: String| json!({ "href": href, "rel": rel, "method": "GET" });
    let mut links = vec![link("self", filter.address(origin, filter.skip))];
    if found.len() > filter.size {
        let next = filter.address(origin, filter.skip + filter.size);
        links.push(link("next", next));
    }
    let items: Value = found.into_iter().take(filter.size).collect();
    Ok(Json(json!({ "items": items, "links": links })))
}

/// `GET /v1/customer/disputes/{id}`.
pub(super) async fn read(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let answer = shared.with(|account, _| {
        let dispute = account.dispute(&id)?;
        let capture = account.capture(&dispute.capture)?;
        Some(dispute.json(&shared.origin, capture, &shared.options))
    });
    answer
        .map(Json)
        .ok_or_else(|| Refusal::not_found("dispute_id"))
}
