//! Events that are paid ahead of their invoice, and what becomes of that money.

use api_types::{
    CheckoutStatus, Confirmation, Currency, CustomerId, EventId, EventStatus, InvoiceId, Money,
};
use api_types::{Problem, Timestamp};
use axum::body::Body;
use axum::http::Method;
use backend::db::customers;
use backend::db::events::{self, NewEvent};
use serde_json::{Value, json};

use super::refunds_disputes::{refund, tells};
use super::settling::{paid_for, posted};
use test_support::{Answer, CheckoutSite, SignedIn, Site, euro, problem, request, token};

fn event(id: &str, status: EventStatus, invoice: Option<&str>) -> NewEvent {
    NewEvent {
        id: EventId::parse(id).unwrap(),
        customer: CustomerId::parse("ada").unwrap(),
        service: "Physiotherapy".to_owned(),
        title: "Physiotherapy, 45 minutes".to_owned(),
        starts_at: Timestamp::parse("2026-12-01T10:00:00Z").unwrap(),
        ends_at: Timestamp::parse("2026-12-01T10:45:00Z").unwrap(),
        zone: "Europe/Dublin".to_owned(),
        all_day: None,
        location: None,
        video: false,
        video_url: None,
        people: Vec::new(),
        host: None,
        status,
        fee: Some(Money::from_minor(6500, Currency::parse("EUR").unwrap())),
        deposit: None,
        deposit_due_on: None,
        invoice: invoice.map(|id| InvoiceId::parse(id).unwrap()),
        needs_confirmation: true,
        confirmed_at: None,
        note: None,
    }
}

/// Puts an event as an import does.
async fn put(site: &Site, event: &NewEvent) {
    let now = site.app.now();
    site.app
        .db()
        .write(async |tx| {
            events::put(tx, event, now).await?;
            customers::touch(tx, &event.customer).await
        })
        .await
        .unwrap();
}

async fn site() -> CheckoutSite {
    let site = CheckoutSite::with_methods().await;
    put(&site, &event("E-1", EventStatus::Booked, None)).await;
    site
}

fn ahead(id: &str) -> Value {
    json!({
        "for": {"kind": "event", "event": id}, "method": "card",
        "displayed_total": euro("65.00"), "launch_token": token(),
    })
}

/// Ada pays for the event ahead.
async fn paid_ahead(site: &CheckoutSite, ada: &SignedIn<'_>) {
    let checkout = ada.create(&ahead("E-1")).await;
    assert_eq!(checkout.items[0].event.as_ref().unwrap().as_str(), "E-1");
    site.gateway.pay(&site.gateway.reference(), "65.00");
    site.return_from_provider().await;
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
}

#[tokio::test]
async fn money_for_an_event_is_kept_for_it() {
    let site = site().await;
    let ada = site.ada().await;
    paid_ahead(&site, &ada).await;
    assert_eq!(
        site.gateway.newest()["description"],
        "Physiotherapy, 45 minutes"
    );
    let found = ada.in_euro().await;
    assert_eq!((found.credit.minor(), found.held.minor()), (6500, 6500));
    assert_eq!(found.net.minor(), 6500);
    let payment = ada.payments().await.remove(0);
    assert_eq!(
        paid_for(&payment.allocations[0]),
        "Physiotherapy, 45 minutes"
    );
    assert_eq!(posted(&site, &payment.id).await, Some(6500));
    // It is paid, so it is not paid again; and the money pays no balance.
    let again = ada.ask(&ahead("E-1")).await;
    assert_eq!(again.code(), problem(409, "not_payable"));
    site.add_invoice("ada", "INV-9", "2026-11-20", 4500).await;
    let found = ada.in_euro().await;
    assert!(!found.credit_covers);
    assert_eq!(found.pay.amount.minor(), 4500);
}

