//! Refunds, questions and captures that must be refused.

use provider_specs::Specs;
use serde_json::json;

use crate::support::{post, question, refund};
use crate::tables::{all_are_refused, all_changes_are_refused, text};

#[test]
fn refunds_that_paypal_does_not_take() {
    let Some(specs) = Specs::open() else { return };
    all_are_refused(
        &specs,
        &refund(),
        vec![
            (
                "a number for an amount",
                "/amount/value",
                Some(json!(1200)),
                "string",
            ),
            (
                "no currency",
                "/amount/currency_code",
                None,
                "currency_code",
            ),
            ("a misspelt field", "/note", text("a"), "'note'"),
            (
                "a field misspelt inside",
                "/amount/currency",
                text("JPY"),
                "'currency'",
            ),
            (
                "a custom_id of 128 characters",
                "/custom_id",
                text(&"a".repeat(128)),
                "127",
            ),
            (
                "a note of 256 characters",
                "/note_to_payer",
                text(&"a".repeat(256)),
                "255",
            ),
        ],
    );
}

#[test]
fn questions_that_paypal_does_not_take() {
    let Some(specs) = Specs::open() else { return };
    all_are_refused(
        &specs,
        &question(),
        vec![
            ("no id of the webhook", "/webhook_id", None, "webhook_id"),
            ("no event", "/webhook_event", None, "webhook_event"),
            (
                "an event that is a text",
                "/webhook_event",
                text("{}"),
                "object",
            ),
            (
                "a misspelt field",
                "/transmission_signature",
                text("a"),
                "transmission_signature",
            ),
            (
                "a time without a zone",
                "/transmission_time",
                text("2026-02-18T20:01:35"),
                "date-time",
            ),
            (
                "an unknown form of address",
                "/cert_url",
                text("certs/CERT-360"),
                "uri",
            ),
        ],
    );
}

#[test]
fn keys_of_refunds_are_held_to_the_same_headers() {
    all_changes_are_refused(
        refund,
        &[
            (
                "no bearer",
                |call| call.remove("authorization"),
                "Authorization",
            ),
            (
                "an unknown preference",
                |call| call.set("prefer", "return=all"),
                "return=all",
            ),
            (
                "a header of another operation",
                |call| {
                    call.set("paypal-partner-attribution-id", "a");
                },
                "paypal-partner-attribution-id",
            ),
        ],
    );
    let capture = || {
        post(
            "/v2/checkout/orders/5O190127TN364715T/capture",
            "A-capture",
            &serde_json::json!({}),
        )
    };
    all_changes_are_refused(
        capture,
        &[
            (
                "a field of another operation",
                |call| {
                    call.body = br#"{"final_capture":true}"#.to_vec();
                },
                "final_capture",
            ),
            ("a list", |call| call.body = b"[]".to_vec(), "object"),
        ],
    );
}
