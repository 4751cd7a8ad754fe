//! Killed while money goes back, comes back and is disputed a second time: by the notifications
//! alone, since nothing else asks the gateway about money that has come.

use api_types::{CheckoutStatus, PaymentStatus};
use serde_json::json;

use crate::street::{GOOD, Street, token};

/// Every point between a notification's coming and its being followed.
const POINTS: [&str; 6] = [
    "webhook.kept",
    "read.before",
    "read.after",
    "take_in.writing",
    "take_in.written",
    "webhook.followed",
];

/// A street where 45.00 EUR have been paid, and the gateway's page of that.
async fn paid() -> (Street, String) {
    let street = Street::open(&[]).await;
    let checkout = street.open_checkout().await;
    let page = street.page(&token(1)).await;
    street.pay(&page, GOOD).await;
    street.until(&checkout, CheckoutStatus::Paid).await;
    (street, page)
}

#[tokio::test]
async fn a_refund_and_its_failing_are_booked_once_wherever_the_backend_is_killed() {
    for point in POINTS {
        let (mut street, page) = paid().await;
        let refund = async |street: &Street| street.merchant(&page, "refunds", json!({})).await;
        street.killed_at(point, refund).await;
        street.until_owed(4500).await;
        let id = street.refund_at_the_gateway(&page).await;
        let fail = format!("refunds/{id}/fail");
        let fail = async |street: &Street| street.merchant(&page, &fail, json!({})).await;
        street.killed_at(point, fail).await;
        street.until_owed(0).await;
        assert_eq!(street.owed_credit_and_pending().await, (0, 0, 0), "{point}");
        let mut payments = street.payments().await;
        payments.sort_by_key(|payment| payment.total.minor());
        let told: Vec<_> = payments
            .iter()
            .map(|payment| (payment.total.minor(), payment.status))
            .collect();
        let (back, came) = (PaymentStatus::Cancelled, PaymentStatus::Completed);
        assert_eq!(told, [(-4500, back), (4500, came)], "{point}");
        // The invoice, the money, its going back, and its coming back.
        assert_eq!(street.entries().await, 4, "{point}");
    }
}

#[tokio::test]
async fn a_second_dispute_is_booked_once_wherever_the_backend_is_killed() {
    for point in ["webhook.kept", "take_in.writing", "take_in.written"] {
        let (mut street, page) = paid().await;
        for status in ["open", "won", "open"] {
            let dispute = json!({ "status": status });
            street.merchant(&page, "dispute", dispute).await;
        }
        let lose = async |street: &Street| {
            let lost = json!({"status": "lost"});
            street.merchant(&page, "dispute", lost).await;
        };
        street.killed_at(point, lose).await;
        street.until_owed(4500).await;
        assert_eq!(street.entries().await, 3, "{point}");
        assert_eq!(street.payments().await.len(), 2, "{point}");
    }
}
