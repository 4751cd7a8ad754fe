//! Callers and requests that are refused before anybody looks at their parameters.

use provider_stand_ins::stripe::{Options, StartError, Stripe};
use reqwest::Method;

use crate::bench::{Bench, KEY, SECRET, SESSIONS, options, send, usual};

const INVALID: &str = "invalid_request_error";

#[tokio::test]
async fn callers_without_the_key_are_refused() {
    let bench = Bench::open().await;
    let path = format!("{SESSIONS}/cs_test_1");
    let ask = || bench.request(Method::GET, &path);
    let none = send(ask()).await;
    assert_eq!(
        none.refusal(),
        (401, INVALID.into(), String::new(), String::new())
    );
    assert!(
        none.message()
            .starts_with("You did not provide an API key.")
    );
    let wrong = send(ask().bearer_auth("sk_test_wrong")).await;
    assert_eq!(wrong.status, 401);
    assert_eq!(
        wrong.message(),
        "Invalid API Key provided: sk_test_****rong"
    );
    let publishable = send(ask().bearer_auth("pk_test_bench")).await;
    assert_eq!(publishable.refusal().0, 401);
    assert_eq!(publishable.refusal().2, "secret_key_required");
    for header in [
        "Bearer",
        "Bearer ",
        "Token sk_test_bench",
        "Basic ???",
        "sk_test_bench",
    ] {
        assert_eq!(
            send(ask().header("Authorization", header)).await.status,
            401,
            "{header}"
        );
    }
    assert_eq!(send(ask().bearer_auth("sk_live_bench")).await.status, 401);
    // The key in either scheme comes through to the session that there is not.
    assert_eq!(send(ask().bearer_auth(KEY)).await.status, 404);
    assert_eq!(send(ask().basic_auth(KEY, Some(""))).await.status, 404);
}

#[tokio::test]
async fn only_forms_are_taken() {
    let bench = Bench::open().await;
    let posting = || bench.request(Method::POST, SESSIONS).bearer_auth(KEY);
    let json = posting().json(&serde_json::json!({ "mode": "payment" }));
    let answer = send(json).await;
    assert_eq!(
        answer.refusal(),
        (400, INVALID.into(), String::new(), String::new())
    );
    assert!(
        answer
            .message()
            .contains("application/x-www-form-urlencoded")
    );
    let text = serde_urlencoded::to_string(usual()).unwrap();
    assert_eq!(send(posting().body(text.clone())).await.status, 400);
    let kind = "application/x-www-form-urlencoded; charset=utf-8";
    let answer = send(posting().header("Content-Type", kind).body(text)).await;
    answer.good();
}

#[tokio::test]
async fn addresses_that_there_are_not_are_refused() {
    let bench = Bench::open().await;
    let session = bench.session().await;
    for (method, path) in [
        (Method::GET, "/v1/colours".to_owned()),
        (Method::POST, "/v1/charges".to_owned()),
        (Method::DELETE, format!("{SESSIONS}/{session}")),
        (Method::POST, format!("{SESSIONS}/{session}")),
        (Method::GET, format!("{SESSIONS}/{session}/expire")),
        (Method::GET, format!("{SESSIONS}/")),
    ] {
        let answer = send(bench.request(method, &path).bearer_auth(KEY)).await;
        assert_eq!(
            answer.refusal(),
            (404, INVALID.into(), String::new(), String::new()),
            "{path}"
        );
        assert!(answer.message().starts_with("Unrecognized request URL"));
    }
    for (path, param, message) in [
        (
            format!("{SESSIONS}/cs_test_no"),
            "session",
            "No such checkout.session: 'cs_test_no'",
        ),
        (
            "/v1/payment_intents/pi_no".into(),
            "intent",
            "No such payment_intent: 'pi_no'",
        ),
        ("/v1/charges/ch_no".into(), "id", "No such charge: 'ch_no'"),
        ("/v1/refunds/re_no".into(), "id", "No such refund: 're_no'"),
        (
            "/v1/disputes/du_no".into(),
            "dispute",
            "No such dispute: 'du_no'",
        ),
        ("/v1/events/evt_no".into(), "id", "No such event: 'evt_no'"),
    ] {
        let answer = bench.get(&path).await;
        let expected = (404, INVALID.into(), "resource_missing".into(), param.into());
        assert_eq!(answer.refusal(), expected);
        assert_eq!(answer.message(), message);
        let page = answer.json()["error"]["doc_url"].clone();
        assert_eq!(page, "https://stripe.com/docs/error-codes/resource-missing");
    }
}

#[tokio::test]
async fn too_many_requests_are_refused() {
    let limited = |rate_limit| {
        Bench::open_with(Options {
            rate_limit,
            ..options()
        })
    };
    let path = format!("{SESSIONS}/cs_test_1");
    let none = limited(Some(0)).await;
    let refused = none.get(&path).await;
    let expected = (429, INVALID.into(), "rate_limit".into(), String::new());
    assert_eq!(refused.refusal(), expected);
    assert_eq!(refused.header("stripe-rate-limited-reason"), "global-rate");
    // The page is no part of the API.
    assert_eq!(none.page("/c/pay/cs_test_1").await.status, 404);
    let two = limited(Some(2)).await;
    assert_eq!(two.get(&path).await.status, 404);
    let sent_until_refused = async { while two.get(&path).await.status != 429 {} };
    let deadline = std::time::Duration::from_secs(20);
    tokio::time::timeout(deadline, sent_until_refused)
        .await
        .unwrap();
    let sent_until_taken = async { while two.get(&path).await.status == 429 {} };
    tokio::time::timeout(deadline, sent_until_taken)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_stand_in_starts_only_with_keys_of_their_kind() {
    let start = |options: Options| async move { Stripe::start(options).await.err() };
    for key in ["", "pk_test_1", "sk_test_", "key"] {
        let failed = start(Options::new(key, SECRET)).await;
        assert!(matches!(failed, Some(StartError::Key)), "{key}");
    }
    let other_mode_key = Some("sk_test_2".to_owned());
    let failed = start(Options {
        other_mode_key,
        ..options()
    })
    .await;
    assert!(matches!(failed, Some(StartError::Key)));
    for secret in ["", "whsec_", "secret"] {
        let failed = start(Options::new(KEY, secret)).await;
        assert!(
            matches!(failed, Some(StartError::WebhookSecret)),
            "{secret}"
        );
    }
    let failed = start(Options {
        api_version: "newest".to_owned(),
        ..options()
    })
    .await;
    assert!(matches!(failed, Some(StartError::Version)));
    assert!(start(Options::new("rk_live_1", "whsec_1")).await.is_none());
}
