//! Times that are kept for their deposit: paid, run out, or paid too late.

use api_types::{CheckoutStatus, Event, EventMoneyState, EventStatus};
use backend::holds;
use backend::payments::transfers;
use backend::settings::{Method, Requests};
use serde_json::{Value, json};

use test_support::{BookingSite, SignedIn, TUESDAY, counselling_at, euro, euros, problem, token};

fn part(event: &Event, part: &str, total: &str) -> Value {
    json!({
        "for": {"kind": "event", "event": event.event.id, "part": part}, "method": "card",
        "displayed_total": euro(total), "launch_token": token(),
    })
}

fn deposit(event: &Event) -> Value {
    part(event, "deposit", "20.00")
}

/// The customer pays on the provider's page, and the window comes back.
async fn pay(site: &BookingSite, amount: &str) {
    let reference = site.gateway.reference();
    site.gateway.pay(&reference, amount);
    site.return_from_provider().await;
}

async fn now(ada: &SignedIn<'_>, event: &Event) -> Event {
    ada.event(event.event.id.as_str()).await
}

#[tokio::test]
async fn a_time_is_kept_until_its_deposit_is_paid_and_is_booked_then() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let event = ada.has(&counselling_at(TUESDAY)).await;
    assert_eq!(event.event.status, EventStatus::Held);
    assert_eq!(
        event.event.hold_until.unwrap().to_string(),
        "2026-11-21T12:20:00Z"
    );
    let money = event.event.money.as_ref().unwrap();
    assert_eq!(money.state, EventMoneyState::DepositDue);
    assert_eq!(event.pay_deposit.as_ref().unwrap().amount, euros("20.00"));
    assert!(event.event.video && event.event.location.is_none());
    // Nobody else has it meanwhile.
    let ben = site.ben().await;
    let refused = ben.request_event(&counselling_at(TUESDAY)).await;
    assert_eq!(refused.code(), problem(409, "time_taken"));

    let checkout = ada.create(&deposit(&event)).await;
    assert_eq!(checkout.total, euros("20.00"));
    pay(&site, "20.00").await;
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
    let event = now(&ada, &event).await;
    assert_eq!(event.event.status, EventStatus::Booked);
    assert_eq!(event.event.hold_until, None);
    let money = event.event.money.as_ref().unwrap();
    assert_eq!(
        (money.paid, money.balance),
        (euros("20.00"), euros("60.00"))
    );
    assert_eq!(money.state, EventMoneyState::PartPaid);
    assert!(event.pay_deposit.is_none());
    let found = ada.in_euro().await;
    assert_eq!((found.held.minor(), found.net.minor()), (2000, 2000));
    // The deposit is paid; the rest of the fee can be.
    let again = ada.ask(&deposit(&event)).await;
    assert_eq!(again.code(), problem(409, "not_payable"));
    ada.create(&part(&event, "balance", "60.00")).await;
    pay(&site, "60.00").await;
    let event = now(&ada, &event).await;
    assert_eq!(event.event.money.unwrap().state, EventMoneyState::Paid);
    assert_eq!(ada.in_euro().await.held.minor(), 8000);
}

#[tokio::test]
async fn a_deposit_that_is_being_paid_is_not_in_the_way_of_the_balance() {
    let site = BookingSite::open().await;
    let site = &site;
    site.add_invoice("ada", "INV-1", "2026-12-01", 4500).await;
    let ada = site.ada().await;
    let event = ada.has(&counselling_at(TUESDAY)).await;
    let checkout = ada.create(&deposit(&event)).await;
    let found = ada.in_euro().await;
    assert!(found.pay.allowed);
    assert_eq!((found.pay.amount, found.checkout), (euros("45.00"), None));
    // A second one for the same event waits for the first.
    let second = ada.ask(&part(&event, "balance", "80.00")).await;
    let problem: api_types::Problem = second.json();
    assert_eq!(problem.checkout, Some(checkout.id));
}

#[tokio::test]
async fn the_whole_fee_books_it_too() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let event = ada.has(&counselling_at(TUESDAY)).await;
    ada.create(&part(&event, "balance", "80.00")).await;
    pay(&site, "80.00").await;
    let event = now(&ada, &event).await;
    assert_eq!(event.event.status, EventStatus::Booked);
    assert_eq!(event.event.money.unwrap().state, EventMoneyState::Paid);
}

#[tokio::test]
async fn where_the_provider_answers_the_deposit_makes_it_a_request() {
    let site = BookingSite::with(|calendar| calendar.requests = Requests::Ask).await;
    let ada = site.ada().await;
    let event = ada.has(&counselling_at(TUESDAY)).await;
    ada.create(&deposit(&event)).await;
    pay(&site, "20.00").await;
    let event = now(&ada, &event).await;
    assert_eq!(event.event.status, EventStatus::Requested);
    assert_eq!(event.event.money.unwrap().paid, euros("20.00"));
}

