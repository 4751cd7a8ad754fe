//! What PayPal's notifications are about, and what PayPal is asked about them.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::notification;
use crate::gateways::{BadNotification, ProviderId, ProviderIdKind, Subject};

#[test]
fn a_notification_is_about_what_carries_our_id_or_a_known_one() {
    let about = |kind: &str, resource: Value| {
        let event = json!({"id": "WH-1", "event_type": kind, "resource": resource});
        notification::read(event.to_string().as_bytes())
            .unwrap()
            .about
    };
    let ours = Some(Subject::Reference("a1b2c3".to_owned()));
    let by = |kind, id| Some(Subject::Id(ProviderId::new(kind, id)));
    let up = "https://api-m.sandbox.paypal.com/v2/payments/captures/CAP1";
    for (kind, resource, expected) in [
        (
            "CHECKOUT.ORDER.APPROVED",
            json!({"id": "ORDER1", "purchase_units": [{"custom_id": "portico.a1b2c3"}]}),
            ours.clone(),
        ),
        (
            "CHECKOUT.ORDER.APPROVED",
            json!({"id": "ORDER1", "purchase_units": [{"custom_id": "theirs"}]}),
            by(ProviderIdKind::Order, "ORDER1"),
        ),
        (
            "CHECKOUT.PAYMENT-APPROVAL.REVERSED",
            json!({"order_id": "ORDER1"}),
            by(ProviderIdKind::Order, "ORDER1"),
        ),
        (
            "PAYMENT.CAPTURE.COMPLETED",
            json!({"id": "CAP1", "custom_id": "portico.a1b2c3"}),
            ours,
        ),
        (
            "PAYMENT.CAPTURE.REFUNDED",
            json!({"id": "REF1", "custom_id": "portico.rf-1", "links": [{"rel": "up", "href": up}]}),
            by(ProviderIdKind::Capture, "CAP1"),
        ),
        (
            "CUSTOMER.DISPUTE.CREATED",
            json!({"disputed_transactions": [{"seller_transaction_id": "CAP1"}]}),
            by(ProviderIdKind::Capture, "CAP1"),
        ),
        ("PAYMENT.CAPTURE.REFUNDED", json!({"id": "REF1"}), None),
        ("BILLING.PLAN.CREATED", json!({"id": "P1"}), None),
    ] {
        assert_eq!(about(kind, resource.clone()), expected, "{kind} {resource}");
    }
    for body in ["{}", "<html>", ""] {
        let read = notification::read(body.as_bytes());
        assert_eq!(read, Err(BadNotification::Unreadable), "{body}");
    }
}

fn proofs() -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("paypal-auth-algo", "SHA256withRSA"),
        (
            "paypal-cert-url",
            "https://api.paypal.com/v1/notifications/certs/CERT-1",
        ),
        ("paypal-transmission-id", "t-1"),
        ("paypal-transmission-sig", "c2ln"),
        ("paypal-transmission-time", "2026-11-21T12:00:00Z"),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    headers
}

#[test]
fn paypal_is_asked_about_the_very_bytes_that_came() {
    let at_paypal = |address: &str| address.starts_with("https://api.paypal.com/");
    let ask = |headers: &HeaderMap, body: &[u8]| {
        notification::question(headers, body, ("WH1", at_paypal))
    };
    // Spaces, the order of the keys and the form of numbers are part of what was signed.
    let body = br#"{ "b" : 1.50, "a":"\u00e9", "id":"WH-1" }"#;
    let question = ask(&proofs(), body).unwrap();
    let text = std::str::from_utf8(body).unwrap();
    assert!(
        question.ends_with(&format!(",\"webhook_event\":{text}}}")),
        "{question}"
    );
    let read: Value = serde_json::from_str(&question).unwrap();
    assert_eq!(
        (&read["webhook_id"], &read["transmission_id"]),
        (&json!("WH1"), &json!("t-1"))
    );
    for name in [
        "paypal-auth-algo",
        "paypal-cert-url",
        "paypal-transmission-id",
        "paypal-transmission-sig",
        "paypal-transmission-time",
    ] {
        let mut missing = proofs();
        missing.remove(name);
        assert_eq!(
            ask(&missing, body),
            Err(BadNotification::Unsigned),
            "{name}"
        );
        let mut doubled = proofs();
        doubled.append(HeaderName::from_static(name), HeaderValue::from_static("x"));
        assert_eq!(
            ask(&doubled, body),
            Err(BadNotification::Unsigned),
            "{name}"
        );
        let mut odd = proofs();
        let value = HeaderValue::from_bytes("é".as_bytes()).unwrap();
        odd.insert(HeaderName::from_static(name), value);
        assert_eq!(ask(&odd, body), Err(BadNotification::Unsigned), "{name}");
    }
    let mut elsewhere = proofs();
    let url = HeaderValue::from_static("https://evil.example.com/cert");
    elsewhere.insert("paypal-cert-url", url);
    assert_eq!(ask(&elsewhere, body), Err(BadNotification::Unsigned));
    assert_eq!(ask(&proofs(), b"\xff"), Err(BadNotification::Unreadable));
}
