//! Writes that may be repeated: the same `Idempotency-Key` with the same body gets the same answer
//! for 24 hours, even if the first answer was lost.
//!
//! - Two at the same time: the second is answered `still_running`.
//! - The caller goes away: the first runs on to its end, in a task of its own.
//! - The process dies: what was made was recorded in the transaction that made it
//!   ([`FirstRun::record_created`]), so the repeated request finds it
//!   ([`FirstRun::created_before`]) and makes nothing twice.
//! - An answer of 500 or more is not kept: the repeated request tries again.

use std::time::Duration;

use api_types::{
    IDEMPOTENCY_HEADER, IDEMPOTENCY_KEY_PATTERN, MOST_IDEMPOTENCY_KEY_CHARACTERS, Problem,
    Timestamp, is_idempotency_key,
};
use axum::extract::FromRequestParts;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use tracing::Instrument as _;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, Required};

use super::customer::Customer;
use super::error::{ApiError, problem_response};
use crate::app::App;
use crate::db::idempotency::{self as kept_keys, Kept, KeyScope};
use crate::db::{DbError, ReadTx, WriteTx};
use crate::limits::KeyInUse;

/// How long an answer is kept.
pub const KEPT_FOR: Duration = Duration::from_hours(24);

/// The `Idempotency-Key` of a request; requests without one are refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(IDEMPOTENCY_HEADER) else {
            return Err(ApiError::KeyMissing);
        };
        let key = value.to_str().unwrap_or_default();
        if !is_idempotency_key(key) {
            return Err(ApiError::field(IDEMPOTENCY_HEADER, "invalid"));
        }
        Ok(Self(key.to_owned()))
    }
}

impl utoipa::IntoParams for IdempotencyKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let says =
            "Makes it safe to repeat this request for 24 hours; a new key for every new intent.";
        let looks = ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(IDEMPOTENCY_KEY_PATTERN))
            .max_length(Some(MOST_IDEMPOTENCY_KEY_CHARACTERS));
        let key = ParameterBuilder::new()
            .name(IDEMPOTENCY_HEADER)
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some(says))
            .schema(Some(looks))
            .build();
        vec![key]
    }
}

/// The one run of a write, which is passed to what performs it.
#[derive(Clone, Debug)]
pub struct FirstRun {
    scope: KeyScope,
    body_hash: String,
    created_before: Option<String>,
    now: Timestamp,
}

impl FirstRun {
    /// The id of what an earlier run made before its process died. If there is one, it is answered
    /// and nothing is made.
    pub fn created_before(&self) -> Option<&str> {
        self.created_before.as_deref()
    }

    /// Records the id of what is made, in the transaction that makes it.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub async fn record_created(&self, tx: &WriteTx, id: &str) -> Result<(), DbError> {
        kept_keys::purge(tx, self.now.minus(KEPT_FOR)).await?;
        kept_keys::mark(tx, &self.scope, &self.body_hash, id, self.now).await
    }
}

/// The answer of a write: its status and its body.
#[derive(Clone, Debug)]
pub struct Answer {
    status: StatusCode,
    body: String,
}

impl Answer {
    /// Makes an answer with a body.
    ///
    /// # Errors
    /// [`ApiError::Internal`] if the value cannot be serialised as JSON.
    pub fn new<T: Serialize>(status: StatusCode, value: &T) -> Result<Self, ApiError> {
        let body = serde_json::to_string(value).map_err(|e| ApiError::Internal(e.into()))?;
        Ok(Self { status, body })
    }
}

/// Runs a write once for its key, or answers as the first run did. `route` names the endpoint, with
/// the id in its path if there is one. An error of `run` below 500 is kept and answered as the
/// first answer.
///
/// # Errors
/// [`ApiError::StillRunning`] if the same request is running, [`ApiError::KeyReused`] if the key
/// was used for another request, [`ApiError::Internal`] if `run` panics or the database fails;
/// otherwise the error of `run`, if its status is 500 or more.
pub async fn once<R, F>(
    app: &App,
    customer: &Customer,
    route: &str,
    key: IdempotencyKey,
    body_hash: &str,
    run: R,
) -> Result<Response, ApiError>
where
    R: FnOnce(FirstRun) -> F + Send + 'static,
    F: Future<Output = Result<Answer, ApiError>> + Send + 'static,
{
    let scope = KeyScope {
        customer: customer.id.clone(),
        person: customer.id.clone(),
        route: route.to_owned(),
        key: key.0,
    };
    let running = app.limits().running_keys.begin(&scope, body_hash);
    let running = running.map_err(|why| match why {
        KeyInUse::SameRequest => ApiError::StillRunning,
        KeyInUse::OtherRequest => ApiError::KeyReused,
    })?;
    let kept = find(app, &scope).await?;
    if let Some(kept) = &kept {
        if kept.body_hash != body_hash {
            return Err(ApiError::KeyReused);
        }
        if let Some((status, body)) = &kept.answer {
            return Ok(answer_again(*status, body));
        }
    }
    let first = FirstRun {
        scope,
        body_hash: body_hash.to_owned(),
        created_before: kept.and_then(|kept| kept.made),
        now: app.now(),
    };
    let app = app.clone();
    // A task of its own: a caller who goes away must not leave a payment half made.
    let task = async move {
        let _running = running;
        let answer = run(first.clone()).await;
        keep(&app, &first, answer).await
    };
    let task = tokio::spawn(task.instrument(tracing::Span::current()));
    task.await.map_err(|e| ApiError::Internal(e.into()))?
}

async fn find(app: &App, scope: &KeyScope) -> Result<Option<Kept>, DbError> {
    let since = app.now().minus(KEPT_FOR);
    app.db()
        .read(async |tx: &ReadTx| kept_keys::find(tx, scope, since).await)
        .await
}

async fn keep(
    app: &App,
    first: &FirstRun,
    answer: Result<Answer, ApiError>,
) -> Result<Response, ApiError> {
    let (status, body) = match answer {
        Ok(answer) => (answer.status.as_u16(), answer.body),
        Err(error) if error.status_and_code().0.is_server_error() => return Err(error),
        Err(error) => {
            let problem = error.into_problem();
            let body = serde_json::to_string(&problem).unwrap_or_default();
            (problem.status, body)
        }
    };
    let (scope, hash, now) = (&first.scope, first.body_hash.as_str(), first.now);
    app.db()
        .write(async |tx| {
            kept_keys::purge(tx, now.minus(KEPT_FOR)).await?;
            kept_keys::answer(tx, scope, hash, (status, &body), now).await
        })
        .await?;
    Ok(answer_again(status, &body))
}

fn answer_again(status: u16, body: &str) -> Response {
    if status >= 400
        && let Ok(problem) = serde_json::from_str::<Problem>(body)
    {
        return problem_response(problem);
    }
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, body.to_owned()).into_response()
}
