//! The orders API.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::call::{self, Once};
use crate::paypal::account::Account;
use crate::paypal::order::Order;
use crate::paypal::order_rules;
use crate::paypal::refusal::{Detail, Refusal};
use crate::paypal::replays::Call;
use crate::paypal::requests;
use crate::paypal::shape::check;
use crate::paypal::shared::Shared;

fn answered(order: &Order, account: &Account, whole: bool) -> Value {
    if whole {
        account.order_json(order)
    } else {
        order.minimal(&account.origin)
    }
}

fn status(is_new: bool) -> StatusCode {
    if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    }
}

fn well_formed(body: &Value, fields: &[crate::paypal::shape::Field]) -> Result<(), Refusal> {
    let wrong = check(body, fields);
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Refusal::invalid(wrong))
}

/// `POST /v2/checkout/orders`.
pub(super) async fn create(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let body = call::json(&headers, &body, true)?;
    let whole = call::wants_whole(&headers)?;
    let id = call::request_id(&headers)?;
    well_formed(&body, requests::ORDER)?;
    call::needs_request_id(&body, id.as_ref())?;
    let wrong = order_rules::check(&body, &shared.options);
    if !wrong.is_empty() {
        return Err(Refusal::unprocessable(wrong));
    }
    let once = Once {
        call: Call::CreateOrder,
        path: "",
        body,
        id,
    };
    let make = |account: &mut Account, body: &Value, now| {
        let order = Order::new(body, &shared.options, now)
            .map_err(|issue| Refusal::unprocessable(vec![Detail::new(issue)]))?;
        let id = order.id.clone();
        account.orders.push(order);
        Ok(id)
    };
    let answer = |account: &Account, id: &str| {
        let order = account.order(id)?;
        Some(answered(order, account, whole))
    };
    let (answer, is_new) = once.run(&shared, make, answer)?;
    Ok((status(is_new), Json(answer)))
}

/// `GET /v2/checkout/orders/{id}`.
pub(super) async fn read(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, Refusal> {
    let query = query.unwrap_or_default();
    let query: Vec<(String, String)> = serde_urlencoded::from_str(&query).unwrap_or_default();
    if let Some((_, fields)) = query.iter().find(|(name, _)| name == "fields")
        && fields != "payment_source"
    {
        let detail = Detail::at("query", "INVALID_PARAMETER_VALUE", "fields");
        return Err(Refusal::invalid(vec![detail]));
    }
    let answer = shared.with(|account, _| account.order(&id).map(|o| account.order_json(o)));
    answer
        .map(Json)
        .ok_or_else(|| Refusal::not_found("order_id"))
}

/// `POST /v2/checkout/orders/{id}/capture`.
pub(super) async fn capture(
    State(shared): State<Arc<Shared>>,
    Path(order): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let body = call::json(&headers, &body, false)?;
    let whole = call::wants_whole(&headers)?;
    let id = call::request_id(&headers)?;
    well_formed(&body, requests::CAPTURE)?;
    call::needs_request_id(&body, id.as_ref())?;
    let once = Once {
        call: Call::CaptureOrder,
        path: &order,
        body,
        id,
    };
    let make = |account: &mut Account, _: &Value, now| {
        account.capture_order(&order, now)?;
        Ok(order.clone())
    };
    let answer = |account: &Account, id: &str| {
        let order = account.order(id)?;
        Some(answered(order, account, whole))
    };
    let (answer, is_new) = once.run(&shared, make, answer)?;
    Ok((status(is_new), Json(answer)))
}
