//! Killed between a notification's coming and its being followed.

use api_types::CheckoutStatus;

use test_support::GOOD_CARD;

use crate::site::{ProcessSite, token};

#[tokio::test]
async fn a_notification_that_was_not_followed_to_its_end_is_not_lost() {
    for point in [
        "webhook.kept",
        "read.before",
        "read.after",
        "apply.writing",
        "apply.written",
        "webhook.followed",
    ] {
        let mut site = ProcessSite::open(&[]).await;
        let checkout = site.open_checkout().await;
        let page = site.gateway_page(&token(1)).await;
        let pay = async |site: &ProcessSite| site.pay(&page, GOOD_CARD).await;
        site.killed_at(point, pay).await;
        site.until(&checkout, CheckoutStatus::Paid).await;
        site.is_paid_once().await;
    }
}
