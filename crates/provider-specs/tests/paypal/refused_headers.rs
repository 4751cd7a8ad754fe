//! Requests that must be refused for their headers.

use crate::support::create;
use crate::tables::all_changes_are_refused;

#[test]
fn headers_that_paypal_does_not_take() {
    all_changes_are_refused(
        create,
        &[
            (
                "no bearer",
                |call| call.remove("authorization"),
                "Authorization",
            ),
            (
                "no key",
                |call| call.remove("paypal-request-id"),
                "no PayPal-Request-Id",
            ),
            (
                "a password",
                |call| call.set("authorization", "Basic YTpi"),
                "Bearer",
            ),
            (
                "an empty bearer",
                |call| call.set("authorization", "Bearer "),
                "no token",
            ),
            (
                "a bearer of two words",
                |call| call.set("authorization", "Bearer a b"),
                "no token",
            ),
            (
                "an empty key",
                |call| call.set("paypal-request-id", ""),
                "PayPal-Request-Id",
            ),
            (
                "a key of 109 characters",
                |call| call.set("paypal-request-id", &"a".repeat(109)),
                "108",
            ),
            (
                "two keys",
                |call| {
                    call.headers
                        .push(("paypal-request-id".to_owned(), "b".to_owned()))
                },
                "twice",
            ),
            (
                "a misspelt key",
                |call| call.set("paypal-requestid", "a"),
                "paypal-requestid",
            ),
            (
                "a preference with signs",
                |call| call.set("prefer", "return: all"),
                "Prefer",
            ),
            (
                "an unknown preference",
                |call| call.set("prefer", "return=all"),
                "return=all",
            ),
            (
                "no media type",
                |call| call.remove("content-type"),
                "Content-Type",
            ),
            (
                "another media type",
                |call| call.set("content-type", "text/json"),
                "text/json",
            ),
        ],
    );
}
