//! Money that comes after all: after the end, for what has been paid meanwhile, for what is
//! void.

use api_types::{CheckoutStatus, DocumentState, MoneyState, PaymentStatus};
use backend::payments::transfers;
use serde_json::json;

use super::changing::{by_transfer, with_ways};
use super::settling::{hears, status};
use test_support::{CheckoutSite, put_invoice};

#[tokio::test]
async fn a_late_success_overrides_every_end() {
    for end in [
        json!({"status": "cancelled"}),
        json!({"status": "expired"}),
        json!({"status": "failed", "attempts": 1, "failure": "card_declined"}),
    ] {
        let site = CheckoutSite::with_invoice().await;
        let ada = site.ada().await;
        let checkout = ada.pay_invoice().await;
        hears(&site, end).await;
        assert!(status(&ada, &checkout).await.is_final());
        let reference = site.gateway.reference();
        site.gateway.pay(&reference, "45.00");
        site.notify("evt_1", &reference).await;
        assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
        assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
        let payments = ada.payments().await;
        assert_eq!(
            (payments.len(), payments[0].status),
            (1, PaymentStatus::Completed)
        );
        // And nothing overrides it.
        hears(&site, json!({"status": "failed"})).await;
        assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    }
}

#[tokio::test]
async fn a_late_success_for_what_has_been_paid_meanwhile_is_credit() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let first = ada.pay_invoice().await;
    let late = site.gateway.reference();
    ada.cancel(&first).await;
    let second = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.return_from_provider().await;
    assert_eq!(status(&ada, &second).await, CheckoutStatus::Paid);

    site.gateway.pay(&late, "45.00");
    site.notify("evt_1", &late).await;
    assert_eq!(status(&ada, &first).await, CheckoutStatus::Paid);
    let euro = ada.in_euro().await;
    assert_eq!((euro.owed.minor(), euro.credit.minor()), (0, 4500));
    assert_eq!(ada.payments().await.len(), 2);
}

#[tokio::test]
async fn a_late_success_ends_another_checkout_of_the_same_thing() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let first = ada.pay_invoice().await;
    let late = site.gateway.reference();
    ada.cancel(&first).await;
    let second = ada.pay_invoice().await;
    site.gateway.pay(&late, "45.00");
    site.notify("evt_1", &late).await;
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
    // Nobody is to pay a second time on the page that is still open.
    site.seconds(6);
    site.look().await;
    assert_eq!(status(&ada, &second).await, CheckoutStatus::Cancelled);
    assert_eq!(site.gateway.status(&site.gateway.reference()), "cancelled");
}

#[tokio::test]
async fn an_invoice_that_becomes_void_ends_its_checkout_and_its_money_is_credit() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    put_invoice(&site, "INV-1", (4500, "EUR"), DocumentState::Void).await;
    site.seconds(6);
    site.look().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Cancelled);
    let reference = site.gateway.reference();
    assert_eq!(site.gateway.status(&reference), "cancelled");
    site.gateway.pay(&reference, "45.00");
    site.notify("evt_1", &reference).await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    assert_eq!(ada.in_euro().await.credit.minor(), 4500);
}

#[tokio::test]
async fn an_invoice_that_becomes_smaller_ends_the_page_that_asks_for_more() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    put_invoice(&site, "INV-1", (3000, "EUR"), DocumentState::Open).await;
    site.seconds(6);
    site.look().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Cancelled);
    assert_eq!(site.gateway.status(&site.gateway.reference()), "cancelled");
    assert_eq!(ada.invoice("INV-1").await.pay.amount.minor(), 3000);
}

#[tokio::test]
async fn a_transfer_for_what_is_void_ends_and_its_money_is_credit() {
    for document in [DocumentState::Void, DocumentState::Replaced] {
        let site = with_ways().await;
        let ada = site.ada().await;
        let checkout = ada.pay_invoice().await;
        let sending = ada.changed(&checkout, &by_transfer()).await;
        site.look().await;
        assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Confirming);
        put_invoice(&site, "INV-1", (4500, "EUR"), document).await;
        site.look().await;
        let ended = ada.checkout(&checkout).await;
        assert_eq!(ended.status, CheckoutStatus::Cancelled, "{document:?}");
        assert!(ended.instructions.is_none());
        let app = &site.app;
        let at = (app.settings().calendar.requests, app.now());
        let payment = sending.payment.unwrap();
        transfers::settle(app.db(), &payment, None, at)
            .await
            .unwrap();
        assert_eq!(ada.in_euro().await.credit.minor(), 4500);
    }
}
