//! Killed between the customer's yes at PayPal and our capture of the money, and while money is sent
//! back: nothing is captured or sent twice, and nothing is forgotten.

use api_types::{CheckoutStatus, PaymentKind};
use futures_util::future::join_all;
use provider_stand_ins::WebhookMode;
use provider_stand_ins::paypal::Funding;
use serde_json::Value;

use crate::site::ProcessSite;

/// Every point between the window's coming back and the money's being booked.
const CAPTURING: [&str; 6] = [
    "read.after",
    "apply.writing",
    "apply.written",
    "capture.before",
    "capture.after",
    "return.read",
];
/// Every point between the command and the refund's being known.
const REFUNDING: [&str; 4] = [
    "refund.kept",
    "refund.before",
    "refund.after",
    "refund.known",
];

#[tokio::test]
async fn what_was_agreed_to_is_captured_once_wherever_the_backend_is_killed() {
    for point in CAPTURING {
        let mut site = ProcessSite::open(&[]).await;
        site.paypal.controls().webhooks(WebhookMode::Drop);
        let checkout = site.open_checkout_by("paypal").await;
        let order = site.paypal.newest_order().unwrap();
        site.paypal.approve(&order, Funding::Balance).unwrap();
        let back = return_url(&site);
        let return_from_provider = async |site: &ProcessSite| site.return_to(&back).await;
        site.killed_at(point, return_from_provider).await;
        site.until(&checkout, CheckoutStatus::Paid).await;
        site.is_paid_once().await;
        let order = site.paypal.order_json(&order).unwrap();
        let captures = &order["purchase_units"][0]["payments"]["captures"];
        assert_eq!(captures.as_array().unwrap().len(), 1, "{point}");
    }
}

#[tokio::test]
async fn a_refund_is_sent_once_wherever_the_command_is_killed() {
    let all = REFUNDING.map(async |point| {
        let site = ProcessSite::open(&[]).await;
        site.stripe.controls().webhooks(WebhookMode::Drop);
        let checkout = site.open_checkout_by("credit").await;
        let session = site.stripe.newest_session().unwrap();
        site.stripe.pay(&session, test_support::GOOD_CARD).unwrap();
        site.until(&checkout, CheckoutStatus::Paid).await;
        let payment = site.payments().await[0].id.to_string();
        let refund = ["refund", payment.as_str(), "--amount", "10.00"];
        site.command_killed_at(point, &refund).await;
        // The server finds out what became of it.
        site.until_owed(1000).await;
        let payments = site.payments().await;
        let back = payments
            .iter()
            .filter(|one| one.kind == PaymentKind::Refund);
        assert_eq!(back.count(), 1, "{point}");
        let calls = site.stripe.controls().recorded().into_iter();
        let calls = calls.filter(|call| call.method == "POST" && call.path == "/v1/refunds");
        let mut keys: Vec<_> = calls
            .map(|call| call.header("idempotency-key").unwrap().to_owned())
            .collect();
        keys.dedup();
        assert_eq!(keys.len(), 1, "{point}");
    });
    join_all(all).await;
}

/// Where PayPal sends the window back to.
fn return_url(site: &ProcessSite) -> String {
    let calls = site.paypal.controls().recorded();
    let call = calls
        .iter()
        .find(|call| call.method == "POST" && call.path == "/v2/checkout/orders");
    let order: Value = serde_json::from_slice(&call.unwrap().body).unwrap();
    let context = &order["payment_source"]["paypal"]["experience_context"];
    context["return_url"].as_str().unwrap().to_owned()
}
