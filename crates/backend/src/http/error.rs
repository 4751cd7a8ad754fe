//! The one error of the API, by what a caller can do about it, and its
//! `application/problem+json`.

use std::collections::BTreeMap;

use api_types::{CheckoutId, Code, FieldError, Money, Problem};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::db::DbError;
use crate::limits::RetryAfter;

/// Why a request was not done. Codes travel, sentences never do.
#[derive(Debug)]
pub enum ApiError {
    /// The body is no JSON, or so far from its type that no field can be named.
    Malformed,
    /// Single fields are wrong; see [`ApiError::field`].
    Fields(BTreeMap<String, FieldError>),
    /// A body that is not JSON by its `Content-Type`.
    UnsupportedMediaType,
    /// Nothing like this exists, or it is somebody else's.
    NotFound,
    /// The endpoint does not take this method.
    MethodNotAllowed,
    /// E-mail and password do not fit each other.
    WrongCredentials,
    /// There is no session, or it has ended.
    SignedOut,
    /// Too many tries; try again after so many seconds.
    TooManyTries(u64),
    /// The request did not come from the portal.
    Forbidden,
    /// The request was not for this host.
    Misdirected,
    /// The session belongs to another person than the page thinks.
    PersonChanged,
    /// The total on screen is not the total any more.
    TotalChanged,
    /// Somebody else has the time by now, or it is not offered any more.
    TimeTaken,
    /// What it costs is not what the customer was told.
    TermsChanged,
    /// The event cannot be changed so any more.
    NotChangeable,
    /// No more before the provider has answered.
    WaitForAnswer,
    /// It cannot be paid now.
    NotPayable,
    /// A checkout is open on it already: the caller's own, where it is named.
    CheckoutOpen(Option<CheckoutId>),
    /// The customer has as many checkouts open as are allowed at once.
    TooManyOpen,
    /// The checkout is past this.
    CheckoutOver,
    /// The page that is open cannot be closed at its payment provider.
    PageStillOpen,
    /// The key was used for another request.
    KeyReused,
    /// The first request with the key is still running.
    StillRunning,
    /// The `Idempotency-Key` header is missing.
    KeyMissing,
    /// The feature is switched off.
    FeatureOff,
    /// The body is larger than the endpoint takes.
    TooLarge,
    /// An amount or a sum of the account is beyond what is kept; the log says which.
    AmountTooLarge(String),
    /// The payment provider cannot be reached.
    GatewayAway,
    /// Something broke; the cause goes into the log and nowhere else.
    Internal(anyhow::Error),
}

impl ApiError {
    /// One field is wrong: `missing`, `too_long` or `invalid`.
    pub fn field(name: &str, code: &str) -> Self {
        let error = FieldError {
            code: code.to_owned(),
            bound: None,
        };
        Self::Fields(BTreeMap::from([(name.to_owned(), error)]))
    }

    /// An amount is beyond a bound: `too_small` or `too_large`.
    pub fn beyond(name: &str, code: &str, bound: Money) -> Self {
        let error = FieldError {
            code: code.to_owned(),
            bound: Some(bound),
        };
        Self::Fields(BTreeMap::from([(name.to_owned(), error)]))
    }

