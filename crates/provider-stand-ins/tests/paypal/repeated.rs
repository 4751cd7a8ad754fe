//! Calls with the same request id do once what they do.

use std::time::Duration;

use provider_stand_ins::paypal::Funding;
use serde_json::{Value, json};

use crate::support::{Merchant, hosted_order, order, usd};

const ORDERS: &str = "/v2/checkout/orders";
const HOUR: Duration = Duration::from_secs(60 * 60);

#[tokio::test]
async fn another_call_with_the_same_id_is_refused() {
    let merchant = Merchant::new().await;
    merchant.post_as("1", ORDERS, &hosted_order()).await;
    let other = merchant.post_as("1", ORDERS, &order()).await;
    other.refused(
        422,
        "UNPROCESSABLE_ENTITY",
        &["PAYPAL_REQUEST_ID_PREVIOUSLY_USED"],
    );

    let (_, capture) = merchant.paid(Funding::Balance).await;
    let path = format!(
        "/v2/payments/captures/{}/refund",
        capture["id"].as_str().unwrap()
    );
    let one = json!({ "amount": usd("1.00") });
    assert_eq!(merchant.post_as("1", &path, &one).await.status, 201);
    let other = merchant
        .post_as("1", &path, &json!({ "amount": usd("2.00") }))
        .await;
    other.refused(
        422,
        "UNPROCESSABLE_ENTITY",
        &["PAYPAL_REQUEST_ID_PREVIOUSLY_USED"],
    );

    let mut captured = Vec::new();
    for _ in 0..2 {
        let id = merchant.order().await;
        merchant.paypal.approve(&id, Funding::Balance).unwrap();
        let path = format!("{ORDERS}/{id}/capture");
        captured.push(merchant.post_as("same", &path, &json!({})).await);
    }
    assert_eq!(captured[0].status, 201);
    captured[1].refused(
        422,
        "UNPROCESSABLE_ENTITY",
        &["PAYPAL_REQUEST_ID_PREVIOUSLY_USED"],
    );
}

#[tokio::test]
async fn an_order_is_made_once_for_six_hours_and_answered_as_it_is() {
    let merchant = Merchant::new().await;
    let first = merchant.post_as("1", ORDERS, &hosted_order()).await;
    assert_eq!(first.status, 201);
    let id = first.body["id"].as_str().unwrap();
    let second = merchant.post_as("1", ORDERS, &hosted_order()).await;
    assert_eq!((second.status, &second.body), (200, &first.body));
    assert_eq!(
        merchant.post_as("2", ORDERS, &hosted_order()).await.status,
        201
    );

    merchant.paypal.approve(id, Funding::Balance).unwrap();
    let third = merchant.post_as("1", ORDERS, &hosted_order()).await;
    assert_eq!(
        (third.status, &third.body["status"]),
        (200, &json!("APPROVED"))
    );

    merchant.capture(id).await;
    merchant.paypal.controls().put_forward(HOUR * 6);
    let late = merchant.post_as("1", ORDERS, &hosted_order()).await;
    assert_eq!(late.status, 201);
    assert_ne!(late.body["id"], id);
}

#[tokio::test]
async fn without_an_id_every_call_makes_another_order() {
    let merchant = Merchant::new().await;
    assert_ne!(merchant.order().await, merchant.order().await);
}

#[tokio::test]
async fn captures_at_the_same_time_with_the_same_id_make_one() {
    let merchant = Merchant::new().await;
    let id = merchant.order().await;
    merchant.paypal.approve(&id, Funding::Balance).unwrap();
    let path = format!("{ORDERS}/{id}/capture");
    let body = json!({});
    let post = || merchant.post_as("1", &path, &body);
    let (a, b, c) = tokio::join!(post(), post(), post());
    let mut statuses = [a.status, b.status, c.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 201]);
    let captures = |events: Vec<Value>| {
        let of_kind = |event: &&Value| event["event_type"] == "PAYMENT.CAPTURE.COMPLETED";
        events.iter().filter(of_kind).count()
    };
    assert_eq!(captures(merchant.paypal.events()), 1);
}

#[tokio::test]
async fn a_capture_that_was_refused_may_be_tried_again_with_its_id() {
    let merchant = Merchant::new().await;
    let id = merchant.order().await;
    let path = format!("{ORDERS}/{id}/capture");
    assert_eq!(merchant.post_as("1", &path, &json!({})).await.status, 422);
    merchant.paypal.approve(&id, Funding::Balance).unwrap();
    assert_eq!(merchant.post_as("1", &path, &json!({})).await.status, 201);
}

#[tokio::test]
async fn a_refund_is_made_once_for_forty_five_days() {
    let mut merchant = Merchant::new().await;
    let (_, capture) = merchant.paid(Funding::Balance).await;
    let path = format!(
        "/v2/payments/captures/{}/refund",
        capture["id"].as_str().unwrap()
    );
    let body = json!({ "amount": usd("10.00") });
    let first = merchant.post_as("1", &path, &body).await;
    assert_eq!(first.status, 201);
    merchant.paypal.controls().put_forward(HOUR * 24 * 44);
    merchant.new_token().await;
    let second = merchant.post_as("1", &path, &body).await;
    assert_eq!(
        (second.status, &second.body["id"]),
        (201, &first.body["id"])
    );
    merchant.paypal.controls().put_forward(HOUR * 24);
    merchant.new_token().await;
    let third = merchant.post_as("1", &path, &body).await;
    assert_eq!(third.status, 201);
    assert_ne!(third.body["id"], first.body["id"]);
}
