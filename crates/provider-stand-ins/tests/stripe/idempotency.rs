//! Idempotency keys.

use std::time::Duration;

use provider_stand_ins::Fault;
use reqwest::Method;

use crate::bench::{Answer, Bench, KEY, SESSIONS, and, id, send, usual, with};

async fn create(bench: &Bench, key: &str, pairs: &[(String, String)]) -> Answer {
    send(
        bench
            .posting(SESSIONS, pairs)
            .header("Idempotency-Key", key),
    )
    .await
}

#[tokio::test]
async fn a_key_with_other_parameters_is_refused() {
    let bench = Bench::open().await;
    create(&bench, "one", &usual()).await.good();
    let other = create(&bench, "one", &and(&[("client_reference_id", "other")])).await;
    assert_eq!(other.refusal().0, 400);
    assert_eq!(other.refusal().1, "idempotency_error");
    let message = "Keys for idempotent requests can only be used with the same parameters they \
                   were first used with. Try using a key other than 'one' if you meant to execute \
                   a different request.";
    assert_eq!(other.message(), message);
    let elsewhere = bench
        .posting("/v1/refunds", &usual())
        .header("Idempotency-Key", "one");
    assert_eq!(send(elsewhere).await.refusal().1, "idempotency_error");
    assert_eq!(create(&bench, &"k".repeat(256), &usual()).await.status, 400);
    create(&bench, &"k".repeat(255), &usual()).await.good();
}

#[tokio::test]
async fn a_key_replays_what_it_was_answered() {
    let bench = Bench::open().await;
    let first = create(&bench, "one", &usual()).await;
    assert_eq!(first.header("idempotent-replayed"), "");
    assert_eq!(first.header("idempotency-key"), "one");
    let mut reordered = usual();
    reordered.reverse();
    let second = create(&bench, "one", &reordered).await;
    assert_eq!(second.text, first.text);
    assert_eq!(second.header("idempotent-replayed"), "true");
    assert_eq!(
        second.header("original-request"),
        first.header("request-id")
    );
    assert_ne!(second.header("request-id"), first.header("request-id"));
    let without = bench.create(&usual()).await.good();
    assert_ne!(id(&without), id(&first.json()));
    // A read takes no notice of a key.
    let path = format!("{SESSIONS}/{}", id(&without));
    for _ in 0..2 {
        let read = bench.request(Method::GET, &path).bearer_auth(KEY);
        let read = send(read.header("Idempotency-Key", "one")).await;
        assert_eq!(read.header("idempotent-replayed"), "");
        read.good();
    }
}

#[tokio::test]
async fn only_the_answers_of_an_endpoint_at_work_are_kept() {
    let bench = Bench::open().await;
    // Refused before the endpoint began: the key is free.
    let wrong = with(&[("mode", Some("paying"))]);
    for _ in 0..2 {
        let refused = create(&bench, "one", &wrong).await;
        assert_eq!(
            (refused.status, refused.header("idempotent-replayed")),
            (400, "")
        );
    }
    create(&bench, "one", &usual()).await.good();
    // Refused by the endpoint: the key is used up.
    let small = with(&[("line_items[0][price_data][unit_amount]", Some("10"))]);
    assert_eq!(
        create(&bench, "two", &small).await.refusal().2,
        "amount_too_small"
    );
    let replayed = create(&bench, "two", &small).await;
    assert_eq!(replayed.header("idempotent-replayed"), "true");
    assert_eq!(
        create(&bench, "two", &usual()).await.refusal().1,
        "idempotency_error"
    );
    // Broken while at work: the 500 is replayed.
    bench.stripe.break_executions(1);
    for replayed in ["", "true"] {
        let broken = create(&bench, "three", &usual()).await;
        assert_eq!(
            (broken.status, broken.header("idempotent-replayed")),
            (500, replayed)
        );
        assert_eq!(broken.refusal().1, "api_error");
    }
    create(&bench, "four", &usual()).await.good();
}

#[tokio::test]
async fn an_answer_that_was_lost_can_be_had_again() {
    let bench = Bench::open().await;
    bench
        .stripe
        .controls()
        .plan("POST", SESSIONS, Fault::LostAnswer, 1);
    assert_eq!(create(&bench, "one", &usual()).await.status, 502);
    let made = bench.stripe.newest_session().unwrap();
    let again = create(&bench, "one", &usual()).await;
    assert_eq!(id(&again.good()), made);
    assert_eq!(again.header("idempotent-replayed"), "true");
    // A fault in place of the answer leaves nothing behind.
    bench
        .stripe
        .controls()
        .plan("POST", SESSIONS, Fault::Status(503), 1);
    let refused = create(&bench, "two", &usual()).await;
    assert_eq!(
        (refused.status, refused.refusal().1.as_str()),
        (503, "api_error")
    );
    let done = create(&bench, "two", &usual()).await;
    assert_eq!(done.header("idempotent-replayed"), "");
}

#[tokio::test]
async fn a_key_is_in_use_while_its_request_is_at_work() {
    let bench = Bench::open().await;
    bench.stripe.hold(true);
    let pairs = usual();
    let posting = || {
        bench
            .posting(SESSIONS, &pairs)
            .header("Idempotency-Key", "one")
    };
    let first = tokio::spawn(send(posting()));
    let second = tokio::spawn(send(posting()));
    // Whichever came second is told so while the other waits.
    let answered = tokio::select! {
        one = first => one.unwrap(),
        other = second => other.unwrap(),
    };
    assert_eq!(answered.refusal().0, 409);
    assert_eq!(answered.refusal().1, "idempotency_error");
    assert_eq!(answered.refusal().2, "idempotency_key_in_use");
    assert!(bench.stripe.newest_session().is_none());
    bench.stripe.hold(false);
    let made = tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            let answer = send(posting()).await;
            if answer.status == 200 {
                return answer;
            }
            assert_eq!(answer.status, 409);
            tokio::task::yield_now().await;
        }
    });
    let made = made.await.unwrap();
    assert_eq!(id(&made.json()), bench.stripe.newest_session().unwrap());
    assert_eq!(
        bench.get(SESSIONS).await.good()["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_key_is_free_again_after_a_day() {
    let bench = Bench::open().await;
    let first = id(&create(&bench, "one", &usual()).await.good());
    bench
        .stripe
        .controls()
        .put_forward(Duration::from_secs(86_000));
    assert_eq!(id(&create(&bench, "one", &usual()).await.good()), first);
    bench
        .stripe
        .controls()
        .put_forward(Duration::from_secs(401));
    let later = create(&bench, "one", &usual()).await;
    assert_eq!(later.header("idempotent-replayed"), "");
    assert_ne!(id(&later.good()), first);
}
