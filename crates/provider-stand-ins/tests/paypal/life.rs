//! The life of an order: made, approved, captured, declined, pending, expired.

use std::time::Duration;

use provider_stand_ins::paypal::{Funding, Options};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::sink::Sink;
use crate::support::{Merchant, hosted_order, link, links, order, send, usd};

const ORDERS: &str = "/v2/checkout/orders";
const HOUR: Duration = Duration::from_secs(60 * 60);

fn capture_of(order: &Value) -> &Value {
    &order["purchase_units"][0]["payments"]["captures"][0]
}

#[tokio::test]
async fn an_order_with_a_payment_source_waits_for_its_payer() {
    let merchant = Merchant::new().await;
    let made = merchant.post_as("1", ORDERS, &hosted_order()).await;
    assert!(made.headers.contains_key("paypal-debug-id"));
    let made = made.ok(StatusCode::CREATED);
    let id = made["id"].as_str().unwrap();
    assert_eq!(id.len(), 17);
    assert_eq!(made["status"], "PAYER_ACTION_REQUIRED");
    assert_eq!(made.as_object().unwrap().len(), 3, "only the least: {made}");
    assert_eq!(links(&made), ["self", "payer-action"]);
    let url = merchant.paypal.url();
    assert_eq!(
        link(&made, "payer-action"),
        format!("{url}/checkoutnow?token={id}")
    );
    assert_eq!(merchant.paypal.newest_order().as_deref(), Some(id));

    let whole = merchant
        .get(&format!("{ORDERS}/{id}"))
        .await
        .ok(StatusCode::OK);
    assert_eq!(whole["intent"], "CAPTURE");
    assert_eq!(whole["payment_source"], json!({ "paypal": {} }));
    let unit = &whole["purchase_units"][0];
    assert_eq!(unit["amount"], usd("100.00"));
    assert_eq!(
        (&unit["custom_id"], &unit["invoice_id"]),
        (&json!("checkout-1"), &json!("INV-1"))
    );
    assert_eq!(unit["payee"]["merchant_id"], "MERCHANT23456");
    assert!(whole["create_time"].as_str().unwrap().ends_with('Z'));
    assert_eq!(merchant.paypal.order_json(id), Some(whole));
}

#[tokio::test]
async fn an_order_without_a_payment_source_is_created_and_has_its_amount_in_full() {
    let merchant = Merchant::new().await;
    let mut wanted = order();
    wanted["purchase_units"][0]["amount"]["value"] = "100.5".into();
    let made = merchant.post(ORDERS, &wanted).await.ok(StatusCode::CREATED);
    assert_eq!(made["status"], "CREATED");
    assert_eq!(links(&made), ["self", "approve", "capture"]);
    assert_eq!(made["purchase_units"][0]["amount"], usd("100.50"));
    assert_eq!(made["purchase_units"][0]["reference_id"], "default");
}

#[tokio::test]
async fn an_order_that_adds_up_is_taken() {
    let merchant = Merchant::new().await;
    let wanted = json!({
        "intent": "CAPTURE",
        "purchase_units": [{
            "amount": {
                "currency_code": "USD",
                "value": "46.00",
                "breakdown": {
                    "item_total": usd("40.00"),
                    "tax_total": usd("4.00"),
                    "shipping": usd("5.00"),
                    "discount": usd("3.00"),
                },
            },
            "items": [{ "name": "Hour", "quantity": "2", "unit_amount": usd("20.00"), "tax": usd("2.00") }],
        }],
        "application_context": { "return_url": "https://merchant.example.com/", "locale": "de-DE" },
    });
    merchant.post(ORDERS, &wanted).await.ok(StatusCode::CREATED);
    let yen = json!({ "currency_code": "JPY", "value": "5000" });
    let wanted = json!({ "intent": "CAPTURE", "purchase_units": [{ "amount": yen }] });
    let made = merchant.post(ORDERS, &wanted).await.ok(StatusCode::CREATED);
    assert_eq!(made["purchase_units"][0]["amount"]["value"], "5000");
}

