//! What comes right although no hint ever arrives, and how often the provider is asked.

use std::time::Duration;

use api_types::{AttemptId, CheckoutStatus};
use backend::gateways::ReadOutcome;
use backend::payments::reconcile::reconcile_within;
use serde_json::json;

use test_support::{Behaviour, CheckoutSite};

#[tokio::test]
async fn the_background_alone_makes_it_right() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.seconds(5);
    site.look().await;
    assert_eq!(site.gateway.reads(), 1);
    let paid = ada.checkout(&checkout).await;
    assert_eq!(paid.status, CheckoutStatus::Paid);
    // What is final is not asked about again, neither here nor there.
    site.seconds(3600);
    site.look().await;
    ada.checkout(&checkout).await;
    assert_eq!(site.gateway.reads(), 1);
}

#[tokio::test]
async fn looking_at_a_checkout_asks_the_provider_at_most_every_five_seconds() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    for (seconds, reads) in [(0, 0), (4, 0), (1, 1), (0, 1), (4, 1), (1, 2)] {
        site.seconds(seconds);
        // Ten tabs at once are one.
        let looks = (0..10).map(|_| ada.checkout(&checkout));
        futures_util::future::join_all(looks).await;
        assert_eq!(site.gateway.reads(), reads);
    }
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.seconds(5);
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
}

#[tokio::test]
async fn a_provider_that_is_away_changes_nothing() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.mood(Behaviour::Away);
    site.seconds(5);
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Open);
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.gateway.mood(Behaviour::Works);
    site.seconds(5);
    site.look().await;
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
}

#[tokio::test]
async fn a_provider_that_hangs_is_waited_for_without_the_one_who_asked() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.gateway.hold();
    let attempt = AttemptId::parse(&site.gateway.reference()).unwrap();
    let app = &site.app;
    assert_eq!(reconcile_within(app, &attempt, Duration::ZERO).await, None);
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Open);
    site.gateway.go_on();
    // What was begun goes on to its end, and is waited for when the backend stops.
    app.gateways().finish().await;
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
}

#[tokio::test]
async fn an_attempt_that_does_not_exist_cannot_be_reconciled() {
    let site = CheckoutSite::open().await;
    let attempt = AttemptId::parse("unknown").unwrap();
    let within = Duration::from_secs(10);
    let outcome = reconcile_within(&site.app, &attempt, within).await;
    assert_eq!(outcome, Some(ReadOutcome::Unknown));
}

#[tokio::test]
async fn a_page_that_outlives_its_time_is_called_off() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    // The provider should have let it expire by itself, and has not.
    site.seconds(31 * 60);
    site.look().await;
    assert_eq!(
        ada.checkout(&checkout).await.status,
        CheckoutStatus::Expired
    );
    assert_eq!(site.gateway.status(&site.gateway.reference()), "cancelled");
    assert!(ada.invoice("INV-1").await.pay.allowed);
}

#[tokio::test]
async fn a_provider_that_is_away_for_long_holds_nothing_locked_and_may_still_bring_money() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.mood(Behaviour::Away);
    site.seconds(31 * 60);
    site.look().await;
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Open);
    site.seconds(15 * 60);
    site.look().await;
    assert_eq!(
        ada.checkout(&checkout).await.status,
        CheckoutStatus::Expired
    );
    assert!(ada.invoice("INV-1").await.pay.allowed);

    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.gateway.mood(Behaviour::Works);
    site.seconds(5 * 60);
    site.look().await;
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
}

#[tokio::test]
async fn money_on_its_way_is_waited_for_although_the_time_to_pay_is_over() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.process(&site.gateway.reference());
    site.seconds(5);
    site.look().await;
    for mood in [Behaviour::Works, Behaviour::Away, Behaviour::Works] {
        site.gateway.mood(mood);
        site.seconds(3600);
        site.look().await;
        assert_eq!(
            ada.checkout(&checkout).await.status,
            CheckoutStatus::Confirming
        );
    }
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.seconds(3600);
    site.look().await;
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
}

#[tokio::test]
async fn a_payment_that_the_provider_has_forgotten_is_looked_into_until_its_time_is_over() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.forget(&site.gateway.reference());
    site.seconds(5);
    assert_eq!(
        ada.checkout(&checkout).await.status,
        CheckoutStatus::NeedsReview
    );
    site.seconds(31 * 60);
    site.look().await;
    assert_eq!(
        ada.checkout(&checkout).await.status,
        CheckoutStatus::Expired
    );
    assert!(ada.payments().await.is_empty());
}

#[tokio::test]
async fn answers_that_overtake_each_other_do_not_turn_time_back() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let reference = site.gateway.reference();
    site.gateway.pay(&reference, "45.00");
    site.return_from_provider().await;
    for word in ["open", "processing", "failed", "expired", "half_paid"] {
        site.gateway.say(&reference, json!({ "status": word }));
        site.notify(word, &reference).await;
        assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
    }
    // Nor is a payment watched again that was done with.
    let reads = site.gateway.reads();
    site.seconds(3600);
    site.look().await;
    assert_eq!(site.gateway.reads(), reads);
    assert_eq!(ada.payments().await.len(), 1);
    assert_eq!(ada.in_euro().await.owed.minor(), 0);
}
