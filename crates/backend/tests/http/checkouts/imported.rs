//! Money that the provider's own files bring and that the payment provider tells too: booked
//! once, whichever comes first.

use api_types::{CheckoutStatus, MoneyState, Payment, PaymentStatus};
use backend::db::reviews::ReviewKind;
use serde_json::json;

use super::refunds_disputes::{detail, money, paid, refund, tells, to_review};
use super::settling::{posted, status};
use test_support::{CheckoutSite, SignedIn, bring, charge, faults_of, payment_row, refund_row};

pub async fn once(ada: &SignedIn<'_>, site: &CheckoutSite) -> Payment {
    let all = ada.payments().await;
    let [one] = &all[..] else {
        panic!("it is one payment: {all:?}");
    };
    assert_eq!(one.status, PaymentStatus::Completed);
    assert_eq!(posted(site, &one.id).await, Some(4500));
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
    assert!(ada.in_euro().await.net.is_zero());
    one.clone()
}

#[tokio::test]
async fn a_payment_that_is_told_and_then_imported_is_one() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    let row = payment_row("45.00", &charge(&site));
    let files = [
        ("payments.csv", row.as_str()),
        ("allocations.csv", "P-77,INV-1,45.00"),
    ];
    let summary = bring(&site, false, &files).await.unwrap();
    assert_eq!(summary.to_string(), "payments: 0 added, 1 changed\n");
    let one = once(&ada, &site).await;
    assert_ne!(one.id.as_str(), "P-77");
    // By its other name it is known from now on, as any other.
    let again = faults_of(&site, false, &row).await;
    assert!(
        again[0].contains("payment P-77 is known already"),
        "{again:?}"
    );
    bring(&site, true, &files).await.unwrap();
    once(&ada, &site).await;
    let back = refund_row("-10.00", "P-77", "re_9");
    bring(&site, false, &[("payments.csv", &back)])
        .await
        .unwrap();
    assert_eq!(money(&ada).await.0.refunded.minor(), 1000);
}

#[tokio::test]
async fn a_payment_that_is_imported_and_then_told_is_one() {
    for allocations in ["", "P-77,INV-1,45.00"] {
        let site = CheckoutSite::with_invoice().await;
        let ada = site.ada().await;
        let checkout = ada.pay_invoice().await;
        let row = payment_row("45.00", &charge(&site));
        let mut files = vec![("payments.csv", row.as_str())];
        files.extend(Some(("allocations.csv", allocations)).filter(|(_, rows)| !rows.is_empty()));
        bring(&site, false, &files).await.unwrap();
        site.gateway.pay(&site.gateway.reference(), "45.00");
        for _ in 0..2 {
            site.return_from_provider().await;
        }
        assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
        let one = once(&ada, &site).await;
        assert_eq!(one.id.as_str(), "P-77");
        assert_eq!(ada.checkout(&checkout).await.payment, Some(one.id.clone()));
        // The payment provider says what it is from now on.
        let changed = payment_row("44.00", &charge(&site));
        let refused = faults_of(&site, true, &changed).await;
        assert!(refused[0].contains("was made in the portal"), "{refused:?}");
        // What goes back of it is told as of any other.
        tells(&site, json!({"refunds": [refund("re_1", "45.00")]})).await;
        assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Refunded);
        assert_eq!(ada.in_euro().await.net.minor(), -4500);
    }
}

#[tokio::test]
async fn an_imported_payment_of_less_than_was_asked_for_pays_that_much() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let row = payment_row("40.00", &charge(&site));
    bring(&site, false, &[("payments.csv", &row)])
        .await
        .unwrap();
    site.gateway.process(&site.gateway.reference());
    site.return_from_provider().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Confirming);
    site.gateway.pay(&site.gateway.reference(), "40.00");
    site.return_from_provider().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Failed);
    assert_eq!(ada.payments().await.len(), 1);
    assert_eq!(ada.invoice("INV-1").await.money.remaining.minor(), 500);
    assert_eq!(ada.in_euro().await.net.minor(), -500);
}

#[tokio::test]
async fn other_money_under_the_same_key_is_looked_into_and_booked_once_it_is_mended() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let row = payment_row("44.00", &charge(&site));
    bring(&site, false, &[("payments.csv", &row)])
        .await
        .unwrap();
    site.gateway.pay(&site.gateway.reference(), "45.00");
    for _ in 0..2 {
        site.return_from_provider().await;
    }
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::NeedsReview);
    let reviews = to_review(&site).await;
    let kinds: Vec<_> = reviews.iter().map(|review| review.found.kind).collect();
    assert!(kinds.contains(&ReviewKind::ImportDiffers), "{kinds:?}");
    assert_eq!(ada.payments().await.len(), 1);
    let mended = payment_row("45.00", &charge(&site));
    bring(&site, true, &[("payments.csv", &mended)])
        .await
        .unwrap();
    site.return_from_provider().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    once(&ada, &site).await;
}

