//! Killed while another way to pay takes the place of the first.

use api_types::CheckoutStatus;
use reqwest::{Error, Response};
use serde_json::json;

use crate::street::{GOOD, Street, token};

async fn change(street: &Street, checkout: &str) -> Result<Response, Error> {
    let wish = json!({
        "method": "express",
        "displayed_total": {"amount": "45.00", "currency": "EUR"}, "launch_token": token(2),
    });
    street
        .post(&format!("/checkouts/{checkout}/attempts"), &wish)
        .await
}

#[tokio::test]
async fn a_change_that_was_cut_off_before_the_provider_heard_of_it_has_not_happened() {
    let mut street = Street::open(&["webhook-lost"]).await;
    let checkout = street.open_checkout().await;
    let page = street.page(&token(1)).await;
    let press = async |street: &Street| change(street, checkout.id.as_str()).await;
    street.killed_at("change.closing", press).await;
    let now = street.until(&checkout, CheckoutStatus::Open).await;
    assert_eq!(now.attempt, checkout.attempt);
    street.pay(&page, GOOD).await;
    street.until(&checkout, CheckoutStatus::Paid).await;
    street.is_paid_once().await;
}

#[tokio::test]
async fn a_page_that_was_closed_for_a_change_that_was_cut_off_leaves_everything_payable() {
    for point in ["change.closed", "change.writing"] {
        let mut street = Street::open(&["webhook-lost"]).await;
        let checkout = street.open_checkout().await;
        let press = async |street: &Street| change(street, checkout.id.as_str()).await;
        street.killed_at(point, press).await;
        street.until(&checkout, CheckoutStatus::Cancelled).await;
        street.is_unpaid().await;
        assert!(street.live().await.is_empty(), "{point}");
    }
}

#[tokio::test]
async fn another_way_that_was_chosen_is_asked_for_by_the_background() {
    let mut street = Street::open(&["webhook-lost"]).await;
    let checkout = street.open_checkout().await;
    let press = async |street: &Street| change(street, checkout.id.as_str()).await;
    street.killed_at("change.made", press).await;
    let now = street.until(&checkout, CheckoutStatus::Open).await;
    assert_ne!(now.attempt, checkout.attempt);
    street.is_unpaid().await;
    let page = street.page(&token(2)).await;
    street.pay(&page, GOOD).await;
    street.until(&checkout, CheckoutStatus::Paid).await;
    street.is_paid_once().await;
    assert_eq!(street.payments_at_the_gateway(), 2);
}
