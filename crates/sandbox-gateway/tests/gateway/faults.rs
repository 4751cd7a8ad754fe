//! Every fault, seen from outside.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use sandbox_gateway::Faults;
use serde_json::{Value, json};

use crate::bench::{Bench, DECLINED, GOOD, SLOW, TOO_LATE, header};

#[tokio::test]
async fn faults_are_switched_in_process_and_over_the_api() {
    let bench = Bench::open().await;
    bench
        .gateway
        .set_faults(Faults::from_names(["declined", "slow=5"]).unwrap());
    let told = bench.api(Method::GET, "/api/faults").send().await.unwrap();
    let told: Value = told.json().await.unwrap();
    assert_eq!(
        (&told["declined"], &told["slow"]),
        (&json!(true), &json!(5))
    );

    bench.faults(json!({"coop": "same-origin"})).await;
    assert_eq!(
        bench.gateway.faults(),
        Faults::from_names(["coop=same-origin"]).unwrap()
    );

    let wrong = bench
        .api(Method::PUT, "/api/faults")
        .json(&json!({"cooop": "same-origin"}));
    assert_eq!(
        wrong.send().await.unwrap().status(),
        StatusCode::BAD_REQUEST
    );
    let stranger = bench.request(Method::PUT, "/api/faults").json(&json!({}));
    assert_eq!(
        stranger.send().await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        bench.gateway.faults(),
        Faults::from_names(["coop=same-origin"]).unwrap()
    );
}

#[tokio::test]
async fn lost_webhooks_never_come() {
    let mut bench = Bench::open().await;
    bench.faults(json!({"webhook-lost": true})).await;
    let lost = bench.create().await;
    bench.pay(&lost, GOOD).await;
    assert_eq!(bench.status(&lost).await, "paid");
    bench.faults(json!({})).await;
    let next = bench.create().await;
    bench.pay(&next, GOOD).await;
    assert_eq!(bench.merchant.next().await.payment(), next);
    assert_eq!(bench.merchant.next().await.payment(), next);
}

#[tokio::test]
async fn doubled_webhooks_come_twice_with_one_id() {
    let mut bench = Bench::open().await;
    bench.faults(json!({"webhook-doubled": true})).await;
    let id = bench.create().await;
    bench.cancel(&id).await;
    let (first, second) = (bench.merchant.next().await, bench.merchant.next().await);
    assert_eq!((first.id(), &first.text), (second.id(), &second.text));
}

