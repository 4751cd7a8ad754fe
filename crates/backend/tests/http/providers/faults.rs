//! Providers that are slow, broken, or say something senseless: every payment ends where it should,
//! and no money is taken twice.

use std::time::Duration;

use api_types::{Checkout, CheckoutStatus};
use provider_stand_ins::paypal::Funding;
use provider_stand_ins::{Controls, Fault, WebhookMode};
use serde_json::json;
use test_support::{ProviderSite, euro, token};

/// Longer than a read of a provider may take.
const TOO_SLOW: Duration = Duration::from_secs(5);

/// What can happen to a call, in which it may have been carried out or not.
fn faults() -> Vec<Fault> {
    vec![
        Fault::Status(500),
        Fault::Status(503),
        Fault::Status(429),
        Fault::Status(401),
        Fault::LostAnswer,
        Fault::CutShort,
        Fault::Html,
    ]
}

fn controls(site: &ProviderSite, by_card: bool) -> &Controls {
    match by_card {
        true => site.stripe.controls(),
        false => site.paypal.controls(),
    }
}

/// Presses `Pay This Invoice`, whether or not the page is there at once.
async fn press(site: &ProviderSite, by_card: bool) -> Checkout {
    let method = if by_card { "card" } else { "paypal" };
    let asked = json!({
        "for": {"kind": "invoice", "invoice": "INV-1"}, "method": method,
        "displayed_total": euro("45.00"), "launch_token": token(),
    });
    let answer = site.post("/checkouts", &asked).await.unwrap();
    assert_eq!(answer.status(), 201);
    answer.json().await.unwrap()
}

fn pay(site: &ProviderSite, by_card: bool) {
    if by_card {
        site.stripe
            .pay(&site.session(), "4242424242424242")
            .unwrap();
    } else {
        site.paypal
            .approve(&site.order(), Funding::Balance)
            .unwrap();
    }
}

/// Some seconds go by again and again, and the background looks.
async fn wait(site: &ProviderSite) {
    for _ in 0..4 {
        site.go_by(Duration::from_secs(15));
        site.look().await;
    }
}

async fn is_paid_once(site: &ProviderSite, checkout: &Checkout, what: &str) {
    site.until(checkout, CheckoutStatus::Paid).await;
    assert_eq!(site.owed_credit_and_pending().await, (0, 0, 0), "{what}");
    assert_eq!(site.payments().await.len(), 1, "{what}");
}

#[tokio::test]
async fn a_payment_whose_making_fails_once_is_made_once() {
    for by_card in [true, false] {
        let path = match by_card {
            true => "/v1/checkout/sessions",
            false => "/v2/checkout/orders",
        };
        for fault in faults() {
            let site = ProviderSite::open().await;
            controls(&site, by_card).plan("POST", path, fault.clone(), 1);
            let checkout = press(&site, by_card).await;
            wait(&site).await;
            site.until(&checkout, CheckoutStatus::Open).await;
            pay(&site, by_card);
            is_paid_once(&site, &checkout, &format!("{fault:?}")).await;
            let calls = controls(&site, by_card).recorded().into_iter();
            let calls = calls.filter(|call| call.method == "POST" && call.path == path);
            let bodies: Vec<_> = calls.map(|call| call.body).collect();
            assert!(bodies.len() > 1, "{fault:?}: it was asked again");
            assert!(
                bodies.iter().all(|body| *body == bodies[0]),
                "by the same bytes"
            );
        }
    }
}

#[tokio::test]
async fn a_provider_that_stays_away_ends_the_checkout_and_takes_nothing() {
    for by_card in [true, false] {
        let site = ProviderSite::open().await;
        controls(&site, by_card).plan("POST", "/", Fault::Status(503), usize::MAX);
        let checkout = press(&site, by_card).await;
        for _ in 0..20 {
            site.go_by(Duration::from_secs(15));
            site.look().await;
        }
        site.until(&checkout, CheckoutStatus::Failed).await;
        assert_eq!(site.owed_credit_and_pending().await, (4500, 0, 0));
        // It can be paid another way.
        let (again, _) = site
            .pay_invoice(if by_card { "paypal" } else { "card" })
            .await;
        pay(&site, !by_card);
        is_paid_once(&site, &again, "another way").await;
    }
}

#[tokio::test]
async fn a_payment_whose_reading_fails_is_read_again() {
    for by_card in [true, false] {
        let path = match by_card {
            true => "/v1/checkout/sessions",
            false => "/v2/checkout/orders",
        };
        for fault in faults() {
            let site = ProviderSite::open().await;
            controls(&site, by_card).webhooks(WebhookMode::Drop);
            let checkout = press(&site, by_card).await;
            site.until(&checkout, CheckoutStatus::Open).await;
            controls(&site, by_card).plan("GET", path, fault.clone(), 2);
            pay(&site, by_card);
            wait(&site).await;
            is_paid_once(&site, &checkout, &format!("{fault:?}")).await;
        }
    }
}

#[tokio::test]
async fn a_slow_provider_is_waited_for_by_the_background() {
    let site = ProviderSite::open().await;
    site.stripe.controls().webhooks(WebhookMode::Drop);
    let (checkout, _) = site.pay_invoice("card").await;
    let slow = Fault::Slow(TOO_SLOW);
    site.stripe
        .controls()
        .plan("GET", "/v1/checkout/sessions", slow, 1);
    pay(&site, true);
    wait(&site).await;
    is_paid_once(&site, &checkout, "slow").await;
}

