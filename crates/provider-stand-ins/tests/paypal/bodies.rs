//! Bodies and headers that cannot be read, whatever the call.

use reqwest::Method;
use serde_json::json;

use crate::support::{Merchant, hosted_order, order, send};

const ORDERS: &str = "/v2/checkout/orders";

#[tokio::test]
async fn bodies_are_json() {
    let merchant = Merchant::new().await;
    for path in [
        ORDERS,
        "/v2/checkout/orders/1/capture",
        "/v2/payments/captures/1/refund",
        "/v1/notifications/verify-webhook-signature",
    ] {
        let post = || merchant.call(Method::POST, path);
        let unnamed = send(post().body(order().to_string())).await;
        unnamed.refused(415, "UNSUPPORTED_MEDIA_TYPE", &[]);
        let form = send(post().form(&[("intent", "CAPTURE")])).await;
        form.refused(415, "UNSUPPORTED_MEDIA_TYPE", &[]);
        let json = || post().header("Content-Type", "application/json");
        for body in ["{", "intent=CAPTURE", "{\"intent\":}"] {
            let broken = send(json().body(body)).await;
            broken.refused(400, "INVALID_REQUEST", &["MALFORMED_REQUEST_JSON"]);
        }
    }
    let nothing = merchant
        .call(Method::POST, ORDERS)
        .header("Content-Type", "application/json");
    send(nothing)
        .await
        .refused(400, "INVALID_REQUEST", &["MALFORMED_REQUEST_JSON"]);
    let list = merchant.post(ORDERS, &json!([])).await;
    list.refused(400, "INVALID_REQUEST", &["MALFORMED_REQUEST_JSON"]);
}

#[tokio::test]
async fn an_order_with_a_payment_source_needs_a_request_id() {
    let merchant = Merchant::new().await;
    let answer = merchant.post(ORDERS, &hosted_order()).await;
    answer.refused(400, "INVALID_REQUEST", &["PAYPAL_REQUEST_ID_REQUIRED"]);
    let path = format!("{ORDERS}/1/capture");
    let answer = merchant
        .post(&path, &json!({ "payment_source": { "paypal": {} } }))
        .await;
    answer.refused(400, "INVALID_REQUEST", &["PAYPAL_REQUEST_ID_REQUIRED"]);
}

#[tokio::test]
async fn request_ids_have_at_most_108_characters() {
    let merchant = Merchant::new().await;
    for id in ["", &"x".repeat(109)] {
        let answer = merchant.post_as(id, ORDERS, &order()).await;
        answer.refused(400, "INVALID_REQUEST", &["INVALID_STRING_LENGTH"]);
    }
    let answer = merchant.post_as(&"x".repeat(108), ORDERS, &order()).await;
    assert_eq!(answer.status, 201);
}

#[tokio::test]
async fn there_are_two_wishes_for_an_answer() {
    let merchant = Merchant::new().await;
    for (wish, issue) in [
        ("", "INVALID_STRING_LENGTH"),
        ("return=representation; wait=10", "INVALID_STRING_LENGTH"),
        ("return=minimal,x", "INVALID_PARAMETER_SYNTAX"),
        ("return=all", "INVALID_PARAMETER_VALUE"),
    ] {
        let call = merchant.call(Method::POST, ORDERS).json(&order());
        let answer = send(call.header("Prefer", wish)).await;
        answer.refused(400, "INVALID_REQUEST", &[issue]);
    }
}

#[tokio::test]
async fn captures_and_refunds_hold_nothing_unknown() {
    let merchant = Merchant::new().await;
    let order = merchant.order().await;
    let capture = format!("{ORDERS}/{order}/capture");
    for (path, body, issue) in [
        (
            capture.as_str(),
            json!({ "amount": {} }),
            "MALFORMED_REQUEST_JSON",
        ),
        (
            &capture,
            json!({ "payment_source": { "token": {} } }),
            "NOT_SUPPORTED",
        ),
        (
            "/v2/payments/captures/1/refund",
            json!({ "reason": "x" }),
            "MALFORMED_REQUEST_JSON",
        ),
        (
            "/v2/payments/captures/1/refund",
            json!({ "amount": "1.00" }),
            "MALFORMED_REQUEST_JSON",
        ),
        (
            "/v2/payments/captures/1/refund",
            json!({ "amount": { "value": "1.00" } }),
            "MISSING_REQUIRED_PARAMETER",
        ),
        (
            "/v2/payments/captures/1/refund",
            json!({ "note_to_payer": "" }),
            "INVALID_STRING_LENGTH",
        ),
        (
            "/v2/payments/captures/1/refund",
            json!({ "invoice_id": "x".repeat(128) }),
            "INVALID_STRING_LENGTH",
        ),
    ] {
        let answer = merchant.post_as("id", path, &body).await;
        answer.refused(400, "INVALID_REQUEST", &[issue]);
    }
}

#[tokio::test]
async fn an_order_can_be_read_with_its_payment_source_and_no_other_field_named() {
    let merchant = Merchant::new().await;
    let order = merchant.order().await;
    let path = format!("{ORDERS}/{order}?fields=");
    assert_eq!(
        merchant.get(&format!("{path}payment_source")).await.status,
        200
    );
    let answer = merchant.get(&format!("{path}everything")).await;
    answer.refused(400, "INVALID_REQUEST", &["INVALID_PARAMETER_VALUE"]);
}
