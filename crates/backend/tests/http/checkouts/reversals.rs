//! What had gone back comes back: a refund that fails, a dispute that is won, and a second one.

use api_types::{
    Checkout, CheckoutStatus, DisputeState, EntryKind, HistoryEntry, InvoiceSummary, MoneyState,
    Page, PaymentStatus, PaymentStepKind, Statement,
};
use backend::db::reviews::{Resolution, ReviewKind};
use backend::payments::reviews::resolve;
use backend::settings::Requests;
use serde_json::{Value, json};

use super::methods::on_account;
use super::refunds_disputes::{detail, money, paid, refund, steps, tells, to_review};
use super::settling::{posted, status};
use test_support::{CheckoutSite, SignedIn, euro, for_invoice};

/// A refund that stands as the provider says.
fn refund_that(id: &str, amount: &str, status: &str) -> Value {
    json!({"id": id, "amount": amount, "status": status})
}

/// Disputes by their places, the first one first.
pub fn disputes(told: &[(&str, &str)]) -> Value {
    let told = told.iter().enumerate();
    let told: Vec<Value> = told
        .map(|(n, (status, amount))| {
            json!({"id": format!("dp_{n}"), "amount": amount, "status": status})
        })
        .collect();
    json!({"disputes": told})
}

pub async fn history(ada: &SignedIn<'_>) -> Vec<(EntryKind, i64)> {
    let path = "/api/v1/history?order=oldest";
    let page: Page<HistoryEntry> = ada.get(path).await.json();
    let entries = page.data.iter();
    entries
        .map(|entry| (entry.kind, entry.amount.minor()))
        .collect()
}

async fn invoices(ada: &SignedIn<'_>, state: &str) -> Vec<String> {
    let path = format!("/api/v1/invoices?state={state}");
    let page: Page<InvoiceSummary> = ada.get(&path).await.json();
    page.data.into_iter().map(|one| one.number).collect()
}

#[tokio::test]
async fn a_refund_that_fails_leaves_everything_as_if_it_had_never_gone() {
    let (site, checkout) = paid().await;
    let ada = site.ada().await;
    let before = detail(&ada, &money(&ada).await.0).await;
    tells(&site, json!({"refunds": [refund("re_1", "45.00")]})).await;
    let version = ada.checkout(&checkout).await.version;
    for _ in 0..2 {
        let failed = refund_that("re_1", "45.00", "failed");
        tells(&site, json!({"refunds": [failed]})).await;
    }
    let (came, back) = money(&ada).await;
    assert_eq!(back.len(), 1);
    assert_eq!(back[0].status, PaymentStatus::Cancelled);
    assert_eq!(posted(&site, &back[0].id).await, Some(0));
    assert_eq!(came.allocations, before.payment.allocations);
    assert!(came.refunded.is_zero() && came.refund_state().is_none());
    let invoice = ada.invoice("INV-1").await;
    assert_eq!(invoice.state, MoneyState::Paid);
    assert!(invoice.refunds.is_empty() && invoice.money.refunded.is_zero());
    let figures = ada.in_euro().await;
    assert!(figures.owed.is_zero() && figures.credit.is_zero());
    assert_eq!(ada.checkout(&checkout).await.version, version + 1);

    // It is told where money is told of, and nothing that was told is taken out.
    let moved = history(&ada).await;
    assert_eq!(
        moved[1..],
        [
            (EntryKind::Payment, 4500),
            (EntryKind::Refund, -4500),
            (EntryKind::Adjustment, 4500)
        ]
    );
    let path = "/api/v1/statement?from=2026-01-01&to=2026-12-31";
    let statement: Statement = ada.get(path).await.json();
    assert!(statement.currencies[0].closing.is_zero());
    let story = steps(&detail(&ada, &came).await);
    let (refunded, failed) = (PaymentStepKind::Refunded, PaymentStepKind::RefundFailed);
    let told = &story[story.len() - 2..];
    assert_eq!(told, [(refunded, Some(4500)), (failed, Some(4500))]);
    let own = steps(&detail(&ada, &back[0]).await);
    let kinds: Vec<_> = own.iter().map(|(kind, _)| *kind).collect();
    let confirmed = PaymentStepKind::Confirmed;
    assert_eq!(kinds, [PaymentStepKind::Started, confirmed, failed]);
    // The customer is still to have it.
    let reviews = to_review(&site).await;
    let kinds: Vec<_> = reviews.iter().map(|review| review.found.kind).collect();
    assert_eq!(kinds, [ReviewKind::RefundFailed]);
}

