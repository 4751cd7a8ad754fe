//! Requests that must be refused for something else than the parameters of a session.

use provider_specs::Specs;

use crate::support::{Request, SESSION, create, get, post, refund, session};

/// What is wrong, how it comes to be, and what is said.
type Change = (&'static str, fn(&mut Request), &'static str);

fn all_are_refused(good: fn() -> Request, cases: &[Change]) {
    let Some(specs) = Specs::open() else { return };
    assert_eq!(good().faults(&specs), "", "the request without a change");
    for (what, change, said) in cases {
        let mut request = good();
        change(&mut request);
        let faults = request.faults(&specs);
        assert!(faults.contains(said), "{what}: `{faults}` has no `{said}`");
    }
}

#[test]
fn headers_and_bodies_that_stripe_does_not_take() {
    all_are_refused(
        || create(&session()),
        &[
            (
                "no bearer",
                |call| call.remove("authorization"),
                "Authorization",
            ),
            (
                "a public key",
                |call| call.set("authorization", "Bearer pk_test_1"),
                "sk_",
            ),
            (
                "no version",
                |call| call.remove("stripe-version"),
                "Stripe-Version",
            ),
            (
                "a version that is none",
                |call| call.set("stripe-version", "v1"),
                "v1",
            ),
            (
                "no key",
                |call| call.remove("idempotency-key"),
                "Idempotency-Key",
            ),
            (
                "an empty key",
                |call| call.set("idempotency-key", ""),
                "Idempotency-Key",
            ),
            (
                "a long key",
                |call| call.set("idempotency-key", &"a".repeat(256)),
                "255",
            ),
            (
                "two keys",
                |call| {
                    call.headers
                        .push(("idempotency-key".to_owned(), "b".to_owned()))
                },
                "twice",
            ),
            (
                "a JSON body",
                |call| {
                    call.set("content-type", "application/json");
                    call.body = br#"{"mode":"payment"}"#.to_vec();
                },
                "application/json",
            ),
            (
                "a JSON body that is called a form",
                |call| {
                    call.body = br#"{"mode":"payment"}"#.to_vec();
                },
                "no pair",
            ),
            (
                "bytes that are no text",
                |call| call.body = b"mode=\xff".to_vec(),
                "UTF-8",
            ),
            (
                "a query",
                |call| call.query = "expand[0]=line_items".to_owned(),
                "query",
            ),
            (
                "an unknown path",
                |call| call.path = "/v1/checkout/session".to_owned(),
                "no operation",
            ),
            (
                "another version's path",
                |call| call.path = "/v2/refunds".to_owned(),
                "no operation",
            ),
            ("another method", |call| call.method = "PUT", "PUT"),
        ],
    );
}

#[test]
fn refunds_that_stripe_does_not_take() {
    all_are_refused(
        refund,
        &[
            (
                "no key",
                |call| call.remove("idempotency-key"),
                "Idempotency-Key",
            ),
            (
                "an amount as text",
                |call| call.body = b"charge=ch_1&amount=all".to_vec(),
                "all",
            ),
            (
                "a part of a cent",
                |call| call.body = b"charge=ch_1&amount=1.5".to_vec(),
                "1.5",
            ),
            (
                "an unknown reason",
                |call| call.body = b"charge=ch_1&reason=other".to_vec(),
                "other",
            ),
            (
                "a misspelt parameter",
                |call| call.body = b"intent=pi_1".to_vec(),
                "'intent'",
            ),
        ],
    );
}

#[test]
fn reads_and_expiries_that_stripe_does_not_take() {
    all_are_refused(
        || get(SESSION, &[("expand[0]", "payment_intent")]),
        &[
            (
                "an unknown parameter",
                |call| call.query = "limit=1".to_owned(),
                "'limit'",
            ),
            (
                "expand without an index",
                |call| call.query = "expand=a".to_owned(),
                "array",
            ),
            (
                "expand with a gap",
                |call| call.query = "expand[1]=a".to_owned(),
                "expand[0]",
            ),
            ("a body", |call| call.body = b"a=b".to_vec(), "body"),
            (
                "an id with a dash",
                |call| call.path.push('-'),
                "no operation",
            ),
            (
                "a path below",
                |call| call.path.push_str("/items"),
                "no operation",
            ),
        ],
    );
    all_are_refused(
        || get("/v1/disputes", &[("limit", "100")]),
        &[
            (
                "too many",
                |call| call.query = "limit=101".to_owned(),
                "101",
            ),
            ("none", |call| call.query = "limit=0".to_owned(), "0"),
            ("a word", |call| call.query = "limit=all".to_owned(), "all"),
            (
                "a misspelt parameter",
                |call| call.query = "intent=pi_1".to_owned(),
                "'intent'",
            ),
        ],
    );
    let expire = || post(&format!("{SESSION}/expire"), "", &[]);
    all_are_refused(
        expire,
        &[
            ("a body", |call| call.body = b"reason=late".to_vec(), "body"),
            (
                "no version",
                |call| call.remove("stripe-version"),
                "Stripe-Version",
            ),
            ("another method", |call| call.method = "GET", "no operation"),
        ],
    );
}
