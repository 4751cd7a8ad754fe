//! Refunds: what is refused, what is made, and what waits.

use std::time::Duration;

use provider_stand_ins::paypal::{Funding, Options};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Merchant, links, usd};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn path(capture: &Value) -> String {
    format!(
        "/v2/payments/captures/{}/refund",
        capture["id"].as_str().unwrap()
    )
}

#[tokio::test]
async fn refunds_that_break_a_rule_are_refused() {
    let merchant = Merchant::new().await;
    let (_, capture) = merchant.paid(Funding::Balance).await;
    let path = path(&capture);
    let of = |currency: &str, value: &str| json!({ "amount": { "currency_code": currency, "value": value } });
    for (body, issue) in [
        (of("USD", "0.00"), "CANNOT_BE_ZERO_OR_NEGATIVE"),
        (of("USD", "-1.00"), "CANNOT_BE_ZERO_OR_NEGATIVE"),
        (of("USD", "1.001"), "DECIMAL_PRECISION"),
        (of("JPY", "1.00"), "DECIMALS_NOT_SUPPORTED"),
        (of("XXX", "1.00"), "INVALID_CURRENCY_CODE"),
        (of("EUR", "1.00"), "REFUND_CAPTURE_CURRENCY_MISMATCH"),
        (of("USD", "100.01"), "REFUND_AMOUNT_EXCEEDED"),
        (
            json!({ "payment_instruction": { "platform_fees": [{ "amount": usd("1.00") }] } }),
            "PLATFORM_FEES_NOT_SUPPORTED",
        ),
    ] {
        let answer = merchant.post(&path, &body).await;
        answer.refused(422, "UNPROCESSABLE_ENTITY", &[issue]);
    }
    for (funding, issue) in [
        (Funding::ECheck, "PENDING_CAPTURE"),
        (Funding::DeclinedCapture, "REFUND_NOT_ALLOWED"),
    ] {
        let (_, capture) = merchant.paid(funding).await;
        let answer = merchant.post(&self::path(&capture), &json!({})).await;
        answer.refused(422, "UNPROCESSABLE_ENTITY", &[issue]);
    }
}

#[tokio::test]
async fn a_capture_is_refunded_in_parts_until_nothing_is_left() {
    let merchant = Merchant::new().await;
    let (order, capture) = merchant.paid(Funding::Balance).await;
    let path = path(&capture);
    let wanted = json!({ "amount": usd("30.00"), "note_to_payer": "Sorry", "custom_id": "r-1", "invoice_id": "R-1" });
    let first = merchant.post(&path, &wanted).await.ok(StatusCode::CREATED);
    assert_eq!(first["status"], "COMPLETED");
    assert_eq!(first["amount"], usd("30.00"));
    assert_eq!(
        (&first["note_to_payer"], &first["custom_id"]),
        (&json!("Sorry"), &json!("r-1"))
    );
    assert_eq!(
        first["seller_payable_breakdown"],
        json!({
            "gross_amount": usd("30.00"),
            "paypal_fee": usd("0.00"),
            "net_amount": usd("30.00"),
            "total_refunded_amount": usd("30.00"),
        })
    );
    assert_eq!(links(&first), ["self", "up"]);
    let whole = merchant.paypal.order_json(&order).unwrap();
    let payments = &whole["purchase_units"][0]["payments"];
    assert_eq!(payments["captures"][0]["status"], "PARTIALLY_REFUNDED");
    assert_eq!(payments["refunds"][0], first);
    let again = json!({ "amount": usd("1.00"), "invoice_id": "R-1" });
    let answer = merchant.post(&path, &again).await;
    answer.refused(422, "UNPROCESSABLE_ENTITY", &["DUPLICATE_INVOICE_ID"]);
    let too_much = merchant
        .post(&path, &json!({ "amount": usd("70.01") }))
        .await;
    too_much.refused(422, "UNPROCESSABLE_ENTITY", &["REFUND_AMOUNT_EXCEEDED"]);

    let rest = merchant
        .post(&path, &json!({}))
        .await
        .ok(StatusCode::CREATED);
    assert_eq!(rest["amount"], usd("70.00"));
    let total = &rest["seller_payable_breakdown"]["total_refunded_amount"];
    assert_eq!(*total, usd("100.00"));
    let whole = merchant.paypal.order_json(&order).unwrap();
    let payments = &whole["purchase_units"][0]["payments"];
    assert_eq!(payments["captures"][0]["status"], "REFUNDED");
    let more = merchant.post(&path, &json!({})).await;
    more.refused(422, "UNPROCESSABLE_ENTITY", &["CAPTURE_FULLY_REFUNDED"]);

    let read = format!("/v2/payments/refunds/{}", rest["id"].as_str().unwrap());
    assert_eq!(merchant.get(&read).await.ok(StatusCode::OK), rest);
    let least = merchant.post_as("x", &path, &json!({})).await;
    assert_eq!(least.status, 422);
}

