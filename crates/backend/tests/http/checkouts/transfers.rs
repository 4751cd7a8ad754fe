//! Bank transfers: no window and no payment provider, and the provider's own word for an end.

use api_types::{
    Checkout, CheckoutStatus, FailureCode, MethodKind, MoneyState, Payment, PaymentStatus,
    Timestamp,
};
use backend::app::App;
use backend::payments::transfers::{self, Outcome, TransferError};
use backend::settings::Requests;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::methods::faults;
use super::settling::posted;
use test_support::{Answer, CHECKOUTS, CheckoutSite, SignedIn, euro, problem, token};

fn body() -> Value {
    json!({
        "for": {"kind": "invoice", "invoice": "INV-1"}, "method": "transfer",
        "displayed_total": euro("45.00"),
    })
}

async fn ask(ada: &SignedIn<'_>, body: &Value) -> Answer {
    let request = ada.request_to_write(CHECKOUTS, &token(), &body.to_string());
    ada.site.send(request).await
}

/// A site where Ada owes 45.00 on `INV-1` and sends a transfer for it.
async fn sending() -> CheckoutSite {
    let site = CheckoutSite::with_methods().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    site
}

async fn begin(ada: &SignedIn<'_>) -> Checkout {
    let answer = ask(ada, &body()).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()
}

async fn settle(
    site: &CheckoutSite,
    checkout: &Checkout,
    received: Option<&str>,
) -> Result<Outcome, TransferError> {
    let app = &site.app;
    let payment = checkout.payment.as_ref().unwrap();
    transfers::settle(app.db(), payment, received, at(app)).await
}

/// By which setting and when.
fn at(app: &App) -> (Requests, Timestamp) {
    (app.settings().calendar.requests, app.now())
}

async fn cancel(site: &CheckoutSite, checkout: &Checkout) -> Result<Outcome, TransferError> {
    let app = &site.app;
    let payment = checkout.payment.as_ref().unwrap();
    transfers::cancel(app.db(), payment, app.now()).await
}

async fn payment(ada: &SignedIn<'_>) -> Payment {
    ada.payments().await.remove(0)
}

#[tokio::test]
async fn a_transfer_is_waited_for_from_the_moment_it_is_begun() {
    let site = sending().await;
    let ada = site.ada().await;
    let checkout = begin(&ada).await;
    assert_eq!(checkout.status, CheckoutStatus::Confirming);
    assert!(checkout.can_cancel && !checkout.launched && checkout.pay_host.is_empty());
    let instructions = checkout.instructions.as_ref().unwrap();
    assert_eq!(instructions.details[0].label, "IBAN");
    assert!((1..=20).contains(&instructions.reference.len()));
    assert_eq!(site.gateway.creates(), []);

    let invoice = ada.invoice("INV-1").await;
    assert_eq!(invoice.state, MoneyState::Pending);
    assert!(!invoice.pay.allowed);
    let found = payment(&ada).await;
    assert_eq!(found.status, PaymentStatus::Pending);
    assert_eq!(found.method.unwrap().kind, MethodKind::BankTransfer);
    assert_eq!(ada.in_euro().await.on_its_way.minor(), 4500);

    let again = ask(&ada, &body()).await;
    assert_eq!(again.code(), problem(409, "not_payable"));
    let app = &site.app;
    let pending = transfers::pending(app.db()).await.unwrap();
    assert_eq!(pending.len(), 1);
    assert_eq!(pending[0].reference, instructions.reference);
    assert_eq!(pending[0].total.minor(), 4500);
}

#[tokio::test]
async fn a_transfer_has_no_window_and_a_card_needs_one() {
    let site = sending().await;
    let ada = site.ada().await;
    let mut with_window = body();
    with_window["launch_token"] = json!(token());
    let expected = [("launch_token".to_owned(), "invalid".to_owned())];
    assert_eq!(faults(&ada, &with_window).await, expected);
    let mut card = body();
    card["method"] = json!("card");
    assert_eq!(ask(&ada, &card).await.code(), problem(422, "invalid"));

    let checkout = begin(&ada).await;
    let path = format!("{CHECKOUTS}/{}/launches", checkout.id);
    let again = ada.post(&path, &json!({"launch_token": token()})).await;
    assert_eq!(again.code(), problem(409, "checkout_over"));
}

#[tokio::test]
async fn a_transfer_that_has_come_pays_the_invoice() {
    let site = sending().await;
    let ada = site.ada().await;
    let checkout = begin(&ada).await;
    let done = settle(&site, &checkout, None).await.unwrap();
    assert!(matches!(done, Outcome::Done(came) if came.minor() == 4500));
    let found = ada.checkout(&checkout).await;
    assert_eq!(found.status, CheckoutStatus::Paid);
    assert!(found.instructions.is_none() && !found.can_cancel);
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
    assert_eq!(payment(&ada).await.status, PaymentStatus::Completed);

    // Said again it changes nothing, and another amount is refused.
    let version = ada.balance().await.version;
    let again = settle(&site, &checkout, None).await.unwrap();
    assert_eq!(again, Outcome::Before);
    let again = settle(&site, &checkout, Some("45.00")).await.unwrap();
    assert_eq!(again, Outcome::Before);
    let other = settle(&site, &checkout, Some("44.00")).await;
    assert!(matches!(other, Err(TransferError::SettledAs(..))));
    let late = cancel(&site, &checkout).await;
    assert!(matches!(late, Err(TransferError::IsThere(_))));
    assert_eq!(ada.balance().await.version, version);
    assert_eq!(
        ada.cancel(&checkout).await.code(),
        problem(409, "checkout_over")
    );
}

