//! Killed while a page is ended at the provider, by the customer or because what it asks for
//! cannot be paid any more.

use api_types::{CheckoutStatus, DocumentState};

use crate::street::{GOOD, Street, token};

#[tokio::test]
async fn a_cancelling_that_was_cut_off_before_the_provider_heard_of_it_has_not_happened() {
    let mut street = Street::open(&["webhook-lost"]).await;
    let checkout = street.open_checkout().await;
    let cancel = async |street: &Street| street.cancel(&checkout).await;
    street.killed_at("cancel.before", cancel).await;
    let now = street.until(&checkout, CheckoutStatus::Open).await;
    assert!(now.can_cancel);
    // The page can still be paid on, and is.
    let page = street.page(&token(1)).await;
    street.pay(&page, GOOD).await;
    street.until(&checkout, CheckoutStatus::Paid).await;
    street.is_paid_once().await;
}

#[tokio::test]
async fn what_the_provider_has_cancelled_is_cancelled_here_wherever_the_backend_is_killed() {
    for point in ["cancel.after", "take_in.writing", "take_in.written"] {
        let mut street = Street::open(&["webhook-lost"]).await;
        let checkout = street.open_checkout().await;
        let cancel = async |street: &Street| street.cancel(&checkout).await;
        street.killed_at(point, cancel).await;
        street.until(&checkout, CheckoutStatus::Cancelled).await;
        street.is_unpaid().await;
        assert!(street.live().await.is_empty(), "{point}");
    }
}

#[tokio::test]
async fn a_page_for_what_is_void_is_called_off_wherever_the_backend_is_killed() {
    for point in ["call_off.before", "call_off.after"] {
        let mut street = Street::open(&["webhook-lost"]).await;
        let checkout = street.open_checkout().await;
        let void = async |street: &Street| street.put_invoice(DocumentState::Void).await;
        street.killed_at(point, void).await;
        street.until(&checkout, CheckoutStatus::Cancelled).await;
        assert!(street.live().await.is_empty(), "{point}");
    }
}
