//! Killed when the way to the page has been handed out.

use api_types::CheckoutStatus;
use serde_json::json;

use crate::street::{GOOD, Street, token};

#[tokio::test]
async fn a_window_that_never_got_the_address_is_replaced_by_another_one() {
    let mut street = Street::open(&["webhook-lost"]).await;
    let checkout = street.open_checkout().await;
    let launch = async |street: &Street| street.launch(&token(1)).await;
    street.killed_at("launch.handed_out", launch).await;
    street.is_unpaid().await;

    let path = format!("/checkouts/{}/launches", checkout.id);
    let other = json!({ "launch_token": token(2) });
    let answer = street.post(&path, &other).await.unwrap();
    assert!(answer.status().is_success(), "{answer:?}");
    let page = street.page(&token(2)).await;
    street.pay(&page, GOOD).await;
    street.until(&checkout, CheckoutStatus::Paid).await;
    street.is_paid_once().await;
    assert_eq!(street.payments_at_the_gateway(), 1);
}
