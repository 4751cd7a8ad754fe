//! Idempotency keys of POST requests.
//!
//! A key keeps what its first request was answered with once an endpoint had begun to work, the
//! errors included. What is refused before that is not kept, and a key is free again after a day.

use std::collections::HashMap;
use std::sync::Mutex;

use axum::http::StatusCode;

use super::error::{ApiError, in_use};
use super::lock::lock;

/// How long a key is kept, in seconds.
const KEPT: i64 = 24 * 60 * 60;
/// The longest key.
const LONGEST: usize = 255;

/// An answer that is kept.
#[derive(Clone, Debug)]
pub(super) struct Saved {
    pub status: StatusCode,
    pub body: String,
    /// The id of the request that it answered first.
    pub request: String,
}

struct Entry {
    asked: String,
    begun: i64,
    /// None while the first request is at work.
    saved: Option<Saved>,
}

/// The account's keys.
#[derive(Default)]
pub(super) struct Keys(Mutex<HashMap<String, Entry>>);

impl Keys {
    /// Begins a request under a key, or returns what the key has kept. `asked` is all that makes
    /// two requests the same.
    pub(super) fn begin(
        &self,
        key: &str,
        asked: &str,
        now: i64,
    ) -> Result<Option<Saved>, ApiError> {
        if key.is_empty() || key.chars().count() > LONGEST {
            let message = format!("An Idempotency-Key must have 1 to {LONGEST} characters.");
            return Err(ApiError::invalid(message));
        }
        let mut keys = lock(&self.0);
        keys.retain(|_, entry| now - entry.begun < KEPT);
        let Some(entry) = keys.get(key) else {
            let entry = Entry {
                asked: asked.to_owned(),
                begun: now,
                saved: None,
            };
            keys.insert(key.to_owned(), entry);
            return Ok(None);
        };
        if entry.asked != asked {
            return Err(ApiError::invalid(format!(
                "Keys for idempotent requests can only be used with the same parameters they were \
                 first used with. Try using a key other than '{key}' if you meant to execute a \
                 different request."
            ))
            .kind("idempotency_error"));
        }
        match &entry.saved {
            Some(saved) => Ok(Some(saved.clone())),
            None => Err(in_use(key)),
        }
    }

    /// Keeps what a request was answered with, or frees its key.
    pub(super) fn end(&self, key: &str, saved: Option<Saved>) {
        let mut keys = lock(&self.0);
        match (keys.get_mut(key), saved) {
            (Some(entry), Some(saved)) => entry.saved = Some(saved),
            (_, None) => {
                keys.remove(key);
            }
            (None, Some(_)) => {}
        }
    }
}
