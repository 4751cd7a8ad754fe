//! Money that comes by an attempt that was given up, and money that comes twice.

use api_types::{
    Checkout, CheckoutStatus, MoneyState, PaymentDetail, PaymentId, PaymentStatus, PaymentStepKind,
};
use backend::db::reviews::{self, ReviewKind};
use backend::db::{DbError, ReadTx};
use backend::payments::transfers;
use serde_json::json;

use super::changing::{by, by_transfer, with_ways};
use super::settling::{posted, status};
use test_support::{Behaviour, CheckoutSite, SignedIn};

use PaymentStepKind::{Applied, Confirmed, Credited, Started, Superseded};

/// What nobody has decided about yet: why, and how much came.
pub async fn to_review(site: &CheckoutSite) -> Vec<(ReviewKind, Option<i64>)> {
    let read = async |tx: &ReadTx| reviews::list(tx, true).await;
    let all: Result<_, DbError> = site.app.db().read(read).await;
    let all = all.unwrap().into_iter();
    all.map(|review| {
        let came = review.found.amount.map(|amount| amount.minor());
        (review.found.kind, came)
    })
    .collect()
}

/// The story of a payment: what happened, and how much where that is said.
pub async fn story(ada: &SignedIn<'_>, payment: &PaymentId) -> Vec<(PaymentStepKind, Option<i64>)> {
    let path = format!("/api/v1/payments/{payment}");
    let detail: PaymentDetail = ada.get(&path).await.json();
    let steps = detail.story.into_iter();
    steps
        .map(|step| (step.kind, step.amount.map(|amount| amount.minor())))
        .collect()
}

/// A checkout whose page could not be closed when another way was chosen, with the names of
/// both attempts.
pub async fn two_pages(site: &CheckoutSite, ada: &SignedIn<'_>) -> (Checkout, String, String) {
    let checkout = ada.pay_invoice().await;
    site.gateway.mood(Behaviour::CannotCancel);
    let mut body = by("express", "45.98");
    body["although_open"] = json!(true);
    ada.changed(&checkout, &body).await;
    site.gateway.mood(Behaviour::Works);
    let [old, new] = &site.references()[..] else {
        panic!("there are two pages");
    };
    (checkout, old.clone(), new.clone())
}

/// Time goes by, and the background looks after everything.
async fn later(site: &CheckoutSite) {
    site.seconds(6);
    site.look().await;
}

#[tokio::test]
async fn the_end_of_a_page_that_was_given_up_is_not_the_checkouts() {
    for word in ["cancelled", "expired", "failed", "processing", "half_paid"] {
        let site = with_ways().await;
        let ada = site.ada().await;
        let (checkout, old, _) = two_pages(&site, &ada).await;
        let before = ada.checkout(&checkout).await;
        site.gateway
            .say(&old, json!({"status": word, "attempts": 1}));
        site.notify("evt_1", &old).await;
        let after = ada.checkout(&checkout).await;
        assert_eq!(after.status, CheckoutStatus::Open, "{word}");
        assert_eq!(after.version, before.version, "{word}");
        assert!(ada.payments().await.is_empty(), "{word}");
    }
}

#[tokio::test]
async fn money_by_a_page_that_was_given_up_pays_and_the_newer_page_is_called_off() {
    let site = with_ways().await;
    let ada = site.ada().await;
    let (checkout, old, new) = two_pages(&site, &ada).await;
    site.gateway.pay(&old, "45.00");
    site.notify("evt_1", &old).await;
    let paid = ada.checkout(&checkout).await;
    assert_eq!(paid.status, CheckoutStatus::Paid);
    assert_eq!(
        (paid.total.minor(), paid.method.as_str()),
        (4500, "card"),
        "it says what was paid"
    );
    site.look().await;
    assert_eq!(site.gateway.status(&new), "cancelled");
    let [payment] = &ada.payments().await[..] else {
        panic!("there is one payment");
    };
    assert_eq!(posted(&site, &payment.id).await, Some(4500));
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
    assert_eq!(to_review(&site).await, []);
}

