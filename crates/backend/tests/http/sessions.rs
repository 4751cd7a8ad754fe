//! The life of a session.

use std::time::Duration;

use api_types::Session;
use axum::body::Body;
use axum::http::Method;
use backend::serve::tidy_up;
use backend::settings::PublicUrl;

use test_support::{PASSWORD, Site, get, problem, request, sign_in};

const BALANCE: &str = "/api/v1/balance";

#[tokio::test]
async fn signing_in_gives_a_cookie_that_no_script_can_read() {
    let site = Site::open().await;
    let answer = site.sign_in(" Ada@Example.com ", PASSWORD).await;
    assert_eq!(answer.status, 200);
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("portico="), "{cookie}");
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"),
        "{cookie}"
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    let session: Session = answer.json();
    assert_eq!(session.customer.as_str(), "ada");
    assert_eq!(session.email, "ada@example.com");
    assert_eq!(session.idle_ends_at.to_string(), "2026-11-21T12:30:00Z");
    assert_eq!(session.ends_at.to_string(), "2026-11-22T00:00:00Z");
}

#[tokio::test]
async fn over_https_the_cookie_is_the_hosts_own() {
    let site = Site::with(|settings| {
        settings.public_url = PublicUrl::parse("https://localhost:8080").unwrap();
    })
    .await;
    let mut request = sign_in("ada@example.com", PASSWORD);
    let origin = "https://localhost:8080".parse().unwrap();
    request.headers_mut().insert("origin", origin);
    let answer = site.send(request).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-portico="), "{cookie}");
    assert!(cookie.ends_with("; Secure"), "{cookie}");
}

#[tokio::test]
async fn nobody_reads_an_account_without_a_session() {
    let site = Site::open().await;
    for cookie in ["", "portico=", "portico=guess", "__Host-portico=guess"] {
        for path in [
            BALANCE,
            "/api/v1/invoices",
            "/api/v1/payments",
            "/api/v1/stream",
        ] {
            let request = request(Method::GET, path)
                .header("cookie", cookie)
                .header("portico-person", "ada");
            let answer = site.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.code(), problem(401, "signed_out"), "{path} {cookie}");
        }
    }
    let answer = site.send(get("/api/v1/session")).await;
    assert_eq!(answer.status, 204, "asking who is signed in is no mistake");
}

#[tokio::test]
async fn a_session_ends_when_nothing_is_done() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    site.advance(29);
    assert_eq!(ada.get(BALANCE).await.status, 200);
    site.advance(29);
    assert_eq!(ada.get(BALANCE).await.status, 200);
    site.advance(30);
    assert_eq!(ada.get(BALANCE).await.code(), problem(401, "signed_out"));
}

#[tokio::test]
async fn what_the_page_does_by_itself_keeps_no_session_alive() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    let background = [("portico-background", "1")];
    site.advance(29);
    assert_eq!(ada.get_with(BALANCE, &background).await.status, 200);
    let answer = ada.get_with("/api/v1/session", &background).await;
    let session: Session = answer.json();
    assert_eq!(session.idle_ends_at.to_string(), "2026-11-21T12:30:00Z");
    site.advance(1);
    let answer = ada.get_with(BALANCE, &background).await;
    assert_eq!(answer.code(), problem(401, "signed_out"));
}

#[tokio::test]
async fn a_session_ends_after_its_time_whatever_is_done() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    for _ in 0..35 {
        site.advance(20);
        assert_eq!(ada.get(BALANCE).await.status, 200);
    }
    site.advance(20);
    assert_eq!(ada.get(BALANCE).await.code(), problem(401, "signed_out"));
}

#[tokio::test]
async fn the_settings_say_how_long() {
    let site = Site::with(|settings| {
        settings.session.idle = Duration::from_secs(5 * 60);
    })
    .await;
    let ada = site.signed_in("ada").await;
    site.advance(5);
    assert_eq!(ada.get(BALANCE).await.code(), problem(401, "signed_out"));
}

