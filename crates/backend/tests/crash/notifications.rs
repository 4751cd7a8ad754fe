//! Killed between a notification's coming and its being followed.

use api_types::CheckoutStatus;

use crate::street::{GOOD, Street, token};

#[tokio::test]
async fn a_notification_that_was_not_followed_to_its_end_is_not_lost() {
    for point in [
        "webhook.kept",
        "read.before",
        "read.after",
        "take_in.writing",
        "take_in.written",
        "webhook.followed",
    ] {
        let mut street = Street::open(&[]).await;
        let checkout = street.open_checkout().await;
        let page = street.page(&token(1)).await;
        let pay = async |street: &Street| street.pay(&page, GOOD).await;
        street.killed_at(point, pay).await;
        street.until(&checkout, CheckoutStatus::Paid).await;
        street.is_paid_once().await;
    }
}
