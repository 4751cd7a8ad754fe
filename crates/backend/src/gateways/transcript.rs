//! What is sent to a provider and what it answers, for `backend gateway-check`: without secrets.

use std::sync::{Arc, Mutex, PoisonError};

use reqwest::StatusCode;
use serde_json::Value;

use crate::settings::Secret;

/// What stands in the place of a secret.
const LEFT_OUT: &str = "(left out)";
/// The fields of answers that open something to whoever has them.
const SECRET_FIELDS: [&str; 3] = ["access_token", "client_secret", "nonce"];

/// Calls and answers, in their order. Clones are the same transcript.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    lines: Arc<Mutex<Vec<String>>>,
    secrets: Vec<Secret>,
}

impl Transcript {
    /// A transcript that leaves these secrets out, wherever they stand.
    pub fn without(secrets: impl Iterator<Item = Secret>) -> Self {
        Self {
            lines: Arc::default(),
            secrets: secrets.collect(),
        }
    }

    /// The lines since the last time.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.lines.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn sent(&self, request: &reqwest::Request) {
        let url = request.url();
        let query = url.query().map(|query| format!("?{query}"));
        let mut lines = vec![format!(
            "> {} {}{}",
            request.method(),
            url.path(),
            query.unwrap_or_default()
        )];
        for (name, value) in request.headers() {
            let value = match name.as_str() {
                "authorization" => LEFT_OUT.into(),
                _ => String::from_utf8_lossy(value.as_bytes()),
            };
            lines.push(format!("> {name}: {value}"));
        }
        let body = request.body().and_then(reqwest::Body::as_bytes);
        if let Some(body) = body.filter(|body| !body.is_empty()) {
            lines.push(format!("> {}", String::from_utf8_lossy(body)));
        }
        self.add(lines);
    }

    pub(super) fn answered(&self, status: StatusCode, body: &[u8]) {
        let text = match serde_json::from_slice::<Value>(body) {
            Ok(mut value) => {
                leave_out(&mut value);
                value.to_string()
            }
            Err(_) => String::from_utf8_lossy(body).into_owned(),
        };
        self.add(vec![format!("< {status}"), format!("< {text}")]);
    }

    fn add(&self, lines: Vec<String>) {
        let lines = lines.into_iter().map(|line| {
            let secrets = self.secrets.iter().map(Secret::expose);
            let secrets = secrets.filter(|secret| !secret.is_empty());
            secrets.fold(line, |line, secret| line.replace(secret, LEFT_OUT))
        });
        let mut all = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend(lines);
    }
}

fn leave_out(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if SECRET_FIELDS.contains(&name.as_str()) {
                    *value = LEFT_OUT.into();
                } else {
                    leave_out(value);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(leave_out),
        _ => {}
    }
}
