//! Killed while a checkout is made and its page is asked for.

use api_types::{Checkout, CheckoutStatus};

use crate::street::{GOOD, Street, token};

/// Every point between the button and the page's being known here.
const POINTS: [&str; 5] = [
    "create.made",
    "ask.before",
    "ask.after",
    "take_in.writing",
    "take_in.written",
];

#[tokio::test]
async fn a_checkout_whose_making_was_cut_off_gets_its_one_page_and_is_paid_once() {
    for point in POINTS {
        let mut street = Street::open(&["webhook-lost"]).await;
        street.killed_at(point, Street::press_pay).await;

        // The background asks for the page by itself, and nobody has paid.
        let live = street.live().await;
        let [checkout] = &live[..] else {
            panic!("{point}: one checkout, and not {live:?}");
        };
        street.until(checkout, CheckoutStatus::Open).await;
        street.is_unpaid().await;

        // The portal asks again with the same key, since it has had no answer.
        let again: Checkout = street.press_pay().await.unwrap().json().await.unwrap();
        assert_eq!(again.id, checkout.id, "{point}");
        assert_eq!(street.payments_at_the_gateway(), 1, "{point}");

        let page = street.page(&token(1)).await;
        let back = street.pay(&page, GOOD).await;
        street.come_back(&back).await.unwrap();
        street.until(checkout, CheckoutStatus::Paid).await;
        street.is_paid_once().await;
    }
}
