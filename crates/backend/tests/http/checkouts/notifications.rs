//! Notifications: hints that may be late, doubled, out of order, or forged.

use api_types::CheckoutStatus;
use serde_json::json;

use test_support::{Behaviour, CheckoutSite, WEBHOOK_SECRET, notification, problem, signed};

#[tokio::test]
async fn a_notification_alone_makes_it_right() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let reference = site.gateway.reference();
    site.gateway.pay(&reference, "45.00");
    let answer = site.notify("evt_1", &reference).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (204, 0));
    let paid = ada.checkout(&checkout).await;
    assert_eq!(paid.status, CheckoutStatus::Paid);
    // Doubled, or late after the return: nothing more happens.
    for _ in 0..2 {
        assert_eq!(site.notify("evt_1", &reference).await.status, 204);
        site.return_from_provider().await;
    }
    assert_eq!(ada.checkout(&checkout).await.version, paid.version);
    assert_eq!(ada.payments().await.len(), 1);
}

#[tokio::test]
async fn what_a_notification_says_about_money_is_not_believed() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let lie = json!({"id": "evt_1", "type": "payment.updated", "payment": {
        "reference": site.gateway.reference(), "status": "paid",
        "amount_received": "45.00", "payment_id": "ch_1",
    }});
    let answer = site.send(notification(&site, &lie.to_string())).await;
    assert_eq!(answer.status, 204);
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Open);
    assert_eq!(site.gateway.reads(), 1);
}

#[tokio::test]
async fn a_notification_may_overtake_the_answer_that_made_the_payment() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    site.gateway.mood(Behaviour::LosesAnswers);
    let checkout = ada.pay_invoice().await;
    assert_eq!(checkout.status, CheckoutStatus::Created);
    site.gateway.mood(Behaviour::Works);
    let reference = site.gateway.reference();
    site.gateway.pay(&reference, "45.00");
    assert_eq!(site.notify("evt_1", &reference).await.status, 204);
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
    // The background finds nothing left to do.
    site.seconds(60);
    site.look().await;
    assert_eq!(site.gateway.creates().len(), 1);
    assert_eq!(ada.payments().await.len(), 1);
}

#[tokio::test]
async fn a_notification_that_cannot_be_followed_is_asked_for_again() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let reference = site.gateway.reference();
    site.gateway.pay(&reference, "45.00");
    site.gateway.mood(Behaviour::Away);
    let answer = site.notify("evt_1", &reference).await;
    assert_eq!(answer.code(), problem(503, "gateway_away"));
    site.gateway.mood(Behaviour::Works);
    assert_eq!(site.notify("evt_1", &reference).await.status, 204);
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
}

#[tokio::test]
async fn a_hundred_at_once_make_few_reads_of_the_provider() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let reference = site.gateway.reference();
    site.gateway.pay(&reference, "45.00");
    let events: Vec<_> = (0..100).map(|n| format!("evt_{n}")).collect();
    let told = events.iter().map(|event| site.notify(event, &reference));
    for answer in futures_util::future::join_all(told).await {
        assert_eq!(answer.status, 204);
    }
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
    let reads = site.gateway.reads();
    assert!(reads < 50, "{reads} reads");
}

#[tokio::test]
async fn forged_and_stale_notifications_are_refused() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let reference = site.gateway.reference();
    site.gateway.pay(&reference, "45.00");
    let body = json!({"id": "evt_1", "payment": {"reference": reference}}).to_string();
    let now = site.app.now().as_millis() / 1000;
    let sign = |secret: &str, at: i64| sandbox_gateway::sign_webhook(secret, at, &body).unwrap();
    for signature in [
        sign("another secret", now),
        sign(WEBHOOK_SECRET, now - 301),
        sign(WEBHOOK_SECRET, now + 301),
        "nonsense".to_owned(),
    ] {
        let answer = site.send(signed(&body, &signature)).await;
        assert_eq!(answer.code(), problem(403, "forbidden"), "{signature}");
    }
    assert_eq!(site.gateway.reads(), 0);
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Open);
}

#[tokio::test]
async fn a_notification_about_something_else_does_nothing() {
    let site = CheckoutSite::with_invoice().await;
    for reference in ["unknown", "", "../../x", "a b"] {
        assert_eq!(
            site.notify("evt_1", reference).await.status,
            204,
            "{reference}"
        );
    }
    let answer = site.send(notification(&site, "[]")).await;
    assert_eq!(answer.code(), problem(400, "invalid"));
    let mut elsewhere = notification(&site, "{}");
    *elsewhere.uri_mut() = "/api/v1/webhooks/nobody".parse().unwrap();
    let answer = site.send(elsewhere).await;
    assert_eq!(answer.code(), problem(404, "not_found"));
    let huge = "x".repeat(1 << 20);
    let answer = site.send(notification(&site, &huge)).await;
    assert_eq!(answer.code(), problem(413, "too_large"));
}
