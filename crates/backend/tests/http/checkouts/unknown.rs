//! What one side does not know of the other: kept, looked at again, and in the end left for
//! the provider to decide.

use backend::db::reviews::{self, Review, ReviewKind};
use backend::db::{DbError, ReadTx};

use test_support::{Behaviour, CheckoutSite};

async fn found(site: &CheckoutSite) -> Vec<Review> {
    let db = site.app.db();
    let list = async |tx: &ReadTx| reviews::list(tx, true).await;
    db.read::<_, DbError>(list).await.unwrap()
}

#[tokio::test]
async fn what_nobody_knows_is_left_for_the_provider_after_ten_minutes_and_once() {
    let site = CheckoutSite::open().await;
    for event in ["evt_1", "evt_1", "evt_2"] {
        assert_eq!(site.notify(event, "somebody-else").await.status, 204);
    }
    for _ in 0..9 {
        site.seconds(60);
        site.look().await;
        assert!(found(&site).await.is_empty());
    }
    // The pauses grow with the age, so the last look may come a little later.
    for _ in 0..10 {
        site.seconds(60);
        site.look().await;
    }
    let reviews = found(&site).await;
    let [review] = &reviews[..] else {
        panic!("one review, and not {reviews:?}");
    };
    assert_eq!(review.found.kind, ReviewKind::UnknownNotification);
    assert_eq!(review.found.gateway, "sandbox");
    assert_eq!(review.found.provider_ref, "somebody-else");
    assert_eq!(review.found.customer, None);
    // Told again, it is the same thing.
    site.notify("evt_3", "somebody-else").await;
    for _ in 0..20 {
        site.seconds(60);
        site.look().await;
    }
    assert_eq!(found(&site).await, reviews);
}

#[tokio::test]
async fn a_notification_that_could_not_be_followed_is_followed_later_without_being_told_again() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let reference = site.gateway.reference();
    // The provider's last word was that nobody pays, so that nothing is watched any more.
    ada.cancel(&checkout).await;
    site.seconds(3600);
    site.look().await;
    site.gateway.pay(&reference, "45.00");
    site.gateway.mood(Behaviour::Away);
    assert_eq!(site.notify("evt_1", &reference).await.status, 503);
    site.gateway.mood(Behaviour::Works);
    site.seconds(15);
    site.look().await;
    let paid = ada.checkout(&checkout).await;
    assert_eq!(paid.status, api_types::CheckoutStatus::Paid);
    assert!(found(&site).await.is_empty());
}

#[tokio::test]
async fn money_on_its_way_that_the_provider_knows_nothing_of_any_more_is_looked_into() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let reference = site.gateway.reference();
    site.gateway.process(&reference);
    site.return_from_provider().await;
    site.gateway.forget(&reference);
    for _ in 0..3 {
        site.seconds(60);
        site.look().await;
    }
    let reviews = found(&site).await;
    let [review] = &reviews[..] else {
        panic!("one review, and not {reviews:?}");
    };
    assert_eq!(review.found.kind, ReviewKind::ProviderLost);
    assert_eq!(review.found.checkout.as_ref(), Some(&checkout.id));
    let now = ada.checkout(&checkout).await;
    assert_eq!(now.status, api_types::CheckoutStatus::Confirming);
}
