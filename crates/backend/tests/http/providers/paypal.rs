//! PayPal, from the button to the ledger: the customer agrees there, and the money is captured.

use std::time::Duration;

use api_types::{CheckoutStatus, FailureCode, PaymentStatus};
use provider_stand_ins::WebhookMode;
use provider_stand_ins::paypal::Funding;
use serde_json::json;
use test_support::{ProviderSite, euro, token};

#[tokio::test]
async fn it_is_captured_by_the_return_alone() {
    let site = ProviderSite::open().await;
    site.paypal.controls().webhooks(WebhookMode::Drop);
    let (checkout, page) = site.pay_invoice("paypal").await;
    assert!(page.starts_with(&site.paypal.url()), "{page}");
    site.paypal
        .approve(&site.order(), Funding::Balance)
        .unwrap();
    site.return_from_paypal(false).await;
    site.until(&checkout, CheckoutStatus::Paid).await;
    assert_eq!(site.owed_credit_and_pending().await, (0, 0, 0));
}

#[tokio::test]
async fn it_is_captured_by_the_notification_alone() {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("paypal").await;
    site.paypal
        .approve(&site.order(), Funding::Balance)
        .unwrap();
    // The window has died: nothing comes back.
    site.until(&checkout, CheckoutStatus::Paid).await;
    assert_eq!(site.owed_credit_and_pending().await, (0, 0, 0));
}

#[tokio::test]
async fn it_is_captured_by_the_background_alone() {
    let site = ProviderSite::open().await;
    site.paypal.controls().webhooks(WebhookMode::Drop);
    let (checkout, _) = site.pay_invoice("paypal").await;
    site.paypal
        .approve(&site.order(), Funding::Balance)
        .unwrap();
    site.go_by(Duration::from_secs(30));
    site.look().await;
    site.until(&checkout, CheckoutStatus::Paid).await;
}

#[tokio::test]
async fn what_was_given_up_is_never_captured() {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("paypal").await;
    let order = site.order();
    let answer = site.cancel(&checkout).await.unwrap();
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    site.paypal.approve(&order, Funding::Balance).unwrap();
    site.return_from_paypal(false).await;
    site.go_by(Duration::from_secs(60));
    site.look().await;
    site.until(&checkout, CheckoutStatus::Cancelled).await;
    let order = site.paypal.order_json(&order).unwrap();
    assert_eq!(order["status"], "APPROVED", "nothing was captured");
    assert_eq!(site.owed_credit_and_pending().await, (4500, 0, 0));
}

#[tokio::test]
async fn another_way_needs_no_consent_since_the_old_page_takes_no_money() {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("paypal").await;
    let order = site.order();
    let path = format!("/checkouts/{}/attempts", checkout.id);
    let by_card = json!({
        "method": "card", "displayed_total": euro("45.00"), "launch_token": token(),
    });
    let answer = site.post(&path, &by_card).await.unwrap();
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    site.paypal.approve(&order, Funding::Balance).unwrap();
    site.stripe
        .pay(&site.session(), "4242424242424242")
        .unwrap();
    site.until(&checkout, CheckoutStatus::Paid).await;
    let order = site.paypal.order_json(&order).unwrap();
    assert_eq!(order["status"], "APPROVED", "nothing was captured");
    assert_eq!(site.owed_credit_and_pending().await, (0, 0, 0));
}

#[tokio::test]
async fn a_declined_card_ends_the_checkout_and_the_next_one_can_be_paid() {
    for funding in [Funding::DeclinedCard, Funding::DeclinedCapture] {
        let site = ProviderSite::open().await;
        let (checkout, _) = site.pay_invoice("paypal").await;
        site.paypal.approve(&site.order(), funding).unwrap();
        site.return_from_paypal(false).await;
        let ended = site.until(&checkout, CheckoutStatus::Failed).await;
        assert_eq!(ended.failure, Some(FailureCode::CardDeclined));
        let (again, _) = site.pay_invoice("paypal").await;
        site.paypal
            .approve(&site.order(), Funding::Balance)
            .unwrap();
        site.until(&again, CheckoutStatus::Paid).await;
        assert_eq!(site.owed_credit_and_pending().await, (0, 0, 0));
    }
}

