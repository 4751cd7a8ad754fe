//! Webhooks: their proof, their order, and that they do not give up early.

use sandbox_gateway::sign_webhook;
use serde_json::json;

use crate::bench::{Bench, GOOD};
use crate::merchant::WEBHOOK_SECRET;

#[tokio::test]
async fn a_webhook_is_signed_over_its_moment_and_its_very_bytes() {
    let mut bench = Bench::open().await;
    let id = bench.create().await;
    bench.cancel(&id).await;
    let webhook = bench.merchant.next().await;
    let moment = webhook
        .signature
        .strip_prefix("t=")
        .unwrap()
        .split(',')
        .next()
        .unwrap();
    let moment: i64 = moment.parse().unwrap();
    assert_eq!(
        webhook.signature,
        sign_webhook(WEBHOOK_SECRET, moment, &webhook.text).unwrap()
    );
    let created = webhook.body["created"].as_i64().unwrap();
    assert!((created..created + 300).contains(&moment));
}

#[tokio::test]
async fn a_webhook_tells_the_payment_as_the_api_does() {
    let mut bench = Bench::open().await;
    let id = bench.create().await;
    bench.cancel(&id).await;
    let webhook = bench.merchant.next().await;
    assert!(webhook.id().starts_with("evt_"));
    assert_eq!(webhook.body["type"], "payment.updated");
    assert_eq!(webhook.body["payment"], bench.read(&id).await);
}

#[tokio::test]
async fn a_webhook_comes_again_until_it_is_taken() {
    let mut bench = Bench::open().await;
    bench.merchant.answer([500, 404, 302]);
    let first = bench.create().await;
    bench.cancel(&first).await;
    let tried = bench.merchant.next().await;
    for _ in 0..3 {
        let again = bench.merchant.next().await;
        assert_eq!((again.id(), &again.text), (tried.id(), &tried.text));
    }
    let second = bench.create().await;
    bench.cancel(&second).await;
    assert_eq!(
        bench.merchant.next().await.payment(),
        second,
        "what was taken does not come again"
    );
}

#[tokio::test]
async fn a_webhook_is_given_up_after_eight_tries() {
    let mut bench = Bench::open().await;
    bench.merchant.answer([500; 8]);
    let first = bench.create().await;
    bench.cancel(&first).await;
    for _ in 0..8 {
        assert_eq!(bench.merchant.next().await.payment(), first);
    }
    let second = bench.create().await;
    bench.cancel(&second).await;
    assert_eq!(bench.merchant.next().await.payment(), second);
}

#[tokio::test]
async fn a_merchant_that_is_away_holds_up_nobody_else() {
    let mut bench = Bench::open().await;
    // Nothing listens on the port of a listener that is gone.
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nowhere = format!("http://{}/hook", gone.local_addr().unwrap());
    drop(gone);
    let lost = bench.create_with(json!({"webhook_url": nowhere})).await;
    bench.cancel(&lost).await;
    let id = bench.create().await;
    bench.pay(&id, GOOD).await;
    assert_eq!(bench.merchant.next_states(2).await, ["processing", "paid"]);
}