#[tokio::test]
async fn a_failed_refund_is_told_before_it_had_gone_and_an_old_answer_changes_nothing() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    let failed = refund_that("re_1", "45.00", "failed");
    tells(&site, json!({"refunds": [failed]})).await;
    tells(&site, json!({"refunds": [refund("re_1", "45.00")]})).await;
    let (came, back) = money(&ada).await;
    assert_eq!(back[0].status, PaymentStatus::Cancelled);
    assert_eq!(posted(&site, &back[0].id).await, None);
    assert_eq!(came.allocations.len(), 1);
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
}

#[tokio::test]
async fn another_try_of_a_failed_refund_is_a_refund_of_its_own() {
    for is_told_at_once in [false, true] {
        let (site, _) = paid().await;
        let ada = site.ada().await;
        tells(&site, json!({"refunds": [refund("re_1", "45.00")]})).await;
        let failed = refund_that("re_1", "45.00", "failed");
        let again = refund("re_2", "45.00");
        if !is_told_at_once {
            tells(&site, json!({"refunds": [failed]})).await;
        }
        // Told before the first one's failing, it finds nothing to take away.
        tells(&site, json!({"refunds": [again, failed]})).await;
        let invoice = ada.invoice("INV-1").await;
        assert_eq!(invoice.state, MoneyState::Refunded);
        assert_eq!(invoice.money.refunded.minor(), 4500);
        assert_eq!(invoice.refunds.len(), 1);
        let standing = money(&ada).await.1;
        let done = standing
            .iter()
            .find(|one| one.status == PaymentStatus::Completed);
        assert_eq!(invoice.refunds[0].refund, done.unwrap().id);
        assert_eq!(ada.in_euro().await.net.minor(), -4500);
    }
}

#[tokio::test]
async fn money_of_a_failed_refund_is_credit_where_the_invoice_was_paid_again() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    let first = site.gateway.reference();
    tells(&site, json!({"refunds": [refund("re_1", "45.00")]})).await;
    assert_eq!(invoices(&ada, "refunded").await, ["INV-1"]);
    let again = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.return_from_provider().await;
    assert_eq!(status(&ada, &again).await, CheckoutStatus::Paid);
    assert!(invoices(&ada, "refunded").await.is_empty());
    let failed = refund_that("re_1", "45.00", "failed");
    site.gateway.say(&first, json!({"refunds": [failed]}));
    site.notify("evt_failed", &first).await;
    let figures = ada.in_euro().await;
    assert_eq!((figures.credit.minor(), figures.owed.minor()), (4500, 0));
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
}

#[tokio::test]
async fn the_price_of_the_way_to_pay_comes_back_with_a_failed_refund() {
    let site = CheckoutSite::with_methods().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    let ada = site.ada().await;
    let mut request = for_invoice("INV-1", euro("45.98"));
    request["method"] = json!("express");
    ada.create(&request).await;
    site.gateway.pay(&site.gateway.reference(), "45.98");
    site.return_from_provider().await;
    let both = |first: &str, second: &str| {
        json!({"refunds": [
            refund_that("re_1", "45.00", first), refund_that("re_2", "0.98", second),
        ]})
    };
    // So much has gone back each time, and the price is the last part of it.
    for (first, second, owed, credit) in [
        ("pending", "succeeded", 98, 0),
        ("succeeded", "succeeded", 4500, 0),
        ("failed", "succeeded", 98, 0),
        ("failed", "failed", 0, 0),
    ] {
        tells(&site, both(first, second)).await;
        let figures = ada.in_euro().await;
        let told = (figures.owed.minor(), figures.credit.minor());
        assert_eq!(told, (owed, credit), "{first} {second}");
        assert_eq!(figures.net.minor(), credit - owed);
    }
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
}

