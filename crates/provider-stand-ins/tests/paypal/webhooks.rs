//! Notifications: what they say, and how they are proved.

use std::time::Duration;

use provider_stand_ins::WebhookMode;
use provider_stand_ins::paypal::{Funding, Options};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::sink::{Received, Sink};
use crate::support::{Answer, Merchant, hosted_order, links, send};

const VERIFY: &str = "/v1/notifications/verify-webhook-signature";

async fn merchant_with(sink: &Sink, options: Options) -> Merchant {
    let merchant = Merchant::with(options).await;
    merchant.paypal.set_webhook_url(Some(sink.url.clone()));
    merchant
}

/// The body that asks whether a notification is genuine, with the event's own bytes.
fn asked(received: &Received, event: &str) -> String {
    let fields = [
        ("auth_algo", "paypal-auth-algo"),
        ("cert_url", "paypal-cert-url"),
        ("transmission_id", "paypal-transmission-id"),
        ("transmission_sig", "paypal-transmission-sig"),
        ("transmission_time", "paypal-transmission-time"),
    ];
    let fields = fields.map(|(name, header)| format!("\"{name}\":\"{}\"", received.header(header)));
    let fields = fields.join(",");
    format!("{{{fields},\"webhook_id\":\"3WH00000000000001\",\"webhook_event\":{event}}}")
}

async fn verify(merchant: &Merchant, body: String) -> Answer {
    let call = merchant.call(Method::POST, VERIFY);
    send(call.header("Content-Type", "application/json").body(body)).await
}

fn text(received: &Received) -> String {
    String::from_utf8(received.body.clone()).unwrap()
}

#[tokio::test]
async fn a_question_without_a_field_is_refused() {
    let sink = Sink::start().await;
    let merchant = merchant_with(&sink, Options::default()).await;
    merchant.paid(Funding::Balance).await;
    let came = sink.wait_for("PAYMENT.CAPTURE.COMPLETED", 1).await;
    let whole: Value = serde_json::from_str(&asked(&came[0], &text(&came[0]))).unwrap();
    for (field, value, issue) in [
        ("auth_algo", json!("SHA-256"), "INVALID_PARAMETER_SYNTAX"),
        ("cert_url", json!("cert"), "INVALID_PARAMETER_SYNTAX"),
        (
            "transmission_id",
            json!("1".repeat(51)),
            "INVALID_STRING_LENGTH",
        ),
        (
            "transmission_id",
            json!("12345"),
            "INVALID_PARAMETER_SYNTAX",
        ),
        ("transmission_sig", json!(""), "INVALID_STRING_LENGTH"),
        (
            "transmission_time",
            json!("yesterday"),
            "INVALID_PARAMETER_SYNTAX",
        ),
        ("webhook_id", json!("WH-1"), "INVALID_PARAMETER_SYNTAX"),
        ("webhook_event", json!("text"), "MALFORMED_REQUEST_JSON"),
        ("webhook_events", json!([]), "MALFORMED_REQUEST_JSON"),
    ] {
        let mut body = whole.clone();
        body[field] = value;
        let answer = verify(&merchant, body.to_string()).await;
        answer.refused(400, "VALIDATION_ERROR", &[issue]);
    }
    for field in whole.as_object().unwrap().keys() {
        let mut body = whole.clone();
        body.as_object_mut().unwrap().remove(field);
        let answer = verify(&merchant, body.to_string()).await;
        answer.refused(400, "VALIDATION_ERROR", &["MISSING_REQUIRED_PARAMETER"]);
    }
}

#[tokio::test]
async fn only_an_unchanged_notification_is_genuine() {
    let sink = Sink::start().await;
    let merchant = merchant_with(&sink, Options::default()).await;
    merchant.paid(Funding::Balance).await;
    merchant.paid(Funding::Balance).await;
    let came = sink.wait_for("PAYMENT.CAPTURE.COMPLETED", 2).await;
    let (one, other) = (&came[0], &came[1]);
    let good = asked(one, &text(one));
    let written_again = serde_json::to_string_pretty(&one.event()).unwrap();
    assert_ne!(
        written_again,
        text(one),
        "whoever writes the event again has other bytes"
    );
    let changed = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replace(from, to)
    };
    for body in [
        asked(one, &written_again),
        asked(one, &text(one).replace("100.00", "900.00")),
        asked(one, &format!("{} }}", text(one).strip_suffix('}').unwrap())),
        asked(one, &text(other)),
        changed(
            one.header("paypal-transmission-id"),
            other.header("paypal-transmission-id"),
        ),
        changed(
            one.header("paypal-transmission-sig"),
            other.header("paypal-transmission-sig"),
        ),
        changed(one.header("paypal-transmission-sig"), "not~base64"),
        changed(
            one.header("paypal-transmission-time"),
            "2020-01-01T00:00:00Z",
        ),
        changed("SHA256withRSA", "SHA1withRSA"),
        changed("certs/CERT-", "certs/OTHER-"),
        changed("3WH00000000000001", "3WH00000000000002"),
    ] {
        let answer = verify(&merchant, body).await.ok(StatusCode::OK);
        assert_eq!(answer, json!({ "verification_status": "FAILURE" }));
    }
    let answer = verify(&merchant, good).await.ok(StatusCode::OK);
    assert_eq!(answer, json!({ "verification_status": "SUCCESS" }));
    // Another stand-in has another key.
    let stranger = Merchant::new().await;
    let answer = verify(&stranger, asked(one, &text(one)))
        .await
        .ok(StatusCode::OK);
    assert_eq!(answer["verification_status"], "FAILURE");
}