#[tokio::test]
async fn after_half_a_year_nothing_is_refunded() {
    let mut merchant = Merchant::new().await;
    let (_, capture) = merchant.paid(Funding::Balance).await;
    merchant.paypal.controls().put_forward(DAY * 180);
    merchant.new_token().await;
    let answer = merchant.post(&path(&capture), &json!({})).await;
    answer.refused(422, "UNPROCESSABLE_ENTITY", &["REFUND_TIME_LIMIT_EXCEEDED"]);
}

#[tokio::test]
async fn refunds_can_wait_and_fail() {
    let merchant = Merchant::with(Options {
        hold_refunds: true,
        ..Options::default()
    })
    .await;
    let (order, capture) = merchant.paid(Funding::Balance).await;
    let path = path(&capture);
    let refund = merchant.post_as("1", &path, &json!({})).await;
    let refund = refund.ok(StatusCode::CREATED);
    assert_eq!(refund["status"], "PENDING");
    assert_eq!(
        refund.as_object().unwrap().len(),
        3,
        "only the least: {refund}"
    );
    let id = refund["id"].as_str().unwrap();
    let status = |merchant: &Merchant| {
        let whole = merchant.paypal.order_json(&order).unwrap();
        whole["purchase_units"][0]["payments"]["captures"][0]["status"].clone()
    };
    assert_eq!(status(&merchant), "COMPLETED");
    // What is on its way cannot be refunded once more.
    let more = merchant
        .post(&path, &json!({ "amount": usd("1.00") }))
        .await;
    more.refused(422, "UNPROCESSABLE_ENTITY", &["CAPTURE_FULLY_REFUNDED"]);

    merchant.paypal.settle_refund(id, false).unwrap();
    assert!(merchant.paypal.settle_refund(id, true).is_err());
    let read = merchant.get(&format!("/v2/payments/refunds/{id}")).await;
    assert_eq!(read.ok(StatusCode::OK)["status"], "FAILED");
    assert_eq!(status(&merchant), "COMPLETED");

    let refund = merchant
        .post(&path, &json!({}))
        .await
        .ok(StatusCode::CREATED);
    merchant
        .paypal
        .settle_refund(refund["id"].as_str().unwrap(), true)
        .unwrap();
    assert_eq!(status(&merchant), "REFUNDED");
    let kinds: Vec<_> = merchant
        .paypal
        .events()
        .iter()
        .map(|event| event["event_type"].as_str().unwrap().to_owned())
        .filter(|kind| kind.contains("REFUND"))
        .collect();
    assert_eq!(
        kinds,
        [
            "PAYMENT.REFUND.PENDING",
            "PAYMENT.REFUND.FAILED",
            "PAYMENT.REFUND.PENDING",
            "PAYMENT.CAPTURE.REFUNDED",
        ]
    );
}

#[tokio::test]
async fn the_merchant_can_refund_in_the_account() {
    let merchant = Merchant::new().await;
    let (_, capture) = merchant.paid(Funding::Balance).await;
    let id = capture["id"].as_str().unwrap();
    assert!(merchant.paypal.refund_in_account(id, "100.01").is_err());
    assert!(merchant.paypal.refund_in_account(id, "ten").is_err());
    assert!(merchant.paypal.refund_in_account("1", "10.00").is_err());
    let refund = merchant.paypal.refund_in_account(id, "10.00").unwrap();
    let read = merchant
        .get(&format!("/v2/payments/refunds/{refund}"))
        .await;
    assert_eq!(read.ok(StatusCode::OK)["amount"], usd("10.00"));
    let event = merchant.paypal.events().pop().unwrap();
    assert_eq!(event["event_type"], "PAYMENT.CAPTURE.REFUNDED");
    assert_eq!(event["resource"]["id"], refund.as_str());
}
