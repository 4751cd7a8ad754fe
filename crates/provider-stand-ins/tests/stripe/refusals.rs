//! The parameters of a session that are refused, with which status and body.

use crate::bench::{Bench, and, now, usual, with};

const INVALID: &str = "invalid_request_error";

/// Changes of the usual parameters, and the code and parameter of the refusal.
type Case<'a> = (&'a [(&'a str, Option<&'a str>)], &'a str, &'a str);

#[tokio::test]
async fn parameters_of_a_session_are_held_to_the_documents() {
    let bench = Bench::open().await;
    let long = "x".repeat(201);
    let (long_key, long_value) = (format!("metadata[{}]", "k".repeat(41)), "v".repeat(501));
    let price = "line_items[0][price_data]";
    let currency = &format!("{price}[currency]");
    let unit_amount = &format!("{price}[unit_amount]");
    let decimal = &format!("{price}[unit_amount_decimal]");
    let name = &format!("{price}[product_data][name]");
    let recurring = &format!("{price}[recurring][interval]");
    let soon = (now() + 29 * 60).to_string();
    let late = (now() + 24 * 60 * 60 + 60).to_string();
    let cases: &[Case] = &[
        (&[("mode", None)], "parameter_missing", "mode"),
        (&[("mode", Some("paying"))], "", "mode"),
        (&[("mode", Some("subscription"))], "", "mode"),
        (&[("success_url", None)], "parameter_missing", "success_url"),
        (
            &[("success_url", Some(""))],
            "parameter_invalid_empty",
            "success_url",
        ),
        (
            &[("success_url", Some("/back"))],
            "url_invalid",
            "success_url",
        ),
        (
            &[("success_url", Some("shop.example.com/back"))],
            "url_invalid",
            "success_url",
        ),
        (
            &[("success_url", Some("https://"))],
            "url_invalid",
            "success_url",
        ),
        (
            &[("success_url", Some("ftp://shop.example.com"))],
            "url_invalid",
            "success_url",
        ),
        (&[("cancel_url", Some("back"))], "url_invalid", "cancel_url"),
        (
            &[("client_reference_id", Some(&long))],
            "",
            "client_reference_id",
        ),
        (
            &[("customer_email", Some("jordan"))],
            "email_invalid",
            "customer_email",
        ),
        (
            &[("customer_email", Some("jordan@example"))],
            "email_invalid",
            "customer_email",
        ),
        (
            &[("customer_email", Some("j s@example.com"))],
            "email_invalid",
            "customer_email",
        ),
        (&[("locale", Some("xx"))], "", "locale"),
        (&[("submit_type", Some("buy"))], "", "submit_type"),
        (
            &[("expires_at", Some("soon"))],
            "parameter_invalid_integer",
            "expires_at",
        ),
        (&[("expires_at", Some(&soon))], "", "expires_at"),
        (&[("expires_at", Some(&late))], "", "expires_at"),
        (&[(&long_key, Some("v"))], "", "metadata"),
        (&[("metadata[k]", Some(&long_value))], "", "metadata"),
        (&[("metadata[k][l]", Some("v"))], "", "metadata"),
        (
            &[("payment_intent_data[metadata][k]", Some(&long_value))],
            "",
            "payment_intent_data[metadata]",
        ),
        (
            &[("payment_intent_data[colour]", Some("red"))],
            "parameter_unknown",
            "payment_intent_data[colour]",
        ),
        (
            &[(
                "payment_intent_data[statement_descriptor_suffix]",
                Some("A suffix that is too long"),
            )],
            "",
            "payment_intent_data[statement_descriptor_suffix]",
        ),
        (
            &[(
                "payment_intent_data[statement_descriptor_suffix]",
                Some("NO<>*"),
            )],
            "",
            "payment_intent_data[statement_descriptor_suffix]",
        ),
        (&[(currency, None)], "parameter_missing", currency),
        (&[(currency, Some("euro"))], "", currency),
        (&[(unit_amount, None)], "parameter_missing", unit_amount),
        (
            &[(unit_amount, Some("100.5"))],
            "parameter_invalid_integer",
            unit_amount,
        ),
        (
            &[(unit_amount, Some("1e4"))],
            "parameter_invalid_integer",
            unit_amount,
        ),
        (
            &[(unit_amount, Some("+100"))],
            "parameter_invalid_integer",
            unit_amount,
        ),
        (
            &[(unit_amount, Some("-100"))],
            "parameter_invalid_integer",
            unit_amount,
        ),
        (
            &[(unit_amount, Some(""))],
            "parameter_invalid_empty",
            unit_amount,
        ),
        (&[(decimal, Some("100"))], "", unit_amount),
        (
            &[(unit_amount, None), (decimal, Some("ten"))],
            "parameter_invalid_decimal",
            decimal,
        ),
        (&[(unit_amount, None), (decimal, Some("10.5"))], "", decimal),
        (
            &[(name, None)],
            "parameter_missing",
            &format!("{price}[product]"),
        ),
        (&[(name, Some(""))], "parameter_invalid_empty", name),
        (
            &[(recurring, Some("month"))],
            "",
            &format!("{price}[recurring]"),
        ),
        (
            &[("line_items[0][quantity]", None)],
            "parameter_missing",
            "line_items[0][quantity]",
        ),
        (
            &[("line_items[0][quantity]", Some("0"))],
            "parameter_invalid_integer",
            "line_items[0][quantity]",
        ),
        (
            &[("line_items[0][price]", Some("price_1"))],
            "",
            "line_items[0][price]",
        ),
        (&[("line_items[2][quantity]", Some("1"))], "", "line_items"),
        (&[("line_items[x][quantity]", Some("1"))], "", "line_items"),
        (
            &[("line_items[1][quantity]", Some("1"))],
            "parameter_missing",
            "line_items[1][price]",
        ),
        (
            &[("line_items[0][colour]", Some("red"))],
            "parameter_unknown",
            "line_items[0][colour]",
        ),
        (&[("colour", Some("red"))], "parameter_unknown", "colour"),
        (&[("Mode", Some("payment"))], "parameter_unknown", "Mode"),
        (
            &[("metadata[a", Some("b"))],
            "parameter_unknown",
            "metadata[a",
        ),
        (
            &[("metadata", Some("b")), ("metadata[intent]", None)],
            "",
            "metadata",
        ),
        (
            &[("automatic_tax[enabled]", Some("true"))],
            "",
            "automatic_tax",
        ),
        (&[("customer", Some("cus_1"))], "", "customer"),
        (&[("expand[]", Some("colour"))], "", ""),
        (&[("expand[]", Some("payment_intent.colour"))], "", ""),
    ];
    for (changes, code, param) in cases {
        let answer = bench.create(&with(changes)).await;
        let expected = (400, INVALID.into(), (*code).into(), (*param).into());
        assert_eq!(answer.refusal(), expected, "{changes:?}: {}", answer.text);
        assert!(answer.header("request-id").starts_with("req_"));
    }
    let mut pairs = usual();
    pairs.retain(|(name, _)| !name.starts_with("line_items"));
    let refusal = bench.create(&pairs).await.refusal();
    assert_eq!(
        refusal,
        (
            400,
            INVALID.into(),
            "parameter_missing".into(),
            "line_items".into()
        )
    );
    assert!(bench.stripe.newest_session().is_none());
    // The parameters that all these are changes of are taken.
    bench.create(&usual()).await.good();
}

#[tokio::test]
async fn metadata_has_at_most_50_keys() {
    let bench = Bench::open().await;
    let names: Vec<String> = (0..51)
        .map(|number| format!("metadata[k{number}]"))
        .collect();
    let more: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "v")).collect();
    let mut pairs = and(&more);
    pairs.retain(|(name, _)| name != "metadata[intent]");
    assert_eq!(bench.create(&pairs).await.refusal().3, "metadata");
    pairs.retain(|(name, _)| name != "metadata[k50]");
    let session = bench.create(&pairs).await.good();
    assert_eq!(session["metadata"].as_object().unwrap().len(), 50);
}
