//! What can be paid for beside one invoice and the balance: a part, several, the account.

use api_types::{CheckoutFor, CheckoutStatus, DocumentState, MoneyState};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use super::methods::{faults, on_account};
use super::settling::paid_for;
use test_support::{
    CHECKOUTS, CheckoutSite, SignedIn, Site, euro, for_invoice, problem, put_invoice, request,
    token,
};

fn part(invoice: &str, amount: &str) -> Value {
    json!({
        "for": {"kind": "part", "invoice": invoice, "amount": euro(amount)}, "method": "card",
        "displayed_total": euro(amount), "launch_token": token(),
    })
}

fn several(invoices: &[&str], total: &str) -> Value {
    json!({
        "for": {"kind": "invoices", "invoices": invoices}, "method": "card",
        "displayed_total": euro(total), "launch_token": token(),
    })
}

/// A site where Ada owes 45.00 on each of three invoices, due one after another.
async fn with_three() -> CheckoutSite {
    let site = CheckoutSite::with_methods().await;
    for (id, due_on) in [
        ("INV-1", "2026-11-20"),
        ("INV-2", "2026-11-25"),
        ("INV-3", "2026-11-30"),
    ] {
        site.add_invoice("ada", id, due_on, 4500).await;
    }
    site
}

async fn remaining(ada: &SignedIn<'_>, id: &str) -> i64 {
    ada.invoice(id).await.money.remaining.minor()
}

#[tokio::test]
async fn a_part_of_an_invoice_is_paid_and_the_rest_stays() {
    let site = with_three().await;
    let ada = site.ada().await;
    let checkout = ada.create(&part("INV-1", "20.00")).await;
    assert!(matches!(checkout.pays_for, CheckoutFor::Part { .. }));
    // The invoice is locked for other checkouts as by any other.
    let other = ada.ask(&for_invoice("INV-1", euro("45.00"))).await;
    assert_eq!(other.code(), problem(409, "checkout_open"));
    site.gateway.pay(&site.gateway.reference(), "20.00");
    site.return_from_provider().await;
    let invoice = ada.invoice("INV-1").await;
    assert_eq!(invoice.state, MoneyState::PartPaid);
    assert_eq!(invoice.money.remaining.minor(), 2500);
    assert!(invoice.pay.allowed);
}

#[tokio::test]
async fn a_part_is_no_less_than_the_least_and_no_more_than_what_remains() {
    let site = with_three().await;
    let ada = site.ada().await;
    let mut yen = part("INV-1", "20.00");
    yen["for"]["amount"] = json!({"amount": "2000", "currency": "JPY"});
    for (asked, code) in [
        (part("INV-1", "4.49"), "too_small"),
        (part("INV-1", "45.01"), "too_large"),
        (yen, "wrong_currency"),
    ] {
        let expected = [("amount".to_owned(), code.to_owned())];
        assert_eq!(faults(&ada, &asked).await, expected, "{asked}");
    }
    let least = ada.invoice("INV-1").await.pay.least.unwrap();
    assert_eq!(least.minor(), 450);
    ada.create(&part("INV-1", "4.50")).await;

    let ben = site.signed_in("ben").await;
    let hers = ben.ask(&part("INV-2", "20.00")).await;
    assert_eq!(hers.code(), problem(404, "not_found"));
}

#[tokio::test]
async fn without_part_payments_no_part_is_taken() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let answer = ada.ask(&part("INV-1", "20.00")).await;
    assert_eq!(answer.code(), problem(404, "feature_off"));
    assert_eq!(ada.invoice("INV-1").await.pay.least, None);
}

#[tokio::test]
async fn several_invoices_are_paid_at_once() {
    let site = with_three().await;
    let ada = site.ada().await;
    let checkout = ada.create(&several(&["INV-3", "INV-1"], "90.00")).await;
    let numbers: Vec<_> = checkout
        .items
        .iter()
        .filter_map(|i| i.number.clone())
        .collect();
    assert_eq!(numbers, ["INV-1", "INV-3"]);
    site.gateway.pay(&site.gateway.reference(), "90.00");
    site.return_from_provider().await;
    let payment = ada.payments().await.remove(0);
    let paid: Vec<_> = payment.allocations.iter().map(paid_for).collect();
    assert_eq!(paid, ["INV-1", "INV-3"]);
    assert_eq!(remaining(&ada, "INV-2").await, 4500);
}