#[tokio::test]
async fn a_time_runs_out_at_once_by_the_clock_and_is_written_later() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let event = ada.has(&counselling_at(TUESDAY)).await;
    let version = event.version;
    site.minutes(20);
    let run_out = now(&ada, &event).await;
    assert_eq!(run_out.event.status, EventStatus::Expired);
    assert_eq!((run_out.event.money, run_out.version), (None, version));
    let late = ada.ask(&deposit(&event)).await;
    assert_eq!(late.code(), problem(409, "not_payable"));
    assert_eq!(holds::look(site.app()).await.unwrap(), 1);
    assert_eq!(holds::look(site.app()).await.unwrap(), 0);
    let written = now(&ada, &event).await;
    assert_eq!(written.event.status, EventStatus::Expired);
    assert_eq!(written.version, version + 1);
    site.ben().await.has(&counselling_at(TUESDAY)).await;
}

#[tokio::test]
async fn somebody_else_has_the_time_before_the_background_has_looked() {
    let site = BookingSite::open().await;
    let (ada, ben) = (site.ada().await, site.ben().await);
    let event = ada.has(&counselling_at(TUESDAY)).await;
    site.minutes(20);
    ben.has(&counselling_at(TUESDAY)).await;
    let after = now(&ada, &event).await;
    assert_eq!(after.event.status, EventStatus::Expired);
    // The page that shows it has heard of it.
    assert_eq!(after.version, event.version + 1);
}

#[tokio::test]
async fn while_somebody_pays_the_time_does_not_run_out() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let event = ada.has(&counselling_at(TUESDAY)).await;
    site.minutes(19);
    let checkout = ada.create(&deposit(&event)).await;
    site.minutes(5);
    assert_eq!(holds::look(site.app()).await.unwrap(), 0);
    assert_eq!(now(&ada, &event).await.event.status, EventStatus::Held);
    // Nor while the money is on its way.
    site.gateway.process(&site.gateway.reference());
    site.return_from_provider().await;
    assert_eq!(
        ada.checkout(&checkout).await.status,
        CheckoutStatus::Confirming
    );
    site.minutes(24 * 60);
    assert_eq!(holds::look(site.app()).await.unwrap(), 0);
    let waiting = now(&ada, &event).await;
    assert_eq!(waiting.event.status, EventStatus::Held);
    assert_eq!(waiting.event.money.unwrap().on_its_way, euros("20.00"));
    pay(&site, "20.00").await;
    assert_eq!(now(&ada, &event).await.event.status, EventStatus::Booked);
}

#[tokio::test]
async fn turning_back_from_paying_gives_up_a_time_that_is_over() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let event = ada.has(&counselling_at(TUESDAY)).await;
    let checkout = ada.create(&deposit(&event)).await;
    site.minutes(21);
    assert_eq!(now(&ada, &event).await.event.status, EventStatus::Held);
    let answer = ada.cancel(&checkout).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(now(&ada, &event).await.event.status, EventStatus::Expired);
}

#[tokio::test]
async fn money_that_comes_too_late_is_free() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    for written in [false, true] {
        let event = ada.has(&counselling_at(TUESDAY)).await;
        let checkout = ada.create(&deposit(&event)).await;
        ada.cancel(&checkout).await;
        site.minutes(21);
        if written {
            holds::look(site.app()).await.unwrap();
        }
        // The customer had paid on the provider's page all the same.
        pay(&site, "20.00").await;
        assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
        let event = now(&ada, &event).await;
        assert_eq!(event.event.status, EventStatus::Expired, "{written}");
    }
    let found = ada.in_euro().await;
    assert_eq!((found.credit.minor(), found.held.minor()), (4000, 0));
}

#[tokio::test]
async fn a_deposit_by_bank_transfer_keeps_the_time_until_the_provider_says_what_came() {
    for (requests, came, expected) in [
        (Requests::Book, None, EventStatus::Booked),
        (Requests::Ask, None, EventStatus::Requested),
        // Less than the deposit does not book, and the time is over.
        (Requests::Book, Some("19.99"), EventStatus::Expired),
    ] {
        let site = BookingSite::with_settings(|settings| {
            settings.calendar.requests = requests;
            let id = "transfer".parse().unwrap();
            let kind = api_types::MethodKind::BankTransfer;
            let euro = vec!["EUR".parse().unwrap()];
            let mut transfer = Method::new(id, kind, euro, None);
            transfer.instructions = vec![api_types::Detail {
                label: "IBAN".to_owned(),
                value: "IE00 QUAY 0000 0000 0000 00".to_owned(),
            }];
            settings.methods.push(transfer);
        })
        .await;
        let ada = site.ada().await;
        let event = ada.has(&counselling_at(TUESDAY)).await;
        let body = json!({
            "for": {"kind": "event", "event": event.event.id, "part": "deposit"},
            "method": "transfer", "displayed_total": euro("20.00"),
        });
        let answer = ada.write(test_support::CHECKOUTS, &body).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        let checkout: api_types::Checkout = answer.json();
        site.minutes(60);
        assert_eq!(now(&ada, &event).await.event.status, EventStatus::Held);
        let at = (requests, site.app().now());
        let payment = checkout.payment.unwrap();
        transfers::settle(site.app().db(), &payment, came, at)
            .await
            .unwrap();
        assert_eq!(now(&ada, &event).await.event.status, expected);
    }
}

#[tokio::test]
async fn a_held_time_is_given_back_for_nothing() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let event = ada.has(&counselling_at(TUESDAY)).await;
    assert_eq!((event.cancel.allowed, event.cancel.charge), (true, None));
    let answer = ada.cancel_event(&event, Value::Null).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    site.ben().await.has(&counselling_at(TUESDAY)).await;
}
