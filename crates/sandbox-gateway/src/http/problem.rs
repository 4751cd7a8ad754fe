//! Errors of the merchant API: RFC 9457 `application/problem+json` with a stable code.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::gateway_state::Refused;
use crate::store::NotSaved;
use crate::wire::FieldErrors;

/// An error answer.
#[derive(Debug, Serialize)]
pub struct Problem {
    #[serde(rename = "type")]
    kind: &'static str,
    status: u16,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    field_errors: BTreeMap<&'static str, FieldError>,
}

#[derive(Debug, Serialize)]
struct FieldError {
    code: &'static str,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str) -> Self {
        let (detail, field_errors) = (None, BTreeMap::new());
        Self {
            kind: "about:blank",
            status: status.as_u16(),
            code,
            detail,
            field_errors,
        }
    }

    /// The body cannot be read.
    pub fn unreadable(status: StatusCode, detail: impl ToString) -> Self {
        let code = if status == StatusCode::PAYLOAD_TOO_LARGE {
            "too_large"
        } else {
            "invalid"
        };
        Self {
            detail: Some(detail.to_string()),
            ..Self::new(status, code)
        }
    }

    /// Single fields are wrong.
    pub fn fields(errors: FieldErrors) -> Self {
        let errors = errors
            .into_iter()
            .map(|(name, code)| (name, FieldError { code }));
        Self {
            field_errors: errors.collect(),
            ..Self::new(StatusCode::BAD_REQUEST, "invalid")
        }
    }

    /// The API key is missing or wrong.
    pub fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized")
    }

    /// There is nothing like this.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }

    /// The address does not take this method.
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed")
    }

    /// The `Idempotency-Key` header is missing or no key.
    pub fn key_missing() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "key_missing")
    }

    /// The key was used with another body.
    pub fn key_reused() -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "key_reused")
    }

    /// The API is away, because a fault says so.
    pub fn away() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable")
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Unknown => Self::not_found(),
            Refused::Over => Self::new(StatusCode::CONFLICT, "payment_over"),
        }
    }
}

impl From<NotSaved> for Problem {
    fn from(_: NotSaved) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(CONTENT_TYPE, kind);
        response
    }
}