#[tokio::test]
async fn questions_that_come_too_fast_are_refused() {
    let merchant = Merchant::with(Options {
        verify_rate_limit: Some(1),
        ..Options::default()
    })
    .await;
    // A slow machine may ask further apart than the limit is.
    let mut answer = verify(&merchant, "{}".into()).await;
    assert_eq!(answer.status, 400);
    while answer.status != 429 {
        answer = verify(&merchant, "{}".into()).await;
    }
    answer.refused(429, "RATE_LIMIT_REACHED", &[]);
    assert_eq!(merchant.get("/v2/checkout/orders/1").await.status, 404);
    merchant
        .paypal
        .controls()
        .put_forward(Duration::from_secs(1));
    assert_eq!(verify(&merchant, "{}".into()).await.status, 400);
}

#[tokio::test]
async fn each_step_of_a_payment_is_told() {
    let sink = Sink::start().await;
    let merchant = merchant_with(&sink, Options::default()).await;
    let made = merchant
        .post_as("1", "/v2/checkout/orders", &hosted_order())
        .await;
    let order = made.body["id"].as_str().unwrap().to_owned();
    merchant
        .paypal
        .approve(&order, Funding::UnderReview)
        .unwrap();
    merchant.capture(&order).await.ok(StatusCode::CREATED);
    let pending = sink.wait_for("PAYMENT.CAPTURE.PENDING", 1).await[0].event();
    let capture = pending["resource"]["id"].as_str().unwrap();
    merchant.paypal.settle_pending(capture, true).unwrap();
    merchant.paypal.refund_in_account(capture, "10.00").unwrap();
    for (kind, resource_type, status) in [
        ("CHECKOUT.ORDER.APPROVED", "checkout-order", "APPROVED"),
        ("CHECKOUT.ORDER.COMPLETED", "checkout-order", "COMPLETED"),
        ("PAYMENT.CAPTURE.PENDING", "capture", "PENDING"),
        ("PAYMENT.CAPTURE.COMPLETED", "capture", "COMPLETED"),
        ("PAYMENT.CAPTURE.REFUNDED", "refund", "COMPLETED"),
    ] {
        let came = sink.wait_for(kind, 1).await;
        let event = came[0].event();
        assert!(event["id"].as_str().unwrap().starts_with("WH-"));
        assert_eq!(event["event_version"], "1.0");
        assert_eq!(event["resource_version"], "2.0");
        assert_eq!(event["resource_type"], resource_type, "{kind}");
        assert_eq!(event["resource"]["status"], status, "{kind}");
        assert!(event["summary"].is_string() && event["create_time"].is_string());
        assert_eq!(links(&event), ["self", "resend"]);
        if resource_type == "capture" {
            let related = &event["resource"]["supplementary_data"]["related_ids"];
            assert_eq!(related["order_id"], order.as_str());
            assert_eq!(event["resource"]["custom_id"], "checkout-1");
            assert_eq!(event["resource"]["invoice_id"], "INV-1");
        }
        assert_eq!(came[0].header("paypal-auth-algo"), "SHA256withRSA");
        assert_eq!(came[0].header("content-type"), "application/json");
    }
    assert_eq!(merchant.paypal.events().len(), 5);
}

#[tokio::test]
async fn a_declined_capture_is_told_and_a_declined_card_is_not() {
    let merchant = Merchant::new().await;
    merchant.paid(Funding::DeclinedCapture).await;
    let order = merchant.order().await;
    merchant
        .paypal
        .approve(&order, Funding::DeclinedCard)
        .unwrap();
    merchant.capture(&order).await;
    let events = merchant.paypal.events();
    let kinds: Vec<_> = events
        .iter()
        .map(|event| event["event_type"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "CHECKOUT.ORDER.APPROVED",
            "PAYMENT.CAPTURE.DENIED",
            "CHECKOUT.ORDER.COMPLETED",
            "CHECKOUT.ORDER.APPROVED",
        ]
    );
}

#[tokio::test]
async fn an_event_can_be_sent_again_twice_or_later() {
    let sink = Sink::start().await;
    let merchant = merchant_with(&sink, Options::default()).await;
    let controls = merchant.paypal.controls();
    controls.webhooks(WebhookMode::Hold);
    merchant.paid(Funding::Balance).await;
    assert!(sink.of_kind("PAYMENT.CAPTURE.COMPLETED").is_empty());
    controls.webhooks(WebhookMode::Twice);
    let came = sink.wait_for("PAYMENT.CAPTURE.COMPLETED", 2).await;
    assert_eq!(came[0].body, came[1].body);
    controls.webhooks(WebhookMode::Send);
    let id = came[0].event()["id"].as_str().unwrap().to_owned();
    merchant.paypal.send_event_again(&id).unwrap();
    let came = sink.wait_for("PAYMENT.CAPTURE.COMPLETED", 3).await;
    assert_eq!(came[0].body, came[2].body);
    assert!(merchant.paypal.send_event_again("WH-1").is_err());
}
