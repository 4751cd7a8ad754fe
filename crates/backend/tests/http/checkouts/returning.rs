//! The way back: the window returns, and its page asks for one word.

use api_types::{CheckoutStatus, ReturnAnswer};
use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::json;

use test_support::{Answer, Behaviour, CheckoutSite, HOST, get, problem, status};

fn path_back(site: &CheckoutSite) -> String {
    let url = site.gateway.newest()["return_url"].clone();
    let path = url.as_str().unwrap().strip_prefix("http://localhost:8080");
    path.unwrap().to_owned()
}

fn target(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 303, "{answer:?}");
    let fragment = answer.header("location");
    let fragment = fragment.strip_prefix("http://localhost:8080/pay/return#c=");
    let (c, n) = fragment.unwrap().split_once("&n=").unwrap();
    (c.to_owned(), n.to_owned())
}

#[tokio::test]
async fn the_window_is_sent_on_to_the_return_page() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    let answer = site.send(get(&path_back(&site))).await;
    let (c, n) = target(&answer);
    assert_eq!((c.as_str(), &n), (checkout.id.as_str(), &checkout.nonce));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert!(!answer.headers.contains_key("cross-origin-opener-policy"));
    // What has happened is known before the page has loaded.
    let word: ReturnAnswer = status(&site, &c, &n).await.json();
    assert_eq!(word.status, CheckoutStatus::Paid);
    assert_eq!(site.gateway.reads(), 1);
}

#[tokio::test]
async fn a_provider_may_send_a_form() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let form = Request::builder()
        .method(Method::POST)
        .uri(path_back(&site))
        .header("host", HOST)
        .header("origin", site.gateway.url())
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from("c=co_evil&status=paid"))
        .unwrap();
    let (c, _) = target(&site.send(form).await);
    assert_eq!(c, checkout.id.as_str());
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Open);
}

#[tokio::test]
async fn an_address_that_is_not_ours_leads_nowhere() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    ada.pay_invoice().await;
    let first = path_back(&site);
    let (path, s) = first.split_once("?s=").unwrap();
    let flipped = if s.starts_with('A') { 'B' } else { 'A' };
    for wrong in [
        path.to_owned(),
        format!("{path}?s="),
        format!("{path}?s={flipped}{}", &s[1..]),
        format!("{path}?s={s}A"),
        format!("/api/v1/pay/unknown/return?s={s}"),
    ] {
        let answer = site.send(get(&wrong)).await;
        assert_eq!(answer.code(), problem(404, "not_found"), "{wrong}");
    }
    assert_eq!(site.gateway.reads(), 0, "a guess asks the provider nothing");
}

#[tokio::test]
async fn the_window_comes_back_even_when_the_provider_is_away() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.mood(Behaviour::Away);
    let (c, n) = target(&site.return_from_provider().await);
    let word: ReturnAnswer = status(&site, &c, &n).await.json();
    assert_eq!(word.status, CheckoutStatus::Open);
    site.gateway.mood(Behaviour::Works);
    site.gateway.pay(&site.gateway.reference(), "45.00");
    // The page goes on asking, and that alone is enough.
    site.seconds(5);
    let word: ReturnAnswer = status(&site, &c, &n).await.json();
    assert_eq!(word.status, CheckoutStatus::Paid);
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
}

#[tokio::test]
async fn the_word_is_for_who_has_the_nonce_and_for_a_day() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let (c, n) = (checkout.id.as_str(), checkout.nonce.as_str());
    let (_, s) = path_back(&site)
        .split_once("?s=")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let none = problem(404, "not_found");
    for (c, n) in [(c, ""), (c, &s[..]), (c, &n[1..]), ("co_unknown", n)] {
        assert_eq!(status(&site, c, n).await.code(), none);
    }
    let answer = status(&site, c, n).await;
    assert_eq!(answer.body, json!({"status": "open"}).to_string());
    assert_eq!(answer.header("cache-control"), "no-store");
    site.seconds(24 * 3600 - 1);
    assert_eq!(status(&site, c, n).await.status, 200);
    site.seconds(1);
    assert_eq!(status(&site, c, n).await.code(), none);
}

#[tokio::test]
async fn the_pages_of_the_window_have_to_ask_by_script() {
    let site = CheckoutSite::with_invoice().await;
    for path in ["/api/v1/pay/launch", "/api/v1/pay/status"] {
        let form = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("host", HOST)
            .header("content-type", "application/json")
            .body(Body::from("{}"))
            .unwrap();
        assert_eq!(site.send(form).await.code(), problem(403, "forbidden"));
    }
}
