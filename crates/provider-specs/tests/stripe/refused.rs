//! Sessions that must be refused for their parameters: each is one that is taken, with one change.

use provider_specs::Specs;

use crate::support::{Fields, create, session};

/// What is wrong, the field, what stands there instead (nothing: it is left out), what is said.
type Case = (
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static str,
);

fn changed(name: &'static str, value: Option<&'static str>) -> Fields {
    let mut fields = session();
    fields.retain(|(known, _)| *known != name);
    fields.extend(value.map(|value| (name, value)));
    fields
}

#[test]
fn sessions_that_stripe_does_not_take() {
    let Some(specs) = Specs::open() else { return };
    assert_eq!(
        create(&session()).faults(&specs),
        "",
        "the session without a change"
    );
    let unit_amount = "line_items[0][price_data][unit_amount]";
    let cases: [Case; 25] = [
        (
            "a misspelt parameter",
            "sucess_url",
            Some("https://a.example"),
            "sucess_url",
        ),
        (
            "one misspelt inside",
            "line_items[0][price_data][amount]",
            Some("1"),
            "'amount'",
        ),
        (
            "one misspelt within data",
            "payment_intent_data[meta][a]",
            Some("1"),
            "'meta'",
        ),
        ("a unit_amount as text", unit_amount, Some("ten"), "\"ten\""),
        (
            "a unit_amount in euros",
            unit_amount,
            Some("100.00"),
            "100.00",
        ),
        (
            "a unit_amount with an exponent",
            unit_amount,
            Some("1e4"),
            "1e4",
        ),
        (
            "a unit_amount without a value",
            unit_amount,
            Some(""),
            "null",
        ),
        (
            "a quantity as text",
            "line_items[0][quantity]",
            Some("one"),
            "one",
        ),
        (
            "no currency",
            "line_items[0][price_data][currency]",
            None,
            "currency",
        ),
        ("an unknown mode", "mode", Some("pay"), "pay"),
        (
            "an unknown method",
            "payment_method_types[0]",
            Some("cash"),
            "cash",
        ),
        ("an unknown language", "locale", Some("xx"), "xx"),
        (
            "an instant as a date",
            "expires_at",
            Some("2026-02-18"),
            "2026-02-18",
        ),
        ("an empty address", "customer_email", Some(""), "null"),
        (
            "brackets on a text",
            "customer_email[0]",
            Some("a@b.example"),
            "both a value",
        ),
        (
            "brackets on another text",
            "return_url[0]",
            Some("https://a.example"),
            "string",
        ),
        (
            "a value beside a list",
            "payment_method_types",
            Some("card"),
            "twice",
        ),
        (
            "a value for another list",
            "discounts",
            Some("one"),
            "array",
        ),
        (
            "a gap in a list",
            "line_items[3][quantity]",
            Some("1"),
            "line_items[2]",
        ),
        (
            "a list that begins late",
            "discounts[1][coupon]",
            Some("a"),
            "discounts[0]",
        ),
        (
            "a word for an index",
            "line_items[a][quantity]",
            Some("1"),
            "no index",
        ),
        (
            "an index with a zero before it",
            "line_items[02][quantity]",
            Some("1"),
            "no index",
        ),
        ("empty brackets", "expand[]", Some("line_items"), "brackets"),
        ("an open bracket", "metadata[a", Some("1"), "do not close"),
        (
            "a yes that is none",
            "allow_promotion_codes",
            Some("yes"),
            "yes",
        ),
    ];
    for (what, name, value, said) in cases {
        let faults = create(&changed(name, value)).faults(&specs);
        assert!(faults.contains(said), "{what}: `{faults}` has no `{said}`");
    }
    let mut twice = session();
    twice.push(("mode", "payment"));
    assert_eq!(create(&twice).faults(&specs), "mode: it stands there twice");
}
