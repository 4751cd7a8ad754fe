//! Disputes: opened by a card or a test, answered, won and lost.

use serde_json::json;

use crate::bench::Bench;

#[tokio::test]
async fn disputes_that_cannot_be_are_refused() {
    let bench = Bench::open().await;
    let (_, intent) = bench.paid().await;
    assert!(bench.stripe.dispute("pi_no", None).is_err());
    assert!(bench.stripe.dispute(&intent, Some(10_001)).is_err());
    assert!(bench.stripe.close_dispute("du_no", true).is_err());
    let dispute = bench.stripe.dispute(&intent, Some(4000)).unwrap();
    assert!(bench.stripe.dispute(&intent, None).is_err());
    bench.stripe.answer_dispute(&dispute).unwrap();
    assert!(bench.stripe.answer_dispute(&dispute).is_err());
    bench.stripe.close_dispute(&dispute, false).unwrap();
    assert!(bench.stripe.close_dispute(&dispute, true).is_err());
}

#[tokio::test]
async fn a_card_may_be_disputed_at_once() {
    let bench = Bench::open().await;
    let (session, intent) = bench.paid_with("4000000000000259").await;
    assert_eq!(bench.read_session(&session).await["payment_status"], "paid");
    let charge = bench.charge(&intent).await;
    assert_eq!(charge["disputed"], true);
    let path = format!("/v1/disputes?payment_intent={intent}&expand[]=data.charge");
    let disputes = bench.get(&path).await.good();
    let dispute = &disputes["data"][0];
    for (field, value) in [
        ("object", json!("dispute")),
        ("amount", json!(10_000)),
        ("reason", json!("fraudulent")),
        ("status", json!("needs_response")),
        ("is_charge_refundable", json!(false)),
        ("charge", charge.clone()),
    ] {
        assert_eq!(dispute[field], value, "{field}");
    }
    let withdrawn = &dispute["balance_transactions"][0];
    assert_eq!(
        (&withdrawn["amount"], &withdrawn["fee"]),
        (&json!(-10_000), &json!(1500))
    );
    let types: Vec<_> = bench
        .stripe
        .events()
        .iter()
        .map(|event| event["type"].clone())
        .collect();
    let end = [
        json!("charge.dispute.created"),
        json!("charge.dispute.funds_withdrawn"),
    ];
    assert!(types.ends_with(&end), "{types:?}");
}

#[tokio::test]
async fn a_dispute_is_won_or_lost() {
    let bench = Bench::open().await;
    for (won, status, movements) in [(true, "won", 2), (false, "lost", 1)] {
        let (_, intent) = bench.paid().await;
        let dispute = bench.stripe.dispute(&intent, Some(4000)).unwrap();
        bench.stripe.answer_dispute(&dispute).unwrap();
        let path = format!("/v1/disputes/{dispute}");
        assert_eq!(bench.get(&path).await.good()["status"], "under_review");
        bench.stripe.close_dispute(&dispute, won).unwrap();
        let closed = bench.get(&path).await.good();
        assert_eq!(
            (&closed["status"], &closed["amount"]),
            (&json!(status), &json!(4000))
        );
        assert_eq!(
            closed["balance_transactions"].as_array().unwrap().len(),
            movements
        );
        let refund = bench
            .post("/v1/refunds", &[("payment_intent", &intent)])
            .await;
        assert_eq!(refund.status == 200, won);
    }
}
