//! What the page of a payment tells: every step in order, and when money is expected.

use api_types::{CheckoutStatus, Day, PaymentDetail, PaymentStepKind};
use serde_json::json;

use super::changing::{by, by_transfer};
use super::settling::hears;
use super::superseded::story;
use test_support::{
    CheckoutSite, FakeGateway, euro, for_invoice, launch, open_site, with_all_methods,
};

use PaymentStepKind::{
    Applied, Cancelled, Confirmed, Credited, Failed, InReview, OnItsWay, Opened, Returned, Started,
    Superseded,
};

#[tokio::test]
async fn the_story_has_every_step_in_order() {
    let site = CheckoutSite::with_methods().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    let ada = site.ada().await;
    let body = for_invoice("INV-1", euro("45.00"));
    let checkout = ada.create(&body).await;
    launch(&site, &body["launch_token"]).await;
    let body = by("express", "45.98");
    ada.changed(&checkout, &body).await;
    launch(&site, &body["launch_token"]).await;
    let reference = site.gateway.reference();
    site.gateway.process(&reference);
    site.return_from_provider().await;
    site.return_from_provider().await;
    site.gateway.pay(&reference, "50.98");
    site.notify("evt_1", &reference).await;
    let payment = ada.checkout(&checkout).await.payment.unwrap();
    let expected = [
        (Started, None),
        (Opened, None),
        (Superseded, None),
        (Opened, None),
        (Returned, None),
        (OnItsWay, Some(4598)),
        (Confirmed, None),
        (Applied, Some(4500)),
        (Credited, Some(500)),
    ];
    assert_eq!(story(&ada, &payment).await, expected);
}

#[tokio::test]
async fn what_is_looked_into_is_told_with_what_came() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "40.00");
    site.return_from_provider().await;
    site.return_from_provider().await;
    let payment = ada.checkout(&checkout).await.payment.unwrap();
    let expected = [(Started, None), (Returned, None), (InReview, Some(4000))];
    assert_eq!(story(&ada, &payment).await, expected);
}

#[tokio::test]
async fn a_late_success_is_told_after_the_end_that_it_overrides() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    hears(
        &site,
        json!({"status": "failed", "attempts": 1, "failure": "card_declined"}),
    )
    .await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.notify("evt_1", &site.gateway.reference()).await;
    let payment = ada.checkout(&checkout).await.payment.unwrap();
    let expected = [
        (Started, None),
        (Returned, None),
        (Failed, None),
        (Confirmed, None),
        (Applied, None),
    ];
    assert_eq!(story(&ada, &payment).await, expected);
}

#[tokio::test]
async fn a_payment_that_was_made_elsewhere_tells_what_its_rows_do() {
    let site = CheckoutSite::open().await;
    site.add_credit("ada", "PAY-1", 5000).await;
    let ada = site.ada().await;
    let payment = "PAY-1".parse().unwrap();
    let expected = [(Started, None), (Confirmed, None)];
    assert_eq!(story(&ada, &payment).await, expected);
}

#[tokio::test]
async fn money_that_takes_days_is_expected_by_a_day_until_it_is_there() {
    let gateway = FakeGateway::open().await;
    let site = open_site(&gateway.url(), |settings| {
        with_all_methods(settings);
        for method in &mut settings.methods {
            method.settles_days = Some(3);
        }
    })
    .await;
    let site = CheckoutSite { site, gateway };
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    let ada = site.ada().await;
    let open = ada.pay_invoice().await;
    assert_eq!(open.expected_on, None);
    let sending = ada.changed(&open, &by_transfer()).await;
    let today = site.app.today();
    let in_three_days = today.date().checked_add(jiff::Span::new().days(3)).unwrap();
    let day = Some(Day::from(in_three_days));
    assert_eq!(sending.expected_on, day);
    let path = format!("/api/v1/payments/{}", sending.payment.as_ref().unwrap());
    let detail: PaymentDetail = ada.get(&path).await.json();
    assert_eq!(detail.expected_on, day);
    ada.cancel(&sending).await;
    let known = ada.checkout(&sending).await;
    assert_eq!(
        (known.status, known.expected_on),
        (CheckoutStatus::Cancelled, None)
    );
    let detail: PaymentDetail = ada.get(&path).await.json();
    assert_eq!(detail.expected_on, None);
    let last = detail.story.last().unwrap();
    assert_eq!(last.kind, Cancelled);
}
