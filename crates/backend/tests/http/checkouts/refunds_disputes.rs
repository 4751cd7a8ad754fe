//! What happens to money after it has come: it goes back, or the customer's bank asks for it.

use api_types::{
    Checkout, CheckoutStatus, DisputeState, MoneyState, Payment, PaymentDetail, PaymentKind,
    PaymentStatus, PaymentStepKind,
};
use backend::db::reviews::{self, Review, ReviewKind};
use backend::db::{DbError, ReadTx};
use serde_json::{Value, json};

use super::methods::on_account;
use super::settling::{posted, status};
use test_support::{CheckoutSite, SignedIn, euro, for_invoice, token};

/// Money that went back, as the provider tells it.
pub fn refund(id: &str, amount: &str) -> Value {
    json!({"id": id, "amount": amount, "status": "succeeded"})
}

pub fn dispute(status: &str, amount: &str) -> Value {
    json!({"disputes": [{"id": "dp_1", "amount": amount, "status": status}]})
}

/// The provider says something more about the last payment, and tells that it does.
pub async fn tells(site: &CheckoutSite, news: Value) {
    let reference = site.gateway.reference();
    site.gateway.say(&reference, news);
    site.notify("evt_after", &reference).await;
}

/// A site where Ada has paid `INV-1` by card.
pub async fn paid() -> (CheckoutSite, Checkout) {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.return_from_provider().await;
    (site, checkout)
}

pub async fn detail(ada: &SignedIn<'_>, payment: &Payment) -> PaymentDetail {
    let path = format!("/api/v1/payments/{}", payment.id);
    ada.get(&path).await.json()
}

/// The money that came, and what went back of it, the most first.
pub async fn money(ada: &SignedIn<'_>) -> (Payment, Vec<Payment>) {
    let all = ada.payments().await;
    let (came, mut back): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|one| one.kind == PaymentKind::Payment);
    let [came] = <[Payment; 1]>::try_from(came).unwrap();
    back.sort_by_key(|one| one.total.minor());
    (came, back)
}

pub async fn to_review(site: &CheckoutSite) -> Vec<Review> {
    let read = async |tx: &ReadTx| reviews::list(tx, false).await;
    let found: Result<_, DbError> = site.app.db().read(read).await;
    found.unwrap()
}

pub fn steps(detail: &PaymentDetail) -> Vec<(PaymentStepKind, Option<i64>)> {
    let steps = detail.story.iter();
    steps
        .map(|step| (step.kind, step.amount.map(|amount| amount.minor())))
        .collect()
}

#[tokio::test]
async fn money_that_went_back_is_owed_again() {
    let (site, checkout) = paid().await;
    let ada = site.ada().await;
    let before = ada.checkout(&checkout).await;
    tells(&site, json!({"refunds": [refund("re_1", "45.00")]})).await;

    let (came, back) = money(&ada).await;
    let [back] = &back[..] else {
        panic!("it went back once: {back:?}");
    };
    assert_eq!(
        (back.total.minor(), back.kind),
        (-4500, PaymentKind::Refund)
    );
    assert_eq!(back.description, came.description);
    assert_eq!(back.method, came.method);
    assert_eq!(posted(&site, &back.id).await, Some(-4500));
    assert!(came.allocations.is_empty());
    let invoice = ada.invoice("INV-1").await;
    assert_eq!(invoice.state, MoneyState::Refunded);
    assert!(invoice.pay.allowed);
    let owes = ada.in_euro().await;
    assert_eq!((owes.owed.minor(), owes.credit.minor()), (4500, 0));

    let story = detail(&ada, &came).await;
    assert_eq!(
        (story.payment.refunded.minor(), story.unallocated.minor()),
        (4500, 0)
    );
    let refunded = (PaymentStepKind::Refunded, Some(4500));
    assert_eq!(steps(&story).last(), Some(&refunded));
    assert_eq!(detail(&ada, back).await.refund_of, Some(came.id));
    // The checkout was paid, and stays so; that its money moved is news all the same.
    let after = ada.checkout(&checkout).await;
    assert_eq!(after.status, CheckoutStatus::Paid);
    assert_eq!(after.version, before.version + 1);
}