/// A payment of 45.00 of which 10.00 went back, once.
pub async fn ten_went_back_once(site: &CheckoutSite, ada: &SignedIn<'_>) {
    let (came, back) = money(ada).await;
    let [back] = &back[..] else {
        panic!("it went back once: {back:?}");
    };
    assert_eq!(posted(site, &back.id).await, Some(-1000));
    assert_eq!(came.refunded.minor(), 1000);
    assert_eq!(detail(ada, back).await.refund_of, Some(came.id));
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::PartRefunded);
    let figures = ada.in_euro().await;
    assert_eq!((figures.owed.minor(), figures.credit.minor()), (1000, 0));
}

#[tokio::test]
async fn a_refund_that_is_told_and_then_imported_is_one() {
    for (of, update) in [("", false), ("CAME", false), ("", true)] {
        let (site, _) = paid().await;
        let ada = site.ada().await;
        tells(&site, json!({"refunds": [refund("re_1", "10.00")]})).await;
        let came = money(&ada).await.0.id.to_string();
        let row = refund_row("-10.00", &of.replace("CAME", &came), "re_1");
        bring(&site, update, &[("payments.csv", &row)])
            .await
            .unwrap();
        ten_went_back_once(&site, &ada).await;
    }
}

#[tokio::test]
async fn a_refund_that_is_imported_and_then_told_is_one() {
    for of in ["", "CAME"] {
        let (site, _) = paid().await;
        let ada = site.ada().await;
        let came = money(&ada).await.0.id.to_string();
        let row = refund_row("-10.00", &of.replace("CAME", &came), "re_1");
        bring(&site, false, &[("payments.csv", &row)])
            .await
            .unwrap();
        assert_eq!(ada.in_euro().await.net.minor(), -1000);
        for _ in 0..2 {
            tells(&site, json!({"refunds": [refund("re_1", "10.00")]})).await;
        }
        ten_went_back_once(&site, &ada).await;
        // That it failed is told of it as of any other.
        let failed = json!({"id": "re_1", "amount": "10.00", "status": "failed"});
        tells(&site, json!({"refunds": [failed]})).await;
        let back = money(&ada).await.1;
        assert_eq!(back[0].status, PaymentStatus::Cancelled);
        assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
        assert!(ada.in_euro().await.net.is_zero());
    }
}

#[tokio::test]
async fn what_an_import_says_otherwise_is_looked_into_and_not_booked_twice() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    let row = refund_row("-9.00", "", "re_1");
    bring(&site, false, &[("payments.csv", &row)])
        .await
        .unwrap();
    for _ in 0..2 {
        tells(&site, json!({"refunds": [refund("re_1", "10.00")]})).await;
    }
    assert_eq!(ada.in_euro().await.net.minor(), -900);
    let reviews = to_review(&site).await;
    let kinds: Vec<_> = reviews.iter().map(|review| review.found.kind).collect();
    assert_eq!(kinds, [ReviewKind::ImportDiffers]);
}

#[tokio::test]
async fn rows_that_do_not_fit_what_was_told_say_what_to_do() {
    let (site, _) = paid().await;
    let charge = charge(&site);
    for (rows, column, words) in [
        (
            payment_row("44.00", &charge),
            "provider_id",
            "payment of 45.00 EUR of customer ada",
        ),
        (
            payment_row("45.00", ""),
            "provider_id",
            "fill in both, or neither",
        ),
        (
            payment_row("45.00", "ch_x").replace("sandbox", ""),
            "gateway",
            "fill in both, or neither",
        ),
        (
            payment_row("45.00", "ch_x")
                .replace("45.00", "-45.00")
                .replace("payment", "purchase"),
            "provider_id",
            "no payment provider tells of a purchase",
        ),
        (
            format!(
                "{}\n{}",
                payment_row("5.00", "ch_y"),
                payment_row("5.00", "ch_y").replace("P-77", "P-78")
            ),
            "provider_id",
            "payment P-77 has it",
        ),
    ] {
        let faults = faults_of(&site, false, &rows).await;
        let named = format!("column {column}: ");
        assert!(
            faults[0].contains(&named) && faults[0].contains(words),
            "{faults:?}"
        );
    }
}
