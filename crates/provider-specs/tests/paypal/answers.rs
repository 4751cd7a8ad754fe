//! Answers of PayPal's, wrong ones first.

use provider_specs::Specs;
use serde_json::{Value, json};

use crate::support::{Request, create, get, question, refund};

fn faults(specs: &Specs, request: &Request, status: u16, body: &Value) -> String {
    let body = body.to_string();
    let answer = specs.paypal_answer(&request.call(), status, body.as_bytes());
    answer.err().unwrap_or_default().join("\n")
}

fn made() -> Value {
    json!({
        "id": "5O190127TN364715T",
        "status": "PAYER_ACTION_REQUIRED",
        "intent": "CAPTURE",
        "create_time": "2026-02-18T20:01:35Z",
        "purchase_units": [{
            "custom_id": "portico:A-01JBX7",
            "amount": { "currency_code": "EUR", "value": "120.50" },
        }],
        "links": [{ "href": "https://www.paypal.com/checkoutnow?token=5O", "rel": "payer-action" }],
        "added_by_paypal_later": true,
    })
}

fn refusal(issue: &str) -> Value {
    json!({
        "name": "UNPROCESSABLE_ENTITY",
        "message": "The requested action could not be performed, semantically incorrect, or failed \
                    business validation.",
        "details": [{ "issue": issue, "description": "In words of our own." }],
        "debug_id": "90957fca61718",
    })
}

#[test]
fn answers_that_paypal_does_not_give() {
    let Some(specs) = Specs::open() else { return };
    let with = |place: &str, value: Value| {
        let mut body = made();
        *body.pointer_mut(place).unwrap() = value;
        body
    };
    for (what, status, body) in [
        ("an unknown state", 201, with("/status", json!("PAID"))),
        (
            "a number for an amount",
            201,
            with("/purchase_units/0/amount/value", json!(1)),
        ),
        (
            "a time that is none",
            201,
            with("/create_time", json!("yesterday")),
        ),
        (
            "a link to nowhere",
            201,
            with("/links/0", json!({ "rel": "self" })),
        ),
        (
            "an issue of another operation",
            422,
            refusal("ORDER_NOT_APPROVED_YET"),
        ),
        (
            "the name of another status",
            400,
            refusal("AMOUNT_MISMATCH"),
        ),
        ("an order for a status that has an error", 418, made()),
    ] {
        assert_ne!(faults(&specs, &create(), status, &body), "", "{what}");
    }
    let no_json = specs.paypal_answer(&create().call(), 201, b"<html>");
    assert!(no_json.unwrap_err()[0].contains("no JSON"));
    let mut patch = get("/v2/checkout/orders/5O190127TN364715T");
    patch.method = "PATCH";
    let with_body = specs.paypal_answer(&patch.call(), 204, b"{}");
    assert!(with_body.unwrap_err()[0].contains("204"));
}

#[test]
fn answers_that_paypal_gives() {
    let Some(specs) = Specs::open() else { return };
    let read = get("/v2/checkout/orders/5O190127TN364715T");
    let status = json!({ "verification_status": "SUCCESS" });
    let refunded = json!({
        "id": "1JU08902781691411",
        "status": "COMPLETED",
        "amount": { "currency_code": "JPY", "value": "1200" },
        // A colon, which is against the pattern that is left out.
        "custom_id": "portico:R-01JBX9",
        "links": [],
    });
    for (what, request, status, body) in [
        ("an order", create(), 201, made()),
        ("the same order again", create(), 200, made()),
        ("an order that is read", read, 200, made()),
        ("a refund", refund(), 201, refunded),
        ("a verdict on a notification", question(), 200, status),
        ("a refusal", create(), 422, refusal("AMOUNT_MISMATCH")),
    ] {
        assert_eq!(faults(&specs, &request, status, &body), "", "{what}");
    }
}
