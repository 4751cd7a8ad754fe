//! Errors, as every caller sees them.

use api_types::Problem;
use axum::body::Body;
use axum::http::{Method, Request};

use test_support::{Site, get, problem, request};

fn post(path: &str, body: impl Into<Body>) -> Request<Body> {
    request(Method::POST, path)
        .header("content-type", "application/json")
        .body(body.into())
        .unwrap()
}

#[tokio::test]
async fn every_error_is_a_problem_that_the_log_can_find() {
    let site = Site::open().await;
    let patch = request(Method::PATCH, "/api/v1/session")
        .body(Body::empty())
        .unwrap();
    for (request, status, code) in [
        (get("/api/v1/balance"), 401, "signed_out"),
        (get("/api/v1/nothing"), 404, "not_found"),
        (patch, 405, "method_not_allowed"),
        (post("/api/v1/session", "{"), 400, "invalid"),
        (post("/api/v1/session", r#"{"email":"a"}"#), 422, "invalid"),
        (
            post("/api/v1/session", "x".repeat(33 * 1024)),
            413,
            "too_large",
        ),
    ] {
        let answer = site.send(request).await;
        assert_eq!(answer.code(), problem(status, code));
        let told: Problem = answer.json();
        assert_eq!(told.kind, "about:blank");
        assert_eq!(told.request_id, answer.header("x-request-id"));
        assert_eq!(told.request_id.len(), 16);
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn a_wrong_method_says_which_are_right() {
    let site = Site::open().await;
    let request = request(Method::DELETE, "/api/v1/portal")
        .body(Body::empty())
        .unwrap();
    let answer = site.send(request).await;
    assert_eq!(answer.code(), problem(405, "method_not_allowed"));
    assert_eq!(answer.header("allow"), "GET,HEAD");
}
