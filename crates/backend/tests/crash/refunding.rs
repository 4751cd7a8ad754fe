//! Killed while money goes back, comes back and is disputed a second time: by the notifications
//! alone, since nothing else asks the gateway about money that has come.

use api_types::{CheckoutStatus, PaymentStatus};
use serde_json::json;

use test_support::GOOD_CARD;

use crate::site::{ProcessSite, token};

/// Every point between a notification's coming and its being followed.
const FAILPOINTS: [&str; 6] = [
    "webhook.kept",
    "read.before",
    "read.after",
    "apply.writing",
    "apply.written",
    "webhook.followed",
];

/// A site where 45.00 EUR have been paid, and the gateway's page of that.
async fn paid() -> (ProcessSite, String) {
    let site = ProcessSite::open(&[]).await;
    let checkout = site.open_checkout().await;
    let page = site.gateway_page(&token(1)).await;
    site.pay(&page, GOOD_CARD).await;
    site.until(&checkout, CheckoutStatus::Paid).await;
    (site, page)
}

#[tokio::test]
async fn a_refund_and_its_failing_are_booked_once_wherever_the_backend_is_killed() {
    for point in FAILPOINTS {
        let (mut site, page) = paid().await;
        let refund = async |site: &ProcessSite| site.merchant(&page, "refunds", json!({})).await;
        site.killed_at(point, refund).await;
        site.until_owed(4500).await;
        let id = site.refund_at_the_gateway(&page).await;
        let fail = format!("refunds/{id}/fail");
        let fail = async |site: &ProcessSite| site.merchant(&page, &fail, json!({})).await;
        site.killed_at(point, fail).await;
        site.until_owed(0).await;
        assert_eq!(site.owed_credit_and_pending().await, (0, 0, 0), "{point}");
        let mut payments = site.payments().await;
        payments.sort_by_key(|payment| payment.total.minor());
        let told: Vec<_> = payments
            .iter()
            .map(|payment| (payment.total.minor(), payment.status))
            .collect();
        let (back, came) = (PaymentStatus::Cancelled, PaymentStatus::Completed);
        assert_eq!(told, [(-4500, back), (4500, came)], "{point}");
        // The invoice, the money, its going back, and its coming back.
        assert_eq!(site.entries().await, 4, "{point}");
    }
}

#[tokio::test]
async fn a_second_dispute_is_booked_once_wherever_the_backend_is_killed() {
    for point in ["webhook.kept", "apply.writing", "apply.written"] {
        let (mut site, page) = paid().await;
        for status in ["open", "won", "open"] {
            let dispute = json!({ "status": status });
            site.merchant(&page, "dispute", dispute).await;
        }
        let lose = async |site: &ProcessSite| {
            let lost = json!({"status": "lost"});
            site.merchant(&page, "dispute", lost).await;
        };
        site.killed_at(point, lose).await;
        site.until_owed(4500).await;
        assert_eq!(site.entries().await, 3, "{point}");
        assert_eq!(site.payments().await.len(), 2, "{point}");
    }
}