#[tokio::test]
async fn a_capture_that_fails_is_made_once() {
    for fault in faults() {
        let site = ProviderSite::open().await;
        site.paypal.controls().webhooks(WebhookMode::Drop);
        let (checkout, _) = site.pay_invoice("paypal").await;
        let order = site.order();
        let path = format!("/v2/checkout/orders/{order}/capture");
        site.paypal.controls().plan("POST", &path, fault.clone(), 1);
        site.paypal.approve(&order, Funding::Balance).unwrap();
        site.return_from_paypal(false).await;
        wait(&site).await;
        is_paid_once(&site, &checkout, &format!("{fault:?}")).await;
        let order = site.paypal.order_json(&order).unwrap();
        let captures = &order["purchase_units"][0]["payments"]["captures"];
        assert_eq!(captures.as_array().unwrap().len(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn an_order_that_was_agreed_to_too_long_ago_takes_nothing() {
    let site = ProviderSite::open().await;
    site.paypal.controls().webhooks(WebhookMode::Drop);
    let (checkout, _) = site.pay_invoice("paypal").await;
    let order = site.order();
    let path = format!("/v2/checkout/orders/{order}/capture");
    site.paypal
        .controls()
        .plan("POST", &path, Fault::Status(503), usize::MAX);
    site.paypal.approve(&order, Funding::Balance).unwrap();
    site.return_from_paypal(false).await;
    site.until(&checkout, CheckoutStatus::Confirming).await;
    site.paypal.controls().clear();
    site.go_by(Duration::from_secs(4 * 3600));
    site.look().await;
    assert_eq!(site.owed_credit_and_pending().await, (4500, 0, 0));
    let checkout = site.until(&checkout, CheckoutStatus::Expired).await;
    assert!(checkout.payment.is_none(), "{checkout:?}");
}

#[tokio::test]
async fn where_a_notification_cannot_be_verified_paypal_sends_it_again() {
    for fault in faults() {
        let site = ProviderSite::open().await;
        let (checkout, _) = site.pay_invoice("paypal").await;
        let path = "/v1/notifications/verify-webhook-signature";
        site.paypal.controls().plan("POST", path, fault.clone(), 2);
        site.paypal
            .approve(&site.order(), Funding::Balance)
            .unwrap();
        // Nothing else tells of it: the notification has to come again.
        is_paid_once(&site, &checkout, &format!("{fault:?}")).await;
    }
}

#[tokio::test]
async fn a_revoked_token_is_replaced() {
    let site = ProviderSite::open().await;
    let (checkout, _) = site.pay_invoice("paypal").await;
    site.paypal.revoke_tokens();
    site.paypal
        .approve(&site.order(), Funding::Balance)
        .unwrap();
    is_paid_once(&site, &checkout, "revoked").await;
}

#[tokio::test]
async fn a_payment_that_its_provider_has_forgotten_takes_nothing() {
    for by_card in [true, false] {
        let site = ProviderSite::open().await;
        let checkout = press(&site, by_card).await;
        site.until(&checkout, CheckoutStatus::Open).await;
        match by_card {
            true => assert!(site.stripe.forget(&site.session())),
            false => assert!(site.paypal.forget(&site.order())),
        }
        site.go_by(Duration::from_secs(2 * 3600));
        site.look().await;
        site.until(&checkout, CheckoutStatus::Expired).await;
        assert_eq!(site.owed_credit_and_pending().await, (4500, 0, 0));
    }
}

#[tokio::test]
async fn money_that_came_counts_although_its_refunds_and_disputes_cannot_be_read() {
    for path in ["/v1/refunds", "/v1/disputes"] {
        let site = ProviderSite::open().await;
        let controls = site.stripe.controls();
        controls.plan("GET", path, Fault::Status(503), usize::MAX);
        controls.webhooks(WebhookMode::Drop);
        let checkout = press(&site, true).await;
        site.until(&checkout, CheckoutStatus::Open).await;
        pay(&site, true);
        wait(&site).await;
        is_paid_once(&site, &checkout, path).await;
        // What has become of it is read once that is possible again.
        let refund = site.stripe.refund_in_dashboard(&site.intent(), Some(1000));
        refund.unwrap();
        controls.clear();
        site.go_by(Duration::from_secs(2 * 3600));
        site.look().await;
        site.until_owed(1000).await;
    }
}

#[tokio::test]
async fn a_refund_counts_although_the_disputes_cannot_be_read() {
    let site = ProviderSite::open().await;
    let controls = site.paypal.controls();
    let disputes = "/v1/customer/disputes";
    controls.plan("GET", disputes, Fault::Status(503), usize::MAX);
    let checkout = press(&site, false).await;
    site.until(&checkout, CheckoutStatus::Open).await;
    pay(&site, false);
    is_paid_once(&site, &checkout, disputes).await;
    let refund = site.paypal.refund_in_account(&site.capture(), "10.00");
    refund.unwrap();
    site.until_owed(1000).await;
    // A dispute of which nobody tells is found once they can be read again.
    controls.webhooks(WebhookMode::Drop);
    site.paypal.dispute(&site.capture(), "20.00").unwrap();
    controls.clear();
    site.go_by(Duration::from_secs(2 * 3600));
    site.look().await;
    site.until_disputed().await;
}
