//! Orders that fit their description and break a rule: amounts that do not add up, currencies,
//! payees, features that the account does not have.

use serde_json::{Value, json};

use crate::refused_orders::{UNIT, hold};
use crate::support::usd;

#[tokio::test]
async fn orders_that_break_a_rule_are_refused() {
    let unit = |name: &str| format!("{UNIT}/{name}");
    let amount = |value: &str, breakdown: Value| json!({ "currency_code": "USD", "value": value, "breakdown": breakdown });
    let of = |currency: &str, value: &str| json!({ "currency_code": currency, "value": value });
    let total = |value: &str| json!({ "item_total": usd(value) });
    let item = |price: &str, quantity: &str| json!({ "name": "Hour", "quantity": quantity, "unit_amount": usd(price) });
    let with_items = |amount: Value, items: Value| json!([{ "amount": amount, "items": items }]);
    let taxed = json!({ "name": "Hour", "quantity": "1", "unit_amount": usd("90.00"), "tax": usd("10.00") });
    let donation = json!({ "name": "Gift", "quantity": "1", "unit_amount": usd("50.00"), "category": "DONATION" });
    let option = |selected: bool| json!({ "id": "1", "label": "Post", "selected": selected });
    let units = "/purchase_units";
    let rows: Vec<(String, Value, &str)> = vec![
        (
            "/intent".into(),
            json!("AUTHORIZE"),
            "AUTH_CAPTURE_NOT_ENABLED",
        ),
        (
            unit("amount/value"),
            json!("0.00"),
            "CANNOT_BE_ZERO_OR_NEGATIVE",
        ),
        (
            unit("amount/value"),
            json!("-1.00"),
            "CANNOT_BE_ZERO_OR_NEGATIVE",
        ),
        (unit("amount/value"), json!("100.001"), "DECIMAL_PRECISION"),
        (
            unit("amount/value"),
            json!("1000000000000000"),
            "MAX_VALUE_EXCEEDED",
        ),
        (
            unit("amount/value"),
            json!("9".repeat(32)),
            "MAX_VALUE_EXCEEDED",
        ),
        (
            unit("amount"),
            of("JPY", "100.00"),
            "DECIMALS_NOT_SUPPORTED",
        ),
        (unit("amount"), of("HUF", "100.5"), "DECIMALS_NOT_SUPPORTED"),
        (unit("amount"), of("TWD", "1.0"), "DECIMALS_NOT_SUPPORTED"),
        (unit("amount"), of("KWD", "1.00"), "INVALID_CURRENCY_CODE"),
        (unit("amount"), of("usd", "1.00"), "INVALID_CURRENCY_CODE"),
        (
            unit("amount"),
            amount("100.00", total("99.99")),
            "AMOUNT_MISMATCH",
        ),
        (
            unit("amount"),
            amount("100.00", json!({})),
            "AMOUNT_MISMATCH",
        ),
        (
            unit("amount"),
            amount(
                "100.00",
                json!({ "item_total": usd("100.00"), "discount": usd("1.00") }),
            ),
            "AMOUNT_MISMATCH",
        ),
        (
            unit("amount"),
            amount(
                "100.00",
                json!({ "item_total": usd("101.00"), "handling": usd("-1.00") }),
            ),
            "CANNOT_BE_NEGATIVE",
        ),
        (
            unit("amount"),
            amount("100.00", json!({ "item_total": of("EUR", "100.00") })),
            "MULTI_CURRENCY_ORDER",
        ),
        (
            units.into(),
            with_items(usd("100.00"), json!([item("100.00", "1")])),
            "ITEM_TOTAL_REQUIRED",
        ),
        (
            units.into(),
            with_items(
                amount("100.00", total("100.00")),
                json!([item("10.00", "9")]),
            ),
            "ITEM_TOTAL_MISMATCH",
        ),
        (
            units.into(),
            with_items(amount("90.00", total("90.00")), json!([taxed])),
            "TAX_TOTAL_REQUIRED",
        ),
        (
            units.into(),
            with_items(
                amount(
                    "99.00",
                    json!({ "item_total": usd("90.00"), "tax_total": usd("9.00") }),
                ),
                json!([taxed]),
            ),
            "TAX_TOTAL_MISMATCH",
        ),
        (
            units.into(),
            with_items(
                amount("100.00", total("100.00")),
                json!([donation, item("50.00", "1")]),
            ),
            "MULTIPLE_ITEM_CATEGORIES",
        ),
        (
            units.into(),
            json!([{ "amount": usd("1.00") }, { "amount": usd("1.00") }]),
            "REFERENCE_ID_REQUIRED",
        ),
        (
            units.into(),
            json!([
                { "reference_id": "a", "amount": usd("1.00") },
                { "reference_id": "a", "amount": usd("1.00") },
            ]),
            "DUPLICATE_REFERENCE_ID",
        ),
        (
            units.into(),
            json!([
                { "reference_id": "a", "amount": usd("1.00") },
                { "reference_id": "b", "amount": of("EUR", "1.00") },
            ]),
            "MULTI_CURRENCY_ORDER",
        ),
        (
            unit("payee"),
            json!({ "merchant_id": "ANTHERSHQP234" }),
            "PAYEE_ACCOUNT_INVALID",
        ),
        (
            unit("payee"),
            json!({ "email_address": "other@example.com" }),
            "PAYEE_ACCOUNT_INVALID",
        ),
        (unit("payee"), json!({}), "PAYEE_ACCOUNT_INVALID"),
        (
            unit("payment_instruction"),
            json!({ "platform_fees": [{ "amount": usd("1.00") }] }),
            "PLATFORM_FEES_NOT_SUPPORTED",
        ),
        (
            unit("shipping"),
            json!({ "options": [option(true)] }),
            "SHIPPING_OPTIONS_NOT_SUPPORTED",
        ),
        (
            "/application_context".into(),
            json!({ "return_url": "https://merchant.example.com" }),
            "INCOMPATIBLE_PARAMETER_VALUE",
        ),
    ];
    let rows = rows
        .iter()
        .map(|(place, value, issue)| (place.as_str(), value.clone(), *issue));
    hold(rows.collect(), 422, "UNPROCESSABLE_ENTITY").await;
}
