//! Orders that do not fit their description: a type, a length, a spelling, a field too few or too
//! many.

use serde_json::{Value, json};

use crate::refused_orders::{UNIT, hold};
use crate::support::usd;

const CONTEXT: &str = "/payment_source/paypal/experience_context";

#[tokio::test]
async fn orders_that_do_not_fit_their_description_are_refused() {
    let unit = |name: &str| format!("{UNIT}/{name}");
    let context = |name: &str| format!("{CONTEXT}/{name}");
    let long = |length: usize| Value::from("x".repeat(length));
    let item = |change: Value| {
        let mut item = json!({ "name": "Hour", "quantity": "1", "unit_amount": usd("100.00") });
        let change = change.as_object().unwrap().clone();
        item.as_object_mut().unwrap().extend(change);
        json!([item])
    };
    let rows: Vec<(String, Value, &str)> = vec![
        ("/intent".into(), Value::Null, "MISSING_REQUIRED_PARAMETER"),
        (
            "/intent".into(),
            json!("capture"),
            "INVALID_PARAMETER_VALUE",
        ),
        ("/intent".into(), json!(1), "MALFORMED_REQUEST_JSON"),
        (
            "/intents".into(),
            json!("CAPTURE"),
            "MALFORMED_REQUEST_JSON",
        ),
        (
            "/purchase_units".into(),
            Value::Null,
            "MISSING_REQUIRED_PARAMETER",
        ),
        (
            "/purchase_units".into(),
            json!([]),
            "INVALID_ARRAY_MIN_ITEMS",
        ),
        (
            "/purchase_units".into(),
            json!({}),
            "MALFORMED_REQUEST_JSON",
        ),
        (
            "/purchase_units".into(),
            vec![json!({ "amount": usd("1.00") }); 11].into(),
            "INVALID_ARRAY_MAX_ITEMS",
        ),
        (unit("amount"), Value::Null, "MISSING_REQUIRED_PARAMETER"),
        (
            unit("amount/value"),
            Value::Null,
            "MISSING_REQUIRED_PARAMETER",
        ),
        (
            unit("amount/currency_code"),
            Value::Null,
            "MISSING_REQUIRED_PARAMETER",
        ),
        (unit("amount/value"), json!(100), "MALFORMED_REQUEST_JSON"),
        (unit("amount/value"), json!(""), "INVALID_STRING_LENGTH"),
        (
            unit("amount/value"),
            json!("1,00"),
            "INVALID_PARAMETER_SYNTAX",
        ),
        (
            unit("amount/value"),
            json!("1."),
            "INVALID_PARAMETER_SYNTAX",
        ),
        (unit("amount/value"), long(33), "INVALID_STRING_LENGTH"),
        (
            unit("amount/currency_code"),
            json!("US"),
            "INVALID_STRING_LENGTH",
        ),
        (
            unit("amount/currency"),
            json!("USD"),
            "MALFORMED_REQUEST_JSON",
        ),
        (unit("custom"), json!("x"), "MALFORMED_REQUEST_JSON"),
        (unit("custom_id"), json!(""), "INVALID_STRING_LENGTH"),
        (unit("custom_id"), long(128), "INVALID_STRING_LENGTH"),
        (unit("invoice_id"), long(128), "INVALID_STRING_LENGTH"),
        (unit("invoice_id"), json!(7), "MALFORMED_REQUEST_JSON"),
        (unit("description"), long(128), "INVALID_STRING_LENGTH"),
        (unit("reference_id"), long(257), "INVALID_STRING_LENGTH"),
        (unit("soft_descriptor"), long(23), "INVALID_STRING_LENGTH"),
        (
            unit("items"),
            item(json!({ "quantity": 1 })),
            "MALFORMED_REQUEST_JSON",
        ),
        (
            unit("items"),
            item(json!({ "quantity": "0" })),
            "INVALID_PARAMETER_SYNTAX",
        ),
        (
            unit("items"),
            item(json!({ "quantity": "1.5" })),
            "INVALID_PARAMETER_SYNTAX",
        ),
        (
            unit("items"),
            item(json!({ "name": "" })),
            "INVALID_STRING_LENGTH",
        ),
        (
            unit("items"),
            item(json!({ "category": "FOOD" })),
            "INVALID_PARAMETER_VALUE",
        ),
        (
            unit("items"),
            json!([{ "name": "Hour" }]),
            "MISSING_REQUIRED_PARAMETER",
        ),
        (
            unit("payee"),
            json!({ "merchant_id": "short" }),
            "INVALID_STRING_LENGTH",
        ),
        (
            unit("payee"),
            json!({ "email_address": "nobody" }),
            "INVALID_PARAMETER_SYNTAX",
        ),
        (
            unit("shipping"),
            json!({ "address": {} }),
            "MISSING_REQUIRED_PARAMETER",
        ),
        (
            unit("shipping"),
            json!({ "address": { "country_code": "us" } }),
            "INVALID_PARAMETER_SYNTAX",
        ),
        (unit("supplementary_data"), json!({}), "NOT_SUPPORTED"),
        ("/payment_source/card".into(), json!({}), "NOT_SUPPORTED"),
        (
            "/payment_source/cheque".into(),
            json!({}),
            "MALFORMED_REQUEST_JSON",
        ),
        (
            "/payment_source/paypal/vault_id".into(),
            json!("1"),
            "NOT_SUPPORTED",
        ),
        (
            context("return_url"),
            json!("merchant.example.com"),
            "INVALID_PARAMETER_SYNTAX",
        ),
        (
            context("cancel_url"),
            json!("/cancel"),
            "INVALID_PARAMETER_SYNTAX",
        ),
        (
            context("locale"),
            json!("en_US"),
            "INVALID_PARAMETER_SYNTAX",
        ),
        (
            context("user_action"),
            json!("PAY"),
            "INVALID_PARAMETER_VALUE",
        ),
        (context("user_action"), json!(""), "INVALID_STRING_LENGTH"),
        (
            context("landing_page"),
            json!("BILLING"),
            "INVALID_PARAMETER_VALUE",
        ),
        (
            context("shipping_preference"),
            json!("NONE"),
            "INVALID_PARAMETER_VALUE",
        ),
        (
            context("payment_method_preference"),
            json!("NOW"),
            "INVALID_PARAMETER_VALUE",
        ),
        (context("brand_name"), long(128), "INVALID_STRING_LENGTH"),
        (context("brand"), json!("x"), "MALFORMED_REQUEST_JSON"),
        (
            "/application_context".into(),
            json!({ "landing_page": "GUEST_CHECKOUT" }),
            "INVALID_PARAMETER_VALUE",
        ),
        (
            "/payer".into(),
            json!({ "email_address": "a@b" }),
            "INVALID_PARAMETER_SYNTAX",
        ),
        (
            "/payer".into(),
            json!({ "birth_date": "1990-31-01" }),
            "INVALID_PARAMETER_SYNTAX",
        ),
    ];
    let rows = rows
        .iter()
        .map(|(place, value, issue)| (place.as_str(), value.clone(), *issue));
    hold(rows.collect(), 400, "INVALID_REQUEST").await;
}