#[tokio::test]
async fn nothing_is_captured_before_it_is_approved_or_twice() {
    let merchant = Merchant::new().await;
    let id = merchant.order().await;
    let early = merchant.capture(&id).await;
    early.refused(422, "UNPROCESSABLE_ENTITY", &["ORDER_NOT_APPROVED"]);

    merchant.paypal.approve(&id, Funding::Balance).unwrap();
    assert!(merchant.paypal.approve(&id, Funding::Balance).is_err());
    let approved = merchant
        .get(&format!("{ORDERS}/{id}"))
        .await
        .ok(StatusCode::OK);
    assert_eq!(approved["status"], "APPROVED");
    assert_eq!(links(&approved), ["self", "capture"]);
    assert_eq!(approved["payer"]["email_address"], "buyer@example.com");
    assert_eq!(
        approved["payment_source"]["paypal"]["account_id"],
        approved["payer"]["payer_id"]
    );

    let captured = merchant.capture(&id).await.ok(StatusCode::CREATED);
    assert_eq!(captured["status"], "COMPLETED");
    let capture = capture_of(&captured);
    assert_eq!(capture["status"], "COMPLETED");
    assert_eq!(capture["final_capture"], true);
    assert_eq!(
        capture["seller_receivable_breakdown"],
        json!({ "gross_amount": usd("100.00"), "paypal_fee": usd("3.25"), "net_amount": usd("96.75") })
    );
    assert_eq!(links(capture), ["self", "refund", "up"]);

    let late = merchant.capture(&id).await;
    late.refused(422, "UNPROCESSABLE_ENTITY", &["ORDER_ALREADY_CAPTURED"]);
    let path = format!("/v2/payments/captures/{}", capture["id"].as_str().unwrap());
    let read = merchant.get(&path).await.ok(StatusCode::OK);
    assert_eq!(
        read["supplementary_data"]["related_ids"]["order_id"],
        id.as_str()
    );
    assert_eq!(read["amount"], usd("100.00"));
}

#[tokio::test]
async fn the_least_answer_to_a_capture_says_only_the_state() {
    let merchant = Merchant::new().await;
    let id = merchant.order().await;
    merchant.paypal.approve(&id, Funding::Balance).unwrap();
    let call = merchant.call(Method::POST, &format!("{ORDERS}/{id}/capture"));
    let empty = send(call.header("Content-Type", "application/json")).await;
    let captured = empty.ok(StatusCode::CREATED);
    assert_eq!(captured["status"], "COMPLETED");
    assert_eq!(captured.as_object().unwrap().len(), 3, "{captured}");
}

