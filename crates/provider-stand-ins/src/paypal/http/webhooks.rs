//! The part of the webhooks API that says whether a notification is genuine.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::call;
use crate::paypal::refusal::Refusal;
use crate::paypal::requests;
use crate::paypal::shape::{check, malformed};
use crate::paypal::shared::Shared;
use crate::paypal::transmission::Shown;

/// The body, with the event as it is written in it: every byte of it was signed.
#[derive(Deserialize)]
struct Asked<'a> {
    auth_algo: String,
    cert_url: String,
    transmission_id: String,
    transmission_sig: String,
    transmission_time: String,
    webhook_id: String,
    #[serde(borrow)]
    webhook_event: &'a RawValue,
}

/// `POST /v1/notifications/verify-webhook-signature`.
pub(super) async fn verify(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let now = shared.controls.clock().unix_millis();
    if !shared.verifications.lets_through(now) {
        return Err(Refusal::plain(StatusCode::TOO_MANY_REQUESTS));
    }
    let read = call::json(&headers, &body, true)?;
    let wrong = check(&read, requests::VERIFY);
    if !wrong.is_empty() {
        return Err(Refusal::Validation(wrong));
    }
    let asked: Asked<'_> =
        serde_json::from_slice(&body).map_err(|_| Refusal::Validation(vec![malformed("")]))?;
    let genuine = shared.signer.is_genuine(&Shown {
        algorithm: &asked.auth_algo,
        certificate: &asked.cert_url,
        id: &asked.transmission_id,
        time: &asked.transmission_time,
        signature: &asked.transmission_sig,
        webhook: &asked.webhook_id,
        event: asked.webhook_event.get().as_bytes(),
    });
    let status = if genuine { "SUCCESS" } else { "FAILURE" };
    Ok(Json(json!({ "verification_status": status })))
}
