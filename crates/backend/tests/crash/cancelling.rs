//! Killed while a page is ended at the provider, by the customer or because what it asks for
//! cannot be paid any more.

use api_types::{CheckoutStatus, DocumentState};

use test_support::GOOD_CARD;

use crate::site::{ProcessSite, token};

#[tokio::test]
async fn a_cancelling_that_was_cut_off_before_the_provider_heard_of_it_has_not_happened() {
    let mut site = ProcessSite::open(&["webhook-lost"]).await;
    let checkout = site.open_checkout().await;
    let cancel = async |site: &ProcessSite| site.cancel(&checkout).await;
    site.killed_at("cancel.before", cancel).await;
    let now = site.until(&checkout, CheckoutStatus::Open).await;
    assert!(now.can_cancel);
    // The page can still be paid on, and is.
    let page = site.gateway_page(&token(1)).await;
    site.pay(&page, GOOD_CARD).await;
    site.until(&checkout, CheckoutStatus::Paid).await;
    site.is_paid_once().await;
}

#[tokio::test]
async fn what_the_provider_has_cancelled_is_cancelled_here_wherever_the_backend_is_killed() {
    for point in ["cancel.after", "apply.writing", "apply.written"] {
        let mut site = ProcessSite::open(&["webhook-lost"]).await;
        let checkout = site.open_checkout().await;
        let cancel = async |site: &ProcessSite| site.cancel(&checkout).await;
        site.killed_at(point, cancel).await;
        site.until(&checkout, CheckoutStatus::Cancelled).await;
        site.is_unpaid().await;
        assert!(site.live().await.is_empty(), "{point}");
    }
}

#[tokio::test]
async fn a_page_for_what_is_void_is_called_off_wherever_the_backend_is_killed() {
    for point in ["cancel_abandoned.before", "cancel_abandoned.after"] {
        let mut site = ProcessSite::open(&["webhook-lost"]).await;
        let checkout = site.open_checkout().await;
        let void = async |site: &ProcessSite| site.put_invoice(DocumentState::Void).await;
        site.killed_at(point, void).await;
        site.until(&checkout, CheckoutStatus::Cancelled).await;
        assert!(site.live().await.is_empty(), "{point}");
    }
}