#[tokio::test]
async fn money_that_comes_by_both_pages_is_booked_twice_and_the_second_is_credit() {
    for old_first in [true, false] {
        let site = with_ways().await;
        let ada = site.ada().await;
        let (checkout, old, new) = two_pages(&site, &ada).await;
        site.gateway.pay(&old, "45.00");
        site.gateway.pay(&new, "45.98");
        let order = if old_first {
            [&old, &new]
        } else {
            [&new, &old]
        };
        site.notify("evt_1", order[0]).await;
        let first = ada.checkout(&checkout).await.payment.unwrap();
        // However often it is told.
        for event in ["evt_2", "evt_2", "evt_3"] {
            site.notify(event, order[1]).await;
            site.notify(event, order[0]).await;
        }
        let known = ada.checkout(&checkout).await;
        assert_eq!(
            (known.status, known.payment.as_ref()),
            (CheckoutStatus::Paid, Some(&first))
        );
        let payments = ada.payments().await;
        let second = payments.iter().find(|payment| payment.id != first);
        let second = second.unwrap();
        assert_eq!(payments.len(), 2);
        for payment in &payments {
            assert_eq!(payment.status, PaymentStatus::Completed);
            assert_eq!(posted(&site, &payment.id).await, Some(4500));
        }
        assert!(second.allocations.is_empty());
        let euro = ada.in_euro().await;
        assert_eq!((euro.owed.minor(), euro.credit.minor()), (0, 4500));
        let came = second.total.minor();
        assert_eq!(
            to_review(&site).await,
            [(ReviewKind::SecondPayment, Some(came))]
        );
        let of_first = story(&ada, &first).await;
        let expected = [
            (Started, None),
            (Superseded, None),
            (Confirmed, None),
            // The price of the newer way pays for nothing.
            (Applied, (!old_first).then_some(4500)),
            (Confirmed, Some(came)),
            (Credited, Some(4500)),
        ];
        assert_eq!(of_first, expected, "{old_first}");
        let of_second = story(&ada, &second.id).await;
        assert_eq!(
            of_second[of_second.len() - 2..],
            [(Confirmed, None), (Credited, Some(4500))]
        );
    }
}

#[tokio::test]
async fn money_on_its_way_by_the_newer_page_is_withdrawn_or_credited_once_the_older_has_paid() {
    for comes in [true, false] {
        let site = with_ways().await;
        let ada = site.ada().await;
        let (checkout, old, new) = two_pages(&site, &ada).await;
        site.gateway.process(&new);
        site.notify("evt_1", &new).await;
        assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Confirming);
        site.gateway.pay(&old, "45.00");
        site.notify("evt_2", &old).await;
        assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
        let invoice = ada.invoice("INV-1").await;
        assert_eq!(
            (invoice.money.paid.minor(), invoice.money.on_its_way.minor()),
            (4500, 0)
        );
        if comes {
            site.gateway.pay(&new, "45.98");
        } else {
            site.gateway.say(&new, json!({"status": "failed"}));
        }
        site.notify("evt_3", &new).await;
        later(&site).await;
        assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
        let euro = ada.in_euro().await;
        let credit = if comes { 4500 } else { 0 };
        assert_eq!((euro.credit.minor(), euro.on_its_way.minor()), (credit, 0));
        assert_eq!(ada.payments().await.len(), 2);
    }
}

#[tokio::test]
async fn money_by_a_page_ends_the_transfer_that_took_its_place() {
    let site = with_ways().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let page = site.gateway.reference();
    site.gateway.mood(Behaviour::CannotCancel);
    let mut body = by_transfer();
    body["although_open"] = json!(true);
    let sending = ada.changed(&checkout, &body).await;
    let transfer = sending.payment.unwrap();
    site.gateway.mood(Behaviour::Works);
    site.gateway.pay(&page, "45.00");
    site.notify("evt_1", &page).await;
    let paid = ada.checkout(&checkout).await;
    assert_eq!(paid.status, CheckoutStatus::Paid);
    assert!(paid.instructions.is_none() && paid.payment.as_ref() != Some(&transfer));
    let on_its_way = ada.in_euro().await.on_its_way;
    assert!(on_its_way.is_zero());
    // It had been sent by then.
    let app = &site.app;
    let at = (app.settings().calendar.requests, app.now());
    transfers::settle(app.db(), &transfer, None, at)
        .await
        .unwrap();
    assert_eq!(ada.in_euro().await.credit.minor(), 4500);
    let known = ada.checkout(&checkout).await;
    assert_eq!((known.status, known.payment), (paid.status, paid.payment));
}

#[tokio::test]
async fn too_little_by_a_page_that_was_given_up_is_looked_into() {
    let site = with_ways().await;
    let ada = site.ada().await;
    let (checkout, old, new) = two_pages(&site, &ada).await;
    site.gateway.pay(&old, "40.00");
    site.notify("evt_1", &old).await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::NeedsReview);
    assert_eq!(to_review(&site).await, [(ReviewKind::Mismatch, Some(4000))]);
    // The newer page does not end what is looked into, and still pays it.
    site.gateway.pay(&new, "45.98");
    site.notify("evt_2", &new).await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
    let euro = ada.in_euro().await;
    assert_eq!(euro.on_its_way.minor(), 4000);
}
