//! Access tokens, limits, and addresses that there are not.

use std::time::Duration;

use provider_stand_ins::Fault;
use provider_stand_ins::paypal::{Options, PayPal};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Merchant, order, send};

const TOKEN: &str = "/v1/oauth2/token";
const ORDERS: &str = "/v2/checkout/orders";
const GRANT: (&str, &str) = ("grant_type", "client_credentials");

#[tokio::test]
async fn no_token_without_the_credentials_and_the_grant() {
    let paypal = PayPal::start(Options::default()).await.unwrap();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}{TOKEN}", paypal.url());
    let ask = |client: &str, secret: &str| http.post(&url).basic_auth(client, Some(secret));
    let good = || ask("stand-in-client", "stand-in-secret");
    for (call, status, error) in [
        (http.post(&url).form(&[GRANT]), 401, "invalid_client"),
        (
            ask("stand-in-client", "wrong").form(&[GRANT]),
            401,
            "invalid_client",
        ),
        (
            ask("other", "stand-in-secret").form(&[GRANT]),
            401,
            "invalid_client",
        ),
        (
            http.post(&url).bearer_auth("x").form(&[GRANT]),
            401,
            "invalid_client",
        ),
        (good(), 400, "unsupported_grant_type"),
        (
            good().json(&json!({ "grant_type": "client_credentials" })),
            400,
            "unsupported_grant_type",
        ),
        (
            good().form(&[("grant_type", "password")]),
            400,
            "unsupported_grant_type",
        ),
    ] {
        let answer = send(call).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        assert_eq!(answer.body["error"], error);
        assert!(answer.body["error_description"].is_string());
        assert!(answer.headers.contains_key("paypal-debug-id"));
    }
    let token = send(good().form(&[GRANT])).await.ok(StatusCode::OK);
    assert_eq!(token["token_type"], "Bearer");
    assert_eq!(token["expires_in"], 32_400);
    for name in ["scope", "access_token", "app_id", "nonce"] {
        assert!(
            token[name].as_str().is_some_and(|text| !text.is_empty()),
            "{name}"
        );
    }
}

#[tokio::test]
async fn calls_need_a_token_that_is_valid() {
    let merchant = Merchant::new().await;
    let url = |path: &str| format!("{}{path}", merchant.paypal.url());
    for (method, path) in [
        (Method::POST, ORDERS),
        (Method::GET, "/v2/checkout/orders/1"),
        (Method::POST, "/v2/checkout/orders/1/capture"),
        (Method::GET, "/v2/payments/captures/1"),
        (Method::POST, "/v2/payments/captures/1/refund"),
        (Method::GET, "/v2/payments/refunds/1"),
        (Method::GET, "/v1/customer/disputes"),
        (Method::GET, "/v1/customer/disputes/1"),
        (Method::POST, "/v1/notifications/verify-webhook-signature"),
    ] {
        let call = || {
            merchant
                .http
                .request(method.clone(), url(path))
                .json(&order())
        };
        send(call())
            .await
            .refused(401, "AUTHENTICATION_FAILURE", &[]);
        let basic = call().basic_auth("stand-in-client", Some("stand-in-secret"));
        send(basic)
            .await
            .refused(401, "AUTHENTICATION_FAILURE", &[]);
        let unknown = send(call().bearer_auth("unknown")).await;
        assert_eq!(
            (unknown.status, &unknown.body["error"]),
            (401, &json!("invalid_token"))
        );
    }
}

#[tokio::test]
async fn tokens_end_after_nine_hours_and_when_they_are_revoked() {
    let merchant = Merchant::new().await;
    let clock = merchant.paypal.controls();
    clock.put_forward(Duration::from_secs(9 * 60 * 60 - 60));
    merchant
        .post(ORDERS, &order())
        .await
        .ok(StatusCode::CREATED);
    clock.put_forward(Duration::from_secs(60));
    assert_eq!(merchant.post(ORDERS, &order()).await.status, 401);

    let merchant = Merchant::new().await;
    merchant
        .post(ORDERS, &order())
        .await
        .ok(StatusCode::CREATED);
    merchant.paypal.revoke_tokens();
    let refused = merchant.post(ORDERS, &order()).await;
    assert_eq!(
        (refused.status, &refused.body["error"]),
        (401, &json!("invalid_token"))
    );
}

#[tokio::test]
async fn what_the_apis_do_not_have_is_not_found() {
    let merchant = Merchant::new().await;
    for path in [
        "/v2/checkout/nothing",
        "/v1/nothing",
        "/v2/payments/captures",
    ] {
        let answer = merchant.get(path).await;
        answer.refused(404, "RESOURCE_NOT_FOUND", &[]);
    }
    for path in [
        "/v2/checkout/orders/5O190127TN364715T",
        "/v2/payments/captures/5O190127TN364715T",
        "/v2/payments/refunds/5O190127TN364715T",
        "/v1/customer/disputes/PP-R-ABC-10000000",
    ] {
        let answer = merchant.get(path).await;
        answer.refused(404, "RESOURCE_NOT_FOUND", &["INVALID_RESOURCE_ID"]);
    }
    for path in [
        "/v2/checkout/orders/1/capture",
        "/v2/payments/captures/1/refund",
    ] {
        let answer = merchant.post(path, &json!({})).await;
        answer.refused(404, "RESOURCE_NOT_FOUND", &["INVALID_RESOURCE_ID"]);
    }
    for (method, path) in [
        (Method::GET, ORDERS),
        (Method::DELETE, "/v2/checkout/orders/1"),
        (Method::PATCH, "/v2/checkout/orders/1"),
        (Method::GET, "/v2/checkout/orders/1/capture"),
    ] {
        let answer = send(merchant.call(method, path)).await;
        answer.refused(405, "METHOD_NOT_SUPPORTED", &[]);
    }
}

#[tokio::test]
async fn calls_that_come_too_fast_are_refused() {
    let merchant = Merchant::with(Options {
        rate_limit: Some(1),
        ..Options::default()
    })
    .await;
    // A slow machine may make the calls further apart than the limit is.
    let mut answer = merchant.get("/v2/checkout/orders/1").await;
    while answer.status != 429 {
        answer = merchant.get("/v2/checkout/orders/1").await;
    }
    answer.refused(429, "RATE_LIMIT_REACHED", &[]);
    let controls = merchant.paypal.controls();
    controls.put_forward(Duration::from_secs(1));
    let made = merchant.post(ORDERS, &order()).await;
    made.ok(StatusCode::CREATED);
}

#[tokio::test]
async fn planned_faults_speak_the_providers_language() {
    let merchant = Merchant::new().await;
    let controls = merchant.paypal.controls();
    for (status, name) in [
        (500, "INTERNAL_SERVER_ERROR"),
        (503, "SERVICE_UNAVAILABLE"),
        (429, "RATE_LIMIT_REACHED"),
        (403, "NOT_AUTHORIZED"),
    ] {
        controls.plan("POST", ORDERS, Fault::Status(status), 1);
        let answer = merchant.post(ORDERS, &order()).await;
        answer.refused(status, name, &[]);
    }
    merchant
        .post(ORDERS, &order())
        .await
        .ok(StatusCode::CREATED);
    let statuses: Vec<_> = controls.recorded().iter().map(|call| call.status).collect();
    assert_eq!(statuses, [200, 500, 503, 429, 403, 201]);
}
