//! Which notifications are Stripe's, and what they are about.

use api_types::Timestamp;
use axum::http::{HeaderMap, HeaderValue};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{SIGNATURE_HEADER, notification};
use crate::gateways::{BadNotification, ProviderId, ProviderIdKind, Subject, timed_signature};

#[test]
fn a_notification_is_about_what_carries_our_id_or_an_intent() {
    let event = |kind: &str, object: Value| {
        let body = json!({
            "id": "evt_1", "type": kind, "livemode": false, "data": {"object": object},
        });
        notification::read(body.to_string().as_bytes(), false).unwrap()
    };
    let ours = Some(Subject::Reference("a1b2c3".to_owned()));
    let by_intent = Some(Subject::Id(ProviderId::new(ProviderIdKind::Intent, "pi_1")));
    let metadata = json!({"portico_attempt": "a1b2c3"});
    for (kind, object, about) in [
        (
            "checkout.session.completed",
            json!({"id": "cs_1", "object": "checkout.session", "metadata": metadata}),
            ours.clone(),
        ),
        (
            "charge.refunded",
            json!({"id": "ch_1", "object": "charge", "metadata": metadata, "payment_intent": "pi_1"}),
            ours,
        ),
        (
            "refund.updated",
            json!({"id": "re_1", "object": "refund", "metadata": {}, "payment_intent": "pi_1"}),
            by_intent.clone(),
        ),
        (
            "charge.dispute.closed",
            json!({"id": "dp_1", "object": "dispute", "payment_intent": {"id": "pi_1"}}),
            by_intent.clone(),
        ),
        (
            "payment_intent.succeeded",
            json!({"id": "pi_1", "object": "payment_intent", "metadata": {}}),
            by_intent,
        ),
        (
            "checkout.session.completed",
            json!({"id": "cs_2", "object": "checkout.session", "client_reference_id": "a1b2c3"}),
            None,
        ),
        ("balance.available", json!({"object": "balance"}), None),
        (
            "customer.created",
            json!({"id": "cus_1", "object": "customer"}),
            None,
        ),
    ] {
        assert_eq!(event(kind, object.clone()).about, about, "{kind} {object}");
    }
    let live = json!({
        "id": "evt_1", "type": "refund.updated", "livemode": true, "data": {"object": {"id": "x"}},
    });
    for body in [
        live.to_string(),
        "{}".to_owned(),
        "<html>".to_owned(),
        String::new(),
    ] {
        let read = notification::read(body.as_bytes(), false);
        assert_eq!(read, Err(BadNotification::Unreadable), "{body}");
    }
}

/// A signature that was made elsewhere; `signature_vectors.md` says how.
#[derive(Deserialize)]
struct Vector {
    name: String,
    secret: String,
    timestamp: i64,
    body: Option<String>,
    body_repeat: Option<Repeated>,
    header: String,
}

#[derive(Deserialize)]
struct Repeated {
    text: String,
    times: usize,
}

#[test]
fn what_stripes_own_library_and_openssl_signed_is_taken_and_nothing_else() {
    let vectors: Vec<Vector> =
        serde_json::from_str(include_str!("signature_vectors.json")).unwrap();
    assert!(vectors.len() >= 8);
    for vector in vectors {
        let name = &vector.name;
        let repeated = |of: Repeated| of.text.repeat(of.times);
        let body = vector.body.or(vector.body_repeat.map(repeated)).unwrap();
        let at = |seconds: i64| Timestamp::from_millis(seconds * 1000).unwrap();
        let check = |header: &str, body: &str, secret: &str, now: i64| {
            let mut headers = HeaderMap::new();
            headers.insert(
                SIGNATURE_HEADER,
                HeaderValue::from_bytes(header.as_bytes()).unwrap(),
            );
            timed_signature::check(
                (&headers, SIGNATURE_HEADER),
                body.as_bytes(),
                secret,
                at(now),
            )
        };
        let (header, secret, signed_at) = (&vector.header, &vector.secret, vector.timestamp);
        assert_eq!(check(header, &body, secret, signed_at), Ok(()), "{name}");
        let late = check(header, &body, secret, signed_at + 301);
        assert_eq!(late, Err(BadNotification::Stale), "{name}");
        let altered = check(header, &format!("{body} "), secret, signed_at);
        assert_eq!(altered, Err(BadNotification::Unsigned), "{name}");
        let other = check(header, &body, "whsec_other", signed_at);
        assert_eq!(other, Err(BadNotification::Unsigned), "{name}");
    }
}
