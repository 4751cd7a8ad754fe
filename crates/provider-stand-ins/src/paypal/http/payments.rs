//! The payments API: captures and refunds.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::call::{self, Once};
use crate::paypal::account::Account;
use crate::paypal::money::Money;
use crate::paypal::refunding::Wanted;
use crate::paypal::refusal::{Detail, Refusal};
use crate::paypal::replays::Call;
use crate::paypal::requests;
use crate::paypal::shape::check;
use crate::paypal::shared::Shared;

/// `GET /v2/payments/captures/{id}`.
pub(super) async fn capture(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let answer = shared.with(|account, _| {
        let capture = account.capture(&id)?;
        Some(capture.whole_json(&shared.origin, &shared.options))
    });
    answer
        .map(Json)
        .ok_or_else(|| Refusal::not_found("capture_id"))
}

/// `GET /v2/payments/refunds/{id}`.
pub(super) async fn read_refund(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let answer = shared.with(|account, _| {
        let (capture, refund) = account.refund(&id)?;
        Some(refund.json(&shared.origin, &capture.id))
    });
    answer
        .map(Json)
        .ok_or_else(|| Refusal::not_found("refund_id"))
}

/// `POST /v2/payments/captures/{id}/refund`.
pub(super) async fn refund(
    State(shared): State<Arc<Shared>>,
    Path(capture): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refusal> {
    let body = call::json(&headers, &body, false)?;
    let whole = call::wants_whole(&headers)?;
    let id = call::request_id(&headers)?;
    let wrong = check(&body, requests::REFUND);
    if !wrong.is_empty() {
        return Err(Refusal::invalid(wrong));
    }
    let once = Once {
        call: Call::RefundCapture,
        path: &capture,
        body,
        id,
    };
    let make = |account: &mut Account, body: &Value, now| {
        if account.capture(&capture).is_none() {
            return Err(Refusal::not_found("capture_id"));
        }
        let wanted = wanted(body)?;
        account
            .refund_capture(&capture, wanted, now)
            .map_err(|issue| Refusal::unprocessable(vec![about_amount(issue, body)]))
    };
    let answer = |account: &Account, id: &str| {
        let (capture, refund) = account.refund(id)?;
        let json = if whole {
            refund.json(&account.origin, &capture.id)
        } else {
            refund.minimal(&account.origin, &capture.id)
        };
        Some(json)
    };
    let (answer, _) = once.run(&shared, make, answer)?;
    // The documents know no other status, also for a call that is repeated.
    Ok((StatusCode::CREATED, Json(answer)))
}

fn wanted(body: &Value) -> Result<Wanted, Refusal> {
    let fees = &body["payment_instruction"]["platform_fees"];
    if fees.as_array().is_some_and(|fees| !fees.is_empty()) {
        let field = "/payment_instruction/platform_fees";
        let detail = Detail::body("PLATFORM_FEES_NOT_SUPPORTED", field, &Value::Null);
        return Err(Refusal::unprocessable(vec![detail]));
    }
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    let amount = match &body["amount"] {
        Value::Null => None,
        amount => Some(
            Money::of(amount)
                .map_err(|issue| Refusal::unprocessable(vec![about_amount(issue, body)]))?,
        ),
    };
    Ok(Wanted {
        amount,
        custom_id: text("custom_id"),
        invoice_id: text("invoice_id"),
        note: text("note_to_payer"),
    })
}

/// Names the field that an issue is about.
fn about_amount(issue: &'static str, body: &Value) -> Detail {
    let amount = &body["amount"];
    match issue {
        "INVALID_CURRENCY_CODE" | "REFUND_CAPTURE_CURRENCY_MISMATCH" => {
            Detail::body(issue, "/amount/currency_code", &amount["currency_code"])
        }
        "CANNOT_BE_ZERO_OR_NEGATIVE"
        | "DECIMAL_PRECISION"
        | "DECIMALS_NOT_SUPPORTED"
        | "MAX_VALUE_EXCEEDED"
        | "REFUND_AMOUNT_EXCEEDED" => Detail::body(issue, "/amount/value", &amount["value"]),
        "DUPLICATE_INVOICE_ID" => Detail::body(issue, "/invoice_id", &body["invoice_id"]),
        _ => Detail::new(issue),
    }
}
