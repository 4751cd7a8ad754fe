//! What PayPal is sent, and what its answers mean here.

use std::time::Duration;

use api_types::{
    AttemptId, Currency, DisputeState, FailureCode, MethodKind, Money, PaidBy, Timestamp,
};
use serde_json::{Value, json};

use super::order::{NewOrder, NewRefund};
use super::{payment, wire};
use crate::gateways::{
    Ended, Ending, Known, Order, OrderItem, Payer, PaymentEvents, ProviderPayment, ProviderState,
    Received, RefundOrder, RefundStatus,
};

const PAGES: &str = "https://www.sandbox.paypal.com";

fn money(text: &str, code: &str) -> Money {
    Money::parse(text, Currency::parse(code).unwrap()).unwrap()
}

fn order(amount: Money) -> Order {
    Order {
        reference: AttemptId::parse("a1b2c3").unwrap(),
        amount,
        option: None,
        paid_by: PaidBy {
            kind: MethodKind::Wallet,
            label: Some("PayPal".to_owned()),
            option: None,
        },
        description: "INV-1".to_owned(),
        items: Vec::new(),
        payer: Payer {
            name: "Ada".to_owned(),
            email: Some("ada@example.com".to_owned()),
            language: Some("en-IE".to_owned()),
        },
        merchant: "Harbour Clinic".to_owned(),
        return_url: "https://portal.example.com/back?s=1".to_owned(),
        cancel_url: "https://portal.example.com/back?s=1&cancelled=1".to_owned(),
        webhook_url: "https://portal.example.com/hook".to_owned(),
        created_at: Timestamp::parse("2026-11-21T12:00:00Z").unwrap(),
        lifetime: Duration::from_secs(3600),
    }
}

fn body(order: &Order) -> Value {
    serde_json::to_value(NewOrder::of(order).unwrap()).unwrap()
}

#[test]
fn an_order_asks_for_exactly_the_amount_and_names_the_attempt() {
    let mut order = order(money("45.00", "EUR"));
    let plain = body(&order);
    let unit = &plain["purchase_units"][0];
    assert_eq!(
        unit["amount"],
        json!({"currency_code": "EUR", "value": "45.00"})
    );
    assert_eq!(unit["custom_id"], "portico.a1b2c3");
    assert_eq!(unit.get("items"), None);
    let context = &plain["payment_source"]["paypal"]["experience_context"];
    assert_eq!(
        context["payment_method_preference"],
        "IMMEDIATE_PAYMENT_REQUIRED"
    );
    assert_eq!(context["locale"], "en-IE");
    // Who pays is PayPal's to ask.
    assert!(!plain.to_string().contains("ada@example.com"));
    let item = |name: &str, amount: &str| OrderItem {
        name: name.to_owned(),
        amount: money(amount, "EUR"),
    };
    order.items = vec![item("INV-1", "40.00"), item("Surcharge", "5.00")];
    let with_items = body(&order);
    let unit = &with_items["purchase_units"][0];
    let total = json!({"currency_code": "EUR", "value": "45.00"});
    assert_eq!(unit["amount"]["breakdown"]["item_total"], total);
    assert_eq!(unit["items"][1]["unit_amount"]["value"], "5.00");
}

#[test]
fn amounts_that_paypal_does_not_take_are_not_sent() {
    assert!(NewOrder::of(&order(money("1200.50", "HUF"))).is_none());
    let whole = body(&order(money("1200.00", "HUF")));
    assert_eq!(whole["purchase_units"][0]["amount"]["value"], "1200");
    let refund = |amount| RefundOrder {
        key: "rf-1".to_owned(),
        payment: Known {
            reference: AttemptId::parse("a1b2c3").unwrap(),
            id: None,
            ids: Vec::new(),
            amount,
        },
        payment_id: "CAP1".to_owned(),
        amount,
    };
    assert!(NewRefund::of(&refund(money("99.50", "TWD"))).is_none());
    let sent = serde_json::to_value(NewRefund::of(&refund(money("99.00", "TWD"))).unwrap());
    let sent = sent.unwrap();
    assert_eq!(
        sent["amount"],
        json!({"currency_code": "TWD", "value": "99"})
    );
    assert_eq!(sent["custom_id"], "portico.rf-1");
}

/// An order in PayPal's words, with some fields changed.
fn told(status: &str, payments: Value) -> ProviderPayment {
    let order = json!({
        "id": "ORDER1", "status": status, "something_new": true,
        "purchase_units": [{"custom_id": "portico.a1b2c3", "payments": payments}],
        "links": [
            {"rel": "self", "href": "https://api-m.sandbox.paypal.com/v2/checkout/orders/ORDER1"},
            {"rel": "payer-action", "href": format!("{PAGES}/checkoutnow?token=ORDER1")},
        ],
    });
    let order: wire::Order = serde_json::from_value(order).unwrap();
    payment::payment(&order, &[PAGES.to_owned()]).unwrap()
}

fn captured(status: &str) -> Value {
    json!({"captures": [{
        "id": "CAP1", "status": status, "amount": {"currency_code": "EUR", "value": "45.00"},
        "seller_receivable_breakdown": {"paypal_fee": {"currency_code": "EUR", "value": "1.66"}},
    }]})
}

