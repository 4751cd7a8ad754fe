//! The endpoint that gives access tokens for the client's credentials.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;

use crate::paypal::account::TOKEN_LIFE;
use crate::paypal::ids;
use crate::paypal::refusal::Refusal;
use crate::paypal::shared::Shared;

/// What the tokens may do.
const SCOPE: &str = "https://uri.paypal.com/services/applications/webhooks \
     https://uri.paypal.com/services/payments/payment \
     https://uri.paypal.com/services/payments/refund \
     https://uri.paypal.com/services/disputes/read-seller openid";

/// `POST /v1/oauth2/token`.
pub(super) async fn token(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    if !is_client(&shared, &headers) {
        return Err(Refusal::Token {
            status: StatusCode::UNAUTHORIZED,
            error: "invalid_client",
            description: "Client Authentication failed",
        });
    }
    // A body of another kind has no grant type that could be read.
    let kind = headers.get("content-type").and_then(|v| v.to_str().ok());
    let is_form = kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    let fields: Vec<(String, String)> = if is_form {
        serde_urlencoded::from_bytes(&body).unwrap_or_default()
    } else {
        Vec::new()
    };
    let mut grants = fields.iter().filter(|(name, _)| name == "grant_type");
    let refuse = |description| {
        Err(Refusal::Token {
            status: StatusCode::BAD_REQUEST,
            error: "unsupported_grant_type",
            description,
        })
    };
    match grants.next().map(|(_, grant)| grant.as_str()) {
        Some("client_credentials") => {}
        Some(_) => return refuse("unsupported grant_type"),
        None => return refuse("Grant Type is NULL"),
    }
    let (token, moment) = shared.with(|account, now| (account.token(now), now));
    Ok(Json(json!({
        "scope": SCOPE,
        "access_token": token,
        "token_type": "Bearer",
        "app_id": "APP-STANDIN00000001",
        "expires_in": TOKEN_LIFE,
        "nonce": format!("{}{}", crate::paypal::time::utc(moment), ids::access_token()),
    })))
}

fn is_client(shared: &Shared, headers: &HeaderMap) -> bool {
    let shown = headers.get(AUTHORIZATION).and_then(|v| v.to_str().ok());
    let shown = shown.and_then(|shown| shown.strip_prefix("Basic "));
    let shown = shown.and_then(|shown| STANDARD.decode(shown).ok());
    let options = &shared.options;
    let own = format!("{}:{}", options.client_id, options.client_secret);
    shown.is_some_and(|shown| shown.ct_eq(own.as_bytes()).into())
}
