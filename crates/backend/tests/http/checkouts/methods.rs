//! Ways to pay beyond the card: what each takes, costs and asks for.

use api_types::{CheckoutStatus, MethodKind, PaymentStatus, Portal, Problem};
use serde_json::{Value, json};

use super::settling::posted;
use test_support::{CheckoutSite, SignedIn, euro, euros, for_invoice, problem, token};

/// A request to pay an amount on the account.
pub fn on_account(method: &str, amount: &Value, total: &Value) -> Value {
    json!({
        "for": {"kind": "account", "amount": amount}, "method": method,
        "displayed_total": total, "launch_token": token(),
    })
}

/// The fields that an answer finds fault with, each with its code.
pub async fn faults(ada: &SignedIn<'_>, body: &Value) -> Vec<(String, String)> {
    let answer = ada.ask(body).await;
    assert_eq!(answer.code(), problem(422, "invalid"), "{body}");
    let problem: Problem = answer.json();
    let errors = problem.field_errors.into_iter();
    errors.map(|(name, error)| (name, error.code)).collect()
}

fn fault(name: &str, code: &str) -> Vec<(String, String)> {
    vec![(name.to_owned(), code.to_owned())]
}

#[tokio::test]
async fn everyone_is_told_what_each_method_takes_and_costs() {
    let site = CheckoutSite::with_methods().await;
    let answer = site.send(test_support::get("/api/v1/portal")).await;
    let portal: Portal = answer.json();
    let ids: Vec<_> = portal.methods.iter().map(|m| m.id.as_str()).collect();
    assert_eq!(ids, ["card", "express", "wallet", "transfer"]);
    let [card, express, wallet, transfer] = &portal.methods[..] else {
        panic!("{portal:?}");
    };
    // A method without a maximum has the portal's own.
    assert_eq!(card.terms[0].maximum, Some(euros("10000000.00")));
    assert!(card.terms[0].surcharge.is_none() && card.has_page());
    assert_eq!(express.terms[0].maximum, Some(euros("500.00")));
    assert_eq!(express.surcharge_percent.as_deref(), Some("1.5"));
    assert_eq!(wallet.options[1].label, "Bayan Pay");
    assert_eq!(transfer.instructions[0].label, "IBAN");
    assert!(transfer.pay_host.is_empty() && !transfer.has_page());
}

#[tokio::test]
async fn a_surcharge_is_part_of_the_total_and_never_credit() {
    let site = CheckoutSite::with_methods().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    let ada = site.ada().await;
    let mut body = for_invoice("INV-1", euro("45.00"));
    body["method"] = json!("express");
    let answer = ada.ask(&body).await;
    assert_eq!(answer.code(), problem(409, "total_changed"));

    // 0.30 and 1.5 percent of 45.00, rounded half up.
    body["displayed_total"] = euro("45.98");
    body["launch_token"] = json!(token());
    let checkout = ada.create(&body).await;
    assert_eq!(checkout.surcharge, euros("0.98"));
    assert_eq!(checkout.items[0].amount, euros("45.00"));
    let order = site.gateway.newest();
    assert_eq!(order["amount"], "45.98");
    assert_eq!(order["wallet"], Value::Null);
    site.gateway.pay(&site.gateway.reference(), "45.98");
    site.return_from_provider().await;

    let checkout = ada.checkout(&checkout).await;
    assert_eq!(checkout.status, CheckoutStatus::Paid);
    let payment = ada.payments().await.remove(0);
    assert_eq!(payment.total, euros("45.98"));
    assert_eq!(payment.surcharge, euros("0.98"));
    let by = payment.method.unwrap();
    assert_eq!(by.label.as_deref(), Some("Express card"));
    assert_eq!(posted(&site, &payment.id).await, Some(4500));
    let euro = ada.in_euro().await;
    assert!(euro.owed.is_zero() && euro.credit.is_zero() && euro.net.is_zero());
}

#[tokio::test]
async fn too_little_with_a_surcharge_waits_for_the_rest() {
    let site = CheckoutSite::with_methods().await;
    let ada = site.ada().await;
    let body = on_account("express", &euro("20.00"), &euro("20.60"));
    let checkout = ada.create(&body).await;
    site.gateway.pay(&site.gateway.reference(), "20.00");
    site.return_from_provider().await;
    let found = ada.checkout(&checkout).await;
    assert_eq!(found.status, CheckoutStatus::NeedsReview);
    site.gateway.pay(&site.gateway.reference(), "20.60");
    site.return_from_provider().await;
    let found = ada.checkout(&checkout).await;
    assert_eq!(found.status, CheckoutStatus::Paid);
    assert_eq!(ada.in_euro().await.credit, euros("20.00"));
}

#[tokio::test]
async fn an_amount_that_the_method_does_not_take_is_said_beside_its_field() {
    let site = CheckoutSite::with_methods().await;
    let ada = site.ada().await;
    for (method, amount, code) in [
        ("express", euro("4.99"), "too_small"),
        ("express", euro("500.01"), "too_large"),
        ("wallet", euro("20.00"), "wrong_currency"),
        ("card", euro("0.00"), "too_small"),
        ("card", euro("-5.00"), "too_small"),
    ] {
        let mut body = on_account(method, &amount, &amount);
        if method == "wallet" {
            body["option"] = json!("isla");
        }
        assert_eq!(faults(&ada, &body).await, fault("amount", code), "{body}");
    }
    assert_eq!(site.gateway.creates(), []);
}

#[tokio::test]
async fn an_option_has_to_be_one_of_the_methods_own() {
    let site = CheckoutSite::with_methods().await;
    let ada = site.ada().await;
    let peso = json!({"amount": "950.00", "currency": "PHP"});
    let with = |method: &str, option: Value| {
        let mut body = on_account(method, &peso, &peso);
        if !option.is_null() {
            body["option"] = option;
        }
        body
    };
    for (body, code) in [
        (with("wallet", Value::Null), "missing"),
        (with("wallet", json!("perlas")), "invalid"),
        (with("card", json!("isla")), "invalid"),
    ] {
        assert_eq!(faults(&ada, &body).await, fault("option", code), "{body}");
    }
    let checkout = ada.create(&with("wallet", json!("isla"))).await;
    assert_eq!(checkout.option.as_ref().unwrap().as_str(), "isla");
    assert_eq!(site.gateway.newest()["wallet"], "Isla Wallet");
    site.gateway.pay(&site.gateway.reference(), "950.00");
    site.return_from_provider().await;
    let payment = ada.payments().await.remove(0);
    assert_eq!(payment.status, PaymentStatus::Completed);
    let by = payment.method.unwrap();
    assert_eq!(by.kind, MethodKind::Wallet);
    assert_eq!(by.option.as_deref(), Some("Isla Wallet"));
}
