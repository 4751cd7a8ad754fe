//! Refunds: whole, in parts, pending, and failing.

use serde_json::json;

use crate::bench::{Bench, id, with};

/// Parameters, and the status, code and parameter of the refusal.
type Case<'a> = (&'a [(&'a str, &'a str)], u16, &'a str, &'a str);

#[tokio::test]
async fn refunds_that_cannot_be_are_refused() {
    let bench = Bench::open().await;
    let (_, intent) = bench.paid().await;
    let (_, other) = bench.paid().await;
    let (_, disputed) = bench.paid_with("4000000000000259").await;
    let other_charge = id(&bench.charge(&other).await);
    let open = bench.session().await;
    bench.stripe.pay(&open, "4000000000000002").unwrap();
    let declined = bench.read_session(&open).await["payment_intent"].clone();
    let declined = declined.as_str().unwrap();
    let of = ("payment_intent", intent.as_str());
    let cases: &[Case] = &[
        (&[], 400, "parameter_missing", ""),
        (
            &[("payment_intent", "pi_no")],
            404,
            "resource_missing",
            "payment_intent",
        ),
        (&[("charge", "ch_no")], 404, "resource_missing", "charge"),
        (&[of, ("charge", &other_charge)], 400, "", "charge"),
        (
            &[of, ("amount", "0")],
            400,
            "parameter_invalid_integer",
            "amount",
        ),
        (
            &[of, ("amount", "1.50")],
            400,
            "parameter_invalid_integer",
            "amount",
        ),
        (
            &[of, ("amount", "-1")],
            400,
            "parameter_invalid_integer",
            "amount",
        ),
        (&[of, ("amount", "10001")], 400, "", "amount"),
        (&[of, ("reason", "sorry")], 400, "", "reason"),
        (&[of, ("colour", "red")], 400, "parameter_unknown", "colour"),
        (
            &[of, ("reverse_transfer", "true")],
            400,
            "",
            "reverse_transfer",
        ),
        (&[of, ("expand[]", "charge.colour")], 400, "", ""),
        (&[("payment_intent", declined)], 400, "", "payment_intent"),
        (&[("payment_intent", &disputed)], 400, "charge_disputed", ""),
    ];
    for (pairs, status, code, param) in cases {
        let answer = bench.post("/v1/refunds", pairs).await;
        let (own, _, own_code, own_param) = answer.refusal();
        assert_eq!(
            (own, own_code.as_str(), own_param.as_str()),
            (*status, *code, *param),
            "{pairs:?}"
        );
    }
    let beyond = bench.post("/v1/refunds", &[of, ("amount", "10001")]).await;
    let message = "Refund amount ($100.01) is greater than charge amount ($100.00)";
    assert_eq!(beyond.message(), message);
    assert_eq!(bench.charge(&intent).await["amount_refunded"], 0);
    assert!(
        bench
            .stripe
            .refund_in_dashboard(&intent, Some(10_001))
            .is_err()
    );
    assert!(bench.stripe.refund_in_dashboard("pi_no", None).is_err());
}

#[tokio::test]
async fn a_payment_is_refunded_in_parts_and_no_more_than_whole() {
    let bench = Bench::open().await;
    let (_, intent) = bench.paid().await;
    let of = ("payment_intent", intent.as_str());
    let pairs = [
        of,
        ("amount", "2500"),
        ("reason", "duplicate"),
        ("metadata[why]", "twice"),
    ];
    let refund = bench.post("/v1/refunds", &pairs).await.good();
    assert_eq!(refund["status"], "succeeded");
    assert_eq!(
        (&refund["amount"], &refund["currency"]),
        (&json!(2500), &json!("usd"))
    );
    assert_eq!(
        (&refund["reason"], &refund["metadata"]["why"]),
        (&json!("duplicate"), &json!("twice"))
    );
    assert_eq!(refund["payment_intent"], intent);
    let charge = bench.charge(&intent).await;
    assert_eq!(
        (&charge["amount_refunded"], &charge["refunded"]),
        (&json!(2500), &json!(false))
    );
    let beyond = bench.post("/v1/refunds", &[of, ("amount", "7501")]).await;
    let message = "Refund amount ($75.01) is greater than unrefunded amount on charge ($75.00)";
    assert_eq!(beyond.message(), message);
    let charge = charge["id"].as_str().unwrap();
    let rest = bench
        .post("/v1/refunds", &[("charge", charge)])
        .await
        .good();
    assert_eq!(rest["amount"], 7500);
    let again = bench.post("/v1/refunds", &[of]).await;
    assert_eq!(again.refusal().2, "charge_already_refunded");
    let charge = bench
        .get(&format!("/v1/charges/{charge}?expand[]=refunds"))
        .await
        .good();
    assert_eq!(charge["refunded"], true);
    assert_eq!(charge["refunds"]["data"][0]["id"], rest["id"]);
    let path = format!("/v1/refunds/{}?expand[]=balance_transaction", id(&rest));
    let txn = bench.get(&path).await.good()["balance_transaction"].clone();
    assert_eq!(
        (&txn["amount"], &txn["type"]),
        (&json!(-7500), &json!("refund"))
    );
}