#[tokio::test]
async fn what_was_kept_moves_to_the_invoice_that_comes() {
    let site = site().await;
    let ada = site.ada().await;
    paid_ahead(&site, &ada).await;
    site.add_invoice("ada", "INV-1", "2026-12-20", 6000).await;
    put(&site, &event("E-1", EventStatus::Attended, Some("INV-1"))).await;
    assert!(ada.invoice("INV-1").await.money.remaining.is_zero());
    let found = ada.in_euro().await;
    // What the invoice does not want is free.
    assert_eq!((found.credit.minor(), found.held.minor()), (500, 0));
    assert_eq!(found.net.minor(), 500);
}

#[tokio::test]
async fn what_was_kept_is_free_once_the_event_is_called_off() {
    let site = site().await;
    let ada = site.ada().await;
    paid_ahead(&site, &ada).await;
    put(&site, &event("E-1", EventStatus::Cancelled, None)).await;
    let found = ada.in_euro().await;
    assert_eq!((found.credit.minor(), found.held.minor()), (6500, 0));
}

#[tokio::test]
async fn what_went_back_is_kept_for_the_event_no_more() {
    let site = site().await;
    let ada = site.ada().await;
    paid_ahead(&site, &ada).await;
    tells(&site, json!({"refunds": [refund("re_1", "65.00")]})).await;
    let found = ada.in_euro().await;
    assert!(found.credit.is_zero() && found.held.is_zero() && found.owed.is_zero());
    // So the event can be paid ahead again.
    assert_eq!(ada.ask(&ahead("E-1")).await.status, 201);
}

#[tokio::test]
async fn money_that_comes_when_the_event_is_invoiced_pays_the_invoice() {
    let site = site().await;
    let ada = site.ada().await;
    let checkout = ada.create(&ahead("E-1")).await;
    site.add_invoice("ada", "INV-1", "2026-12-20", 6500).await;
    put(&site, &event("E-1", EventStatus::Booked, Some("INV-1"))).await;
    site.gateway.pay(&site.gateway.reference(), "65.00");
    site.return_from_provider().await;
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
    assert!(ada.invoice("INV-1").await.money.remaining.is_zero());
    assert!(ada.in_euro().await.credit.is_zero());
}

#[tokio::test]
async fn an_event_is_paid_by_one_checkout_at_a_time_and_by_its_own_customer() {
    let site = site().await;
    put(&site, &event("E-2", EventStatus::Cancelled, None)).await;
    let (ada, ben) = (site.ada().await, site.signed_in("ben").await);
    let first = ada.create(&ahead("E-1")).await;
    let second: Problem = ada.ask(&ahead("E-1")).await.json();
    assert_eq!(second.checkout, Some(first.id));
    for (payer, id, expected) in [
        (&ada, "E-2", problem(409, "not_payable")),
        (&ada, "E-9", problem(404, "not_found")),
        (&ben, "E-1", problem(404, "not_found")),
    ] {
        assert_eq!(payer.ask(&ahead(id)).await.code(), expected, "{id}");
    }
}

async fn confirm(payer: &SignedIn<'_>, id: &str) -> Answer {
    let path = format!("/api/v1/events/{id}/confirmation");
    payer.post(&path, &json!({})).await
}

#[tokio::test]
async fn an_event_is_confirmed_once() {
    let site = site().await;
    put(&site, &event("E-2", EventStatus::Cancelled, None)).await;
    let (ada, ben) = (site.ada().await, site.signed_in("ben").await);
    let before = ada.balance().await.version;
    let first: Confirmation = confirm(&ada, "E-1").await.json();
    assert_eq!(first.confirmed_at, site.app.now());
    assert_eq!(first.version, before + 1);
    site.advance(5);
    let again: Confirmation = confirm(&ada, "E-1").await.json();
    assert_eq!(again, first);
    // What the provider imports anew does not take the customer's word back.
    put(&site, &event("E-1", EventStatus::Booked, None)).await;
    let again: Confirmation = confirm(&ada, "E-1").await.json();
    assert_eq!(again.confirmed_at, first.confirmed_at);

    assert_eq!(confirm(&ada, "E-2").await.code(), problem(422, "invalid"));
    assert_eq!(confirm(&ben, "E-1").await.code(), problem(404, "not_found"));
    let guest = request(Method::POST, "/api/v1/events/E-1/confirmation");
    let answer = site.send(guest.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.code(), problem(401, "signed_out"));
}
