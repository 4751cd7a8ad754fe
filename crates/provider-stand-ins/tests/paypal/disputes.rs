//! Disputes, which customers open and the provider decides.

use provider_stand_ins::paypal::Funding;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{Merchant, link, links, usd};

const DISPUTES: &str = "/v1/customer/disputes";

#[tokio::test]
async fn lists_are_filtered_only_by_what_is_there() {
    let merchant = Merchant::new().await;
    for (query, issue) in [
        ("disputed_transaction_id=", "INVALID_STRING_LENGTH"),
        ("page_size=0", "INVALID_PARAMETER_VALUE"),
        ("page_size=51", "INVALID_PARAMETER_VALUE"),
        ("next_page_token=x", "INVALID_PARAMETER_VALUE"),
        ("start_time=2026-01-01T00:00:00Z", "NOT_SUPPORTED"),
        ("unknown=1", "NOT_SUPPORTED"),
    ] {
        let answer = merchant.get(&format!("{DISPUTES}?{query}")).await;
        answer.refused(400, "INVALID_REQUEST", &[issue]);
    }
}

#[tokio::test]
async fn a_dispute_is_about_what_is_left_of_a_capture() {
    let merchant = Merchant::new().await;
    let (_, capture) = merchant.paid(Funding::Balance).await;
    let id = capture["id"].as_str().unwrap();
    for amount in ["0.00", "100.01", "x"] {
        assert!(merchant.paypal.dispute(id, amount).is_err(), "{amount}");
    }
    assert!(merchant.paypal.dispute("1", "1.00").is_err());
}

async fn disputed(merchant: &Merchant, amount: &str) -> (String, String) {
    let (_, capture) = merchant.paid(Funding::Balance).await;
    let id = capture["id"].as_str().unwrap().to_owned();
    let dispute = merchant.paypal.dispute(&id, amount).unwrap();
    (id, dispute)
}

fn kinds(merchant: &Merchant) -> Vec<String> {
    let events = merchant.paypal.events();
    let kinds = events
        .iter()
        .map(|event| event["event_type"].as_str().unwrap().to_owned());
    kinds
        .filter(|kind| kind.contains("DISPUTE") || kind.contains("REVERSED"))
        .collect()
}

#[tokio::test]
async fn a_dispute_that_the_customer_wins_takes_the_money_back() {
    let merchant = Merchant::new().await;
    let (capture, dispute) = disputed(&merchant, "40.00").await;
    let read = merchant
        .get(&format!("{DISPUTES}/{dispute}"))
        .await
        .ok(StatusCode::OK);
    assert_eq!(read["status"], "WAITING_FOR_SELLER_RESPONSE");
    assert_eq!(read["dispute_amount"], usd("40.00"));
    let about = &read["disputed_transactions"][0];
    assert_eq!(about["seller_transaction_id"], capture.as_str());

    let path = format!("/v2/payments/captures/{capture}/refund");
    let part = merchant
        .post(&path, &json!({ "amount": usd("1.00") }))
        .await;
    part.refused(422, "UNPROCESSABLE_ENTITY", &["TRANSACTION_DISPUTED"]);

    merchant.paypal.review_dispute(&dispute).unwrap();
    merchant.paypal.resolve_dispute(&dispute, true).unwrap();
    assert!(merchant.paypal.resolve_dispute(&dispute, false).is_err());
    let read = merchant
        .get(&format!("{DISPUTES}/{dispute}"))
        .await
        .ok(StatusCode::OK);
    assert_eq!(read["status"], "RESOLVED");
    assert_eq!(
        read["dispute_outcome"]["outcome_code"],
        "RESOLVED_BUYER_FAVOUR"
    );
    let captured = merchant
        .get(&format!("/v2/payments/captures/{capture}"))
        .await;
    assert_eq!(captured.ok(StatusCode::OK)["status"], "PARTIALLY_REFUNDED");
    let more = merchant.post(&path, &json!({})).await;
    more.refused(
        422,
        "UNPROCESSABLE_ENTITY",
        &["REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK"],
    );
    assert_eq!(
        kinds(&merchant),
        [
            "CUSTOMER.DISPUTE.CREATED",
            "CUSTOMER.DISPUTE.UPDATED",
            "PAYMENT.CAPTURE.REVERSED",
            "CUSTOMER.DISPUTE.RESOLVED",
        ]
    );
}

#[tokio::test]
async fn a_dispute_that_the_merchant_wins_changes_nothing() {
    let merchant = Merchant::new().await;
    let (capture, dispute) = disputed(&merchant, "100.00").await;
    merchant.paypal.resolve_dispute(&dispute, false).unwrap();
    let captured = merchant
        .get(&format!("/v2/payments/captures/{capture}"))
        .await;
    assert_eq!(captured.ok(StatusCode::OK)["status"], "COMPLETED");
    assert_eq!(
        kinds(&merchant),
        ["CUSTOMER.DISPUTE.CREATED", "CUSTOMER.DISPUTE.RESOLVED"]
    );
}

#[tokio::test]
async fn disputes_are_listed_by_transaction_and_state_and_in_pages() {
    let merchant = Merchant::new().await;
    let (capture, first) = disputed(&merchant, "10.00").await;
    let (_, second) = disputed(&merchant, "20.00").await;
    merchant.paypal.resolve_dispute(&second, false).unwrap();
    let ids = |body: &Value| -> Vec<String> {
        let items = body["items"].as_array().unwrap().iter();
        items
            .map(|item| item["dispute_id"].as_str().unwrap().to_owned())
            .collect()
    };
    for (query, expected) in [
        ("", vec![&second, &first]),
        (&format!("?disputed_transaction_id={capture}"), vec![&first]),
        ("?disputed_transaction_id=1", vec![]),
        ("?dispute_state=RESOLVED", vec![&second]),
        (
            "?dispute_state=RESOLVED,REQUIRED_ACTION",
            vec![&second, &first],
        ),
    ] {
        let body = merchant
            .get(&format!("{DISPUTES}{query}"))
            .await
            .ok(StatusCode::OK);
        assert_eq!(ids(&body).iter().collect::<Vec<_>>(), expected, "{query}");
        assert_eq!(links(&body), ["self"]);
    }
    let page = merchant
        .get(&format!("{DISPUTES}?page_size=1"))
        .await
        .ok(StatusCode::OK);
    assert_eq!(ids(&page), [second]);
    let next = link(&page, "next")
        .strip_prefix(&merchant.paypal.url())
        .unwrap();
    let page = merchant.get(next).await.ok(StatusCode::OK);
    assert_eq!(ids(&page), [first]);
    assert_eq!(links(&page), ["self"]);
}