#[tokio::test]
async fn a_second_dispute_counts_for_itself() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    let open = Some(DisputeState::Open);
    for (told, state, owed) in [
        (disputes(&[("open", "45.00")]), open, 0),
        (disputes(&[("won", "45.00")]), Some(DisputeState::Won), 0),
        (disputes(&[("won", "45.00"), ("open", "20.00")]), open, 0),
        (
            disputes(&[("won", "45.00"), ("lost", "20.00")]),
            Some(DisputeState::Lost),
            2000,
        ),
        (
            disputes(&[("won", "45.00"), ("lost", "20.00"), ("open", "25.00")]),
            open,
            2000,
        ),
    ] {
        for _ in 0..2 {
            tells(&site, told.clone()).await;
        }
        assert_eq!(money(&ada).await.0.dispute, state, "{told}");
        assert_eq!(ada.in_euro().await.owed.minor(), owed, "{told}");
    }
    let (came, back) = money(&ada).await;
    assert_eq!(back.len(), 1);
    assert_eq!(back[0].dispute, Some(DisputeState::Lost));
    let invoice = ada.invoice("INV-1").await;
    assert_eq!(invoice.state, MoneyState::PartRefunded);
    let told = detail(&ada, &came).await;
    let amounts: Vec<_> = told
        .disputes
        .iter()
        .map(|one| (one.state, one.amount.minor()))
        .collect();
    let (lost, won) = (DisputeState::Lost, DisputeState::Won);
    assert_eq!(
        amounts,
        [(DisputeState::Open, 2500), (lost, 2000), (won, 4500)]
    );
    use PaymentStepKind::{DisputeLost, DisputeWon, Disputed};
    let kinds: Vec<_> = steps(&told)
        .iter()
        .filter(|(kind, _)| matches!(kind, Disputed | DisputeWon | DisputeLost))
        .copied()
        .collect();
    assert_eq!(
        kinds,
        [
            (Disputed, Some(4500)),
            (DisputeWon, Some(4500)),
            (Disputed, Some(2000)),
            (DisputeLost, Some(2000)),
            (Disputed, Some(2500)),
        ]
    );
}

#[tokio::test]
async fn a_dispute_that_is_won_after_it_was_lost_brings_its_money_back() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    for status in ["open", "lost", "won", "lost", "open"] {
        // What comes after it was won is an old answer.
        tells(&site, disputes(&[(status, "45.00")])).await;
    }
    let (came, back) = money(&ada).await;
    assert_eq!(came.dispute, Some(DisputeState::Won));
    assert_eq!(back[0].status, PaymentStatus::Cancelled);
    assert_eq!(
        (posted(&site, &back[0].id).await, back[0].dispute),
        (Some(0), None)
    );
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
    assert!(ada.in_euro().await.net.is_zero());
    let story = steps(&detail(&ada, &came).await);
    assert_eq!(story.last().unwrap().0, PaymentStepKind::DisputeWon);
}

#[tokio::test]
async fn a_dispute_that_is_won_leaves_nothing_to_decide_and_one_that_is_lost_does() {
    let (site, _) = paid().await;
    for (told, waiting) in [
        (disputes(&[("open", "45.00")]), vec![DisputeState::Open]),
        (disputes(&[("won", "45.00")]), vec![]),
        (
            disputes(&[("won", "45.00"), ("lost", "45.00")]),
            vec![DisputeState::Lost],
        ),
    ] {
        tells(&site, told).await;
        let reviews = to_review(&site).await;
        let states: Vec<_> = reviews.iter().filter_map(|review| review.dispute).collect();
        assert_eq!(states, waiting);
    }
}

