//! What happens to money that has arrived: refunds and disputes, as merchants meet them.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::bench::{Bench, GOOD};

/// A payment that is paid, and whose two webhooks have come.
async fn paid() -> (Bench, String) {
    let mut bench = Bench::open().await;
    let id = bench.create().await;
    bench.pay(&id, GOOD).await;
    bench.merchant.next_states(2).await;
    (bench, id)
}

#[tokio::test]
async fn refunds_are_told_and_read_with_their_payment() {
    let (mut bench, id) = paid().await;
    assert_eq!(bench.refund(&id, json!("10.00")).await, StatusCode::CREATED);
    let told = bench.merchant.next().await;
    assert_eq!(told.status(), "paid");
    assert_eq!(told.body["payment"]["refunds"][0]["amount"], "10.00");
    assert_eq!(bench.refund(&id, json!(null)).await, StatusCode::CREATED);

    let payment = bench.read(&id).await;
    assert_eq!(
        (&payment["status"], &payment["amount_received"]),
        (&json!("paid"), &json!("45.00"))
    );
    let refunds = payment["refunds"].as_array().unwrap();
    assert_eq!(refunds.len(), 2);
    assert_eq!(refunds[1]["amount"], "35.00");
    assert_eq!(refunds[1]["status"], "succeeded");
    assert_ne!(refunds[0]["id"], refunds[1]["id"]);
}

#[tokio::test]
async fn what_cannot_be_given_back_is_refused() {
    let (bench, id) = paid().await;
    let open = bench.create().await;
    for (payment, amount, status) in [
        (&open, json!(null), StatusCode::CONFLICT),
        (&id, json!("45.01"), StatusCode::CONFLICT),
        (&id, json!("45"), StatusCode::CONFLICT),
        (&id, json!("0.00"), StatusCode::BAD_REQUEST),
        (&id, json!("ten"), StatusCode::BAD_REQUEST),
        (&"pay_none".to_owned(), json!(null), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(
            bench.refund(payment, amount.clone()).await,
            status,
            "{amount}"
        );
    }
    let path = format!("/api/payments/{id}/refunds");
    let stranger = bench.request(Method::POST, &path).json(&json!({}));
    assert_eq!(
        stranger.send().await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn a_dispute_is_told_at_each_of_its_steps() {
    for decided in ["won", "lost"] {
        let (mut bench, id) = paid().await;
        assert_eq!(bench.dispute(&id, decided).await, StatusCode::CONFLICT);
        for status in ["open", decided] {
            assert_eq!(bench.dispute(&id, status).await, StatusCode::OK);
            let told = bench.merchant.next().await;
            let dispute = &told.body["payment"]["disputes"][0];
            assert_eq!(
                (&dispute["status"], &dispute["amount"]),
                (&json!(status), &json!("45.00"))
            );
        }
        let again = bench.refund(&id, json!(null)).await;
        assert_eq!(again.is_success(), decided == "won");
    }
}

#[tokio::test]
async fn a_refund_that_had_gone_may_fail_and_is_told_again() {
    let (mut bench, id) = paid().await;
    bench.refund(&id, json!(null)).await;
    let told = bench.merchant.next().await;
    let refund = told.body["payment"]["refunds"][0]["id"].clone();
    let refund = refund.as_str().unwrap();
    assert_eq!(
        bench.fail_refund(&id, "re_none").await,
        StatusCode::CONFLICT
    );
    assert_eq!(bench.fail_refund(&id, refund).await, StatusCode::OK);
    let told = bench.merchant.next().await;
    assert_eq!(told.status(), "paid");
    assert_eq!(told.body["payment"]["refunds"][0]["status"], "failed");
    assert_eq!(bench.fail_refund(&id, refund).await, StatusCode::CONFLICT);
    // The money is there again, and can go back another way.
    assert_eq!(bench.refund(&id, json!("45.00")).await, StatusCode::CREATED);
}

#[tokio::test]
async fn refunds_fail_by_themselves_where_that_fault_is_on() {
    let (mut bench, id) = paid().await;
    bench.faults(json!({"refund-fails": 30})).await;
    bench.refund(&id, json!("10.00")).await;
    for status in ["succeeded", "failed"] {
        let told = bench.merchant.next().await;
        assert_eq!(told.body["payment"]["refunds"][0]["status"], status);
    }
    bench.faults(json!({})).await;
    bench.refund(&id, json!("10.00")).await;
    let told = bench.merchant.next().await;
    assert_eq!(told.body["payment"]["refunds"][1]["status"], "succeeded");
}

#[tokio::test]
async fn a_payment_may_be_disputed_a_second_time() {
    let (mut bench, id) = paid().await;
    let steps = [("open", 0), ("won", 0), ("open", 1), ("lost", 1)];
    for (status, place) in steps {
        assert_eq!(bench.dispute(&id, status).await, StatusCode::OK);
        let told = bench.merchant.next().await;
        let disputes = told.body["payment"]["disputes"].as_array().unwrap();
        assert_eq!(disputes.len(), place + 1);
        assert_eq!(disputes[place]["status"], status);
        assert_eq!(disputes[place]["amount"], "45.00");
    }
    let ids = bench.read(&id).await["disputes"].clone();
    assert_ne!(ids[0]["id"], ids[1]["id"]);
    // Nothing is left that could be asked for.
    assert_eq!(bench.dispute(&id, "open").await, StatusCode::CONFLICT);
}