#[tokio::test]
async fn an_invoice_whose_money_went_back_can_be_paid_again() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    tells(&site, json!({"refunds": [refund("re_1", "45.00")]})).await;
    let again = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.return_from_provider().await;
    assert_eq!(status(&ada, &again).await, CheckoutStatus::Paid);
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
    assert!(ada.in_euro().await.net.is_zero());
}

#[tokio::test]
async fn parts_go_back_one_after_another_and_each_once() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    let (first, second) = (refund("re_1", "10.00"), refund("re_2", "5.00"));
    tells(&site, json!({"refunds": [first]})).await;
    let invoice = ada.invoice("INV-1").await;
    assert_eq!(
        (invoice.state, invoice.money.remaining.minor()),
        (MoneyState::PartRefunded, 1000)
    );
    for _ in 0..3 {
        tells(&site, json!({"refunds": [second, first]})).await;
        site.return_from_provider().await;
    }
    // An answer that is older than the last one takes nothing back.
    tells(&site, json!({"refunds": []})).await;
    let (_, back) = money(&ada).await;
    let amounts: Vec<_> = back.iter().map(|one| one.total.minor()).collect();
    assert_eq!(amounts, [-1000, -500]);
    assert_eq!(ada.invoice("INV-1").await.money.remaining.minor(), 1500);
    assert_eq!(ada.in_euro().await.net.minor(), -1500);
}

#[tokio::test]
async fn a_refund_that_is_told_before_its_payment_is_booked_after_it() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    tells(&site, json!({"refunds": [refund("re_1", "45.00")]})).await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    let (came, back) = money(&ada).await;
    assert_eq!((came.total.minor(), back[0].total.minor()), (4500, -4500));
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Refunded);
    assert_eq!(ada.in_euro().await.net.minor(), -4500);
}

#[tokio::test]
async fn credit_goes_back_before_what_was_paid_with_the_money() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "50.00");
    site.return_from_provider().await;
    assert_eq!(ada.in_euro().await.credit.minor(), 500);
    tells(&site, json!({"refunds": [refund("re_1", "5.00")]})).await;
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
    let figures = ada.in_euro().await;
    assert!(figures.credit.is_zero() && figures.owed.is_zero());
}

#[tokio::test]
async fn a_surcharge_goes_back_last_and_is_not_owed_then() {
    let site = CheckoutSite::with_methods().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    let ada = site.ada().await;
    let mut body = for_invoice("INV-1", euro("45.98"));
    (body["method"], body["launch_token"]) = (json!("express"), json!(token()));
    ada.create(&body).await;
    site.gateway.pay(&site.gateway.reference(), "45.98");
    site.return_from_provider().await;

    tells(&site, json!({"refunds": [refund("re_1", "45.00")]})).await;
    assert_eq!(ada.in_euro().await.net.minor(), -4500);
    let both = [refund("re_1", "45.00"), refund("re_2", "0.98")];
    tells(&site, json!({ "refunds": both })).await;
    let owes = ada.in_euro().await;
    assert_eq!((owes.net.minor(), owes.owed.minor()), (-4500, 4500));
    let (_, back) = money(&ada).await;
    // What it cost to pay is no money of the account, and neither is its coming back.
    assert_eq!(posted(&site, &back[1].id).await, Some(0));
}

#[tokio::test]
async fn money_on_the_account_that_went_back_is_credit_no_more() {
    let site = CheckoutSite::with_methods().await;
    let ada = site.ada().await;
    ada.create(&on_account("card", &euro("20.00"), &euro("20.00")))
        .await;
    site.gateway.pay(&site.gateway.reference(), "20.00");
    site.return_from_provider().await;
    assert_eq!(ada.in_euro().await.credit.minor(), 2000);
    tells(&site, json!({"refunds": [refund("re_1", "20.00")]})).await;
    let figures = ada.in_euro().await;
    assert!(figures.credit.is_zero() && figures.owed.is_zero());
}