#[tokio::test]
async fn a_refund_may_be_pending_and_arrive_later() {
    let bench = Bench::open().await;
    let (_, intent) = bench.paid_with("4000000000007726").await;
    let refund = bench
        .post("/v1/refunds", &[("payment_intent", &intent)])
        .await
        .good();
    assert_eq!(
        (&refund["status"], &refund["balance_transaction"]),
        (&json!("pending"), &json!(null))
    );
    bench.stripe.settle_refund(&id(&refund), true).unwrap();
    let settled = bench
        .get(&format!("/v1/refunds/{}", id(&refund)))
        .await
        .good();
    assert_eq!(settled["status"], "succeeded");
    assert!(settled["balance_transaction"].is_string());
}

#[tokio::test]
async fn a_refund_may_succeed_and_fail_later() {
    let bench = Bench::open().await;
    let (_, intent) = bench.paid_with("4000000000005126").await;
    let refund = bench
        .post("/v1/refunds", &[("payment_intent", &intent)])
        .await
        .good();
    assert_eq!(refund["status"], "succeeded");
    bench.stripe.settle_refund(&id(&refund), false).unwrap();
    let path = format!(
        "/v1/refunds/{}?expand[]=failure_balance_transaction",
        id(&refund)
    );
    let failed = bench.get(&path).await.good();
    assert_eq!(failed["status"], "failed");
    assert!(failed["failure_reason"].is_string());
    assert_eq!(failed["failure_balance_transaction"]["amount"], 10_000);
    assert_eq!(bench.charge(&intent).await["amount_refunded"], 0);
    assert!(bench.stripe.settle_refund(&id(&refund), false).is_err());
    // The money can be sent again.
    bench
        .post("/v1/refunds", &[("payment_intent", &intent)])
        .await
        .good();
}

#[tokio::test]
async fn refunds_keep_to_the_steps_of_their_currency() {
    let bench = Bench::open().await;
    let price = "line_items[0][price_data]";
    for (currency, amount, wrong) in [("kwd", "5120", "15"), ("isk", "5000", "150")] {
        let pairs = with(&[
            (&format!("{price}[currency]"), Some(currency)),
            (&format!("{price}[unit_amount]"), Some(amount)),
        ]);
        let session = id(&bench.create(&pairs).await.good());
        bench.stripe.pay(&session, "4242424242424242").unwrap();
        let intent = bench.read_session(&session).await["payment_intent"].clone();
        let of = ("payment_intent", intent.as_str().unwrap());
        let refused = bench.post("/v1/refunds", &[of, ("amount", wrong)]).await;
        assert_eq!(refused.refusal().3, "amount");
        bench
            .post("/v1/refunds", &[of, ("amount", "100")])
            .await
            .good();
    }
}

#[tokio::test]
async fn the_dashboard_refunds_too() {
    let bench = Bench::open().await;
    let (_, intent) = bench.paid().await;
    let refund = bench
        .stripe
        .refund_in_dashboard(&intent, Some(100))
        .unwrap();
    let read = bench.get(&format!("/v1/refunds/{refund}")).await.good();
    assert_eq!(read["amount"], 100);
    bench.stripe.refund_in_dashboard(&intent, None).unwrap();
    assert_eq!(bench.charge(&intent).await["refunded"], true);
}
