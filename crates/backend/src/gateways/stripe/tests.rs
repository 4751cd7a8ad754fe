//! What Stripe is sent, and what its answers mean here.

use std::time::Duration;

use api_types::{
    AttemptId, Currency, DisputeState, FailureCode, MethodKind, Money, OptionId, PaidBy, Timestamp,
};
use serde_json::{Value, json};

use super::wire::{Refund, Session};
use super::{order, payment};
use crate::gateways::{
    Ended, Ending, Order, OrderItem, Payer, ProviderState, Received, RefundStatus,
};

fn money(text: &str, code: &str) -> Money {
    Money::parse(text, Currency::parse(code).unwrap()).unwrap()
}

fn order(amount: Money) -> Order {
    Order {
        reference: AttemptId::parse("a1b2c3").unwrap(),
        amount,
        option: None,
        paid_by: PaidBy {
            kind: MethodKind::Card,
            label: None,
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

fn field(order: &Order, name: &str) -> Option<String> {
    let fields = order::session(order).unwrap();
    let mut found = fields.into_iter().filter(|(known, _)| known == name);
    let value = found.next().map(|(_, value)| value);
    assert_eq!(found.next(), None, "{name} stands there twice");
    value
}

#[test]
fn a_session_asks_for_exactly_the_amount_and_names_the_attempt() {
    let order = order(money("45.00", "EUR"));
    for (name, value) in [
        ("mode", "payment"),
        ("client_reference_id", "a1b2c3"),
        ("metadata[portico_attempt]", "a1b2c3"),
        ("payment_intent_data[metadata][portico_attempt]", "a1b2c3"),
        ("payment_method_types[0]", "card"),
        ("expires_at", "1795266000"),
        ("locale", "en"),
        ("customer_email", "ada@example.com"),
        ("success_url", "https://portal.example.com/back?s=1"),
        ("line_items[0][quantity]", "1"),
        ("line_items[0][price_data][currency]", "eur"),
        ("line_items[0][price_data][unit_amount]", "4500"),
        ("line_items[0][price_data][product_data][name]", "INV-1"),
    ] {
        assert_eq!(field(&order, name).as_deref(), Some(value), "{name}");
    }
    assert_eq!(field(&order, "ui_mode"), None);
}

#[test]
fn what_cannot_be_told_is_left_out_or_refused() {
    let mut odd = order(money("45.00", "EUR"));
    for email in ["ada", "ada@", "å@example.com", "a b@example.com", "a@b"] {
        odd.payer.email = Some(email.to_owned());
        assert_eq!(field(&odd, "customer_email"), None, "{email}");
    }
    for (tag, locale) in [
        (Some("pt-BR"), "pt-BR"),
        (Some("ar"), "auto"),
        (None, "auto"),
    ] {
        odd.payer.language = tag.map(str::to_owned);
        assert_eq!(field(&odd, "locale").as_deref(), Some(locale), "{tag:?}");
    }
    odd.option = OptionId::parse("sepa_debit").ok();
    assert_eq!(
        field(&odd, "payment_method_types[0]").as_deref(),
        Some("sepa_debit")
    );
    odd.items = vec![
        OrderItem {
            name: "INV-1".to_owned(),
            amount: money("40.00", "EUR"),
        },
        OrderItem {
            name: "Surcharge".to_owned(),
            amount: money("5.00", "EUR"),
        },
    ];
    let second = field(&odd, "line_items[1][price_data][unit_amount]");
    assert_eq!(second.as_deref(), Some("500"));
    assert_eq!(order::session(&order(money("3.50", "MGA"))), None);
}

/// A session of a test account, in Stripe's words, with some fields changed.
fn session(change: Value) -> Result<crate::gateways::ProviderPayment, &'static str> {
    let mut body = json!({
        "id": "cs_test_1", "object": "checkout.session", "livemode": false,
        "metadata": {"portico_attempt": "a1b2c3"}, "status": "open", "payment_status": "unpaid",
        "url": "https://checkout.stripe.com/c/pay/cs_test_1", "payment_intent": null,
        "something_new": {"a": 1},
    });
    for (name, value) in change.as_object().unwrap() {
        body[name] = value.clone();
    }
    let session: Session = serde_json::from_value(body).unwrap();
    payment::payment(
        &session,
        (&["https://checkout.stripe.com".to_owned()], false),
    )
}

fn intent(status: &str, change: Value) -> Value {
    let mut body = json!({
        "id": "pi_1", "status": status, "currency": "eur", "amount": 4500, "amount_received": 0,
        "last_payment_error": null,
        "latest_charge": {"id": "ch_1", "balance_transaction": {"fee": 88, "currency": "eur"}},
    });
    for (name, value) in change.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

#[test]
fn each_of_its_states_has_one_of_ours() {
    let received = Received {
        payment_id: "pi_1".to_owned(),
        amount: money("45.00", "EUR"),
    };
    let ended = |how, tried, failure| {
        ProviderState::Ended(Ending {
            how,
            tried,
            failure,
        })
    };
    let complete = |payment_status: &str, intent: Value| {
        json!({
            "status": "complete", "payment_status": payment_status, "payment_intent": intent,
            "url": null,
        })
    };
    let declined =
        json!({"last_payment_error": {"code": "card_declined", "decline_code": "generic_decline"}});
    for (change, state) in [
        (json!({}), ProviderState::Open),
        (
            complete(
                "paid",
                intent("succeeded", json!({"amount_received": 4500})),
            ),
            ProviderState::Paid(received.clone()),
        ),
        (
            complete("unpaid", intent("processing", json!({}))),
            ProviderState::Processing(Some(received.clone())),
        ),
        (
            complete("unpaid", intent("requires_action", json!({}))),
            ProviderState::Processing(None),
        ),
        (
            complete(
                "unpaid",
                intent("requires_payment_method", declined.clone()),
            ),
            ended(Ended::Failed, true, Some(FailureCode::CardDeclined)),
        ),
        (
            json!({"status": "expired", "url": null}),
            ended(Ended::Expired, false, None),
        ),
        (
            json!({"status": "expired", "payment_intent": intent("canceled", declined)}),
            ended(Ended::Expired, true, Some(FailureCode::CardDeclined)),
        ),
        // Money that was on its way when the session expired.
        (
            json!({
                "status": "expired",
                "payment_intent": intent("succeeded", json!({"amount_received": 4500})),
            }),
            ProviderState::Paid(received.clone()),
        ),
        (
            json!({"status": "expired", "payment_intent": intent("processing", json!({}))}),
            ProviderState::Processing(Some(received.clone())),
        ),
        (complete("paid", Value::Null), ProviderState::Unreadable),
        (complete("paid", json!("pi_1")), ProviderState::Unreadable),
        (
            complete("no_payment_required", Value::Null),
            ProviderState::Unreadable,
        ),
        (
            complete("unpaid", intent("imagined", json!({}))),
            ProviderState::Unreadable,
        ),
        (json!({"status": "imagined"}), ProviderState::Unreadable),
        (json!({"status": null}), ProviderState::Unreadable),
    ] {
        assert_eq!(session(change.clone()).unwrap().state, state, "{change}");
    }
    let paid = session(complete(
        "paid",
        intent("succeeded", json!({"amount_received": 4500})),
    ));
    let paid = paid.unwrap();
    assert_eq!(paid.fee, Some(money("0.88", "EUR")));
    assert_eq!(paid.reference, "a1b2c3");
    assert!(paid.page.is_none());
    let ids: Vec<_> = paid.ids.iter().map(|id| id.id.as_str()).collect();
    assert_eq!(ids, ["cs_test_1", "pi_1", "ch_1"]);
}

#[test]
fn reasons_are_told_as_far_as_they_are_known() {
    for (code, decline_code, failure) in [
        (
            "card_declined",
            json!("insufficient_funds"),
            FailureCode::InsufficientFunds,
        ),
        (
            "card_declined",
            json!("expired_card"),
            FailureCode::ExpiredCard,
        ),
        ("expired_card", Value::Null, FailureCode::ExpiredCard),
        (
            "card_declined",
            json!("stolen_card"),
            FailureCode::CardDeclined,
        ),
        ("something_new", Value::Null, FailureCode::ProviderError),
    ] {
        let error = json!({"last_payment_error": {"code": code, "decline_code": decline_code}});
        let change = json!({"status": "expired", "payment_intent": intent("canceled", error)});
        let ProviderState::Ended(ending) = session(change).unwrap().state else {
            panic!("it has ended");
        };
        assert_eq!(ending.failure, Some(failure), "{code}");
    }
}

#[test]
fn a_session_of_the_other_mode_or_a_page_elsewhere_makes_no_sense() {
    assert!(session(json!({"livemode": true})).is_err());
    for url in [
        "https://evil.example.com/c/pay/cs_1",
        "javascript:alert(1)",
        "/c/pay",
    ] {
        assert!(session(json!({"url": url})).is_err(), "{url}");
    }
}

#[test]
fn refunds_and_disputes_are_told_with_what_they_came_to() {
    let refund = |status: &str| {
        json!({
            "id": "re_1", "amount": 1000, "currency": "eur", "created": 1_763_719_200,
            "status": status, "metadata": {"portico_refund": "rf-1"},
        })
    };
    for (status, expected) in [
        ("succeeded", Some(RefundStatus::Done)),
        ("pending", Some(RefundStatus::Pending)),
        ("requires_action", Some(RefundStatus::Pending)),
        ("failed", Some(RefundStatus::Failed)),
        ("canceled", Some(RefundStatus::Failed)),
        ("imagined", None),
    ] {
        let read: Refund = serde_json::from_value(refund(status)).unwrap();
        let read = payment::refund(&read);
        assert_eq!(
            read.as_ref().map(|refund| refund.status),
            expected,
            "{status}"
        );
        assert!(read.is_none_or(|refund| refund.key.as_deref() == Some("rf-1")));
    }
    for (status, expected) in [
        ("needs_response", Some(DisputeState::Open)),
        ("warning_under_review", Some(DisputeState::Open)),
        ("won", Some(DisputeState::Won)),
        ("warning_closed", Some(DisputeState::Won)),
        ("lost", Some(DisputeState::Lost)),
        ("imagined", None),
    ] {
        let dispute = json!({
            "id": "dp_1", "amount": 4500, "currency": "eur", "created": 1_763_719_200,
            "status": status,
        });
        let events = payment::events(Vec::new(), vec![dispute]);
        let state = events.disputes.first().map(|dispute| dispute.state);
        assert_eq!(
            (state, events.is_unreadable),
            (expected, expected.is_none()),
            "{status}"
        );
    }
}

#[test]
fn one_refund_that_cannot_be_read_hides_no_other() {
    let good = json!({
        "id": "re_1", "amount": 1000, "currency": "eur", "created": 1_763_719_200,
        "status": "succeeded", "metadata": null,
    });
    let events = payment::events(vec![json!({"id": "re_2"}), good], Vec::new());
    assert!(events.is_unreadable);
    assert_eq!(events.refunds.len(), 1);
    assert_eq!(events.refunds[0].key, None);
}

#[test]
fn a_fee_that_is_not_told_yet_is_waited_for() {
    let told = |transaction: Value| {
        let charge = json!({"id": "ch_1", "balance_transaction": transaction});
        let intent = intent(
            "succeeded",
            json!({"amount_received": 4500, "latest_charge": charge}),
        );
        let paid =
            json!({"status": "complete", "payment_status": "paid", "payment_intent": intent});
        session(paid).unwrap()
    };
    assert!(told(Value::Null).awaits_fee);
    assert!(!told(json!({"fee": 88, "currency": "eur"})).awaits_fee);
    assert!(
        !session(json!({})).unwrap().awaits_fee,
        "nothing has been paid"
    );
}
