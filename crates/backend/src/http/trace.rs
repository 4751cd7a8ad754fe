//! Around every request: an id that finds it in the log, one line about it, the
//! id in its problem, and the time of day by the backend's clock.
//!
//! The log names the route, never the address: addresses of returns and
//! notifications carry secrets, and others name people's documents.

use std::any::Any;
use std::time::Instant;

use api_types::{Problem, Timestamp};
use axum::Extension;
use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::http::header::{ALLOW, CONTENT_LENGTH, DATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use jiff::fmt::rfc2822::DateTimePrinter;
use rand::Rng as _;
use tracing::Instrument as _;

use super::error::{ApiError, problem_response};
use crate::app::App;
use crate::digest::hex;

/// The response header with the id of the request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The address of health checks.
pub(super) const HEALTH: &str = "/healthz";

pub(super) async fn traced(
    Extension(app): Extension<App>,
    request: Request,
    next: Next,
) -> Response {
    let id = new_id();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("file", |path| path.as_str())
        .to_owned();
    let span = tracing::info_span!("request", id, %method, route);
    let begun = Instant::now();
    let response = next.run(request).instrument(span.clone()).await;
    span.in_scope(|| {
        let response = leaving(response, &id, app.now());
        let status = response.status().as_u16();
        let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        if route.ends_with(HEALTH) {
            // Health checks come every few seconds, so they are logged at debug level only.
            tracing::debug!(status, millis, "answered");
        } else {
            tracing::info!(status, millis, "answered");
        }
        response
    })
}

/// What a handler answers that panicked: as any other fault of ours.
pub(super) fn after_panic(_: Box<dyn Any + Send>) -> Response {
    ApiError::Internal(anyhow::anyhow!(
        "the handler panicked; standard error has it"
    ))
    .into_response()
}

fn new_id() -> String {
    let mut bytes = [0; 8];
    rand::rng().fill_bytes(&mut bytes);
    hex(&bytes)
}

fn leaving(response: Response, id: &str, now: Timestamp) -> Response {
    let mut response = with_problem(response, id);
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, value);
    }
    // A 304 renews `as_of` from this, so it is the time that all else is computed by.
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&now.instant());
    if let Some(value) = date.ok().and_then(|date| HeaderValue::from_str(&date).ok()) {
        headers.insert(DATE, value);
    }
    response
}

/// Errors of the router's own become problems too, and every problem gets the id.
fn with_problem(mut response: Response, id: &str) -> Response {
    let status = response.status();
    let known = response.extensions_mut().remove::<Problem>();
    let mut problem = match known {
        Some(problem) => problem,
        None if status.is_client_error() || status.is_server_error() => by_status(status),
        None => return response,
    };
    id.clone_into(&mut problem.request_id);
    let said = problem_response(problem);
    let (mut parts, _) = response.into_parts();
    let (said_parts, body) = said.into_parts();
    let allow = parts.headers.remove(ALLOW);
    parts.headers.extend(said_parts.headers);
    parts.headers.remove(CONTENT_LENGTH);
    if let Some(allow) = allow {
        parts.headers.insert(ALLOW, allow);
    }
    Response::from_parts(parts, Body::new(body))
}

fn by_status(status: StatusCode) -> Problem {
    let error = match status {
        StatusCode::NOT_FOUND => ApiError::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => ApiError::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
        status if status.is_client_error() => ApiError::Malformed,
        status => ApiError::Internal(anyhow::anyhow!("the router answered {status}")),
    };
    let mut problem = error.into_problem();
    problem.status = status.as_u16();
    problem
}
