//! Who may use the merchant API: whoever shows its key.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::Problem;
use crate::shared::Shared;

/// Lets only merchants through.
pub async fn merchants_only(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let shown = request
        .headers()
        .get(AUTHORIZATION)
        .map(|value| value.as_bytes());
    let key = shown.and_then(|value| value.strip_prefix(b"Bearer "));
    if key.is_some_and(|key| shared.api_key.is(key)) {
        next.run(request).await
    } else {
        Problem::unauthorized().into_response()
    }
}
