//! Killed when the customer has paid: on the way back, around the read, and in the middle of
//! booking it. The notifications are lost, so that the background alone has to bring it right.

use api_types::CheckoutStatus;

use test_support::{GOOD_CARD, PENDING_CARD};

use crate::site::{ProcessSite, token};

/// Every point between the window's coming back and the portal's knowing.
const FAILPOINTS: [&str; 6] = [
    "return.noted",
    "read.before",
    "read.after",
    "apply.writing",
    "apply.written",
    "return.read",
];

#[tokio::test]
async fn what_was_paid_is_booked_once_wherever_the_backend_is_killed() {
    for point in FAILPOINTS {
        let mut site = ProcessSite::open(&["webhook-lost"]).await;
        let checkout = site.open_checkout().await;
        let page = site.gateway_page(&token(1)).await;
        let back = site.pay(&page, GOOD_CARD).await;
        let return_from_provider = async |site: &ProcessSite| site.return_to(&back).await;
        site.killed_at(point, return_from_provider).await;
        site.until(&checkout, CheckoutStatus::Paid).await;
        site.is_paid_once().await;
        // The window comes back once more, to the backend that runs now.
        let answer = site.return_to(&back).await.unwrap();
        assert_eq!(answer.status(), 303, "{point}");
        site.is_paid_once().await;
    }
}

#[tokio::test]
async fn a_backend_that_is_killed_again_and_again_books_once() {
    let mut site = ProcessSite::open(&["webhook-lost"]).await;
    let checkout = site.open_checkout().await;
    let page = site.gateway_page(&token(1)).await;
    let back = site.pay(&page, GOOD_CARD).await;
    let return_from_provider = async |site: &ProcessSite| site.return_to(&back).await;
    site.killed_at_one_after_another(
        "return.noted",
        return_from_provider,
        &[
            "read.before",
            "read.after",
            "apply.writing",
            "apply.writing",
            "apply.written",
        ],
    )
    .await;
    site.until(&checkout, CheckoutStatus::Paid).await;
    site.is_paid_once().await;
    // What is booked stays so, too.
    for point in FAILPOINTS {
        site.killed_at(point, return_from_provider).await;
        site.is_paid_once().await;
    }
}

#[tokio::test]
async fn money_on_its_way_is_neither_lost_nor_doubled() {
    for (point, ends) in [
        ("read.after", "paid"),
        ("apply.writing", "paid"),
        ("apply.written", "paid"),
        ("apply.written", "failed"),
    ] {
        let mut site = ProcessSite::open(&["webhook-lost"]).await;
        let checkout = site.open_checkout().await;
        let page = site.gateway_page(&token(1)).await;
        let back = site.pay(&page, PENDING_CARD).await;
        let return_from_provider = async |site: &ProcessSite| site.return_to(&back).await;
        site.killed_at(point, return_from_provider).await;
        site.until(&checkout, CheckoutStatus::Confirming).await;
        let settle = async |site: &ProcessSite| {
            site.settle(&page, ends).await;
            site.return_to(&back).await
        };
        site.killed_at(point, settle).await;
        if ends == "paid" {
            site.until(&checkout, CheckoutStatus::Paid).await;
            site.is_paid_once().await;
        } else {
            site.until(&checkout, CheckoutStatus::Failed).await;
            site.is_unpaid().await;
        }
    }
}
