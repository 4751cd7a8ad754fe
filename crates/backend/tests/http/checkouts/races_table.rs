//! The table of races, row by row: who held the test of a row before keeps
//! it, and what had none has it here.
//!
//! | case | test |
//! |---|---|
//! | notification before return | [`a_notification_before_the_return_has_paid_it_already`] |
//! | return before notification | [`a_return_before_the_notification_reads_the_provider_itself`] |
//! | both at once | `racing::a_hundred_returns_notifications_and_polls_book_one_payment` |
//! | notification before the provider's name is stored | `notifications::a_notification_may_overtake_the_answer_that_made_the_payment` |
//! | the window dies after pay was pressed | [`a_window_that_dies_after_paying_is_not_needed`] |
//! | two open checkouts are paid | [`of_two_checkouts_that_are_both_paid_the_second_is_credit_and_listed`] |
//! | two pages of one checkout are paid | `superseded::money_that_comes_by_both_pages_is_booked_twice_and_the_second_is_credit` |
//! | amount or currency differs | [`another_amount_or_currency_is_never_paid_and_is_listed`] |
//! | more than asked | [`more_than_asked_is_paid_and_the_excess_is_listed`] |
//! | a word without meaning | [`an_unknown_answer_is_listed`] |
//! | refund or dispute before the payment | `refunds_disputes`, and `any_order::the_books_are_what_the_last_word_says` |
//! | late success after failed or expired | `late::a_late_success_overrides_every_end` |
//! | late money for what is void | [`money_for_what_is_void_is_credit_and_listed`] |
//! | the portal slept | [`a_portal_that_slept_finds_what_has_happened_by_asking`] |

use api_types::{CheckoutStatus, DocumentState, MoneyState, ReturnAnswer};
use backend::db::reviews::ReviewKind;
use serde_json::json;

use super::settling::{hears, posted, status};
use super::superseded::to_review;
use test_support::{CheckoutSite, put_invoice};

/// One payment, one entry, nothing left to pay and nothing left over.
async fn paid_once(site: &CheckoutSite) {
    let ada = site.ada().await;
    let [payment] = &ada.payments().await[..] else {
        panic!("there is one payment");
    };
    assert_eq!(posted(site, &payment.id).await, Some(4500));
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
    let euro = ada.in_euro().await;
    assert!(euro.owed.is_zero() && euro.credit.is_zero() && euro.on_its_way.is_zero());
    assert_eq!(to_review(site).await, []);
}

#[tokio::test]
async fn a_notification_before_the_return_has_paid_it_already() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let reference = site.gateway.reference();
    site.gateway.pay(&reference, "45.00");
    site.notify("evt_1", &reference).await;
    let paid = ada.checkout(&checkout).await;
    assert_eq!(paid.status, CheckoutStatus::Paid);
    assert_eq!(site.return_from_provider().await.status, 303);
    let told = test_support::status(&site, checkout.id.as_str(), &checkout.nonce).await;
    assert_eq!(told.json::<ReturnAnswer>().status, CheckoutStatus::Paid);
    assert_eq!(ada.checkout(&checkout).await.version, paid.version);
    paid_once(&site).await;
}

#[tokio::test]
async fn a_return_before_the_notification_reads_the_provider_itself() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let reference = site.gateway.reference();
    site.gateway.pay(&reference, "45.00");
    site.return_from_provider().await;
    let paid = ada.checkout(&checkout).await;
    assert_eq!(paid.status, CheckoutStatus::Paid);
    assert_eq!(site.notify("evt_1", &reference).await.status, 204);
    assert_eq!(ada.checkout(&checkout).await.version, paid.version);
    paid_once(&site).await;
}

#[tokio::test]
async fn a_window_that_dies_after_paying_is_not_needed() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    // No return, no notification, and nobody looks.
    site.seconds(5);
    site.look().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    paid_once(&site).await;
}

#[tokio::test]
async fn of_two_checkouts_that_are_both_paid_the_second_is_credit_and_listed() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let first = ada.pay_invoice().await;
    let late = site.gateway.reference();
    ada.cancel(&first).await;
    let second = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.return_from_provider().await;
    site.gateway.pay(&late, "45.00");
    for event in ["evt_1", "evt_1", "evt_2"] {
        site.notify(event, &late).await;
    }
    for checkout in [&first, &second] {
        assert_eq!(status(&ada, checkout).await, CheckoutStatus::Paid);
    }
    let payments = ada.payments().await;
    assert_eq!(payments.len(), 2);
    for payment in &payments {
        assert_eq!(posted(&site, &payment.id).await, Some(4500));
    }
    let euro = ada.in_euro().await;
    assert_eq!((euro.owed.minor(), euro.credit.minor()), (0, 4500));
    assert_eq!(
        to_review(&site).await,
        [(ReviewKind::SecondPayment, Some(4500))]
    );
}

#[tokio::test]
async fn another_amount_or_currency_is_never_paid_and_is_listed() {
    for (amount, currency) in [("44.99", "EUR"), ("45.00", "USD"), ("99.00", "USD")] {
        let site = CheckoutSite::with_invoice().await;
        let ada = site.ada().await;
        let checkout = ada.pay_invoice().await;
        let reference = site.gateway.reference();
        site.gateway.say(&reference, json!({"currency": currency}));
        site.gateway.pay(&reference, amount);
        for _ in 0..2 {
            site.return_from_provider().await;
        }
        let known = ada.checkout(&checkout).await;
        assert_eq!(known.status, CheckoutStatus::NeedsReview, "{amount}");
        assert_eq!(posted(&site, &known.payment.unwrap()).await, None);
        let [(kind, came)] = to_review(&site).await[..] else {
            panic!("there is one thing to look into");
        };
        let cents = amount.replace('.', "").parse().unwrap();
        assert_eq!((kind, came), (ReviewKind::Mismatch, Some(cents)));
    }
}

#[tokio::test]
async fn more_than_asked_is_paid_and_the_excess_is_listed() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "50.00");
    for _ in 0..2 {
        site.return_from_provider().await;
    }
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    assert_eq!(ada.in_euro().await.credit.minor(), 500);
    assert_eq!(to_review(&site).await, [(ReviewKind::Excess, Some(5000))]);
}

#[tokio::test]
async fn an_unknown_answer_is_listed() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    hears(&site, json!({"status": "half_paid"})).await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::NeedsReview);
    assert_eq!(to_review(&site).await, [(ReviewKind::Unreadable, None)]);
}

#[tokio::test]
async fn money_for_what_is_void_is_credit_and_listed() {
    for document in [DocumentState::Void, DocumentState::Replaced] {
        let site = CheckoutSite::with_invoice().await;
        let ada = site.ada().await;
        let checkout = ada.pay_invoice().await;
        put_invoice(&site, "INV-1", (4500, "EUR"), document).await;
        site.seconds(6);
        site.look().await;
        let ended = status(&ada, &checkout).await;
        assert_eq!(ended, CheckoutStatus::Cancelled, "{document:?}");
        let reference = site.gateway.reference();
        assert_eq!(site.gateway.status(&reference), "cancelled");
        site.gateway.pay(&reference, "45.00");
        site.notify("evt_1", &reference).await;
        assert_eq!(ada.in_euro().await.credit.minor(), 4500);
        assert_eq!(
            to_review(&site).await,
            [(ReviewKind::SecondPayment, Some(4500))]
        );
    }
}

#[tokio::test]
async fn a_portal_that_slept_finds_what_has_happened_by_asking() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    // Neither a hint nor the background got through meanwhile.
    site.seconds(20 * 60);
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    paid_once(&site).await;
}
