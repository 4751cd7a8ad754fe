//! The committed openapi.json, and whether what goes to and fro is what it says: address, method,
//! headers, status, type of content, and bodies by their JSON Schema (2020-12).

mod operation;
mod schemas;
mod tests;

use std::sync::LazyLock;

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::Value;

use operation::Operation;
pub use schemas::Schemas;

/// Headers of answers that nobody sends without the description's knowing it.
const NOTED: [&str; 8] = [
    "allow",
    "cache-control",
    "content-disposition",
    "etag",
    "location",
    "retry-after",
    "set-cookie",
    "x-request-id",
];

/// A request as it was sent, and the answer to it.
pub struct Exchange<'a> {
    pub method: &'a str,
    /// The path with its query, below the host.
    pub path: &'a str,
    pub sent: &'a HeaderMap,
    pub sent_body: Option<&'a str>,
    pub status: u16,
    pub answered: &'a HeaderMap,
    /// `None` where the body comes piece by piece.
    pub body: Option<&'a [u8]>,
}

/// The description.
pub struct Description {
    document: Value,
    schemas: Schemas,
}

/// The one that is committed.
pub static COMMITTED: LazyLock<Description> = LazyLock::new(|| {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/backend/openapi.json");
    let text = std::fs::read_to_string(file).unwrap();
    Description::of(serde_json::from_str(&text).unwrap())
});

impl Description {
    pub fn of(document: Value) -> Self {
        let schemas = Schemas::of(&document["components"]);
        Self { document, schemas }
    }

    /// The names of all operations.
    pub fn operations(&self) -> Vec<&str> {
        let paths = self.document["paths"].as_object().unwrap().values();
        let items = paths.flat_map(|item| item.as_object().unwrap().values());
        items
            .map(|of| of["operationId"].as_str().unwrap())
            .collect()
    }

    /// The operation that an exchange is one of, or everything in it that is not described.
    pub fn check(&self, exchange: &Exchange<'_>) -> Result<&str, Vec<String>> {
        let found = Operation::find(&self.document, exchange.method, exchange.path);
        let operation = found.map_err(|why| vec![why])?;
        let mut faults = self.answer(&operation, exchange);
        if exchange.status < 400 {
            faults.extend(self.request(&operation, exchange));
        }
        if faults.is_empty() {
            Ok(operation.name())
        } else {
            Err(faults)
        }
    }

    /// What is wrong with the data of an event that a stream tells.
    pub fn event(&self, data: &str) -> Vec<String> {
        let schema = &self.document["paths"]["/api/v1/stream"]["get"]["responses"]["200"]["content"]
            ["text/event-stream"]["schema"];
        self.json(schema, data.as_bytes())
    }

    fn answer(&self, operation: &Operation<'_>, exchange: &Exchange<'_>) -> Vec<String> {
        let status = exchange.status;
        let Some(response) = operation.response(status) else {
            return vec![format!("status {status} is not described")];
        };
        let mut faults = Vec::new();
        let declared = response["headers"].as_object();
        for (name, _) in declared.into_iter().flatten() {
            if !exchange.answered.contains_key(name.as_str()) {
                faults.push(format!("status {status} comes without {name}"));
            }
        }
        for name in NOTED {
            let is_declared = declared
                .into_iter()
                .flatten()
                .any(|(of, _)| of.eq_ignore_ascii_case(name));
            if exchange.answered.contains_key(name) && !is_declared {
                faults.push(format!("status {status} comes with {name}"));
            }
        }
        match (kind_of(exchange.answered), exchange.body) {
            (None, Some([])) if response["content"].is_null() => {}
            (None, _) => faults.push(format!("status {status} has no type of content")),
            (Some(kind), body) => {
                let content = &response["content"][&kind];
                if content.is_null() {
                    faults.push(format!("status {status} comes as {kind}"));
                } else if let (Some(body), true) = (body, kind.ends_with("json")) {
                    faults.extend(self.json(&content["schema"], body));
                }
            }
        }
        faults
    }

    fn request(&self, operation: &Operation<'_>, exchange: &Exchange<'_>) -> Vec<String> {
        let mut faults = operation.fields(exchange, &self.schemas);
        let wanted = operation.request_body();
        match (exchange.sent_body, wanted) {
            (None, Some(wanted)) if wanted["required"] == true => {
                faults.push("the body is missing".to_owned());
            }
            (None, _) => {}
            (Some(_), None) => faults.push("no body is described".to_owned()),
            (Some(body), Some(wanted)) => {
                let kind = kind_of(exchange.sent).unwrap_or_default();
                let content = &wanted["content"][&kind];
                if content.is_null() {
                    faults.push(format!("the body was sent as {kind}"));
                } else {
                    faults.extend(self.json(&content["schema"], body.as_bytes()));
                }
            }
        }
        faults
    }

    fn json(&self, schema: &Value, text: &[u8]) -> Vec<String> {
        match serde_json::from_slice(text) {
            Ok(value) => self.schemas.faults(schema, &value),
            Err(why) => vec![format!("no JSON: {why}")],
        }
    }
}

/// The type of a body, its parameters aside.
fn kind_of(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(CONTENT_TYPE)?.to_str().unwrap();
    let kind = kind.split(';').next().unwrap_or_default();
    Some(kind.trim().to_ascii_lowercase())
}
