//! Reads the parts of an API call that several calls have.

use axum::http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use crate::paypal::refusal::{Detail, Refusal};
use crate::paypal::replays::{Call, Known};
use crate::paypal::shape::malformed;
use crate::paypal::shared::Shared;

/// The most characters that a request id may have.
const LONGEST_REQUEST_ID: usize = 108;
/// The most characters that the wish for an answer may have.
const LONGEST_PREFER: usize = 25;

/// Reads the JSON of a body. An empty one is an empty object if the call needs no body.
pub(super) fn json(headers: &HeaderMap, body: &[u8], needed: bool) -> Result<Value, Refusal> {
    let kind = headers.get("content-type").and_then(|v| v.to_str().ok());
    let kind = kind
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default();
    if !kind.trim().eq_ignore_ascii_case("application/json") {
        return Err(Refusal::plain(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    if body.is_empty() && !needed {
        return Ok(Value::Object(Map::new()));
    }
    serde_json::from_slice(body).map_err(|_| Refusal::invalid(vec![malformed("")]))
}

/// Whether the whole of what a call makes is to be answered, and not the least.
pub(super) fn wants_whole(headers: &HeaderMap) -> Result<bool, Refusal> {
    let Some(wish) = headers.get("prefer") else {
        return Ok(false);
    };
    let wish = wish.to_str().unwrap_or_default();
    let wrong = |issue| Err(Refusal::invalid(vec![Detail::new(issue)]));
    if !(1..=LONGEST_PREFER).contains(&wish.len()) {
        return wrong("INVALID_STRING_LENGTH");
    }
    if !wish.bytes().all(|b| b.is_ascii_alphabetic() || b == b'=') {
        return wrong("INVALID_PARAMETER_SYNTAX");
    }
    match wish {
        "return=minimal" => Ok(false),
        "return=representation" => Ok(true),
        _ => wrong("INVALID_PARAMETER_VALUE"),
    }
}

/// The id that makes a call safe to repeat.
pub(super) fn request_id(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let Some(id) = headers.get("paypal-request-id") else {
        return Ok(None);
    };
    let id = id.to_str().unwrap_or_default();
    if !(1..=LONGEST_REQUEST_ID).contains(&id.len()) {
        let detail = Detail::new("INVALID_STRING_LENGTH");
        return Err(Refusal::invalid(vec![detail]));
    }
    Ok(Some(id.to_owned()))
}

/// With a payment source there has to be a request id.
pub(super) fn needs_request_id(body: &Value, id: Option<&String>) -> Result<(), Refusal> {
    if id.is_none() && !body["payment_source"].is_null() {
        let detail = Detail::new("PAYPAL_REQUEST_ID_REQUIRED");
        return Err(Refusal::invalid(vec![detail]));
    }
    Ok(())
}

/// A call that is carried out once for each request id.
pub(super) struct Once<'a> {
    pub call: Call,
    pub path: &'a str,
    pub body: Value,
    pub id: Option<String>,
}

impl Once<'_> {
    /// Carries the call out, unless it was before. Returns what was made, now or then, answered as
    /// it is at this moment, and whether it was made now.
    pub(super) fn run(
        self,
        shared: &Shared,
        act: impl FnOnce(&mut crate::paypal::account::Account, &Value, i64) -> Result<String, Refusal>,
        answer: impl FnOnce(&crate::paypal::account::Account, &str) -> Option<Value>,
    ) -> Result<(Value, bool), Refusal> {
        shared.with(|account, now| {
            let known = match &self.id {
                Some(id) => account
                    .replays
                    .look((self.call, id), (self.path, &self.body), now),
                None => Known::New,
            };
            let (made, is_new) = match known {
                Known::Other => {
                    let detail = Detail::new("PAYPAL_REQUEST_ID_PREVIOUSLY_USED");
                    return Err(Refusal::unprocessable(vec![detail]));
                }
                Known::Done(made) => (made, false),
                Known::New => (act(account, &self.body, now)?, true),
            };
            if let (Some(id), true) = (self.id, is_new) {
                let made = (made.clone(), now);
                account
                    .replays
                    .remember((self.call, id), (self.path, self.body), made);
            }
            let answer = answer(account, &made).ok_or_else(|| Refusal::not_found("id"))?;
            Ok((answer, is_new))
        })
    }
}
