//! The life of a session, seen through the API.

use std::time::Duration;

use provider_stand_ins::stripe::{Options, Outcome};
use serde_json::json;

use crate::bench::{Bench, GOOD, SESSIONS, and, id, now, options, send, usual};

#[tokio::test]
async fn a_session_that_nobody_can_pay_any_more_is_refused() {
    let bench = Bench::open().await;
    let (paid, _) = bench.paid().await;
    let expired = bench.session().await;
    bench
        .post(&format!("{SESSIONS}/{expired}/expire"), &[])
        .await
        .good();
    for (session, status) in [(&paid, "complete"), (&expired, "expired")] {
        let answer = bench
            .post(&format!("{SESSIONS}/{session}/expire"), &[])
            .await;
        assert_eq!(answer.status, 400);
        let message = format!(
            "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout \
             Session has a status of `{status}`."
        );
        assert_eq!(answer.message(), message);
        assert!(bench.stripe.pay(session, GOOD).is_err());
        assert!(bench.read_session(session).await["url"].is_null());
    }
    let refusal = bench
        .post(&format!("{SESSIONS}/{expired}/expire"), &[("now", "1")])
        .await;
    assert_eq!(refusal.refusal().2, "parameter_unknown");
}

#[tokio::test]
async fn a_new_session_has_what_it_was_asked_for() {
    let bench = Bench::open().await;
    let end = (now() + 31 * 60).to_string();
    let more = [
        ("expires_at", end.as_str()),
        ("customer_email", "sam@example.com"),
        ("locale", "de"),
    ];
    let session = bench.create(&and(&more)).await.good();
    let url = session["url"].as_str().unwrap();
    let id = id(&session);
    assert!(id.starts_with("cs_test_"));
    assert!(
        url.starts_with(&format!("{}/c/pay/{id}#", bench.stripe.url())),
        "{url}"
    );
    for (field, value) in [
        ("object", json!("checkout.session")),
        ("status", json!("open")),
        ("payment_status", json!("unpaid")),
        ("payment_intent", json!(null)),
        ("amount_total", json!(10_000)),
        ("currency", json!("usd")),
        ("client_reference_id", json!("intent-1")),
        ("metadata", json!({ "intent": "intent-1" })),
        ("customer_email", json!("sam@example.com")),
        ("locale", json!("de")),
        ("livemode", json!(false)),
        ("mode", json!("payment")),
        ("expires_at", json!(end.parse::<i64>().unwrap())),
        (
            "success_url",
            json!("https://shop.example.com/back?sid={CHECKOUT_SESSION_ID}"),
        ),
    ] {
        assert_eq!(session[field], value, "{field}");
    }
    assert_eq!(bench.stripe.newest_session().unwrap(), id);
    assert_eq!(
        bench.stripe.session_json(&id).unwrap(),
        bench.read_session(&id).await
    );
}

#[tokio::test]
async fn a_card_pays_and_the_money_can_be_followed() {
    let bench = Bench::open().await;
    let session = bench.session().await;
    assert_eq!(bench.stripe.pay(&session, GOOD), Ok(Outcome::Paid));
    let path =
        format!("{SESSIONS}/{session}?expand[]=payment_intent.latest_charge.balance_transaction");
    let session = bench.get(&path).await.good();
    assert_eq!(session["status"], "complete");
    assert_eq!(session["payment_status"], "paid");
    let intent = &session["payment_intent"];
    assert_eq!(intent["status"], "succeeded");
    assert_eq!(intent["amount_received"], 10_000);
    assert_eq!(intent["metadata"], json!({ "intent": "intent-1" }));
    let charge = &intent["latest_charge"];
    assert_eq!(charge["paid"], true);
    assert_eq!(charge["metadata"], json!({ "intent": "intent-1" }));
    assert_eq!(charge["payment_intent"], intent["id"]);
    assert_eq!(charge["payment_method_details"]["card"]["last4"], "4242");
    let txn = &charge["balance_transaction"];
    let money = (
        txn["amount"].as_i64(),
        txn["fee"].as_i64(),
        txn["net"].as_i64(),
    );
    assert_eq!(money, (Some(10_000), Some(165), Some(9835)));
}

