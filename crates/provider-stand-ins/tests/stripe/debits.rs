//! Bank debits, which are settled days after the customer has agreed.

use provider_stand_ins::stripe::{Options, Outcome};
use serde_json::json;

use crate::bench::{Bench, SESSIONS, and, id, options};

const CURRENCY: (&str, &str) = ("line_items[0][price_data][currency]", "eur");
const ALLOWED: [(&str, &str); 2] = [
    ("allowed_payment_method_types[0]", "card"),
    ("allowed_payment_method_types[1]", "sepa_debit"),
];

async fn session(bench: &Bench) -> String {
    let pairs = and(&[CURRENCY, ALLOWED[0], ALLOWED[1]]);
    id(&bench.create(&pairs).await.good())
}

#[tokio::test]
async fn a_debit_is_refused_where_it_is_not_offered() {
    let bench = Bench::open().await;
    let cards_only = bench.session().await;
    assert!(bench.stripe.start_bank_debit(&cards_only).is_err());
    assert!(bench.stripe.settle_bank_debit(&cards_only, true).is_err());
    let entry = [
        ("method", "sepa_debit"),
        ("name", "Jordan Sample"),
        ("email", "j@example.com"),
    ];
    let page = format!("/c/pay/{cards_only}");
    let answer = bench.press(&format!("{page}/debit"), &entry).await;
    assert_eq!(answer.header("location"), page);
    assert_eq!(bench.read_session(&cards_only).await["status"], "open");
}

#[tokio::test]
async fn a_session_completes_unpaid_and_is_paid_later() {
    let bench = Bench::open().await;
    let session = session(&bench).await;
    let page = format!("/c/pay/{session}");
    assert!(
        bench
            .page(&page)
            .await
            .text
            .contains("id=\"pay-sepa_debit\"")
    );
    let entry = [
        ("method", "sepa_debit"),
        ("name", ""),
        ("email", "j@example.com"),
    ];
    assert_eq!(
        bench.press(&format!("{page}/debit"), &entry).await.status,
        422
    );
    let entry = [
        ("method", "sepa_debit"),
        ("name", "Jordan Sample"),
        ("email", "j@example.com"),
    ];
    let agreed = bench.press(&format!("{page}/debit"), &entry).await;
    assert!(
        agreed
            .header("location")
            .starts_with("https://shop.example.com/back")
    );
    let path = format!("{SESSIONS}/{session}?expand[]=payment_intent.latest_charge");
    let waiting = bench.get(&path).await.good();
    assert_eq!(
        (&waiting["status"], &waiting["payment_status"]),
        (&json!("complete"), &json!("unpaid"))
    );
    let intent = &waiting["payment_intent"];
    assert_eq!(
        (&intent["status"], &intent["amount_received"]),
        (&json!("processing"), &json!(0))
    );
    assert_eq!(intent["latest_charge"]["status"], "pending");
    let refund = [("payment_intent", intent["id"].as_str().unwrap())];
    let refused = bench.post("/v1/refunds", &refund).await;
    assert!(
        refused
            .message()
            .ends_with("does not have a successful charge to refund.")
    );
    bench.stripe.settle_bank_debit(&session, true).unwrap();
    let paid = bench.get(&path).await.good();
    assert_eq!(paid["payment_status"], "paid");
    assert_eq!(
        paid["payment_intent"]["latest_charge"]["status"],
        "succeeded"
    );
    assert!(bench.stripe.settle_bank_debit(&session, true).is_err());
    let types: Vec<_> = bench
        .stripe
        .events()
        .iter()
        .map(|event| event["type"].clone())
        .collect();
    assert_eq!(
        types.last().unwrap(),
        "checkout.session.async_payment_succeeded"
    );
}

#[tokio::test]
async fn a_debit_may_fail() {
    let bench = Bench::open().await;
    let session = session(&bench).await;
    assert_eq!(
        bench.stripe.start_bank_debit(&session),
        Ok(Outcome::Processing)
    );
    bench.stripe.settle_bank_debit(&session, false).unwrap();
    let path = format!("{SESSIONS}/{session}?expand[]=payment_intent.latest_charge");
    let failed = bench.get(&path).await.good();
    assert_eq!(
        (&failed["status"], &failed["payment_status"]),
        (&json!("complete"), &json!("unpaid"))
    );
    assert_eq!(
        failed["payment_intent"]["status"],
        "requires_payment_method"
    );
    assert_eq!(
        failed["payment_intent"]["latest_charge"]["status"],
        "failed"
    );
    assert!(failed["payment_intent"]["last_payment_error"]["message"].is_string());
}

#[tokio::test]
async fn an_account_may_offer_debits_by_itself() {
    let bench = Bench::open_with(Options {
        delayed_methods: true,
        ..options()
    })
    .await;
    for (currency, methods) in [
        ("eur", json!(["card", "sepa_debit"])),
        ("usd", json!(["card", "acss_debit", "us_bank_account"])),
        ("jpy", json!(["card"])),
    ] {
        let session = bench.create(&and(&[(CURRENCY.0, currency)])).await.good();
        assert_eq!(session["payment_method_types"], methods);
    }
}
