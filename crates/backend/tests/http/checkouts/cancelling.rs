//! Turning back: at the provider first, and never once pay was pressed.

use api_types::{Checkout, CheckoutStatus, MoneyState, PaymentStatus};
use serde_json::json;

use super::settling::status;
use test_support::{Behaviour, CheckoutSite, problem};

#[tokio::test]
async fn turning_back_ends_the_payment_at_the_provider_too() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let answer = ada.cancel(&checkout).await;
    let cancelled: Checkout = answer.json();
    assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
    assert!(!cancelled.can_cancel && cancelled.failure.is_none());
    assert_eq!(site.gateway.status(&site.gateway.reference()), "cancelled");
    assert!(ada.invoice("INV-1").await.pay.allowed);
    assert!(ada.payments().await.is_empty());
    // Once more is fine, and asks nobody.
    assert_eq!(ada.cancel(&checkout).await.status, 200);
    assert_eq!(site.gateway.cancels(), 1);
}

#[tokio::test]
async fn turning_back_after_a_declined_card_keeps_the_try() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let declined = json!({"attempts": 1, "failure": "card_declined"});
    site.gateway.say(&site.gateway.reference(), declined);
    let cancelled: Checkout = ada.cancel(&checkout).await.json();
    assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
    assert_eq!(ada.payments().await[0].status, PaymentStatus::Cancelled);
}

#[tokio::test]
async fn it_is_too_late_once_pay_was_pressed() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let over = problem(409, "checkout_over");
    // The backend has not heard of it yet; the provider has.
    site.gateway.process(&site.gateway.reference());
    assert_eq!(ada.cancel(&checkout).await.code(), over);
    assert_eq!(
        ada.checkout(&checkout).await.status,
        CheckoutStatus::Confirming
    );
    assert_eq!(ada.cancel(&checkout).await.code(), over);
    assert_eq!(site.gateway.cancels(), 1);

    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.return_from_provider().await;
    assert_eq!(ada.cancel(&checkout).await.code(), over);
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
}

#[tokio::test]
async fn what_cannot_be_ended_at_the_provider_stays_open() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.mood(Behaviour::Away);
    let answer = ada.cancel(&checkout).await;
    assert_eq!(answer.code(), problem(503, "gateway_away"));
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Open);
    site.gateway.mood(Behaviour::Works);
    assert_eq!(ada.cancel(&checkout).await.status, 200);
}

#[tokio::test]
async fn a_payment_that_is_only_being_made_is_called_off_once_it_is() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    site.gateway.mood(Behaviour::LosesAnswers);
    let checkout = ada.pay_invoice().await;
    let cancelled: Checkout = ada.cancel(&checkout).await.json();
    assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
    assert!(ada.invoice("INV-1").await.pay.allowed);
    site.gateway.mood(Behaviour::Works);
    site.seconds(15);
    site.look().await;
    assert_eq!(site.gateway.status(&site.gateway.reference()), "cancelled");
    assert_eq!(
        ada.checkout(&checkout).await.status,
        CheckoutStatus::Cancelled
    );
    // It is left alone from then on.
    let reads = site.gateway.reads();
    site.seconds(3600);
    site.look().await;
    assert_eq!(site.gateway.reads(), reads);
}

#[tokio::test]
async fn a_payment_that_was_never_made_is_left_alone() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    site.gateway.mood(Behaviour::Away);
    let checkout = ada.pay_invoice().await;
    ada.cancel(&checkout).await;
    site.gateway.mood(Behaviour::Works);
    for _ in 0..2 {
        site.seconds(15);
        site.look().await;
    }
    assert_eq!((site.gateway.creates().len(), site.gateway.reads()), (1, 1));
}

#[tokio::test]
async fn a_page_that_cannot_be_closed_there_is_given_up_here_and_honoured_when_it_is_paid() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    site.gateway.mood(Behaviour::CannotCancel);
    let checkout = ada.pay_invoice().await;
    let reference = site.gateway.reference();
    let cancelled: Checkout = ada.cancel(&checkout).await.json();
    assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
    assert_eq!(site.gateway.status(&reference), "open");
    // Nothing holds the invoice any more, and the background does not wake the checkout.
    site.seconds(6);
    site.look().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Cancelled);
    assert!(ada.invoice("INV-1").await.pay.allowed);

    site.gateway.pay(&reference, "45.00");
    site.seconds(6);
    site.look().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
}

#[tokio::test]
async fn a_page_that_cannot_be_closed_there_runs_out_here() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    site.gateway.mood(Behaviour::CannotCancel);
    let checkout = ada.pay_invoice().await;
    site.seconds(31 * 60);
    site.look().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Expired);
    assert!(ada.invoice("INV-1").await.pay.allowed);
}
