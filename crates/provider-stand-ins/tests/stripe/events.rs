//! Events: their bodies, their signatures, and how they are delivered.

use std::time::Duration;

use provider_stand_ins::WebhookMode;
use provider_stand_ins::stripe::{Options, sign};

use crate::bench::{Bench, GOOD, SECRET, SESSIONS, id, now, options, send, usual};
use crate::receiver::{Delivered, Receiver};

async fn open() -> (Bench, Receiver) {
    let receiver = Receiver::open().await;
    let webhook_url = Some(receiver.url.clone());
    let bench = Bench::open_with(Options {
        webhook_url,
        ..options()
    })
    .await;
    (bench, receiver)
}

#[tokio::test]
async fn an_event_is_signed_and_says_what_happened() {
    let (bench, receiver) = open().await;
    let (session, intent) = bench.paid().await;
    let delivered = receiver
        .wait_for("checkout.session.completed", 1)
        .await
        .remove(0);
    let event = delivered.event();
    assert!(id(&event).starts_with("evt_"));
    assert_eq!(
        (&event["object"], &event["livemode"]),
        (&"event".into(), &false.into())
    );
    assert_eq!(event["api_version"], "2026-10-28.endive");
    assert_eq!(event["pending_webhooks"], 1);
    assert!(event["request"]["id"].is_null());
    let object = &event["data"]["object"];
    assert_eq!(object["id"], session);
    assert_eq!(
        (&object["payment_status"], &object["payment_intent"]),
        (&"paid".into(), &intent.into())
    );
    assert!(delivered.agent.starts_with("Stripe/1.0"));
    let seconds = delivered.signed_at();
    assert!((seconds - now()).abs() < 30);
    let secrets = [SECRET.to_owned()];
    assert_eq!(
        delivered.signature,
        sign(&secrets, seconds, delivered.body.as_bytes(), false)
    );
    // Others happened too, to which the endpoint has not subscribed.
    let all: Vec<_> = bench
        .stripe
        .events()
        .iter()
        .map(|event| event["type"].clone())
        .collect();
    assert!(all.contains(&"payment_intent.succeeded".into()));
    assert_eq!(receiver.delivered().len(), 1);
    assert_eq!(event, *bench.stripe.events().last().unwrap());
}

#[tokio::test]
async fn each_turn_of_a_payment_is_told() {
    let (bench, receiver) = open().await;
    let expired = bench.session().await;
    let expire = bench.posting(&format!("{SESSIONS}/{expired}/expire"), &[]);
    let answer = send(expire.header("Idempotency-Key", "end-1")).await;
    let told = receiver.next("checkout.session.expired").await;
    assert_eq!(told["data"]["object"]["status"], "expired");
    assert_eq!(told["request"]["id"], answer.header("request-id"));
    assert_eq!(told["request"]["idempotency_key"], "end-1");

    let (_, intent) = bench.paid_with("4000000000005126").await;
    let refund = bench
        .stripe
        .refund_in_dashboard(&intent, Some(400))
        .unwrap();
    let refunded = receiver.next("charge.refunded").await;
    assert_eq!(refunded["data"]["object"]["amount_refunded"], 400);
    assert_eq!(
        receiver.next("refund.created").await["data"]["object"]["id"],
        refund
    );
    bench.stripe.settle_refund(&refund, false).unwrap();
    assert_eq!(
        receiver.next("refund.updated").await["data"]["object"]["status"],
        "failed"
    );
    assert_eq!(
        receiver.next("refund.failed").await["data"]["object"]["id"],
        refund
    );

    let dispute = bench.stripe.dispute(&intent, None).unwrap();
    assert_eq!(
        receiver.next("charge.dispute.created").await["data"]["object"]["id"],
        dispute
    );
    receiver.next("charge.dispute.funds_withdrawn").await;
    bench.stripe.answer_dispute(&dispute).unwrap();
    let updated = receiver.next("charge.dispute.updated").await;
    assert_eq!(updated["data"]["object"]["status"], "under_review");
    bench.stripe.close_dispute(&dispute, false).unwrap();
    let closed = receiver.next("charge.dispute.closed").await;
    assert_eq!(closed["data"]["object"]["status"], "lost");
}

