//! Killed when the customer has paid: on the way back, around the read, and in the middle of
//! booking it. The notifications are lost, so that the background alone has to bring it right.

use api_types::CheckoutStatus;

use crate::street::{GOOD, PENDING, Street, token};

/// Every point between the window's coming back and the portal's knowing.
const POINTS: [&str; 6] = [
    "return.noted",
    "read.before",
    "read.after",
    "take_in.writing",
    "take_in.written",
    "return.read",
];

#[tokio::test]
async fn what_was_paid_is_booked_once_wherever_the_backend_is_killed() {
    for point in POINTS {
        let mut street = Street::open(&["webhook-lost"]).await;
        let checkout = street.open_checkout().await;
        let page = street.page(&token(1)).await;
        let back = street.pay(&page, GOOD).await;
        let come_back = async |street: &Street| street.come_back(&back).await;
        street.killed_at(point, come_back).await;
        street.until(&checkout, CheckoutStatus::Paid).await;
        street.is_paid_once().await;
        // The window comes back once more, to the backend that runs now.
        let answer = street.come_back(&back).await.unwrap();
        assert_eq!(answer.status(), 303, "{point}");
        street.is_paid_once().await;
    }
}

#[tokio::test]
async fn a_backend_that_is_killed_again_and_again_books_once() {
    let mut street = Street::open(&["webhook-lost"]).await;
    let checkout = street.open_checkout().await;
    let page = street.page(&token(1)).await;
    let back = street.pay(&page, GOOD).await;
    let come_back = async |street: &Street| street.come_back(&back).await;
    street
        .killed_at_one_after_another(
            "return.noted",
            come_back,
            &[
                "read.before",
                "read.after",
                "take_in.writing",
                "take_in.writing",
                "take_in.written",
            ],
        )
        .await;
    street.until(&checkout, CheckoutStatus::Paid).await;
    street.is_paid_once().await;
    // What is booked stays so, too.
    for point in POINTS {
        street.killed_at(point, come_back).await;
        street.is_paid_once().await;
    }
}

#[tokio::test]
async fn money_on_its_way_is_neither_lost_nor_doubled() {
    for (point, ends) in [
        ("read.after", "paid"),
        ("take_in.writing", "paid"),
        ("take_in.written", "paid"),
        ("take_in.written", "failed"),
    ] {
        let mut street = Street::open(&["webhook-lost"]).await;
        let checkout = street.open_checkout().await;
        let page = street.page(&token(1)).await;
        let back = street.pay(&page, PENDING).await;
        let come_back = async |street: &Street| street.come_back(&back).await;
        street.killed_at(point, come_back).await;
        street.until(&checkout, CheckoutStatus::Confirming).await;
        let settle = async |street: &Street| {
            street.settle(&page, ends).await;
            street.come_back(&back).await
        };
        street.killed_at(point, settle).await;
        if ends == "paid" {
            street.until(&checkout, CheckoutStatus::Paid).await;
            street.is_paid_once().await;
        } else {
            street.until(&checkout, CheckoutStatus::Failed).await;
            street.is_unpaid().await;
        }
    }
}
