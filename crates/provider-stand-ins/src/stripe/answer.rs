//! Answers of the API: indented JSON, with the request's id.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

use super::error::{ApiError, broken, in_use, rate_limited, wrong_key};
use super::ids;

/// An answer's text, as the provider writes it.
pub(super) fn text(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// An answer with a status.
pub(super) fn answer(status: StatusCode, body: String, request_id: &str) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-cache, no-store"),
    );
    set(&mut response, "request-id", request_id);
    response
}

/// An answer that refuses.
pub(super) fn refusal(error: &ApiError, request_id: &str) -> Response {
    let mut response = answer(error.status, text(&error.body(request_id)), request_id);
    if error.status == StatusCode::TOO_MANY_REQUESTS {
        // The provider documents no Retry-After.
        set(&mut response, "stripe-rate-limited-reason", "global-rate");
    }
    if error.status == StatusCode::UNAUTHORIZED {
        set(&mut response, "www-authenticate", "Basic realm=\"Stripe\"");
    }
    response
}

/// The answer to a planned fault of a status.
pub(super) fn of_status(status: StatusCode) -> Response {
    let error = match status.as_u16() {
        401 => wrong_key(""),
        402 => ApiError::invalid("Your card was declined.")
            .kind("card_error")
            .code("card_declined"),
        404 => ApiError::invalid("Unrecognized request URL."),
        409 => in_use("this key"),
        429 => rate_limited(),
        500.. => broken(status),
        _ => ApiError::invalid("The request was unacceptable."),
    };
    refusal(&error.status(status), &ids::request())
}

/// Sets a header, if the value fits in one.
pub(super) fn set(response: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
