//! Who is let in at all: the right host, and writes from the portal.

use axum::body::Body;
use axum::http::{Method, Request};
use backend::settings::PublicUrl;

use test_support::{HOST, ORIGIN, PASSWORD, Site, problem};

#[tokio::test]
async fn a_request_for_another_host_is_misdirected() {
    let site = Site::open().await;
    for path in ["/", "/api/v1/portal", "/assets/app-1234.wasm"] {
        for (host, right) in [
            (HOST, true),
            ("LOCALHOST:8080", true),
            ("localhost", false),
            ("127.0.0.1:8080", false),
            ("evil.example:8080", false),
            ("localhost:8080.evil.example", false),
            ("", false),
        ] {
            let request = Request::builder()
                .uri(path)
                .header("host", host)
                .header("accept", "text/html");
            let answer = site.send(request.body(Body::empty()).unwrap()).await;
            if right {
                assert_eq!(answer.status, 200, "{path} {host}");
            } else {
                assert_eq!(answer.code(), problem(421, "misdirected"), "{path} {host}");
            }
        }
        let without = Request::builder().uri(path).body(Body::empty()).unwrap();
        assert_eq!(site.send(without).await.code(), problem(421, "misdirected"));
    }
}

#[tokio::test]
async fn a_request_that_names_two_hosts_is_refused_even_where_both_are_right() {
    let site = Site::open().await;
    for path in ["/", "/api/v1/portal", "/healthz"] {
        for (first, second) in [(HOST, "evil.example"), ("evil.example", HOST), (HOST, HOST)] {
            let request = Request::builder()
                .uri(path)
                .header("host", first)
                .header("host", second)
                .header("accept", "text/html");
            let answer = site.send(request.body(Body::empty()).unwrap()).await;
            let about = format!("{path} {first} {second}");
            assert_eq!(answer.code(), problem(400, "invalid"), "{about}");
        }
    }
}

#[tokio::test]
async fn the_schemes_own_port_is_left_out_of_the_host() {
    let site = Site::with(|settings| {
        settings.public_url = PublicUrl::parse("https://localhost:443/").unwrap();
    })
    .await;
    let request = Request::builder()
        .uri("/api/v1/portal")
        .header("host", "localhost");
    let answer = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn whoever_watches_the_process_needs_no_host() {
    let site = Site::open().await;
    let request = Request::builder()
        .uri("/healthz")
        .header("host", "10.0.0.7:8080");
    let answer = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 204);
}

#[tokio::test]
async fn only_the_portal_itself_can_write() {
    let site = Site::with(|settings| {
        settings.security.portal_origins = vec!["https://www.example.com".to_owned()];
    })
    .await;
    let json = "application/json";
    let form = "application/x-www-form-urlencoded";
    for (origin, marked, kind, status, code) in [
        (ORIGIN, "1", json, 200, ""),
        ("https://www.example.com", "1", json, 200, ""),
        ("", "1", json, 403, "forbidden"),
        ("null", "1", json, 403, "forbidden"),
        ("http://localhost:8081", "1", json, 403, "forbidden"),
        ("https://localhost:8080", "1", json, 403, "forbidden"),
        (
            "http://localhost:8080.evil.example",
            "1",
            json,
            403,
            "forbidden",
        ),
        (ORIGIN, "", json, 403, "forbidden"),
        (ORIGIN, "0", json, 403, "forbidden"),
        (ORIGIN, "1", form, 415, "invalid"),
        (ORIGIN, "1", "text/plain", 415, "invalid"),
        (ORIGIN, "1", "", 415, "invalid"),
    ] {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri("/api/v1/session")
            .header("host", HOST);
        for (name, value) in [
            ("origin", origin),
            ("portico-request", marked),
            ("content-type", kind),
        ] {
            if !value.is_empty() {
                request = request.header(name, value);
            }
        }
        let body = format!(r#"{{"email":"ada@example.com","password":"{PASSWORD}"}}"#);
        let answer = site.send(request.body(Body::from(body)).unwrap()).await;
        let about = format!("{origin} {marked} {kind}");
        if status == 200 {
            assert_eq!(answer.status, 200, "{about}");
        } else {
            assert_eq!(answer.code(), problem(status, code), "{about}");
            assert!(!answer.headers.contains_key("set-cookie"), "{about}");
        }
    }
}

#[tokio::test]
async fn a_write_without_a_body_needs_no_type_but_all_else() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    let forged = Request::builder()
        .method(Method::DELETE)
        .uri("/api/v1/session")
        .header("host", HOST)
        .header("cookie", &ada.cookie)
        .header("origin", "https://evil.example")
        .header("portico-request", "1");
    let answer = site.send(forged.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.code(), problem(403, "forbidden"));
    assert_eq!(ada.get("/api/v1/balance").await.status, 200);
    assert_eq!(ada.sign_out().await.status, 204);
}