#[tokio::test]
async fn what_came_of_a_transfer_is_booked_whatever_was_asked_for() {
    for (came, left, credit) in [("30.00", 1500, 0), ("50.00", 0, 500)] {
        let site = sending().await;
        let ada = site.ada().await;
        let checkout = begin(&ada).await;
        settle(&site, &checkout, Some(came)).await.unwrap();
        let invoice = ada.invoice("INV-1").await;
        assert_eq!(invoice.money.remaining.minor(), left, "{came}");
        assert_eq!(ada.in_euro().await.credit.minor(), credit, "{came}");
        let found = payment(&ada).await;
        assert_eq!(found.total.amount_text(), came);
        let minor = found.total.minor();
        assert_eq!(posted(&site, &found.id).await, Some(minor));
    }
}

#[tokio::test]
async fn what_is_no_amount_is_not_booked() {
    let site = sending().await;
    let ada = site.ada().await;
    let checkout = begin(&ada).await;
    for wrong in ["45", "45,00", "lots", "0.00", "-45.00"] {
        let refused = settle(&site, &checkout, Some(wrong)).await;
        assert!(refused.is_err(), "{wrong}");
    }
    assert_eq!(payment(&ada).await.status, PaymentStatus::Pending);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_transfer_that_is_settled_a_hundred_times_at_once_is_booked_once() {
    let site = sending().await;
    let ada = site.ada().await;
    let checkout = begin(&ada).await;
    let mut running = JoinSet::new();
    for _ in 0..100 {
        let (app, id) = (site.app.clone(), checkout.payment.clone().unwrap());
        running.spawn(async move { transfers::settle(app.db(), &id, None, at(&app)).await });
    }
    let outcomes = running.join_all().await;
    let done = |outcome: &&Result<Outcome, TransferError>| matches!(outcome, Ok(Outcome::Done(_)));
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(outcomes.iter().filter(done).count(), 1);
    let id = checkout.payment.unwrap();
    assert_eq!(posted(&site, &id).await, Some(4500));
    assert_eq!(ada.in_euro().await.net.minor(), 0);
}

#[tokio::test]
async fn a_customer_turns_back_from_a_transfer() {
    let site = sending().await;
    let (ada, ben) = (site.ada().await, site.signed_in("ben").await);
    let checkout = begin(&ada).await;
    assert_eq!(
        ben.cancel(&checkout).await.code(),
        problem(404, "not_found")
    );
    let found: Checkout = ada.cancel(&checkout).await.json();
    assert_eq!(found.status, CheckoutStatus::Cancelled);
    assert!(ada.invoice("INV-1").await.pay.allowed);
    assert_eq!(payment(&ada).await.status, PaymentStatus::Cancelled);
    let again: Checkout = ada.cancel(&checkout).await.json();
    assert_eq!(again.status, CheckoutStatus::Cancelled);

    // The money comes all the same: it was sent before.
    settle(&site, &checkout, None).await.unwrap();
    let found = ada.checkout(&checkout).await;
    assert_eq!(found.status, CheckoutStatus::Paid);
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
}

#[tokio::test]
async fn the_provider_gives_a_transfer_up() {
    let site = sending().await;
    let ada = site.ada().await;
    let checkout = begin(&ada).await;
    assert!(matches!(
        cancel(&site, &checkout).await,
        Ok(Outcome::Done(_))
    ));
    assert!(matches!(
        cancel(&site, &checkout).await,
        Ok(Outcome::Before)
    ));
    let found = ada.checkout(&checkout).await;
    assert_eq!(found.status, CheckoutStatus::Cancelled);
    assert!(ada.invoice("INV-1").await.pay.allowed);
    assert!(transfers::pending(site.app.db()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_transfer_that_nobody_hears_of_ends_after_thirty_days() {
    let site = sending().await;
    let ada = site.ada().await;
    let checkout = begin(&ada).await;
    site.advance(30 * 24 * 60 - 1);
    site.look().await;
    let ada = site.ada().await;
    let found = ada.checkout(&checkout).await;
    assert_eq!(found.status, CheckoutStatus::Confirming);
    site.advance(1);
    site.look().await;
    let found = ada.checkout(&checkout).await;
    assert_eq!(found.status, CheckoutStatus::Expired);
    assert_eq!(found.failure, Some(FailureCode::TimedOut));
    let found = payment(&ada).await;
    assert_eq!(found.status, PaymentStatus::Cancelled);
    assert_eq!(found.failure, Some(FailureCode::TimedOut));
}

#[tokio::test]
async fn only_a_transfer_is_settled_by_the_providers_word() {
    let site = sending().await;
    let ada = site.ada().await;
    ada.pay_invoice().await;
    site.gateway.process(&site.gateway.reference());
    site.return_from_provider().await;
    let card = payment(&ada).await;
    let app = &site.app;
    let refused = transfers::settle(app.db(), &card.id, None, at(app)).await;
    assert!(matches!(refused, Err(TransferError::NotATransfer(_))));
    let unknown = "pm_nothing".parse().unwrap();
    let refused = transfers::settle(app.db(), &unknown, None, at(app)).await;
    assert!(matches!(refused, Err(TransferError::Unknown(_))));
}
