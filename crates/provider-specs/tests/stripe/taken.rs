//! Requests as the portal sends them, all of which are taken.

use provider_specs::Specs;

use crate::support::{SESSION, create, get, post, refund, session};

#[test]
fn what_the_portal_sends_is_taken() {
    let Some(specs) = Specs::open() else { return };
    let expand = (
        "expand[0]",
        "payment_intent.latest_charge.balance_transaction",
    );
    let of_intent = [
        ("payment_intent", "pi_3MtwBwLkdIwHu7ix28a3tqPa"),
        ("limit", "100"),
    ];
    for request in [
        create(&session()),
        get(SESSION, &[expand]),
        get(SESSION, &[]),
        post(&format!("{SESSION}/expire"), "", &[]),
        refund(),
        get("/v1/refunds", &of_intent),
        get("/v1/disputes", &of_intent),
    ] {
        assert_eq!(
            request.faults(&specs),
            "",
            "{} {}",
            request.method,
            request.path
        );
    }
}

#[test]
fn other_forms_of_the_same_are_taken() {
    let Some(specs) = Specs::open() else { return };
    let mut restricted = refund();
    restricted.set("authorization", "Bearer rk_live_51NfixturesOnly");
    restricted.set("idempotency-key", &"k".repeat(255));
    let fields = [
        ("mode", "subscription"),
        ("locale", "auto"),
        ("allow_promotion_codes", "true"),
        ("subscription_data[application_fee_percent]", "2.5"),
        // An empty text takes these away.
        ("metadata", ""),
        ("custom_text[submit]", ""),
        ("expand[1]", "payment_intent"),
        ("expand[0]", "line_items"),
    ];
    let mut old = get(
        "/v1/checkout/sessions",
        &[("starting_after", "cs_1"), ("limit", "1")],
    );
    old.set("stripe-version", "2022-11-15");
    for request in [restricted, create(&fields[..4]), create(&fields[5..]), old] {
        assert_eq!(
            request.faults(&specs),
            "",
            "{} {}",
            request.method,
            request.path
        );
    }
    let emptied = create(&fields[4..5]).faults(&specs);
    // `metadata` of a session is no parameter that can be emptied when it is made.
    assert!(emptied.contains("null"), "{emptied}");
}
