//! The way back: the window returns, and its page asks for one word.

use api_types::{CheckoutStatus, ReturnAnswer};
use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::json;

use test_support::fake::Mood;
use test_support::shop::{Shop, status};
use test_support::site::{Answer, HOST, get, problem};

fn path_back(shop: &Shop) -> String {
    let url = shop.gateway.newest()["return_url"].clone();
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
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    let checkout = ada.pay_invoice().await;
    shop.gateway.pay(&shop.gateway.reference(), "45.00");
    let answer = shop.site.send(get(&path_back(&shop))).await;
    let (c, n) = target(&answer);
    assert_eq!((c.as_str(), &n), (checkout.id.as_str(), &checkout.nonce));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert!(!answer.headers.contains_key("cross-origin-opener-policy"));
    // What has happened is known before the page has loaded.
    let word: ReturnAnswer = status(&shop.site, &c, &n).await.json();
    assert_eq!(word.status, CheckoutStatus::Paid);
    assert_eq!(shop.gateway.reads(), 1);
}

#[tokio::test]
async fn a_provider_may_send_a_form() {
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    let checkout = ada.pay_invoice().await;
    let form = Request::builder()
        .method(Method::POST)
        .uri(path_back(&shop))
        .header("host", HOST)
        .header("origin", shop.gateway.url())
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from("c=co_evil&status=paid"))
        .unwrap();
    let (c, _) = target(&shop.site.send(form).await);
    assert_eq!(c, checkout.id.as_str());
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Open);
}

#[tokio::test]
async fn an_address_that_is_not_ours_leads_nowhere() {
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    ada.pay_invoice().await;
    let first = path_back(&shop);
    let (path, s) = first.split_once("?s=").unwrap();
    let flipped = if s.starts_with('A') { 'B' } else { 'A' };
    for wrong in [
        path.to_owned(),
        format!("{path}?s="),
        format!("{path}?s={flipped}{}", &s[1..]),
        format!("{path}?s={s}A"),
        format!("/api/v1/pay/unknown/return?s={s}"),
    ] {
        let answer = shop.site.send(get(&wrong)).await;
        assert_eq!(answer.code(), problem(404, "not_found"), "{wrong}");
    }
    assert_eq!(shop.gateway.reads(), 0, "a guess asks the provider nothing");
}

#[tokio::test]
async fn the_window_comes_back_even_when_the_provider_is_away() {
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    let checkout = ada.pay_invoice().await;
    shop.gateway.mood(Mood::Away);
    let (c, n) = target(&shop.come_back().await);
    let word: ReturnAnswer = status(&shop.site, &c, &n).await.json();
    assert_eq!(word.status, CheckoutStatus::Open);
    shop.gateway.mood(Mood::Works);
    shop.gateway.pay(&shop.gateway.reference(), "45.00");
    // The page goes on asking, and that alone is enough.
    shop.seconds(5);
    let word: ReturnAnswer = status(&shop.site, &c, &n).await.json();
    assert_eq!(word.status, CheckoutStatus::Paid);
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
}

#[tokio::test]
async fn the_word_is_for_who_has_the_nonce_and_for_a_day() {
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    let checkout = ada.pay_invoice().await;
    let (c, n) = (checkout.id.as_str(), checkout.nonce.as_str());
    let (_, s) = path_back(&shop)
        .split_once("?s=")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let none = problem(404, "not_found");
    for (c, n) in [(c, ""), (c, &s[..]), (c, &n[1..]), ("co_unknown", n)] {
        assert_eq!(status(&shop.site, c, n).await.code(), none);
    }
    let answer = status(&shop.site, c, n).await;
    assert_eq!(answer.body, json!({"status": "open"}).to_string());
    assert_eq!(answer.header("cache-control"), "no-store");
    shop.seconds(24 * 3600 - 1);
    assert_eq!(status(&shop.site, c, n).await.status, 200);
    shop.seconds(1);
    assert_eq!(status(&shop.site, c, n).await.code(), none);
}

#[tokio::test]
async fn the_pages_of_the_window_have_to_ask_by_script() {
    let shop = Shop::with_invoice().await;
    for path in ["/api/v1/pay/launch", "/api/v1/pay/status"] {
        let form = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("host", HOST)
            .header("content-type", "application/json")
            .body(Body::from("{}"))
            .unwrap();
        assert_eq!(shop.site.send(form).await.code(), problem(403, "forbidden"));
    }
}
