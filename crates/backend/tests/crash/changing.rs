//! Killed while another way to pay takes the place of the first.

use api_types::CheckoutStatus;
use reqwest::{Error, Response};
use serde_json::json;

use test_support::GOOD_CARD;

use crate::site::{ProcessSite, token};

async fn change(site: &ProcessSite, checkout: &str) -> Result<Response, Error> {
    let body = json!({
        "method": "express",
        "displayed_total": {"amount": "45.00", "currency": "EUR"}, "launch_token": token(2),
    });
    site.post(&format!("/checkouts/{checkout}/attempts"), &body)
        .await
}

#[tokio::test]
async fn a_change_that_was_cut_off_before_the_provider_heard_of_it_has_not_happened() {
    let mut site = ProcessSite::open(&["webhook-lost"]).await;
    let checkout = site.open_checkout().await;
    let page = site.gateway_page(&token(1)).await;
    let change_method = async |site: &ProcessSite| change(site, checkout.id.as_str()).await;
    site.killed_at("change.closing", change_method).await;
    let now = site.until(&checkout, CheckoutStatus::Open).await;
    assert_eq!(now.attempt, checkout.attempt);
    site.pay(&page, GOOD_CARD).await;
    site.until(&checkout, CheckoutStatus::Paid).await;
    site.is_paid_once().await;
}

#[tokio::test]
async fn a_page_that_was_closed_for_a_change_that_was_cut_off_leaves_everything_payable() {
    for point in ["change.closed", "change.writing"] {
        let mut site = ProcessSite::open(&["webhook-lost"]).await;
        let checkout = site.open_checkout().await;
        let change_method = async |site: &ProcessSite| change(site, checkout.id.as_str()).await;
        site.killed_at(point, change_method).await;
        site.until(&checkout, CheckoutStatus::Cancelled).await;
        site.is_unpaid().await;
        assert!(site.live().await.is_empty(), "{point}");
    }
}

#[tokio::test]
async fn another_way_that_was_chosen_is_asked_for_by_the_background() {
    let mut site = ProcessSite::open(&["webhook-lost"]).await;
    let checkout = site.open_checkout().await;
    let change_method = async |site: &ProcessSite| change(site, checkout.id.as_str()).await;
    site.killed_at("change.committed", change_method).await;
    let now = site.until(&checkout, CheckoutStatus::Open).await;
    assert_ne!(now.attempt, checkout.attempt);
    site.is_unpaid().await;
    let page = site.gateway_page(&token(2)).await;
    site.pay(&page, GOOD_CARD).await;
    site.until(&checkout, CheckoutStatus::Paid).await;
    site.is_paid_once().await;
    assert_eq!(site.payments_at_the_gateway(), 2);
}