#[tokio::test]
async fn each_unit_of_an_order_is_captured_by_itself() {
    let merchant = Merchant::new().await;
    let wanted = json!({ "intent": "CAPTURE", "purchase_units": [
        { "reference_id": "a", "amount": usd("1.00") },
        { "reference_id": "b", "amount": usd("2.00") },
    ] });
    let made = merchant.post(ORDERS, &wanted).await.ok(StatusCode::CREATED);
    let id = made["id"].as_str().unwrap();
    merchant.paypal.approve(id, Funding::Balance).unwrap();
    let captured = merchant.capture(id).await.ok(StatusCode::CREATED);
    let captures: Vec<_> = captured["purchase_units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| &unit["payments"]["captures"][0])
        .collect();
    assert_eq!(captures[0]["amount"], usd("1.00"));
    assert_eq!(captures[1]["amount"], usd("2.00"));
    assert_ne!(captures[0]["id"], captures[1]["id"]);
}

#[tokio::test]
async fn after_a_decline_the_payer_chooses_another_way() {
    let merchant = Merchant::new().await;
    let id = merchant.order().await;
    merchant.paypal.approve(&id, Funding::DeclinedCard).unwrap();
    let declined = merchant.capture(&id).await;
    declined.refused(422, "UNPROCESSABLE_ENTITY", &["INSTRUMENT_DECLINED"]);
    let again = merchant.paypal.approval_url(&id).unwrap();
    assert_eq!(link(&declined.body, "redirect"), again);
    assert_eq!(
        merchant.paypal.order_json(&id).unwrap()["status"],
        "APPROVED"
    );

    merchant.paypal.approve(&id, Funding::Balance).unwrap();
    let captured = merchant.capture(&id).await.ok(StatusCode::CREATED);
    assert_eq!(capture_of(&captured)["status"], "COMPLETED");
}

#[tokio::test]
async fn an_order_is_not_tried_for_ever() {
    let merchant = Merchant::with(Options {
        most_attempts: 2,
        ..Options::default()
    })
    .await;
    let id = merchant.order().await;
    merchant.paypal.approve(&id, Funding::DeclinedCard).unwrap();
    for issue in [
        "INSTRUMENT_DECLINED",
        "INSTRUMENT_DECLINED",
        "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED",
    ] {
        let refused = merchant.capture(&id).await;
        refused.refused(422, "UNPROCESSABLE_ENTITY", &[issue]);
    }
}

#[tokio::test]
async fn a_completed_order_can_hold_a_declined_capture() {
    let merchant = Merchant::new().await;
    let (id, capture) = merchant.paid(Funding::DeclinedCapture).await;
    assert_eq!(
        merchant.paypal.order_json(&id).unwrap()["status"],
        "COMPLETED"
    );
    assert_eq!(capture["status"], "DECLINED");
    assert_eq!(capture.get("seller_receivable_breakdown"), None);
}

#[tokio::test]
async fn captures_can_be_pending_and_are_settled_later() {
    let merchant = Merchant::new().await;
    for (funding, reason, completed, then) in [
        (Funding::ECheck, "ECHECK", true, "COMPLETED"),
        (Funding::ECheck, "ECHECK", false, "DECLINED"),
        (Funding::UnderReview, "PENDING_REVIEW", true, "COMPLETED"),
        (Funding::UnderReview, "PENDING_REVIEW", false, "DECLINED"),
    ] {
        let (_, capture) = merchant.paid(funding).await;
        assert_eq!(capture["status"], "PENDING");
        assert_eq!(capture["status_details"], json!({ "reason": reason }));
        assert_eq!(capture.get("seller_receivable_breakdown"), None);
        let id = capture["id"].as_str().unwrap();
        merchant.paypal.settle_pending(id, completed).unwrap();
        let path = format!("/v2/payments/captures/{id}");
        let settled = merchant.get(&path).await.ok(StatusCode::OK);
        assert_eq!(settled["status"], then);
        assert_eq!(settled.get("status_details"), None);
        assert!(merchant.paypal.settle_pending(id, true).is_err());
    }
}

#[tokio::test]
async fn an_invoice_id_is_paid_once_unless_the_account_says_otherwise() {
    for (unique_invoice_ids, status) in [(true, 422), (false, 201)] {
        let merchant = Merchant::with(Options {
            unique_invoice_ids,
            ..Options::default()
        })
        .await;
        let mut last = 0;
        // What was declined has not paid the invoice.
        for funding in [Funding::DeclinedCapture, Funding::Balance, Funding::Balance] {
            let mut wanted = order();
            wanted["purchase_units"][0]["invoice_id"] = "INV-7".into();
            let made = merchant.post(ORDERS, &wanted).await.ok(StatusCode::CREATED);
            let id = made["id"].as_str().unwrap();
            merchant.paypal.approve(id, funding).unwrap();
            let answer = merchant.capture(id).await;
            if answer.status == 422 {
                answer.refused(422, "UNPROCESSABLE_ENTITY", &["DUPLICATE_INVOICE_ID"]);
            }
            last = answer.status;
        }
        assert_eq!(last, status);
    }
}

#[tokio::test]
async fn an_order_that_nobody_approves_is_gone_after_three_hours() {
    let merchant = Merchant::new().await;
    let id = merchant.order().await;
    let path = format!("{ORDERS}/{id}");
    merchant
        .paypal
        .controls()
        .put_forward(HOUR * 3 - Duration::from_secs(30));
    assert_eq!(merchant.get(&path).await.status, 200);
    merchant
        .paypal
        .controls()
        .put_forward(Duration::from_secs(30));
    let gone = merchant.get(&path).await;
    gone.refused(404, "RESOURCE_NOT_FOUND", &["INVALID_RESOURCE_ID"]);
    assert!(merchant.paypal.approve(&id, Funding::Balance).is_err());
    assert_eq!(merchant.paypal.events(), [] as [Value; 0]);
}

#[tokio::test]
async fn an_approval_that_nobody_captures_goes_back_after_three_hours() {
    let sink = Sink::start().await;
    let merchant = Merchant::new().await;
    merchant.paypal.set_webhook_url(Some(sink.url.clone()));
    let made = merchant.post_as("1", ORDERS, &hosted_order()).await;
    let id = made.body["id"].as_str().unwrap();
    merchant.paypal.controls().put_forward(HOUR * 2);
    merchant.paypal.approve(id, Funding::Balance).unwrap();
    merchant.paypal.controls().put_forward(HOUR * 2);
    assert_eq!(merchant.get(&format!("{ORDERS}/{id}")).await.status, 200);
    merchant.paypal.controls().put_forward(HOUR);
    // No call is needed for it to be noticed.
    let told = sink.wait_for("CHECKOUT.PAYMENT-APPROVAL.REVERSED", 1).await;
    let resource = &told[0].event()["resource"];
    assert_eq!(resource["order_id"], id);
    assert_eq!(resource["purchase_units"][0]["custom_id"], "checkout-1");
    let gone = merchant.capture(id).await;
    gone.refused(404, "RESOURCE_NOT_FOUND", &["INVALID_RESOURCE_ID"]);
}

#[tokio::test]
async fn a_completed_order_stays() {
    let merchant = Merchant::new().await;
    let (id, _) = merchant.paid(Funding::Balance).await;
    merchant.paypal.controls().put_forward(HOUR * 8);
    assert_eq!(merchant.get(&format!("{ORDERS}/{id}")).await.status, 200);
    assert!(merchant.paypal.forget(&id));
    assert!(!merchant.paypal.forget(&id));
    assert_eq!(merchant.get(&format!("{ORDERS}/{id}")).await.status, 404);
}
