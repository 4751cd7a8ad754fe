//! Killed while a checkout is made and its page is asked for.

use api_types::{Checkout, CheckoutStatus};

use test_support::GOOD_CARD;

use crate::site::{ProcessSite, token};

/// Every point between the button and the page's being known here.
const FAILPOINTS: [&str; 5] = [
    "create.committed",
    "order.before",
    "order.after",
    "apply.writing",
    "apply.written",
];

#[tokio::test]
async fn a_checkout_that_was_cut_off_before_its_commit_is_made_by_pressing_again() {
    let mut site = ProcessSite::open(&["webhook-lost"]).await;
    site.killed_at("create.writing", ProcessSite::press_pay)
        .await;
    assert!(site.live().await.is_empty());
    assert_eq!(site.payments_at_the_gateway(), 0);
    let checkout = site.open_checkout().await;
    let page = site.gateway_page(&token(1)).await;
    let back = site.pay(&page, GOOD_CARD).await;
    site.return_to(&back).await.unwrap();
    site.until(&checkout, CheckoutStatus::Paid).await;
    site.is_paid_once().await;
}

#[tokio::test]
async fn a_checkout_whose_making_was_cut_off_gets_its_one_page_and_is_paid_once() {
    for point in FAILPOINTS {
        let mut site = ProcessSite::open(&["webhook-lost"]).await;
        site.killed_at(point, ProcessSite::press_pay).await;

        // The background asks for the page by itself, and nobody has paid.
        let live = site.live().await;
        let [checkout] = &live[..] else {
            panic!("{point}: one checkout, and not {live:?}");
        };
        site.until(checkout, CheckoutStatus::Open).await;
        site.is_unpaid().await;

        // The portal asks again with the same key, since it has had no answer.
        let again: Checkout = site.press_pay().await.unwrap().json().await.unwrap();
        assert_eq!(again.id, checkout.id, "{point}");
        assert_eq!(site.payments_at_the_gateway(), 1, "{point}");

        let page = site.gateway_page(&token(1)).await;
        let back = site.pay(&page, GOOD_CARD).await;
        site.return_to(&back).await.unwrap();
        site.until(checkout, CheckoutStatus::Paid).await;
        site.is_paid_once().await;
    }
}