#[tokio::test]
async fn late_webhooks_come_after_their_time() {
    let mut bench = Bench::open().await;
    bench.faults(json!({"webhook-late": 300})).await;
    let id = bench.create().await;
    let started = Instant::now();
    bench.cancel(&id).await;
    bench.faults(json!({})).await;
    assert_eq!(bench.merchant.next().await.status(), "cancelled");
    assert!(started.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn out_of_order_tells_the_older_state_after_the_newer_one() {
    let mut bench = Bench::open().await;
    bench.faults(json!({"webhook-out-of-order": true})).await;
    for card in [GOOD, SLOW] {
        let id = bench.create().await;
        bench.pay(&id, card).await;
        assert_eq!(
            bench.merchant.next_states(2).await,
            ["paid", "processing"],
            "{card}"
        );
    }
    let id = bench.create().await;
    bench.pay(&id, DECLINED).await;
    bench.back(&id).await;
    assert_eq!(bench.merchant.next_states(2).await, ["failed", "open"]);
}

#[tokio::test]
async fn coop_is_on_every_answer_of_the_customers_pages_and_nowhere_else() {
    let bench = Bench::open().await;
    for value in ["same-origin", "same-origin-allow-popups"] {
        bench.faults(json!({"coop": value})).await;
        let id = bench.create().await;
        let answers = [
            bench.page(&id).await,
            bench.pay(&id, GOOD).await,
            bench.page(&id).await,
        ];
        for answer in &answers {
            assert_eq!(header(answer, "cross-origin-opener-policy"), Some(value));
        }
        let style = bench
            .request(Method::GET, "/assets/style.css")
            .send()
            .await
            .unwrap();
        assert_eq!(header(&style, "cross-origin-opener-policy"), None);
    }
}

#[tokio::test]
async fn no_return_is_a_page_without_a_way_back() {
    let bench = Bench::open().await;
    bench.faults(json!({"no-return": true})).await;
    let paid = bench.create().await;
    bench.pay(&paid, GOOD).await;
    let left = bench.create().await;
    bench.back(&left).await;
    for (id, says) in [(paid, "Payment confirmed"), (left, "Payment not made")] {
        let page = bench.page(&id).await;
        assert_eq!(header(&page, "refresh"), None);
        let text = page.text().await.unwrap();
        assert!(text.contains(says) && text.contains("You can close this window."));
        assert!(!text.contains(&bench.merchant.url), "{text}");
    }
}

#[tokio::test]
async fn slow_pages_are_late_but_what_they_do_is_done_and_stopping_does_not_wait_for_them() {
    let mut bench = Bench::open().await;
    let id = bench.create().await;
    let an_hour = 60 * 60 * 1000;
    bench.faults(json!({"slow": an_hour})).await;
    let fields = [("number", GOOD), ("expiry", "12/34"), ("code", "123")];
    let press = bench
        .request(Method::POST, &format!("/pay/{id}"))
        .form(&fields);
    let pressed = tokio::spawn(press.send());
    assert_eq!(bench.merchant.next_states(2).await, ["processing", "paid"]);
    assert!(!pressed.is_finished());
    bench.gateway.stop().await;
    assert_eq!(
        pressed.await.unwrap().unwrap().status(),
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn declined_declines_every_card() {
    let bench = Bench::open().await;
    bench.faults(json!({"declined": true})).await;
    let id = bench.create().await;
    bench.pay(&id, GOOD).await;
    let payment = bench.read(&id).await;
    assert_eq!(
        (&payment["status"], &payment["failure"]),
        (&json!("open"), &json!("card_declined"))
    );
}

#[tokio::test]
async fn amount_short_lets_less_arrive_and_says_so() {
    let bench = Bench::open().await;
    bench.faults(json!({"amount-short": true})).await;
    let id = bench.create().await;
    bench.pay(&id, GOOD).await;
    let payment = bench.read(&id).await;
    assert_eq!(
        (&payment["status"], &payment["amount"]),
        (&json!("paid"), &json!("45.00"))
    );
    assert_eq!(payment["amount_received"], "40.50");
    assert!(bench.page_text(&id).await.contains("EUR 40.50"));
}

#[tokio::test]
async fn api_away_answers_503_while_customers_can_still_pay() {
    let mut bench = Bench::open().await;
    let id = bench.create().await;
    bench.faults(json!({"api-away": true})).await;
    let answer = bench
        .api(Method::GET, &format!("/api/payments/{id}"))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(
        bench.create_as("x", &bench.order()).await.status(),
        answer.status()
    );
    bench.pay(&id, GOOD).await;
    assert_eq!(bench.merchant.next_states(2).await, ["processing", "paid"]);
    bench.faults(json!({})).await;
    assert_eq!(bench.status(&id).await, "paid");
}

#[tokio::test]
async fn webhook_first_answers_the_customer_when_the_merchant_has_taken_the_news() {
    let mut bench = Bench::open().await;
    bench.faults(json!({"webhook-first": true})).await;
    let id = bench.create().await;
    // What is not taken is sent again, and waited for.
    bench.merchant.answer([503, 503]);
    bench.pay(&id, GOOD).await;
    let told = bench.merchant.next_states(4).await;
    assert_eq!(told.iter().filter(|state| *state == "paid").count(), 2);
    let left = bench.create().await;
    bench.back(&left).await;
    assert_eq!(bench.merchant.taken_by_now(), ["cancelled"]);
}

#[tokio::test]
async fn processing_first_is_on_its_way_before_it_is_paid() {
    let mut bench = Bench::open().await;
    bench.faults(json!({"processing-first": 50})).await;
    let id = bench.create().await;
    bench.pay(&id, GOOD).await;
    assert_eq!(bench.merchant.next_states(2).await, ["processing", "paid"]);
}

#[tokio::test]
async fn amount_over_and_other_currency_say_what_arrived() {
    let bench = Bench::open().await;
    bench
        .faults(json!({"amount-over": true, "other-currency": true}))
        .await;
    let id = bench.create().await;
    bench.pay(&id, GOOD).await;
    let payment = bench.read(&id).await;
    assert_eq!(
        (&payment["amount"], &payment["currency"]),
        (&json!("45.00"), &json!("EUR"))
    );
    assert_eq!(
        (&payment["amount_received"], &payment["currency_received"]),
        (&json!("49.50"), &json!("USD"))
    );
    assert!(bench.page_text(&id).await.contains("USD 49.50"));
}

#[tokio::test]
async fn cannot_cancel_has_no_such_call_and_changes_nothing() {
    let bench = Bench::open().await;
    let id = bench.create().await;
    bench.faults(json!({"cannot-cancel": true})).await;
    assert_eq!(bench.cancel(&id).await, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(bench.status(&id).await, "open");
    bench.faults(json!({})).await;
    assert_eq!(bench.cancel(&id).await, StatusCode::OK);
}

#[tokio::test]
async fn no_such_payment_is_said_of_every_payment_while_customers_can_still_pay() {
    let bench = Bench::open().await;
    let id = bench.create().await;
    bench.faults(json!({"no-such-payment": true})).await;
    let get = async |path: String| bench.api(Method::GET, &path).send().await.unwrap();
    let by_id = get(format!("/api/payments/{id}")).await;
    assert_eq!(by_id.status(), StatusCode::NOT_FOUND);
    let by_reference = get("/api/payments?reference=A-1".to_owned()).await;
    let found: Value = by_reference.json().await.unwrap();
    assert_eq!(found["data"], json!([]));
    assert_eq!(bench.cancel(&id).await, StatusCode::NOT_FOUND);
    bench.pay(&id, GOOD).await;
    bench.faults(json!({})).await;
    assert_eq!(bench.status(&id).await, "paid");
}

#[tokio::test]
async fn the_late_card_pays_after_the_merchant_has_called_it_off() {
    let mut bench = Bench::open().await;
    let id = bench.create().await;
    bench.pay(&id, TOO_LATE).await;
    assert!(bench.page_text(&id).await.contains("waits for your word"));
    assert_eq!(bench.cancel(&id).await, StatusCode::OK);
    let told = bench.merchant.next_states(3).await;
    assert_eq!(told, ["open", "cancelled", "paid"]);
}
