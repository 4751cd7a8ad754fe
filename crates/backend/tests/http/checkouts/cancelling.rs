//! Turning back: at the provider first, and never once pay was pressed.

use api_types::{Checkout, CheckoutStatus, MoneyState, PaymentStatus};
use serde_json::json;

use super::settling::status;
use test_support::fake::Mood;
use test_support::shop::Shop;
use test_support::site::problem;

#[tokio::test]
async fn turning_back_ends_the_payment_at_the_provider_too() {
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    let checkout = ada.pay_invoice().await;
    let answer = ada.cancel(&checkout).await;
    let cancelled: Checkout = answer.json();
    assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
    assert!(!cancelled.can_cancel && cancelled.failure.is_none());
    assert_eq!(shop.gateway.status(&shop.gateway.reference()), "cancelled");
    assert!(ada.invoice("INV-1").await.pay.allowed);
    assert!(ada.payments().await.is_empty());
    // Once more is fine, and asks nobody.
    assert_eq!(ada.cancel(&checkout).await.status, 200);
    assert_eq!(shop.gateway.cancels(), 1);
}

#[tokio::test]
async fn turning_back_after_a_declined_card_keeps_the_try() {
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    let checkout = ada.pay_invoice().await;
    let declined = json!({"attempts": 1, "failure": "card_declined"});
    shop.gateway.say(&shop.gateway.reference(), declined);
    let cancelled: Checkout = ada.cancel(&checkout).await.json();
    assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
    assert_eq!(ada.payments().await[0].status, PaymentStatus::Cancelled);
}

#[tokio::test]
async fn it_is_too_late_once_pay_was_pressed() {
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    let checkout = ada.pay_invoice().await;
    let over = problem(409, "checkout_over");
    // The backend has not heard of it yet; the provider has.
    shop.gateway.process(&shop.gateway.reference());
    assert_eq!(ada.cancel(&checkout).await.code(), over);
    assert_eq!(
        ada.checkout(&checkout).await.status,
        CheckoutStatus::Confirming
    );
    assert_eq!(ada.cancel(&checkout).await.code(), over);
    assert_eq!(shop.gateway.cancels(), 1);

    shop.gateway.pay(&shop.gateway.reference(), "45.00");
    shop.come_back().await;
    assert_eq!(ada.cancel(&checkout).await.code(), over);
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
}

#[tokio::test]
async fn what_cannot_be_ended_at_the_provider_stays_open() {
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    let checkout = ada.pay_invoice().await;
    shop.gateway.mood(Mood::Away);
    let answer = ada.cancel(&checkout).await;
    assert_eq!(answer.code(), problem(503, "gateway_away"));
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Open);
    shop.gateway.mood(Mood::Works);
    assert_eq!(ada.cancel(&checkout).await.status, 200);
}

#[tokio::test]
async fn a_payment_that_is_only_being_made_is_called_off_once_it_is() {
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    shop.gateway.mood(Mood::LosesAnswers);
    let checkout = ada.pay_invoice().await;
    let cancelled: Checkout = ada.cancel(&checkout).await.json();
    assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
    assert!(ada.invoice("INV-1").await.pay.allowed);
    shop.gateway.mood(Mood::Works);
    shop.seconds(15);
    shop.look().await;
    assert_eq!(shop.gateway.status(&shop.gateway.reference()), "cancelled");
    assert_eq!(
        ada.checkout(&checkout).await.status,
        CheckoutStatus::Cancelled
    );
    // It is left alone from then on.
    let reads = shop.gateway.reads();
    shop.seconds(3600);
    shop.look().await;
    assert_eq!(shop.gateway.reads(), reads);
}

#[tokio::test]
async fn a_payment_that_was_never_made_is_left_alone() {
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    shop.gateway.mood(Mood::Away);
    let checkout = ada.pay_invoice().await;
    ada.cancel(&checkout).await;
    shop.gateway.mood(Mood::Works);
    for _ in 0..2 {
        shop.seconds(15);
        shop.look().await;
    }
    assert_eq!((shop.gateway.creates().len(), shop.gateway.reads()), (1, 1));
}

#[tokio::test]
async fn a_page_that_cannot_be_closed_there_is_given_up_here_and_honoured_when_it_is_paid() {
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    shop.gateway.mood(Mood::CannotCancel);
    let checkout = ada.pay_invoice().await;
    let reference = shop.gateway.reference();
    let cancelled: Checkout = ada.cancel(&checkout).await.json();
    assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
    assert_eq!(shop.gateway.status(&reference), "open");
    // Nothing holds the invoice any more, and the background does not wake the checkout.
    shop.seconds(6);
    shop.look().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Cancelled);
    assert!(ada.invoice("INV-1").await.pay.allowed);

    shop.gateway.pay(&reference, "45.00");
    shop.seconds(6);
    shop.look().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
}

#[tokio::test]
async fn a_page_that_cannot_be_closed_there_runs_out_here() {
    let shop = Shop::with_invoice().await;
    let ada = shop.ada().await;
    shop.gateway.mood(Mood::CannotCancel);
    let checkout = ada.pay_invoice().await;
    shop.seconds(31 * 60);
    shop.look().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Expired);
    assert!(ada.invoice("INV-1").await.pay.allowed);
}
