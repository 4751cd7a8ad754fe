//! Errors as the API answers them.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

/// Why a request is refused.
#[derive(Clone, Debug)]
pub(super) struct ApiError {
    pub status: StatusCode,
    kind: &'static str,
    code: Option<&'static str>,
    param: Option<String>,
    message: String,
    /// Whether an endpoint had begun to work, so that the answer belongs to the idempotency key.
    pub executed: bool,
}

impl ApiError {
    /// A refusal because of a request's parameters, before anything is done.
    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            kind: "invalid_request_error",
            code: None,
            param: None,
            message: message.into(),
            executed: false,
        }
    }

    pub(super) fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    pub(super) fn param(mut self, param: impl Into<String>) -> Self {
        self.param = Some(param.into());
        self
    }

    pub(super) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    pub(super) fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// Marks an error of an endpoint at work.
    pub(super) fn executed(mut self) -> Self {
        self.executed = true;
        self
    }

    pub(super) fn missing(param: &str) -> Self {
        Self::invalid(format!("Missing required param: {param}."))
            .code("parameter_missing")
            .param(param)
    }

    /// `resource` in the API's words, e.g. `payment_intent`.
    pub(super) fn no_such(resource: &str, id: &str, param: &str, in_other_mode: bool) -> Self {
        let mut message = format!("No such {resource}: '{id}'");
        if in_other_mode {
            message.push_str(
                "; a similar object exists in the other mode than that of the key that made this \
                 request.",
            );
        }
        Self::invalid(message)
            .code("resource_missing")
            .param(param)
            .status(StatusCode::NOT_FOUND)
            .executed()
    }

    /// Something that the provider knows and this stand-in does not.
    pub(super) fn not_here(param: &str) -> Self {
        Self::invalid(format!(
            "This stand-in does not know what the provider does with `{param}`; leave it out."
        ))
        .param(param)
    }

    pub(super) fn body(&self, request_id: &str) -> Value {
        let mut error = Map::new();
        error.insert("type".into(), self.kind.into());
        error.insert("message".into(), self.message.clone().into());
        if let Some(code) = self.code {
            let page = code.replace('_', "-");
            let page = format!("https://stripe.com/docs/error-codes/{page}");
            error.insert("code".into(), code.into());
            error.insert("doc_url".into(), page.into());
        }
        if let Some(param) = &self.param {
            error.insert("param".into(), param.clone().into());
        }
        if self.status != StatusCode::UNAUTHORIZED {
            let log = format!("https://dashboard.stripe.com/logs/{request_id}");
            error.insert("request_log_url".into(), log.into());
        }
        json!({ "error": error })
    }
}

/// The error of too many requests.
pub(super) fn rate_limited() -> ApiError {
    ApiError::invalid(
        "Request rate limit exceeded. You can learn more about rate limits here \
         https://stripe.com/docs/rate-limits.",
    )
    .code("rate_limit")
    .status(StatusCode::TOO_MANY_REQUESTS)
}

/// What goes wrong on the provider's side.
pub(super) fn broken(status: StatusCode) -> ApiError {
    ApiError::invalid(
        "Sorry! There was an error while talking to one of our backends. Support has been \
         notified.",
    )
    .kind("api_error")
    .status(status)
}

pub(super) fn wrong_key(key: &str) -> ApiError {
    let kept = key.len().saturating_sub(4);
    let end = key.get(kept..).unwrap_or_default();
    let begin = ["sk_test_", "rk_test_", "sk_live_", "rk_live_"];
    let begin = begin.into_iter().find(|begin| key.starts_with(begin));
    let shown = format!("{}****{end}", begin.unwrap_or_default());
    ApiError::invalid(format!("Invalid API Key provided: {shown}")).status(StatusCode::UNAUTHORIZED)
}

pub(super) fn in_use(key: &str) -> ApiError {
    ApiError::invalid(format!(
        "There is currently another in-progress request using this Idempotent Key (that probably \
         means you submitted twice, and the other request is still going through): {key}. Please \
         try again later."
    ))
    .kind("idempotency_error")
    .code("idempotency_key_in_use")
    .status(StatusCode::CONFLICT)
}
