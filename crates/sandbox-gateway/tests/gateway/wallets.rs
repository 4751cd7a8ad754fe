//! Customers who pay with a wallet that they chose at the merchant.

use reqwest::{Method, Response, StatusCode};
use serde_json::json;

use crate::bench::Bench;

const PAYS: &str = "0900 555 4242";
const TOO_LITTLE: &str = "0900 555 9995";

async fn with_wallet(bench: &Bench) -> String {
    bench
        .create_with(json!({"amount": "950.00", "currency": "PHP", "wallet": "Isla Wallet"}))
        .await
}

async fn approve(bench: &Bench, id: &str, number: &str) -> Response {
    let request = bench.request(Method::POST, &format!("/pay/{id}"));
    request.form(&[("wallet", number)]).send().await.unwrap()
}

#[tokio::test]
async fn the_page_is_headed_by_the_wallet_and_asks_for_no_card() {
    let bench = Bench::open().await;
    let page = bench.page_text(&with_wallet(&bench).await).await;
    for text in [
        "Pay with Isla Wallet",
        "PHP 950.00",
        "Wallet Number",
        "Approve Payment",
        PAYS,
    ] {
        assert!(page.contains(text), "{text} is missing");
    }
    assert!(!page.contains("Card Number"));
    let card = bench.page_text(&bench.create().await).await;
    assert!(card.contains("Card Number") && !card.contains("Wallet Number"));
}

#[tokio::test]
async fn a_wallet_that_approves_pays() {
    let bench = Bench::open().await;
    let id = with_wallet(&bench).await;
    let answer = approve(&bench, &id, PAYS).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let paid = bench.read(&id).await;
    assert_eq!(paid["status"], "paid");
    assert_eq!(paid["amount_received"], "950.00");
}

#[tokio::test]
async fn a_wallet_that_cannot_pay_says_so_and_another_one_pays() {
    let bench = Bench::open().await;
    let id = with_wallet(&bench).await;
    approve(&bench, &id, TOO_LITTLE).await;
    let page = bench.page_text(&id).await;
    assert!(page.contains("There is not enough money in this wallet."));
    assert_eq!(bench.status(&id).await, "open");
    let wrong = approve(&bench, &id, "0900").await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = wrong.text().await.unwrap();
    assert!(page.contains("use one of the test wallets"));
    approve(&bench, &id, PAYS).await;
    assert_eq!(bench.status(&id).await, "paid");
}

#[tokio::test]
async fn a_card_does_not_pay_for_a_wallet() {
    let bench = Bench::open().await;
    let id = with_wallet(&bench).await;
    let answer = bench.pay(&id, "4242 4242 4242 4242").await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bench.status(&id).await, "open");
}
