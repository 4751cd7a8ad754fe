//! The launch page: it has a token and nothing else.

use api_types::{Checkout, CheckoutStatus};
use serde_json::{Value, json};

use test_support::{CHECKOUTS, CheckoutSite, euro, for_invoice, launch, problem, token};

const WAIT: &str = r#"{"status":"wait"}"#;

#[tokio::test]
async fn the_address_is_handed_out_once() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let request = for_invoice("INV-1", euro("45.00"));
    let token = &request["launch_token"];
    // The page may be faster than the request that makes its checkout.
    let early = launch(&site, token).await;
    assert_eq!(
        (early.status.as_u16(), &early.body[..]),
        (200, WAIT.as_bytes())
    );

    let checkout = ada.create(&request).await;
    assert!(!checkout.launched);
    let answer = launch(&site, token).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let answer: Value = answer.json();
    let url = format!("{}/pay/p_{}", site.gateway.url(), site.gateway.reference());
    assert_eq!(
        answer,
        json!({"status": "go", "url": url, "origins": [site.gateway.url()]})
    );
    let known = ada.checkout(&checkout).await;
    assert!(known.launched && known.version > checkout.version);
    assert_eq!(&launch(&site, token).await.body[..], WAIT.as_bytes());
}

#[tokio::test]
async fn tokens_that_are_no_good_are_told_to_wait_alike() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let old = for_invoice("INV-1", euro("45.00"));
    let checkout = ada.create(&old).await;
    site.seconds(10 * 60 + 1);
    for token in [
        &old["launch_token"],
        &json!(token()),
        &json!("short"),
        &json!("x".repeat(10_000)),
        &json!("' OR 1=1 --"),
    ] {
        let answer = launch(&site, token).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.body[..]),
            (200, WAIT.as_bytes())
        );
    }
    assert!(!ada.checkout(&checkout).await.launched);
}

#[tokio::test]
async fn every_window_has_a_token_of_its_own() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let request = for_invoice("INV-1", euro("45.00"));
    let checkout = ada.create(&request).await;
    launch(&site, &request["launch_token"]).await;
    let launches = format!("{CHECKOUTS}/{}/launches", checkout.id);
    let again = json!({ "launch_token": token() });
    for _ in 0..2 {
        // The answer may be lost, and the same is asked again.
        let answer = ada.post(&launches, &again).await;
        assert_eq!(answer.status, 201);
        assert_eq!(answer.json::<Checkout>().id, checkout.id);
    }
    let answer: Value = launch(&site, &again["launch_token"]).await.json();
    assert_eq!(answer["status"], "go");

    let bad = ada
        .post(&launches, &json!({ "launch_token": "short" }))
        .await;
    assert_eq!(bad.code(), problem(422, "invalid"));
    ada.cancel(&checkout).await;
    let late = ada
        .post(&launches, &json!({ "launch_token": token() }))
        .await;
    assert_eq!(late.code(), problem(409, "checkout_over"));
}

#[tokio::test]
async fn nobody_is_sent_to_a_page_that_is_over() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let request = for_invoice("INV-1", euro("45.00"));
    let checkout = ada.create(&request).await;
    ada.cancel(&checkout).await;
    let answer = launch(&site, &request["launch_token"]).await;
    assert_eq!(&answer.body[..], WAIT.as_bytes());
}

#[tokio::test]
async fn nobody_is_sent_to_an_origin_that_the_settings_do_not_name() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let request = for_invoice("INV-1", euro("45.00"));
    site.gateway.pages_lie_on("https://elsewhere.example.com");
    let checkout = ada.create(&request).await;
    assert_eq!(checkout.status, CheckoutStatus::Created);
    let answer = launch(&site, &request["launch_token"]).await;
    assert_eq!(&answer.body[..], WAIT.as_bytes());
}
