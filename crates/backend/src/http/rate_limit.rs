//! Answers 429 to an address that asks too often for what needs no session.

use axum::Extension;
use axum::extract::{FromRequestParts as _, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::error::ApiError;
use super::peer::Peer;
use crate::app::App;
use crate::limits::network_of;

/// Lets a request through, or answers with the seconds to wait.
pub(super) async fn by_address(
    Extension(app): Extension<App>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(Peer(address)) = Peer::from_request_parts(&mut parts, &app).await;
    match app.limits().requests.check(network_of(address), app.now()) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(retry_after) => ApiError::from(retry_after).into_response(),
    }
}
