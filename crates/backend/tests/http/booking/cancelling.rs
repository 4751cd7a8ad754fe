//! Cancelling: what it costs is said before, and what was paid ahead comes back less that.

use api_types::{EventStatus, Money, NotChangeable, PaymentKind};
use backend::settings::Requests;
use serde_json::{Value, json};

use test_support::{
    BookingSite, EVENTS, MONDAY, SignedIn, booked, euro, euros, physio_at, problem, token,
};

/// The day before, which is too late to cancel for nothing.
const LATE: &str = "2026-11-22T09:00:00Z";

fn ahead(id: &str) -> Value {
    json!({
        "for": {"kind": "event", "event": id}, "method": "card",
        "displayed_total": euro("65.00"), "launch_token": token(),
    })
}

/// Ada pays for an event ahead.
async fn pay_ahead(site: &BookingSite, ada: &SignedIn<'_>, id: &str) {
    let checkout = ada.create(&ahead(id)).await;
    site.gateway.pay(&site.gateway.reference(), "65.00");
    site.return_from_provider().await;
    let checkout = ada.checkout(&checkout).await;
    assert_eq!(checkout.status, api_types::CheckoutStatus::Paid);
}

async fn purchases(ada: &SignedIn<'_>) -> Vec<(Money, String)> {
    let all = ada.payments().await.into_iter();
    all.filter(|payment| payment.kind == PaymentKind::Purchase)
        .map(|payment| (payment.total, payment.description))
        .collect()
}

#[tokio::test]
async fn in_good_time_it_costs_nothing() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let event = ada.has(&physio_at(MONDAY)).await;
    assert!(event.cancel.allowed);
    assert_eq!(event.cancel.free_until.unwrap().to_string(), LATE);
    assert_eq!((event.cancel.charge, event.cancel.returned), (None, None));
    let answer = ada.cancel_event(&event, Value::Null).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let cancelled: api_types::Event = answer.json();
    assert_eq!(cancelled.event.status, EventStatus::Cancelled);
    assert_eq!(cancelled.event.money, None);
    assert_eq!(cancelled.cancel.reason, Some(NotChangeable::Ended));
    assert!(purchases(&ada).await.is_empty());
    // Its time is free for somebody else.
    site.ben().await.has(&physio_at(MONDAY)).await;
}

#[tokio::test]
async fn money_that_was_paid_ahead_is_credit_again() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let event = ada.has(&physio_at(MONDAY)).await;
    pay_ahead(&site, &ada, event.event.id.as_str()).await;
    let event = ada.event(event.event.id.as_str()).await;
    assert_eq!(event.cancel.returned, Some(euros("65.00")));
    ada.cancel_event(&event, Value::Null).await;
    let found = ada.in_euro().await;
    assert_eq!((found.credit.minor(), found.held.minor()), (6500, 0));
}

#[tokio::test]
async fn late_it_costs_a_part_which_credit_pays() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let event = ada.has(&physio_at(MONDAY)).await;
    pay_ahead(&site, &ada, event.event.id.as_str()).await;
    site.at("2026-11-22T08:59:59.999Z");
    assert_eq!(ada.event(event.event.id.as_str()).await.cancel.charge, None);
    site.at(LATE);
    let event = ada.event(event.event.id.as_str()).await;
    assert_eq!(event.cancel.charge, Some(euros("32.50")));
    assert_eq!(event.cancel.returned, Some(euros("32.50")));
    assert_eq!(event.cancel.owed, None);
    // What was on screen before is not what it costs now.
    for told in [Value::Null, euro("32.49")] {
        let refused = ada.cancel_event(&event, told).await;
        assert_eq!(refused.code(), problem(409, "terms_changed"));
    }
    let answer = ada.cancel_event(&event, euro("32.50")).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let found = ada.in_euro().await;
    assert_eq!((found.credit.minor(), found.owed.minor()), (3250, 0));
    assert_eq!(found.net.minor(), 3250);
    let charged = purchases(&ada).await;
    let expected = "Late cancellation: Physiotherapy".to_owned();
    assert_eq!(charged, [(euros("-32.50"), expected)]);
}