#[tokio::test]
async fn all_of_it_told_before_the_payment_is_known_is_booked_with_it() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout: Checkout = ada.pay_invoice().await;
    let reference = site.gateway.reference();
    let mut news = disputes(&[("won", "45.00"), ("lost", "35.00")]);
    news["refunds"] = json!([
        refund("re_1", "10.00"),
        refund_that("re_2", "5.00", "failed"),
    ]);
    // The provider's notices come while the money is only on its way.
    site.gateway.process(&reference);
    site.gateway.say(&reference, news);
    for event in ["evt_refunded", "evt_failed", "evt_disputed"] {
        site.notify(event, &reference).await;
    }
    assert!(
        ada.payments()
            .await
            .iter()
            .all(|one| one.status != PaymentStatus::Completed)
    );
    site.gateway.pay(&reference, "45.00");
    site.notify("evt_paid", &reference).await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    let (came, back) = money(&ada).await;
    assert_eq!(came.dispute, Some(DisputeState::Lost));
    assert_eq!(came.refunded.minor(), 4500);
    assert_eq!(back.len(), 3);
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Refunded);
    assert_eq!(ada.in_euro().await.net.minor(), -4500);
}

#[tokio::test]
async fn what_went_back_of_money_in_review_counts_once_it_is_taken() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "40.50");
    tells(&site, json!({"refunds": [refund("re_1", "10.00")]})).await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::NeedsReview);
    let review = to_review(&site).await[0].id.clone();
    let at = (Requests::Off, site.app.now());
    resolve(site.app.db(), &review, (Resolution::Taken, None), at)
        .await
        .unwrap();
    site.look().await;
    assert_eq!(money(&ada).await.1.len(), 1);
    assert_eq!(ada.in_euro().await.owed.minor(), 450 + 1000);
    // It is read for that once, and then left alone.
    let reads = site.gateway.reads();
    site.seconds(3600);
    site.look().await;
    assert_eq!(site.gateway.reads(), reads);
}

#[tokio::test]
async fn an_invoice_says_what_happened_to_its_money_and_what_is_still_due() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    tells(&site, json!({"refunds": [refund("re_1", "10.00")]})).await;
    let invoice = ada.invoice("INV-1").await;
    assert_eq!(invoice.state, MoneyState::PartRefunded);
    assert_eq!(invoice.payments[0].amount.minor(), 4500);
    assert_eq!(invoice.refunds[0].amount.minor(), 1000);
    let file = ada.get("/api/v1/payments/csv?kind=payment").await.body;
    let file = std::str::from_utf8(&file).unwrap();
    assert!(file.trim_end().ends_with(",10.00"), "{file}");
    let listed: Page<InvoiceSummary> = ada.get("/api/v1/invoices").await.json();
    assert_eq!(listed.data[0].refunded.minor(), 1000);
    assert_eq!(invoices(&ada, "refunded").await, ["INV-1"]);
    assert_eq!(invoices(&ada, "outstanding").await, ["INV-1"]);
    assert!(invoices(&ada, "paid").await.is_empty());
}

#[tokio::test]
async fn an_invoice_that_is_paid_in_part_again_is_part_paid() {
    let site = CheckoutSite::with_methods().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    let ada = site.ada().await;
    ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.return_from_provider().await;
    tells(&site, json!({"refunds": [refund("re_1", "45.00")]})).await;
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Refunded);
    site.seconds(60);
    ada.create(&on_account("card", &euro("4.00"), &euro("4.00")))
        .await;
    site.gateway.pay(&site.gateway.reference(), "4.00");
    site.return_from_provider().await;
    let invoice = ada.invoice("INV-1").await;
    assert_eq!(invoice.state, MoneyState::PartPaid);
    assert!(invoice.money.refunded.is_zero());
    assert_eq!(invoice.refunds.len(), 1, "that stays told");
}
