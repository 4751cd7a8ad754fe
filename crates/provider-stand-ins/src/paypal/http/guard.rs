//! Lets API calls through, or not: those with an access token, and not too many at once.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::paypal::ids;
use crate::paypal::refusal::{DEBUG_ID, Refusal};
use crate::paypal::shared::Shared;

/// Lets only calls with an access token through.
pub(super) async fn bearers_only(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let shown = request.headers().get(AUTHORIZATION);
    let token = shown
        .and_then(|shown| shown.to_str().ok())
        .and_then(|shown| shown.strip_prefix("Bearer "));
    let Some(token) = token else {
        return Refusal::plain(StatusCode::UNAUTHORIZED).into_response();
    };
    if !shared.with(|account, now| account.takes_token(token, now)) {
        return Refusal::invalid_token().into_response();
    }
    next.run(request).await
}

/// Lets no more calls through than the account may make, and gives each an id.
pub(super) async fn not_too_fast(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let now = shared.controls.clock().unix_millis();
    if !shared.calls.lets_through(now) {
        return Refusal::plain(StatusCode::TOO_MANY_REQUESTS).into_response();
    }
    let mut response = next.run(request).await;
    if let Ok(id) = HeaderValue::from_str(&ids::debug()) {
        response.headers_mut().entry(DEBUG_ID).or_insert(id);
    }
    response
}
