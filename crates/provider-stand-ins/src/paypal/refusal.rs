//! Answers that refuse, in the provider's form.

use axum::Json;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::{ids, issues};

/// The header that names a call for the provider's support.
pub(super) const DEBUG_ID: &str = "paypal-debug-id";

/// One thing that is wrong with a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Detail {
    pub issue: &'static str,
    pub field: Option<String>,
    pub value: Option<String>,
    pub location: Option<&'static str>,
}

impl Detail {
    /// What is wrong with the call as a whole.
    pub(super) fn new(issue: &'static str) -> Self {
        Self {
            issue,
            ..Self::default()
        }
    }

    /// What is wrong with a field of the body.
    pub(super) fn body(issue: &'static str, field: impl Into<String>, value: &Value) -> Self {
        Self {
            issue,
            field: Some(field.into()),
            value: value.as_str().map(str::to_owned),
            location: Some("body"),
        }
    }

    /// What is wrong with a part of the address.
    pub(super) fn at(location: &'static str, issue: &'static str, field: &str) -> Self {
        Self {
            issue,
            field: Some(field.to_owned()),
            value: None,
            location: Some(location),
        }
    }

    fn json(&self) -> Value {
        let mut detail = Map::new();
        let mut put = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                detail.insert(name.to_owned(), value.into());
            }
        };
        put("field", self.field.as_deref());
        put("value", self.value.as_deref());
        put("location", self.location);
        put("issue", Some(self.issue));
        put("description", Some(issues::describe(self.issue)));
        Value::Object(detail)
    }
}

/// A refusal.
#[derive(Debug)]
pub(super) enum Refusal {
    /// By the APIs, in their common form.
    Api {
        status: StatusCode,
        details: Vec<Detail>,
        links: Vec<Value>,
    },
    /// By the v1 APIs, for a body that does not fit.
    Validation(Vec<Detail>),
    /// By the token endpoint, in the form of RFC 6749.
    Token {
        status: StatusCode,
        error: &'static str,
        description: &'static str,
    },
}

impl Refusal {
    fn api(status: StatusCode, details: Vec<Detail>) -> Self {
        Self::Api {
            status,
            details,
            links: Vec::new(),
        }
    }

    /// The call does not fit its description.
    pub(super) fn invalid(details: Vec<Detail>) -> Self {
        Self::api(StatusCode::BAD_REQUEST, details)
    }

    /// The call fits its description, and cannot be carried out.
    pub(super) fn unprocessable(details: Vec<Detail>) -> Self {
        Self::api(StatusCode::UNPROCESSABLE_ENTITY, details)
    }

    /// The customer has to choose another way to pay, at an address.
    pub(super) fn declined(address: String) -> Self {
        Self::Api {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            details: vec![Detail::new("INSTRUMENT_DECLINED")],
            links: vec![json!({ "href": address, "rel": "redirect", "method": "GET" })],
        }
    }

    /// There is no such thing.
    pub(super) fn not_found(field: &str) -> Self {
        let detail = Detail::at("path", "INVALID_RESOURCE_ID", field);
        Self::api(StatusCode::NOT_FOUND, vec![detail])
    }

    /// Any other refusal that has nothing to add to its status.
    pub(super) fn plain(status: StatusCode) -> Self {
        Self::api(status, Vec::new())
    }

    /// The access token is none, or none any more.
    pub(super) fn invalid_token() -> Self {
        Self::Token {
            status: StatusCode::UNAUTHORIZED,
            error: "invalid_token",
            description: "The access token is unknown or has expired.",
        }
    }
}

/// The name and the message that go with a status.
fn name_of(status: StatusCode) -> (&'static str, &'static str) {
    match status.as_u16() {
        400 => (
            "INVALID_REQUEST",
            "Request is not well-formed, syntactically incorrect, or violates schema.",
        ),
        401 => (
            "AUTHENTICATION_FAILURE",
            "Authentication failed due to missing authorization header, or invalid authentication \
             credentials.",
        ),
        403 => (
            "NOT_AUTHORIZED",
            "Authorization failed due to insufficient permissions.",
        ),
        404 => (
            "RESOURCE_NOT_FOUND",
            "The specified resource does not exist.",
        ),
        405 => (
            "METHOD_NOT_SUPPORTED",
            "The server does not implement the requested HTTP method.",
        ),
        409 => (
            "RESOURCE_CONFLICT",
            "The server has detected a conflict while processing this request.",
        ),
        413 => (
            "REQUEST_TOO_LARGE",
            "The request is larger than the server is able to process.",
        ),
        415 => (
            "UNSUPPORTED_MEDIA_TYPE",
            "The server does not support the request payload's media type.",
        ),
        422 => (
            "UNPROCESSABLE_ENTITY",
            "The requested action could not be performed, semantically incorrect, or failed \
             business validation.",
        ),
        429 => (
            "RATE_LIMIT_REACHED",
            "Too many requests. Blocked due to rate limiting.",
        ),
        503 => ("SERVICE_UNAVAILABLE", "Service Unavailable."),
        _ => (
            "INTERNAL_SERVER_ERROR",
            "An internal server error occurred.",
        ),
    }
}

fn body(
    (name, message): (&str, &str),
    debug_id: &str,
    details: &[Detail],
    links: Vec<Value>,
) -> Value {
    let mut body = json!({ "name": name, "message": message, "debug_id": debug_id });
    if !details.is_empty() {
        body["details"] = details.iter().map(Detail::json).collect();
    }
    let explained = details.first().map_or(name, |detail| detail.issue);
    let help = json!({
        "href": format!("https://developer.paypal.com/api/rest/reference/errors/#{explained}"),
        "rel": "information_link",
        "method": "GET",
    });
    body["links"] = std::iter::once(help).chain(links).collect();
    body
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let debug_id = ids::debug();
        let (status, body) = match self {
            Self::Api {
                status,
                details,
                links,
            } => (status, body(name_of(status), &debug_id, &details, links)),
            Self::Validation(details) => {
                let name = ("VALIDATION_ERROR", "Invalid request - see details");
                let body = body(name, &debug_id, &details, Vec::new());
                (StatusCode::BAD_REQUEST, body)
            }
            Self::Token {
                status,
                error,
                description,
            } => {
                let body = json!({ "error": error, "error_description": description });
                (status, body)
            }
        };
        let mut response = (status, Json(body)).into_response();
        // Hexadecimal digits fit in every header.
        if let Ok(debug_id) = HeaderValue::from_str(&debug_id) {
            response.headers_mut().insert(DEBUG_ID, debug_id);
        }
        response
    }
}

/// The body of an error that a test has planned, or that the server answers by itself.
pub(super) fn of_status(status: StatusCode) -> Response {
    Refusal::plain(status).into_response()
}
