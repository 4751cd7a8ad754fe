//! Killed when the way to the page has been handed out.

use api_types::CheckoutStatus;
use serde_json::json;

use test_support::GOOD_CARD;

use crate::site::{ProcessSite, token};

#[tokio::test]
async fn a_window_that_never_got_the_address_is_replaced_by_another_one() {
    let mut site = ProcessSite::open(&["webhook-lost"]).await;
    let checkout = site.open_checkout().await;
    let launch = async |site: &ProcessSite| site.launch(&token(1)).await;
    site.killed_at("launch.handed_out", launch).await;
    site.is_unpaid().await;

    let path = format!("/checkouts/{}/launches", checkout.id);
    let other = json!({ "launch_token": token(2) });
    let answer = site.post(&path, &other).await.unwrap();
    assert!(answer.status().is_success(), "{answer:?}");
    let page = site.gateway_page(&token(2)).await;
    site.pay(&page, GOOD_CARD).await;
    site.until(&checkout, CheckoutStatus::Paid).await;
    site.is_paid_once().await;
    assert_eq!(site.payments_at_the_gateway(), 1);
}