#[tokio::test]
async fn a_refund_counts_when_it_is_done() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    let is_done = |one: &&Payment| one.status == PaymentStatus::Completed;
    // One that has failed is over: another try is another refund.
    for (id, state, count) in [
        ("re_1", "pending", 0),
        ("re_1", "failed", 0),
        ("re_2", "pending", 0),
        ("re_2", "succeeded", 1),
    ] {
        let refund = json!({"id": id, "amount": "45.00", "status": state});
        tells(&site, json!({"refunds": [refund]})).await;
        let back = money(&ada).await.1;
        assert_eq!(back.iter().filter(is_done).count(), count, "{id} {state}");
    }
}

#[tokio::test]
async fn a_dispute_marks_its_payment_and_the_money_stays_until_it_is_lost() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    for _ in 0..2 {
        tells(&site, dispute("open", "45.00")).await;
    }
    let (came, back) = money(&ada).await;
    assert_eq!(came.dispute, Some(DisputeState::Open));
    assert!(back.is_empty());
    assert!(ada.in_euro().await.owed.is_zero());
    let reviews = to_review(&site).await;
    let kinds: Vec<_> = reviews.iter().map(|review| review.found.kind).collect();
    assert_eq!(kinds, [ReviewKind::Dispute]);
    assert_eq!(reviews[0].found.payment.as_ref(), Some(&came.id));

    for _ in 0..2 {
        tells(&site, dispute("lost", "45.00")).await;
    }
    // What is decided stays decided.
    tells(&site, dispute("open", "45.00")).await;
    let (came, back) = money(&ada).await;
    assert_eq!(came.dispute, Some(DisputeState::Lost));
    let [back] = &back[..] else {
        panic!("it went back once: {back:?}");
    };
    assert_eq!(
        (back.total.minor(), back.dispute),
        (-4500, Some(DisputeState::Lost))
    );
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Refunded);
    assert_eq!(ada.in_euro().await.net.minor(), -4500);
    let story = steps(&detail(&ada, &came).await);
    let told: Vec<_> = story
        .iter()
        .filter(|(_, amount)| *amount == Some(4500))
        .map(|(kind, _)| *kind)
        .filter(|kind| *kind != PaymentStepKind::Applied)
        .collect();
    assert_eq!(
        told,
        [PaymentStepKind::Disputed, PaymentStepKind::DisputeLost]
    );
}

#[tokio::test]
async fn a_dispute_that_is_won_leaves_the_money_where_it_was() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    tells(&site, dispute("open", "45.00")).await;
    tells(&site, dispute("won", "45.00")).await;
    let (came, back) = money(&ada).await;
    assert_eq!(came.dispute, Some(DisputeState::Won));
    assert!(back.is_empty());
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
    let story = steps(&detail(&ada, &came).await);
    assert_eq!(story.last().unwrap().0, PaymentStepKind::DisputeWon);
}

#[tokio::test]
async fn a_part_that_went_back_and_a_dispute_over_the_rest_take_all_of_it() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    let mut news = dispute("lost", "35.00");
    news["refunds"] = json!([refund("re_1", "10.00")]);
    tells(&site, news).await;
    let (came, back) = money(&ada).await;
    assert_eq!(came.dispute, Some(DisputeState::Lost));
    let amounts: Vec<_> = back.iter().map(|one| one.total.minor()).collect();
    assert_eq!(amounts.iter().sum::<i64>(), -4500, "{amounts:?}");
    assert_eq!(ada.in_euro().await.owed.minor(), 4500);
}

#[tokio::test]
async fn what_has_no_meaning_here_is_looked_into_and_holds_nothing_up() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    let odd = json!({"id": "re_2", "amount": "5.00", "status": "half_done"});
    for _ in 0..2 {
        tells(&site, json!({"refunds": [refund("re_1", "10.00"), odd]})).await;
    }
    assert_eq!(money(&ada).await.1.len(), 1);
    let kinds: Vec<_> = to_review(&site)
        .await
        .iter()
        .map(|review| review.found.kind)
        .collect();
    assert_eq!(kinds, [ReviewKind::Unreadable]);
}

#[tokio::test]
async fn of_money_that_was_never_taken_nothing_goes_back() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "40.50");
    tells(&site, json!({"refunds": [refund("re_1", "40.50")]})).await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::NeedsReview);
    assert!(money(&ada).await.1.is_empty());
    assert_eq!(ada.in_euro().await.owed.minor(), 4500);
}