#[tokio::test]
async fn signing_out_ends_this_session_and_no_other() {
    let site = Site::open().await;
    let here = site.signed_in("ada").await;
    let there = site.signed_in("ada").await;
    let answer = here.sign_out().await;
    assert_eq!(answer.status, 204);
    assert!(
        answer
            .header("set-cookie")
            .starts_with("portico=; Max-Age=0; ")
    );
    assert_eq!(here.get(BALANCE).await.code(), problem(401, "signed_out"));
    assert_eq!(there.get(BALANCE).await.status, 200);
    // Whoever is signed out may sign out again.
    assert_eq!(here.sign_out().await.status, 204);
}

#[tokio::test]
async fn signing_out_takes_the_portals_own_cookie_and_nothing_else_of_the_host() {
    for (url, path, took) in [
        (
            "http://localhost:8080",
            "",
            "portico=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict",
        ),
        (
            "https://localhost:8080/portal",
            "/portal",
            "__Host-portico=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure",
        ),
    ] {
        let public_url = PublicUrl::parse(url).unwrap();
        let origin = public_url.origin().to_owned();
        let site = Site::with(|settings| settings.public_url = public_url).await;
        let mut out = request(Method::DELETE, &format!("{path}/api/v1/session"))
            .header("cookie", "theirs=1; portico=2; __Host-portico=2")
            .body(Body::empty())
            .unwrap();
        out.headers_mut().insert("origin", origin.parse().unwrap());
        let answer = site.send(out).await;
        assert_eq!(answer.status, 204, "{url}");
        let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
        assert_eq!(cookies, [took], "{url}");
        // It would clear what the provider's own pages on the same host have stored.
        assert!(!answer.headers.contains_key("clear-site-data"), "{url}");
        assert_eq!(answer.header("cache-control"), "no-store", "{url}");
    }
}

#[tokio::test]
async fn no_browser_keeps_an_answer_about_a_customer_once_they_are_gone() {
    let site = Site::open().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    let ada = site.signed_in("ada").await;
    for path in [
        BALANCE,
        "/api/v1/session",
        "/api/v1/home",
        "/api/v1/invoices",
        "/api/v1/invoices/INV-1",
        "/api/v1/payments",
        "/api/v1/history?currency=EUR",
        "/api/v1/events?list=upcoming",
        "/api/v1/checkouts",
        "/api/v1/calendar/feed",
        "/api/v1/stream",
    ] {
        let request = ada.request(Method::GET, path).body(Body::empty()).unwrap();
        let answer = tower::ServiceExt::oneshot(site.router.clone(), request).await;
        let answer = answer.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let kept = answer.headers()["cache-control"].to_str().unwrap();
        assert!(kept.contains("no-store"), "{path}: {kept}");
    }
}

#[tokio::test]
async fn signing_in_again_ends_the_session_that_the_browser_had() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    let mut request = sign_in("ada@example.com", PASSWORD);
    let cookie = ada.cookie.parse().unwrap();
    request.headers_mut().insert("cookie", cookie);
    let answer = site.send(request).await;
    assert_eq!(answer.status, 200);
    assert_ne!(answer.cookie(), ada.cookie);
    assert_eq!(ada.get(BALANCE).await.code(), problem(401, "signed_out"));
}

#[tokio::test]
async fn a_page_of_another_person_is_told_so() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    for (person, status, code) in [
        ("ben", 409, "person_changed"),
        ("nobody", 409, "person_changed"),
        ("a b", 422, "invalid"),
        ("", 422, "invalid"),
    ] {
        let mut request = request(Method::GET, BALANCE).header("cookie", &ada.cookie);
        if !person.is_empty() {
            request = request.header("portico-person", person);
        }
        let answer = site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.code(), problem(status, code), "{person}");
    }
    // Session and portal are asked before a page knows whose it is.
    let request = request(Method::GET, "/api/v1/session").header("cookie", &ada.cookie);
    let answer = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.json::<Session>().customer.as_str(), "ada");
}

#[tokio::test]
async fn tidying_up_keeps_the_sessions_that_live() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    site.advance(10);
    let ben = site.signed_in("ben").await;
    site.advance(25);
    tidy_up(&site.app).await.unwrap();
    assert_eq!(ada.get(BALANCE).await.code(), problem(401, "signed_out"));
    assert_eq!(ben.get(BALANCE).await.status, 200);
}
