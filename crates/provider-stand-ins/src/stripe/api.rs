//! The API: what every request goes through, whatever it asks for.

use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;

use super::answer;
use super::auth;
use super::error::{ApiError, broken};
use super::form;
use super::idempotency::Saved;
use super::ids;
use super::operation::Command;
use super::params::Fields;
use super::render::Moment;
use super::shared::Shared;
use super::version::Version;

const MOST_BYTES: usize = 1 << 20;

/// Answers a request of the API.
pub(super) async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let id = ids::request();
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else {
        return answer::refusal(&ApiError::invalid("The request is too large."), &id);
    };
    let mut response = match prepare(&shared, &parts, &body) {
        Ok(prepared) => carry_out(shared, prepared, id.clone()).await,
        Err(error) => answer::refusal(&error, &id),
    };
    if let Some(key) = key(&parts.headers) {
        answer::set(&mut response, "idempotency-key", &key);
    }
    response
}

/// A request of a known caller, not yet looked at closely.
struct Prepared {
    method: Method,
    path: String,
    pairs: Vec<(String, String)>,
    live: bool,
    version: Version,
    key: Option<String>,
}

fn prepare(shared: &Shared, parts: &Parts, body: &Bytes) -> Result<Prepared, ApiError> {
    let live = auth::check(&parts.headers, &shared.options)?;
    if shared.rate.refuses() {
        return Err(super::error::rate_limited());
    }
    let version = match parts.headers.get("stripe-version") {
        None => shared.version.clone(),
        Some(value) => Version::parse(value.to_str().unwrap_or_default())?,
    };
    let post = parts.method == Method::POST;
    let query = parts.uri.query().unwrap_or_default();
    let mut pairs = pairs(query.as_bytes())?;
    if post {
        check_content_type(&parts.headers, body)?;
        pairs.extend(self::pairs(body)?);
    }
    Ok(Prepared {
        method: parts.method.clone(),
        path: parts.uri.path().to_owned(),
        pairs,
        live,
        version,
        // Other methods repeat safely without a key.
        key: key(&parts.headers).filter(|_| post),
    })
}

fn key(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("idempotency-key")?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn pairs(text: &[u8]) -> Result<Vec<(String, String)>, ApiError> {
    serde_urlencoded::from_bytes(text)
        .map_err(|_| ApiError::invalid("Invalid request: the parameters cannot be decoded."))
}

fn check_content_type(headers: &HeaderMap, body: &Bytes) -> Result<(), ApiError> {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let form = kind.eq_ignore_ascii_case("application/x-www-form-urlencoded");
    if body.is_empty() || form {
        return Ok(());
    }
    Err(ApiError::invalid(
        "Invalid request (check that your POST content type is application/x-www-form-urlencoded). \
         If you have any questions, we can help at https://support.stripe.com/.",
    ))
}

async fn carry_out(shared: Arc<Shared>, prepared: Prepared, id: String) -> Response {
    if let Some(key) = &prepared.key {
        let now = shared.controls.clock().unix();
        match shared.keys.begin(key, &prepared.asked(), now) {
            Ok(None) => {}
            Ok(Some(saved)) => {
                let mut response = answer::answer(saved.status, saved.body, &id);
                answer::set(&mut response, "idempotent-replayed", "true");
                answer::set(&mut response, "original-request", &saved.request);
                answer::set(&mut response, "stripe-version", prepared.version.as_str());
                return response;
            }
            Err(error) => return answer::refusal(&error, &id),
        }
    }
    let version = prepared.version.clone();
    let fallback = id.clone();
    // A caller who hangs up does not stop an endpoint that works.
    let task = tokio::spawn(async move { execute(&shared, prepared, &id).await });
    let mut response = match task.await {
        Ok(response) => response,
        Err(_) => answer::refusal(&broken(StatusCode::INTERNAL_SERVER_ERROR), &fallback),
    };
    answer::set(&mut response, "stripe-version", version.as_str());
    response
}

async fn execute(shared: &Shared, prepared: Prepared, id: &str) -> Response {
    let key = prepared.key.clone();
    let done = work(shared, prepared, id).await;
    let (status, executed) = match &done {
        Ok(_) => (StatusCode::OK, true),
        Err(error) => (error.status, error.executed),
    };
    let body = match &done {
        Ok(value) => answer::text(value),
        Err(error) => answer::text(&error.body(id)),
    };
    if let Some(key) = &key {
        let saved = executed.then(|| Saved {
            status,
            body: body.clone(),
            request: id.to_owned(),
        });
        shared.keys.end(key, saved);
    }
    match done {
        Ok(_) => answer::answer(status, body, id),
        Err(error) => answer::refusal(&error, id),
    }
}

async fn work(
    shared: &Shared,
    prepared: Prepared,
    id: &str,
) -> Result<serde_json::Value, ApiError> {
    let fields = Fields::new(form::decode(&prepared.pairs)?);
    let asked = (&prepared.method, prepared.path.as_str());
    let command = Command::read(asked, fields, (prepared.live, &prepared.version))?;
    if prepared.method == Method::POST {
        let mut held = shared.held.subscribe();
        // Without a sender the stand-in is gone, and nobody holds the request.
        let _ = held.wait_for(|held| !held).await;
        if shared.breaks() {
            return Err(broken(StatusCode::INTERNAL_SERVER_ERROR).executed());
        }
    }
    let at = Moment {
        now: shared.controls.clock().unix(),
        version: prepared.version,
        request: Some(id.to_owned()),
        key: prepared.key,
    };
    command.run(shared, &at)
}

impl Prepared {
    /// All that makes two requests the same, whatever the order of their parameters.
    fn asked(&self) -> String {
        let mut pairs = self.pairs.clone();
        pairs.sort();
        format!("{} {} {} {pairs:?}", self.method, self.path, self.live)
    }
}
