//! What is not as it is described is found.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::json;

use super::{COMMITTED, Exchange};

const SESSION: &str = r#"{"customer":"ada","name":"Ada","email":"ada@example.com",
    "idle_ends_at":"2026-11-21T12:00:00Z","ends_at":"2026-11-21T12:00:00Z"}"#;

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    let pairs = pairs.iter().map(|(name, value)| {
        let name = HeaderName::from_static(name);
        (name, HeaderValue::from_static(value))
    });
    pairs.collect()
}

fn answered() -> HeaderMap {
    headers(&[
        ("content-type", "application/json"),
        ("cache-control", "no-store"),
        ("x-request-id", "1"),
    ])
}

/// What is wrong with an answer to `GET` of an address.
fn faults(path: &str, status: u16, answered: &HeaderMap, body: &str) -> Vec<String> {
    let exchange = Exchange {
        method: "GET",
        path,
        sent: &headers(&[("portico-person", "ada")]),
        sent_body: None,
        status,
        answered,
        body: Some(body.as_bytes()),
    };
    COMMITTED.check(&exchange).err().unwrap_or_default()
}

#[test]
fn an_answer_is_what_is_described_and_nothing_beside() {
    let read = |path, status, headers: &HeaderMap, body: &str| {
        let guest = Exchange {
            method: "GET",
            path,
            sent: &HeaderMap::new(),
            sent_body: None,
            status,
            answered: headers,
            body: Some(body.as_bytes()),
        };
        COMMITTED.check(&guest).err().unwrap_or_default()
    };
    let (path, good) = ("/api/v1/session", answered());
    assert_eq!(read(path, 200, &good, SESSION), Vec::<String>::new());
    assert_eq!(read("/api/v1/sessions", 200, &good, SESSION).len(), 1);
    assert_eq!(read(path, 206, &good, SESSION).len(), 1);
    assert_eq!(read(path, 204, &good, SESSION).len(), 1);
    let more = SESSION.replacen('{', r#"{"age":7,"#, 1);
    assert_eq!(read(path, 200, &good, &more).len(), 1);
    let less = SESSION.replace("ends_at", "ends");
    assert!(!read(path, 200, &good, &less).is_empty());
    let no_instant = SESSION.replace("2026-11-21T12:00:00Z", "2026-02-30T12:00:00Z");
    assert!(!read(path, 200, &good, &no_instant).is_empty());
    assert_eq!(read(path, 200, &good, "no JSON").len(), 1);

    let mut headers = answered();
    headers.insert("content-type", HeaderValue::from_static("text/html"));
    assert_eq!(read(path, 200, &headers, SESSION).len(), 1);
    let mut headers = answered();
    headers.remove("x-request-id");
    assert_eq!(read(path, 200, &headers, SESSION).len(), 1);
    let mut headers = answered();
    headers.insert("set-cookie", HeaderValue::from_static("a=b"));
    assert_eq!(read(path, 200, &headers, SESSION).len(), 1);
}

#[test]
fn a_problem_has_a_code_that_the_status_is_described_with() {
    let mut headers = answered();
    let kind = HeaderValue::from_static("application/problem+json");
    headers.insert("content-type", kind);
    let problem = |status: u16, code: &str| {
        json!({ "type": "about:blank", "status": status, "code": code }).to_string()
    };
    let path = "/api/v1/balance";
    let told = |status, body: &str| faults(path, status, &headers, body).len();
    assert_eq!(told(401, &problem(401, "signed_out")), 0);
    assert_ne!(told(401, &problem(401, "wrong_credentials")), 0);
    assert_ne!(told(401, &problem(403, "signed_out")), 0);
    assert_ne!(told(404, &problem(404, "not_found")), 0);
}

#[test]
fn a_request_is_what_is_described() {
    let empty = r#"{"data":[],"next_cursor":null,"previous_cursor":null,"version":1}"#;
    let mut headers = answered();
    headers.insert("etag", HeaderValue::from_static("\"1\""));
    let asked = |query: &str| {
        let path = format!("/api/v1/invoices{query}");
        faults(&path, 200, &headers, empty).len()
    };
    assert_eq!(asked(""), 0);
    assert_eq!(asked("?limit=7&state=paid&from=2026-11-21&search=a%20b"), 0);
    for wrong in [
        "?limit=0",
        "?limit=201",
        "?limit=many",
        "?state=unknown",
        "?from=2026-02-30",
        "?currency=EURO",
        "?cursor=a%20b",
        "?page=2",
    ] {
        assert_ne!(asked(wrong), 0, "{wrong}");
    }
}
