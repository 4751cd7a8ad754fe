//! Requests that must be refused for their path, method or query, or for having no body.

use crate::support::{create, get, question};
use crate::tables::all_changes_are_refused;

#[test]
fn paths_and_methods_that_are_not_described() {
    all_changes_are_refused(
        create,
        &[
            (
                "a misspelt path",
                |call| call.path = "/v2/checkout/order".to_owned(),
                "/v2/checkout/order",
            ),
            (
                "another version",
                |call| call.path = "/v1/checkout/orders".to_owned(),
                "not described",
            ),
            (
                "a slash at the end",
                |call| call.path.push('/'),
                "not described",
            ),
            (
                "a path that only begins as one",
                |call| {
                    call.path = "/v1/customer/disputes-of-others".to_owned();
                },
                "not described",
            ),
            ("another method", |call| call.method = "PUT", "only post"),
            ("a query", |call| call.query = "dry=1".to_owned(), "dry"),
            ("no body", |call| call.body.clear(), "no body"),
            (
                "no JSON",
                |call| call.body = b"intent=CAPTURE".to_vec(),
                "no JSON",
            ),
            (
                "JSON that ends early",
                |call| {
                    call.body.pop();
                },
                "no JSON",
            ),
        ],
    );
    all_changes_are_refused(
        || get("/v2/checkout/orders/5O190127TN364715T"),
        &[
            (
                "an id in small letters",
                |call| call.path = "/v2/checkout/orders/5o190".to_owned(),
                "id",
            ),
            (
                "a long id",
                |call| call.path.push_str(&"A".repeat(30)),
                "36",
            ),
            ("an encoded slash", |call| call.path.push_str("%2F"), "id"),
            (
                "an id that is encoded wrongly",
                |call| call.path.push('%'),
                "percent sign",
            ),
            (
                "an unknown parameter",
                |call| call.query = "field=payment_source".to_owned(),
                "field",
            ),
            (
                "a parameter in capitals",
                |call| call.query = "fields=ALL".to_owned(),
                "fields",
            ),
            (
                "a parameter twice",
                |call| call.query = "fields=a&fields=b".to_owned(),
                "twice",
            ),
            (
                "a query without a value",
                |call| call.query = "fields".to_owned(),
                "no pair",
            ),
            (
                "a body",
                |call| call.body = b"{}".to_vec(),
                "none is described",
            ),
        ],
    );
}

#[test]
fn a_body_that_has_to_be_there_is_missed_even_where_the_files_do_not_require_it() {
    all_changes_are_refused(
        question,
        &[("no body", |call| call.body.clear(), "webhook_id")],
    );
}

#[test]
fn a_number_in_a_query_is_one() {
    let events = || {
        let mut request = get("/v1/notifications/webhooks-events");
        request.query = "page_size=25&event_type=PAYMENT.CAPTURE.COMPLETED".to_owned();
        request
    };
    all_changes_are_refused(
        events,
        &[
            (
                "a word",
                |call| call.query = "page_size=all".to_owned(),
                "page_size",
            ),
            (
                "a part",
                |call| call.query = "page_size=2.5".to_owned(),
                "page_size",
            ),
        ],
    );
}