#[tokio::test]
async fn a_pending_capture_is_on_its_way_until_it_is_decided() {
    for (completed, status) in [
        (true, CheckoutStatus::Paid),
        (false, CheckoutStatus::Failed),
    ] {
        let site = ProviderSite::open().await;
        let (checkout, _) = site.pay_invoice("paypal").await;
        site.paypal
            .approve(&site.order(), Funding::UnderReview)
            .unwrap();
        site.return_from_paypal(false).await;
        site.until(&checkout, CheckoutStatus::Confirming).await;
        assert_eq!(site.owed_credit_and_pending().await, (4500, 0, 4500));
        site.paypal
            .settle_pending(&site.capture(), completed)
            .unwrap();
        site.until(&checkout, status).await;
        let owed = if completed { 0 } else { 4500 };
        assert_eq!(site.owed_credit_and_pending().await, (owed, 0, 0));
        let payments = site.payments().await;
        let expected = match completed {
            true => PaymentStatus::Completed,
            false => PaymentStatus::Cancelled,
        };
        assert_eq!((payments.len(), payments[0].status), (1, expected));
    }
}

#[tokio::test]
async fn whoever_turns_back_there_has_cancelled() {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("paypal").await;
    site.return_from_paypal(true).await;
    site.until(&checkout, CheckoutStatus::Cancelled).await;
    assert_eq!(site.owed_credit_and_pending().await, (4500, 0, 0));
}

#[tokio::test]
async fn refunds_and_lost_disputes_come_into_the_account_once() {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("paypal").await;
    site.paypal
        .approve(&site.order(), Funding::Balance)
        .unwrap();
    site.until(&checkout, CheckoutStatus::Paid).await;
    let capture = site.capture();
    site.paypal.controls().webhooks(WebhookMode::Twice);
    site.paypal.refund_in_account(&capture, "10.00").unwrap();
    site.until_owed(1000).await;
    let dispute = site.paypal.dispute(&capture, "20.00").unwrap();
    site.paypal.resolve_dispute(&dispute, true).unwrap();
    site.until_owed(3000).await;
    site.go_by(Duration::from_secs(30));
    site.look().await;
    assert_eq!(site.owed_credit_and_pending().await, (3000, 0, 0));
}

#[tokio::test]
async fn forged_notifications_are_refused_and_cost_paypal_no_more_than_some_questions() {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("paypal").await;
    site.paypal.controls().webhooks(WebhookMode::Drop);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let body = json!({
        "id": "WH-FORGED", "event_type": "CHECKOUT.ORDER.APPROVED",
        "resource": {"id": site.order()},
    });
    let mut answers = Vec::new();
    for _ in 0..40 {
        let call = http
            .post(site.webhook_url(test_support::PAYPAL))
            .header("paypal-auth-algo", "SHA256withRSA")
            .header(
                "paypal-cert-url",
                "https://api.paypal.com/v1/notifications/certs/CERT-1",
            )
            .header(
                "paypal-transmission-id",
                "b2d7e6a0-0000-11f0-9d5c-000000000000",
            )
            .header("paypal-transmission-sig", "Zm9yZ2Vk")
            .header("paypal-transmission-time", "2026-11-21T12:00:00Z")
            .json(&body);
        answers.push(call.send().await.unwrap().status().as_u16());
    }
    let refused = answers.iter().filter(|status| **status == 403).count();
    let later = answers.iter().filter(|status| **status == 503).count();
    assert_eq!((refused, later), (30, 10), "{answers:?}");
    let path = "/v1/notifications/verify-webhook-signature";
    let calls = site.paypal.controls().recorded().into_iter();
    assert_eq!(calls.filter(|call| call.path == path).count(), 30);
    site.until(&checkout, CheckoutStatus::Open).await;
}
