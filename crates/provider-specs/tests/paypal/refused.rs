//! Orders that must be refused for their bodies.

use provider_specs::Specs;
use serde_json::{Value, json};

use crate::support::create;
use crate::tables::{all_are_refused, text};

#[test]
fn orders_that_paypal_does_not_take() {
    let Some(specs) = Specs::open() else { return };
    let amount = || json!({ "currency_code": "EUR", "value": "120.50" });
    let own = || Some(json!({ "experience_context": { "return_ulr": "https://a.example/" } }));
    all_are_refused(
        &specs,
        &create(),
        vec![
            (
                "a number for an amount",
                "/purchase_units/0/amount/value",
                Some(json!(120.5)),
                "string",
            ),
            (
                "letters in an amount",
                "/purchase_units/0/amount/value",
                text("12o.50"),
                "12o.50",
            ),
            (
                "a comma in an amount",
                "/purchase_units/0/amount/value",
                text("120,50"),
                "120,50",
            ),
            ("no amount", "/purchase_units/0/amount", None, "amount"),
            ("no value", "/purchase_units/0/amount/value", None, "value"),
            ("no intent", "/intent", None, "intent"),
            ("an unknown intent", "/intent", text("SALE"), "SALE"),
            ("no units", "/purchase_units", None, "purchase_units"),
            (
                "no unit",
                "/purchase_units",
                Some(json!([])),
                "purchase_units",
            ),
            (
                "a field misspelt at the top",
                "/purchase_unit",
                Some(json!([])),
                "purchase_unit",
            ),
            (
                "a field misspelt in a unit",
                "/purchase_units/0/custom",
                text("a"),
                "'custom'",
            ),
            (
                "a field misspelt beside allOf",
                "/purchase_units/0/amount/break_down",
                text("a"),
                "break_down",
            ),
            (
                "a field of the whole in a part",
                "/purchase_units/0/amount/breakdown/item_total",
                Some(json!({
                    "currency_code": "EUR", "value": "1", "breakdown": {},
                })),
                "breakdown",
            ),
            (
                "a field misspelt deep inside",
                "/payment_source/paypal",
                own(),
                "return_ulr",
            ),
            (
                "a field misspelt in an item",
                "/purchase_units/0/items/0/qty",
                text("1"),
                "qty",
            ),
            (
                "an unknown source",
                "/payment_source/paypall",
                own(),
                "paypall",
            ),
            (
                "a field of PayPal's to write",
                "/payment_source/card",
                Some(json!({ "last_digits": "1234" })),
                "last_digits",
            ),
            (
                "a currency of four letters",
                "/purchase_units/0/amount/currency_code",
                text("EURO"),
                "EURO",
            ),
            (
                "a currency in small letters",
                "/purchase_units/0/amount/currency_code",
                text("eur"),
                "eur",
            ),
            (
                "a custom_id of 128 characters",
                "/purchase_units/0/custom_id",
                text(&"a".repeat(128)),
                "127",
            ),
            (
                "an empty description",
                "/purchase_units/0/description",
                text(""),
                "description",
            ),
            (
                "a description that is null",
                "/purchase_units/0/description",
                Some(Value::Null),
                "null",
            ),
            (
                "a number for a quantity",
                "/purchase_units/0/items/0/quantity",
                Some(json!(1)),
                "string",
            ),
            (
                "no quantity",
                "/purchase_units/0/items/0/quantity",
                None,
                "quantity",
            ),
            (
                "one item, and not a list",
                "/purchase_units/0/items",
                Some(json!({ "name": "a" })),
                "array",
            ),
            (
                "an amount for a breakdown",
                "/purchase_units/0/amount/breakdown",
                Some(amount()),
                "currency_code",
            ),
            (
                "an unknown action",
                "/payment_source/paypal/experience_context/user_action",
                text("PAY"),
                "PAY",
            ),
            (
                "a language of three letters",
                "/payment_source/paypal/experience_context/locale",
                text("fil"),
                "fil",
            ),
            (
                "an address without a scheme",
                "/payment_source/paypal/experience_context/return_url",
                text("a/b"),
                "uri",
            ),
            (
                "an address within a text",
                "/payment_source/paypal/email_address",
                text("to a@b.example"),
                "email",
            ),
        ],
    );
}