#[test]
fn each_of_its_states_has_one_of_ours() {
    let received = Received {
        payment_id: "CAP1".to_owned(),
        amount: money("45.00", "EUR"),
    };
    let ended = |how, failure: Option<FailureCode>| {
        ProviderState::Ended(Ending {
            how,
            tried: failure.is_some(),
            failure,
        })
    };
    let declined = ended(Ended::Failed, Some(FailureCode::CardDeclined));
    for (status, payments, state) in [
        ("CREATED", json!({}), ProviderState::Open),
        ("PAYER_ACTION_REQUIRED", json!({}), ProviderState::Open),
        ("APPROVED", json!({}), ProviderState::Approved),
        ("VOIDED", json!({}), ended(Ended::Cancelled, None)),
        (
            "COMPLETED",
            captured("COMPLETED"),
            ProviderState::Paid(received.clone()),
        ),
        (
            "COMPLETED",
            captured("REFUNDED"),
            ProviderState::Paid(received.clone()),
        ),
        (
            "COMPLETED",
            captured("PARTIALLY_REFUNDED"),
            ProviderState::Paid(received.clone()),
        ),
        (
            "COMPLETED",
            captured("PENDING"),
            ProviderState::Processing(Some(received)),
        ),
        ("COMPLETED", captured("DECLINED"), declined.clone()),
        ("COMPLETED", captured("FAILED"), declined),
        ("COMPLETED", json!({}), ProviderState::Unreadable),
        ("COMPLETED", captured("IMAGINED"), ProviderState::Unreadable),
        ("IMAGINED", json!({}), ProviderState::Unreadable),
    ] {
        assert_eq!(
            told(status, payments.clone()).state,
            state,
            "{status} {payments}"
        );
    }
    let paid = told("COMPLETED", captured("COMPLETED"));
    assert_eq!(paid.fee, Some(money("1.66", "EUR")));
    assert_eq!(
        (paid.id.as_str(), paid.reference.as_str()),
        ("ORDER1", "a1b2c3")
    );
    let ids: Vec<_> = paid.ids.iter().map(|id| id.id.as_str()).collect();
    assert_eq!(ids, ["ORDER1", "CAP1"]);
}

#[test]
fn a_page_elsewhere_makes_no_sense() {
    for href in [
        "https://paypal.evil.example.com/checkoutnow",
        "javascript:alert(1)",
    ] {
        let order: wire::Order = serde_json::from_value(json!({
            "id": "ORDER1", "status": "CREATED",
            "links": [{"rel": "payer-action", "href": href}],
        }))
        .unwrap();
        assert!(
            payment::payment(&order, &[PAGES.to_owned()]).is_err(),
            "{href}"
        );
    }
}

#[test]
fn refunds_are_told_with_the_key_that_they_were_asked_for_by() {
    for (status, expected) in [
        ("COMPLETED", Some(RefundStatus::Done)),
        ("PENDING", Some(RefundStatus::Pending)),
        ("FAILED", Some(RefundStatus::Failed)),
        ("CANCELLED", Some(RefundStatus::Failed)),
        ("IMAGINED", None),
    ] {
        let mut payments = captured("PARTIALLY_REFUNDED");
        payments["refunds"] = json!([{
            "id": "REF1", "status": status, "custom_id": "portico.rf-1",
            "amount": {"currency_code": "EUR", "value": "10.00"},
            "update_time": "2026-11-21T05:00:00-07:00",
        }]);
        let events = told("COMPLETED", payments).events;
        assert_eq!(events.is_unreadable, expected.is_none(), "{status}");
        let refund = events.refunds.first();
        assert_eq!(refund.map(|refund| refund.status), expected);
        if let Some(refund) = refund {
            assert_eq!(refund.key.as_deref(), Some("rf-1"));
            assert_eq!(refund.at, Timestamp::parse("2026-11-21T12:00:00Z").ok());
        }
    }
}

#[test]
fn a_lost_dispute_is_told_by_the_refund_that_it_became() {
    let dispute = |status: &str, outcome: Value| {
        let dispute: wire::Dispute = serde_json::from_value(json!({
            "dispute_id": "PP-D-1", "status": status, "dispute_outcome": outcome,
            "dispute_amount": {"currency_code": "EUR", "value": "10.00"},
        }))
        .unwrap();
        payment::dispute(&dispute)
    };
    let code = |code: &str| json!({"outcome_code": code});
    for (status, outcome, state) in [
        ("UNDER_REVIEW", Value::Null, Some(DisputeState::Open)),
        (
            "RESOLVED",
            code("RESOLVED_BUYER_FAVOUR"),
            Some(DisputeState::Lost),
        ),
        (
            "RESOLVED",
            code("RESOLVED_SELLER_FAVOUR"),
            Some(DisputeState::Won),
        ),
        ("RESOLVED", Value::Null, None),
        ("RESOLVED", code("IMAGINED"), None),
        ("IMAGINED", Value::Null, None),
    ] {
        let read = dispute(status, outcome.clone()).map(|dispute| dispute.state);
        assert_eq!(read, state, "{status} {outcome}");
    }
    let mut payments = captured("PARTIALLY_REFUNDED");
    payments["refunds"] = json!([{
        "id": "REF1", "status": "COMPLETED",
        "amount": {"currency_code": "EUR", "value": "10.00"},
    }]);
    let mut events = told("COMPLETED", payments).events;
    events
        .disputes
        .extend(dispute("RESOLVED", code("RESOLVED_BUYER_FAVOUR")));
    assert!(!payment::lacks_refund(&events));
    let without = PaymentEvents {
        refunds: Vec::new(),
        ..events
    };
    assert!(payment::lacks_refund(&without));
}