#[tokio::test]
async fn what_credit_does_not_pay_is_owed() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let mut put = booked("E-1", "2026-11-22T09:00:00Z", "2026-11-22T09:45:00Z");
    // Half of it is a half of a cent more: it is rounded up.
    put.fee = Some(euros("65.01"));
    site.put(&put).await;
    let event = ada.event("E-1").await;
    assert_eq!(event.cancel.charge, Some(euros("32.51")));
    assert_eq!(
        (event.cancel.returned, event.cancel.owed),
        (None, Some(euros("32.51")))
    );
    ada.cancel_event(&event, euro("32.51")).await;
    let found = ada.in_euro().await;
    assert_eq!((found.credit.minor(), found.owed.minor()), (0, 3251));
    assert_eq!(found.pay.amount, euros("32.51"));
}

#[tokio::test]
async fn the_same_cancellation_again_charges_once() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    site.put(&booked(
        "E-1",
        "2026-11-22T09:00:00Z",
        "2026-11-22T09:45:00Z",
    ))
    .await;
    let (key, path) = (token(), format!("{EVENTS}/E-1/cancellation"));
    let told = json!({"displayed_charge": euro("32.50")}).to_string();
    for _ in 0..2 {
        let answer = site.send(ada.request_to_write(&path, &key, &told)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    assert_eq!(purchases(&ada).await.len(), 1);
    let event = ada.event("E-1").await;
    let refused = ada.cancel_event(&event, euro("32.50")).await;
    assert_eq!(refused.code(), problem(409, "not_changeable"));
}

#[tokio::test]
async fn what_is_only_asked_for_costs_nothing_ever() {
    let site = BookingSite::with(|calendar| calendar.requests = Requests::Ask).await;
    let ada = site.ada().await;
    let event = ada.has(&physio_at(MONDAY)).await;
    site.at("2026-11-23T08:59:00Z");
    let event = ada.event(event.event.id.as_str()).await;
    assert_eq!((event.cancel.allowed, event.cancel.charge), (true, None));
    assert_eq!(event.cancel.free_until, Some(event.event.starts_at));
    let answer = ada.cancel_event(&event, Value::Null).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[tokio::test]
async fn while_it_is_paid_for_it_stays_as_it_is() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let event = ada.has(&physio_at(MONDAY)).await;
    let id = event.event.id.as_str();
    let checkout = ada.create(&ahead(id)).await;
    let paying = async || {
        let event = ada.event(id).await;
        assert_eq!(event.cancel.reason, Some(NotChangeable::Paying));
        assert_eq!(event.reschedule.reason, Some(NotChangeable::Paying));
        let refused = ada.cancel_event(&event, Value::Null).await;
        assert_eq!(refused.code(), problem(409, "not_changeable"));
        let refused = ada
            .move_to(&event, "Dr Reyes", "2026-11-30T09:00:00Z")
            .await;
        assert_eq!(refused.code(), problem(409, "not_changeable"));
    };
    paying().await;
    // Money that is on its way holds it as well.
    site.gateway.process(&site.gateway.reference());
    site.return_from_provider().await;
    assert_eq!(
        ada.checkout(&checkout).await.status,
        api_types::CheckoutStatus::Confirming
    );
    paying().await;
    site.gateway.pay(&site.gateway.reference(), "65.00");
    site.return_from_provider().await;
    assert!(ada.event(id).await.cancel.allowed);
}

#[tokio::test]
async fn somebody_elses_event_does_not_exist_and_one_that_has_begun_takes_place() {
    let site = BookingSite::open().await;
    let (ada, ben) = (site.ada().await, site.ben().await);
    let event = ada.has(&physio_at(MONDAY)).await;
    let theirs = ben.cancel_event(&event, Value::Null).await;
    assert_eq!(theirs.code(), problem(404, "not_found"));
    site.at(MONDAY);
    let event = ada.event(event.event.id.as_str()).await;
    assert_eq!(event.cancel.reason, Some(NotChangeable::Over));
    let refused = ada.cancel_event(&event, Value::Null).await;
    assert_eq!(refused.code(), problem(409, "not_changeable"));
}