#[tokio::test]
async fn a_declined_card_leaves_the_session_open() {
    let bench = Bench::open().await;
    for (card, code, decline) in [
        (
            "4000000000000002",
            "card_declined",
            json!("generic_decline"),
        ),
        (
            "4000000000009995",
            "card_declined",
            json!("insufficient_funds"),
        ),
        ("4000000000000069", "expired_card", json!(null)),
        (
            "4111111111111111",
            "card_declined",
            json!("test_mode_live_card"),
        ),
    ] {
        let session = bench.session().await;
        assert_eq!(
            bench.stripe.pay(&session, card),
            Ok(Outcome::Declined(code.to_owned()))
        );
        let path = format!("{SESSIONS}/{session}?expand[]=payment_intent.latest_charge");
        let open = bench.get(&path).await.good();
        assert_eq!(
            (&open["status"], &open["payment_status"]),
            (&json!("open"), &json!("unpaid"))
        );
        let intent = &open["payment_intent"];
        assert_eq!(intent["status"], "requires_payment_method");
        assert_eq!(intent["last_payment_error"]["code"], code);
        assert_eq!(intent["last_payment_error"]["decline_code"], decline);
        assert_eq!(intent["latest_charge"]["status"], "failed");
        assert_eq!(intent["latest_charge"]["failure_code"], code);
        // Another try is of the same payment.
        bench.stripe.pay(&session, GOOD).unwrap();
        let paid = bench.read_session(&session).await;
        assert_eq!(paid["payment_intent"], intent["id"]);
        assert_eq!(paid["payment_status"], "paid");
    }
    let session = bench.session().await;
    assert!(bench.stripe.pay(&session, "4242424242424241").is_err());
}

#[tokio::test]
async fn a_bank_may_ask_who_pays() {
    let bench = Bench::open().await;
    for card in ["4000002500003155", "4000000000003220"] {
        let session = bench.session().await;
        assert!(bench.stripe.authenticate(&session, true).is_err());
        assert_eq!(
            bench.stripe.pay(&session, card),
            Ok(Outcome::NeedsAuthentication)
        );
        let path = format!("{SESSIONS}/{session}?expand[]=payment_intent");
        assert_eq!(
            bench.get(&path).await.good()["payment_intent"]["status"],
            "requires_action"
        );
        let failed = bench.stripe.authenticate(&session, false).unwrap();
        let code = "payment_intent_authentication_failure";
        assert_eq!(failed, Outcome::Declined(code.to_owned()));
        let intent = bench.get(&path).await.good()["payment_intent"].clone();
        assert_eq!(intent["last_payment_error"]["code"], code);
        bench.stripe.pay(&session, card).unwrap();
        assert_eq!(bench.stripe.authenticate(&session, true), Ok(Outcome::Paid));
        assert_eq!(bench.read_session(&session).await["payment_status"], "paid");
    }
}

#[tokio::test]
async fn a_session_expires_by_the_clock() {
    let bench = Bench::open().await;
    let session = bench.session().await;
    let usual_end = bench.read_session(&session).await["expires_at"]
        .as_i64()
        .unwrap();
    assert!((now() + 86_000..=now() + 86_400).contains(&usual_end));
    bench
        .stripe
        .controls()
        .put_forward(Duration::from_secs(86_401));
    let over = bench.read_session(&session).await;
    assert_eq!(over["status"], "expired");
    assert!(over["url"].is_null() && over["payment_intent"].is_null());
    assert!(bench.stripe.pay(&session, GOOD).is_err());
}

#[tokio::test]
async fn modes_are_strangers_to_each_other() {
    let other_mode_key = Some("sk_live_other".to_owned());
    let bench = Bench::open_with(Options {
        other_mode_key,
        ..options()
    })
    .await;
    let session = bench.session().await;
    let path = format!("{SESSIONS}/{session}");
    let ask = bench
        .request(reqwest::Method::GET, &path)
        .bearer_auth("sk_live_other");
    let answer = send(ask).await;
    assert_eq!(answer.refusal().0, 404);
    assert!(answer.message().contains("a similar object exists"));
    let posting = bench.request(reqwest::Method::POST, SESSIONS);
    let live = send(posting.bearer_auth("sk_live_other").form(&usual()))
        .await
        .good();
    assert_eq!(live["livemode"], true);
    assert!(id(&live).starts_with("cs_live_"));
    let listed = bench.get(SESSIONS).await.good();
    assert_eq!(listed["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn all_that_a_live_key_makes_is_live() {
    let bench = Bench::open_with(Options::new("sk_live_bench", "whsec_bench")).await;
    let posting = bench
        .request(reqwest::Method::POST, SESSIONS)
        .bearer_auth("sk_live_bench");
    let session = id(&send(posting.form(&usual())).await.good());
    bench.stripe.pay(&session, GOOD).unwrap();
    let path = format!("{SESSIONS}/{session}?expand[]=payment_intent.latest_charge");
    let asked = bench
        .request(reqwest::Method::GET, &path)
        .bearer_auth("sk_live_bench");
    let session = send(asked).await.good();
    let intent = &session["payment_intent"];
    for object in [
        &session,
        intent,
        &intent["latest_charge"],
        &bench.stripe.events()[0],
    ] {
        assert_eq!(object["livemode"], true);
    }
}

#[tokio::test]
async fn a_forgotten_session_is_gone() {
    let bench = Bench::open().await;
    let session = bench.session().await;
    assert!(bench.stripe.forget(&session));
    assert!(!bench.stripe.forget(&session));
    assert_eq!(
        bench.get(&format!("{SESSIONS}/{session}")).await.status,
        404
    );
    assert_eq!(bench.page(&format!("/c/pay/{session}")).await.status, 404);
}
