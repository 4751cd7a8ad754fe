//! Documents, files and their headers.

use axum::body::Body;
use axum::http::Method;
use backend::settings::PublicUrl;

use test_support::{Site, get, navigate, problem, request};

#[tokio::test]
async fn the_app_has_a_strict_policy_and_the_settings_coop() {
    let site = Site::open().await;
    let answer = site.send(navigate("/invoices/INV-1")).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.ends_with(b"the app"));
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "no-cache");
    assert_eq!(
        answer.header("cross-origin-opener-policy"),
        "same-origin-allow-popups"
    );
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ] {
        assert!(
            policy.split("; ").any(|one| one == part),
            "{part}: {policy}"
        );
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("data:"));
}

#[tokio::test]
async fn every_answer_says_how_it_may_be_used() {
    let site = Site::open().await;
    for request in [
        navigate("/"),
        navigate("/pay/launch"),
        get("/assets/app-1234.wasm"),
        get("/api/v1/portal"),
        get("/api/v1/session"),
        get("/nothing"),
    ] {
        let path = request.uri().to_string();
        let answer = site.send(request).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(
            answer.header("permissions-policy").contains("payment=()"),
            "{path}"
        );
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
        // This portal is on plain http, where the header means nothing.
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
}

#[tokio::test]
async fn over_https_browsers_are_told_to_stay_there() {
    let site = Site::with(|settings| {
        settings.public_url = PublicUrl::parse("https://localhost:8080").unwrap();
    })
    .await;
    let answer = site.send(navigate("/")).await;
    assert!(
        answer
            .header("strict-transport-security")
            .starts_with("max-age=")
    );
}

#[tokio::test]
async fn the_launch_and_return_pages_have_no_coop() {
    let site = Site::open().await;
    for (path, says) in [("/pay/launch", "launch"), ("/pay/return", "return")] {
        let answer = site.send(navigate(path)).await;
        assert_eq!(answer.status, 200);
        assert!(answer.body.ends_with(says.as_bytes()));
        assert!(!answer.headers.contains_key("cross-origin-opener-policy"));
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("wasm-unsafe-eval"));
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
}

#[tokio::test]
async fn assets_stay_forever_and_come_in_the_form_that_is_understood() {
    let site = Site::open().await;
    for (accepted, coding, body) in [
        ("gzip, deflate, br", "br", "wasm by brotli"),
        ("gzip", "gzip", "wasm by gzip"),
        ("br;q=0, gzip;q=0.5", "gzip", "wasm by gzip"),
        ("br;q=0.000, gzip;q=0.0", "", "wasm"),
        ("identity", "", "wasm"),
        ("", "", "wasm"),
    ] {
        let request = request(Method::GET, "/assets/app-1234.wasm")
            .header("accept-encoding", accepted)
            .body(Body::empty())
            .unwrap();
        let answer = site.send(request).await;
        assert_eq!(answer.header("content-encoding"), coding, "{accepted}");
        assert_eq!(answer.body, body, "{accepted}");
        assert_eq!(answer.header("content-type"), "application/wasm");
        assert_eq!(answer.header("vary"), "Accept-Encoding");
        assert_eq!(
            answer.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
    }
}

#[tokio::test]
async fn a_file_that_keeps_its_name_is_asked_for_again() {
    let site = Site::open().await;
    for path in ["/", "/manifest.webmanifest", "/brand.css"] {
        let first = site.send(navigate(path)).await;
        assert_eq!(
            (first.status.as_u16(), first.header("cache-control")),
            (200, "no-cache")
        );
        let again = request(Method::GET, path)
            .header("accept", "text/html")
            .header("if-none-match", first.header("etag"))
            .body(Body::empty())
            .unwrap();
        let again = site.send(again).await;
        assert_eq!(
            (again.status.as_u16(), again.body.len()),
            (304, 0),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_brand_is_a_style_sheet_of_its_own() {
    let site = Site::open().await;
    let answer = site.send(get("/brand.css")).await;
    assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
    assert!(answer.body.starts_with(b":root{--brand:light-dark(#"));
}

#[tokio::test]
async fn what_does_not_exist_is_404_and_not_the_app() {
    let site = Site::open().await;
    for path in [
        "/assets/missing.js",
        "/assets",
        "/api",
        "/api/v1/nothing",
        "/api/v2/portal",
        "/provider/v1/customers",
        "/pay/other",
        "/pay/launch.html",
        "/pay",
    ] {
        let answer = site.send(navigate(path)).await;
        assert_eq!(answer.code(), problem(404, "not_found"), "{path}");
    }
    for path in [
        "/favicon.ico",
        "/index.html.br",
        "/build.json",
        "/.env",
        "/assets/../index.html",
        "/assets/%2e%2e/index.html",
        "/..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/invoices",
    ] {
        let answer = site.send(get(path)).await;
        assert_eq!(answer.code(), problem(404, "not_found"), "{path}");
    }
}

#[tokio::test]
async fn the_app_answers_only_who_navigates() {
    let site = Site::open().await;
    let ask = |method: Method, name: &str, value: &str| {
        request(method, "/account")
            .header(name, value)
            .body(Body::empty())
            .unwrap()
    };
    let accept = "text/html,*/*;q=0.8";
    for (request, status) in [
        (ask(Method::GET, "accept", accept), 200),
        (ask(Method::HEAD, "accept", accept), 200),
        (ask(Method::GET, "sec-fetch-dest", "document"), 200),
        (ask(Method::GET, "accept", "*/*"), 404),
        (ask(Method::GET, "sec-fetch-dest", "script"), 404),
        (ask(Method::GET, "sec-fetch-dest", "iframe"), 404),
        (ask(Method::POST, "accept", accept), 404),
    ] {
        let shown = format!("{request:?}");
        assert_eq!(site.send(request).await.status, status, "{shown}");
    }
}

#[tokio::test]
async fn a_portal_below_a_path_is_told_where_it_lies() {
    let site = Site::with(|settings| {
        settings.public_url = PublicUrl::parse("http://localhost:8080/portal").unwrap();
    })
    .await;
    for path in [
        "/portal",
        "/portal/",
        "/portal/account",
        "/portal/pay/return",
    ] {
        let answer = site.send(navigate(path)).await;
        assert_eq!(answer.status, 200, "{path}");
        let text = String::from_utf8(answer.body.to_vec()).unwrap();
        assert!(text.contains("<base href=\"/portal/\">"), "{path}: {text}");
        assert!(
            text.contains("content=\"/portal/api/v1\""),
            "{path}: {text}"
        );
    }
    assert_eq!(site.send(get("/portal/api/v1/portal")).await.status, 200);
    assert_eq!(site.send(get("/api/v1/portal")).await.status, 404);
    assert_eq!(site.send(navigate("/account")).await.status, 404);
}