#[tokio::test]
async fn several_invoices_are_different_ones_of_one_currency_and_ones_own() {
    let site = with_three().await;
    put_invoice(&site, "YEN", (4500, "JPY"), DocumentState::Open).await;
    let many: Vec<String> = (0..51).map(|n| format!("INV-{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let ada = site.ada().await;
    for (asked, code) in [
        (several(&[], "90.00"), "invalid"),
        (several(&["INV-1"], "45.00"), "invalid"),
        (several(&["INV-1", "INV-1"], "90.00"), "invalid"),
        (several(&many, "90.00"), "invalid"),
        (several(&["INV-1", "YEN"], "90.00"), "wrong_currency"),
    ] {
        let expected = [("invoices".to_owned(), code.to_owned())];
        assert_eq!(faults(&ada, &asked).await, expected, "{asked}");
    }
    let ben = site.signed_in("ben").await;
    let hers = ben.ask(&several(&["INV-1", "INV-2"], "90.00")).await;
    assert_eq!(hers.code(), problem(404, "not_found"));
    assert_eq!(site.gateway.creates(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_checkouts_on_overlapping_invoices_exactly_one_wins() {
    let site = with_three().await;
    let ada = site.ada().await;
    let mut running = JoinSet::new();
    for n in 0..12 {
        let (a, b) = [("INV-1", "INV-2"), ("INV-2", "INV-3"), ("INV-3", "INV-1")][n % 3];
        let asked = several(&[a, b], "90.00");
        let key = asked["launch_token"].as_str().unwrap().to_owned();
        let request = ada.request_to_write(CHECKOUTS, &key, &asked.to_string());
        let router = site.router.clone();
        running.spawn(async move { router.oneshot(request).await.unwrap().status().as_u16() });
    }
    let answers = running.join_all().await;
    let made = answers.iter().filter(|status| **status == 201).count();
    let refused = answers.iter().filter(|status| **status == 409).count();
    assert_eq!((made, refused), (1, 11), "{answers:?}");
}

#[tokio::test]
async fn money_on_the_account_pays_what_is_due_first_and_leaves_credit() {
    let site = with_three().await;
    let ada = site.ada().await;
    // Somebody is paying the first one at this moment.
    let held = ada.create(&for_invoice("INV-1", euro("45.00"))).await;
    let asked = on_account("card", &euro("60.00"), &euro("60.00"));
    let top_up = ada.create(&asked).await;
    assert_eq!(top_up.items[0].invoice, None);
    assert_eq!(top_up.items[0].amount.minor(), 6000);
    // Another one may be open beside it.
    let asked = on_account("card", &euro("60.00"), &euro("60.00"));
    let second = ada.create(&asked).await;
    site.gateway.pay(&site.gateway.reference(), "60.00");
    site.return_from_provider().await;
    assert_eq!(ada.checkout(&second).await.status, CheckoutStatus::Paid);
    assert_eq!(ada.checkout(&held).await.status, CheckoutStatus::Open);
    for (id, left) in [("INV-1", 4500), ("INV-2", 0), ("INV-3", 3000)] {
        assert_eq!(remaining(&ada, id).await, left, "{id}");
    }
    assert!(ada.in_euro().await.credit.is_zero());
}

#[tokio::test]
async fn money_for_which_there_is_no_invoice_is_credit() {
    let site = CheckoutSite::with_methods().await;
    let ada = site.ada().await;
    let asked = on_account("card", &euro("60.00"), &euro("60.00"));
    ada.create(&asked).await;
    site.gateway.pay(&site.gateway.reference(), "60.00");
    site.return_from_provider().await;
    let found = ada.in_euro().await;
    assert_eq!((found.credit.minor(), found.held.minor()), (6000, 0));
}

#[tokio::test]
async fn a_guest_pays_for_nothing() {
    let site = Site::open().await;
    for asked in [part("INV-1", "20.00"), several(&["A", "B"], "90.00")] {
        let request = request(axum::http::Method::POST, CHECKOUTS)
            .header("content-type", "application/json")
            .header("idempotency-key", "1")
            .body(axum::body::Body::from(asked.to_string()))
            .unwrap();
        let answer = site.send(request).await;
        assert_eq!(answer.code(), problem(401, "signed_out"));
    }
}
