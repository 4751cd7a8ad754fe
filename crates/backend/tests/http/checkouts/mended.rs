//! Rows of an import that said otherwise than the payment provider, and are mended.

use api_types::{CheckoutStatus, DisputeState, MoneyState, PaymentStepKind};
use backend::db::reviews::ReviewKind;
use serde_json::json;

use super::imported::{once, ten_went_back_once};
use super::joined::{again, kinds};
use super::refunds_disputes::{detail, money, paid, refund, steps, tells};
use super::reversals::disputes;
use super::settling::{posted, status};
use test_support::{CheckoutSite, bring, charge, payment_row, refund_row};

#[tokio::test]
async fn a_lost_dispute_that_differs_is_booked_once_its_row_is_mended() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    let row = refund_row("-44.00", "", "dp_0");
    bring(&site, false, &[("payments.csv", &row)])
        .await
        .unwrap();
    for _ in 0..2 {
        tells(&site, disputes(&[("lost", "45.00")])).await;
    }
    let (dispute, differs) = (ReviewKind::Dispute, ReviewKind::ImportDiffers);
    assert_eq!(kinds(&site).await, [dispute, differs]);
    assert_eq!(ada.in_euro().await.net.minor(), -4400);
    let mended = refund_row("-45.00", "", "dp_0");
    bring(&site, true, &[("payments.csv", &mended)])
        .await
        .unwrap();
    site.look().await;
    again(&site, 2).await;
    assert_eq!(kinds(&site).await, [dispute]);
    let (came, back) = money(&ada).await;
    assert_eq!(back[0].dispute, Some(DisputeState::Lost));
    assert_eq!(posted(&site, &back[0].id).await, Some(-4500));
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Refunded);
    let told = steps(&detail(&ada, &came).await);
    let lost = told
        .iter()
        .filter(|(kind, _)| *kind == PaymentStepKind::DisputeLost);
    assert_eq!(lost.count(), 1);
}

#[tokio::test]
async fn a_dispute_that_was_won_brings_back_what_only_an_import_took() {
    for (first, told) in [
        ("-45.00", &["won"][..]),
        ("-45.00", &["lost", "won"]),
        ("-44.00", &["lost", "won"]),
        ("-44.00", &["won"]),
    ] {
        let (site, _) = paid().await;
        let ada = site.ada().await;
        let row = refund_row(first, "", "dp_0");
        bring(&site, false, &[("payments.csv", &row)])
            .await
            .unwrap();
        for word in told {
            tells(&site, disputes(&[(word, "45.00")])).await;
        }
        if first == "-44.00" {
            let mended = refund_row("-45.00", "", "dp_0");
            bring(&site, true, &[("payments.csv", &mended)])
                .await
                .unwrap();
            site.look().await;
        }
        again(&site, 2).await;
        assert_eq!(kinds(&site).await, [], "{first} {told:?}");
        assert!(ada.in_euro().await.net.is_zero(), "{first} {told:?}");
        assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
    }
}

#[tokio::test]
async fn a_mended_row_is_followed_without_another_word_of_the_provider() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let row = payment_row("44.00", &charge(&site));
    bring(&site, false, &[("payments.csv", &row)])
        .await
        .unwrap();
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.return_from_provider().await;
    assert_eq!(kinds(&site).await, [ReviewKind::ImportDiffers]);
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::NeedsReview);
    let mended = payment_row("45.00", &charge(&site));
    bring(&site, true, &[("payments.csv", &mended)])
        .await
        .unwrap();
    site.look().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    assert_eq!(kinds(&site).await, []);
    once(&ada, &site).await;
}

#[tokio::test]
async fn a_row_that_gives_up_a_key_leaves_its_money_to_the_provider() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let row = payment_row("44.00", &charge(&site));
    bring(&site, false, &[("payments.csv", &row)])
        .await
        .unwrap();
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.return_from_provider().await;
    let other = payment_row("44.00", "ch_of_another");
    bring(&site, true, &[("payments.csv", &other)])
        .await
        .unwrap();
    site.look().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    assert_eq!(kinds(&site).await, []);
    assert_eq!(ada.payments().await.len(), 2);
}

#[tokio::test]
async fn a_mended_refund_is_followed_without_another_word_of_the_provider() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    let row = refund_row("-9.00", "", "re_1");
    bring(&site, false, &[("payments.csv", &row)])
        .await
        .unwrap();
    tells(&site, json!({"refunds": [refund("re_1", "10.00")]})).await;
    assert_eq!(kinds(&site).await, [ReviewKind::ImportDiffers]);
    let mended = refund_row("-10.00", "", "re_1");
    bring(&site, true, &[("payments.csv", &mended)])
        .await
        .unwrap();
    site.look().await;
    ten_went_back_once(&site, &ada).await;
    assert_eq!(kinds(&site).await, []);
}