    /// The status and the code.
    pub fn status_and_code(&self) -> (StatusCode, Code) {
        match self {
            Self::Malformed => (StatusCode::BAD_REQUEST, Code::Invalid),
            Self::Fields(_) => (StatusCode::UNPROCESSABLE_ENTITY, Code::Invalid),
            Self::UnsupportedMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::Invalid),
            Self::NotFound => (StatusCode::NOT_FOUND, Code::NotFound),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, Code::MethodNotAllowed),
            Self::WrongCredentials => (StatusCode::UNAUTHORIZED, Code::WrongCredentials),
            Self::SignedOut => (StatusCode::UNAUTHORIZED, Code::SignedOut),
            Self::TooManyTries(_) => (StatusCode::TOO_MANY_REQUESTS, Code::TooManyTries),
            Self::Forbidden => (StatusCode::FORBIDDEN, Code::Forbidden),
            Self::Misdirected => (StatusCode::MISDIRECTED_REQUEST, Code::Misdirected),
            Self::PersonChanged => (StatusCode::CONFLICT, Code::PersonChanged),
            Self::TotalChanged => (StatusCode::CONFLICT, Code::TotalChanged),
            Self::TimeTaken => (StatusCode::CONFLICT, Code::TimeTaken),
            Self::TermsChanged => (StatusCode::CONFLICT, Code::TermsChanged),
            Self::NotChangeable => (StatusCode::CONFLICT, Code::NotChangeable),
            Self::WaitForAnswer => (StatusCode::CONFLICT, Code::WaitForAnswer),
            Self::NotPayable => (StatusCode::CONFLICT, Code::NotPayable),
            Self::CheckoutOpen(_) => (StatusCode::CONFLICT, Code::CheckoutOpen),
            Self::TooManyOpen => (StatusCode::CONFLICT, Code::TooManyOpen),
            Self::CheckoutOver => (StatusCode::CONFLICT, Code::CheckoutOver),
            Self::PageStillOpen => (StatusCode::CONFLICT, Code::PageStillOpen),
            Self::KeyReused => (StatusCode::UNPROCESSABLE_ENTITY, Code::KeyReused),
            Self::StillRunning => (StatusCode::CONFLICT, Code::StillRunning),
            Self::KeyMissing => (StatusCode::BAD_REQUEST, Code::KeyMissing),
            Self::FeatureOff => (StatusCode::NOT_FOUND, Code::FeatureOff),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge),
            Self::AmountTooLarge(_) => (StatusCode::CONFLICT, Code::AmountTooLarge),
            Self::GatewayAway => (StatusCode::SERVICE_UNAVAILABLE, Code::GatewayAway),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, Code::Internal),
        }
    }

    /// The answer's body; the request's id is put in on its way out.
    pub fn into_problem(self) -> Problem {
        let (status, code) = self.status_and_code();
        let mut problem = Problem::new(status.as_u16(), code);
        match self {
            Self::Fields(fields) => problem.field_errors = fields,
            Self::TooManyTries(seconds) => problem.retry_after = Some(seconds),
            Self::CheckoutOpen(checkout) => problem.checkout = checkout,
            Self::AmountTooLarge(what) => {
                tracing::error!(what, "a request needs more than is kept");
            }
            Self::Internal(cause) => {
                tracing::error!(cause = format!("{cause:#}"), "a request broke");
            }
            _ => {}
        }
        problem
    }
}

impl From<DbError> for ApiError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::BadCursor => Self::field("cursor", "invalid"),
            DbError::CurrencyWanted => Self::field("currency", "missing"),
            DbError::TooLarge(what) => Self::AmountTooLarge(what),
            other => Self::Internal(other.into()),
        }
    }
}

impl From<RetryAfter> for ApiError {
    fn from(RetryAfter(seconds): RetryAfter) -> Self {
        Self::TooManyTries(seconds.max(1))
    }
}

impl From<anyhow::Error> for ApiError {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        problem_response(self.into_problem())
    }
}

/// The answer for a problem. It carries the problem along as an extension too,
/// so that the request's id can be put in when the answer leaves.
pub fn problem_response(problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = problem.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response.extensions_mut().insert(problem);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_of_a_fault_never_travels() {
        let error = ApiError::Internal(anyhow::anyhow!("table customers has no column"));
        let problem = error.into_problem();
        assert_eq!((problem.status, problem.code), (500, Code::Internal));
        assert!(!serde_json::to_string(&problem).unwrap().contains("column"));
    }

    #[test]
    fn waiting_is_told_in_the_header_and_in_the_body() {
        let response = ApiError::TooManyTries(7).into_response();
        assert_eq!(response.status(), 429);
        assert_eq!(response.headers()[RETRY_AFTER], "7");
        let problem: &Problem = response.extensions().get().unwrap();
        assert_eq!(problem.retry_after, Some(7));
    }
}
