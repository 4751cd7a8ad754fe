//! The merchant API.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::bench::{Bench, GOOD, PENDING, header, id_of};

#[tokio::test]
async fn a_created_payment_has_the_agreed_shape() {
    let bench = Bench::open().await;
    let answer = bench.create_as("one", &bench.order()).await;
    assert_eq!(answer.status(), StatusCode::CREATED);
    let mut payment: Value = answer.json().await.unwrap();
    let id = id_of(&payment);
    assert_eq!(payment, bench.read(&id).await);
    let expires_at = payment["expires_at"].take();
    assert!(expires_at.as_str().unwrap().ends_with('Z'), "{expires_at}");
    let expected = json!({
        "id": id, "reference": "A-1", "status": "open", "amount": "45.00", "currency": "EUR",
        "url": format!("{}/pay/{id}", bench.gateway.url()), "amount_received": null,
        "attempts": 0, "failure": null, "payment_id": null, "currency_received": null,
        "refunds": [], "disputes": [], "expires_at": null,
    });
    assert_eq!(payment, expected);
}

#[tokio::test]
async fn a_key_gives_its_first_answer_again_and_refuses_another_body() {
    let bench = Bench::open().await;
    let first: Value = bench
        .create_as("one", &bench.order())
        .await
        .json()
        .await
        .unwrap();
    bench.pay(&id_of(&first), GOOD).await;
    let again = bench.create_as("one", &bench.order()).await;
    assert_eq!(again.status(), StatusCode::CREATED);
    assert_eq!(again.json::<Value>().await.unwrap(), first);

    for other in [json!({"amount": "46.00"}), json!({"nonsense": true})] {
        let refused = bench.create_as("one", &other).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.json::<Value>().await.unwrap()["code"], "key_reused");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_with_one_key_make_one_payment() {
    let bench = Bench::open().await;
    let order = bench.order();
    let mut creating = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let request = bench
            .api(Method::POST, "/api/payments")
            .header("Idempotency-Key", "one");
        creating.spawn(request.json(&order).send());
    }
    while let Some(answer) = creating.join_next().await {
        assert_eq!(answer.unwrap().unwrap().status(), StatusCode::CREATED);
    }
    let found = bench
        .api(Method::GET, "/api/payments?reference=A-1")
        .send()
        .await
        .unwrap();
    let found: Value = found.json().await.unwrap();
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_order_needs_a_key_and_right_fields() {
    let bench = Bench::open().await;
    let keyless = bench
        .api(Method::POST, "/api/payments")
        .json(&bench.order());
    let problem: Value = keyless.send().await.unwrap().json().await.unwrap();
    assert_eq!(problem["code"], "key_missing");

    let mut order = bench.order();
    order["amount"] = json!("45");
    let refused = bench.create_as("one", &order).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert_eq!(
        header(&refused, "content-type"),
        Some("application/problem+json")
    );
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(
        problem["field_errors"],
        json!({"amount": {"code": "invalid"}})
    );

    let repaired = bench.create_as("one", &bench.order()).await;
    assert_eq!(
        repaired.status(),
        StatusCode::CREATED,
        "what was refused has not used up its key"
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    let bench = Bench::open().await;
    let mut order = bench.order();
    order["description"] = json!("x".repeat(100_000));
    let refused = bench.create_as("one", &order).await;
    assert_eq!(refused.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(refused.json::<Value>().await.unwrap()["code"], "too_large");
}

#[tokio::test]
async fn nothing_is_told_without_the_right_key() {
    let bench = Bench::open().await;
    let id = bench.create().await;
    let path = format!("/api/payments/{id}");
    for path in [
        path.as_str(),
        "/api/payments?reference=A-1",
        "/api/faults",
        "/api/nothing",
    ] {
        let none = bench.request(Method::GET, path).send().await.unwrap();
        let wrong = bench
            .request(Method::GET, path)
            .bearer_auth("sk_other")
            .send()
            .await
            .unwrap();
        for answer in [none, wrong] {
            assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{path}");
            assert_eq!(
                answer.json::<Value>().await.unwrap()["code"],
                "unauthorized"
            );
        }
    }
}

#[tokio::test]
async fn what_does_not_exist_is_a_problem_too() {
    let bench = Bench::open().await;
    let cases = [
        (Method::GET, "/api/payments/pay_0", 404, "not_found"),
        (Method::POST, "/api/payments/pay_0/cancel", 404, "not_found"),
        (Method::GET, "/api/nothing", 404, "not_found"),
        (
            Method::DELETE,
            "/api/payments/pay_0",
            405,
            "method_not_allowed",
        ),
        (Method::GET, "/api/payments", 400, "invalid"),
    ];
    for (method, path, status, code) in cases {
        let answer = bench.api(method, path).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{path}");
        assert_eq!(
            answer.json::<Value>().await.unwrap()["code"],
            code,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_payment_can_be_called_off_until_money_is_on_its_way() {
    let mut bench = Bench::open().await;
    let id = bench.create().await;
    assert_eq!(bench.cancel(&id).await, StatusCode::OK);
    assert_eq!(bench.status(&id).await, "cancelled");
    assert_eq!(bench.merchant.next().await.status(), "cancelled");

    for card in [PENDING, GOOD] {
        let id = bench.create().await;
        bench.pay(&id, card).await;
        assert_eq!(bench.cancel(&id).await, StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn money_on_its_way_can_be_settled_either_way() {
    let mut bench = Bench::open().await;
    for end in ["paid", "failed"] {
        let id = bench.create().await;
        assert_eq!(
            bench.settle(&id, end).await,
            StatusCode::CONFLICT,
            "nothing is on its way"
        );
        bench.pay(&id, PENDING).await;
        let charge = bench.read(&id).await["payment_id"].clone();
        assert!(charge.is_string());
        assert_eq!(bench.settle(&id, end).await, StatusCode::OK);
        let payment = bench.read(&id).await;
        assert_eq!(
            (&payment["status"], &payment["payment_id"]),
            (&json!(end), &charge)
        );
        assert_eq!(bench.merchant.next_states(2).await, ["processing", end]);
    }
    assert_eq!(
        bench.settle("pay_0", "perhaps").await,
        StatusCode::BAD_REQUEST
    );
}