#[tokio::test]
async fn a_session_that_expires_by_the_clock_is_told_without_anybody_asking() {
    let (bench, receiver) = open().await;
    let session = bench.session().await;
    bench
        .stripe
        .controls()
        .put_forward(Duration::from_secs(86_401));
    let told = receiver.next("checkout.session.expired").await;
    assert_eq!(told["data"]["object"]["id"], session);
}

#[tokio::test]
async fn an_event_that_does_not_arrive_is_sent_again_and_signed_anew() {
    let (bench, receiver) = open().await;
    receiver.refuse(usize::MAX);
    bench.paid().await;
    let kind = "checkout.session.completed";
    let first = receiver.wait_for(kind, 1).await.remove(0);
    bench
        .stripe
        .controls()
        .put_forward(Duration::from_secs(1000));
    let later = |all: Vec<Delivered>| {
        let mut all = all.into_iter();
        all.find(|one| one.signed_at() >= first.signed_at() + 1000)
    };
    let later = receiver.wait_until("a later signature", later).await;
    assert_eq!(later.body, first.body);
    receiver.refuse(0);
}

#[tokio::test]
async fn tests_decide_what_becomes_of_events() {
    let (bench, receiver) = open().await;
    bench.stripe.controls().webhooks(WebhookMode::Twice);
    bench.paid().await;
    let both = receiver.wait_for("checkout.session.completed", 2).await;
    assert_eq!(both[0].body, both[1].body);
    bench.stripe.controls().webhooks(WebhookMode::Send);
    let event = id(&both[0].event());
    assert!(bench.stripe.send_event_again(&event));
    receiver.wait_for("checkout.session.completed", 3).await;
    assert!(!bench.stripe.send_event_again("evt_no"));
    bench
        .stripe
        .set_webhook_secrets(&["whsec_old", "whsec_new"]);
    bench.stripe.subscribe(&["charge.succeeded"]);
    bench.paid().await;
    let rolled = receiver.wait_for("charge.succeeded", 1).await.remove(0);
    assert_eq!(rolled.signature.matches("v1=").count(), 2);
    bench.stripe.set_webhook_url(None);
    let before = receiver.delivered().len();
    let session = id(&bench.create(&usual()).await.good());
    bench.stripe.pay(&session, GOOD).unwrap();
    bench.stripe.set_webhook_url(Some(&receiver.url));
    bench.stripe.subscribe(&["*"]);
    let session = bench.session().await;
    bench.stripe.pay(&session, GOOD).unwrap();
    receiver.wait_for("payment_intent.succeeded", 1).await;
    let missed = receiver.delivered().into_iter().skip(before);
    let all = missed.filter(|one| one.event()["type"] == "payment_intent.succeeded");
    assert_eq!(all.count(), 1);
}

#[tokio::test]
async fn the_page_goes_on_only_once_the_events_have_arrived_where_they_go_first() {
    let (bench, receiver) = open().await;
    bench.stripe.controls().webhooks(WebhookMode::First);
    let session = bench.session().await;
    // It arrives only with the second try.
    receiver.refuse(usize::MAX);
    let pays = bench.pay_on_page(&session, GOOD);
    tokio::pin!(pays);
    tokio::select! {
        _ = &mut pays => panic!("the page went on first"),
        _ = receiver.wait_for("checkout.session.completed", 2) => receiver.refuse(0),
    }
    pays.await;
    let completed = |one: &Delivered| one.event()["type"] == "checkout.session.completed";
    let tries = receiver
        .delivered()
        .iter()
        .filter(|one| completed(one))
        .count();
    assert!(tries >= 3, "{tries}");
}
