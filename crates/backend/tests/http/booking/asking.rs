//! Asking for an offered time: once, by one, for what was on screen.

use api_types::{Event, EventStatus, Problem};
use backend::settings::Requests;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use test_support::{
    BookingSite, EVENTS, MONDAY, PHYSIO, begin, euros, fault, physio_at, problem, token,
};

#[tokio::test]
async fn an_offered_time_is_booked_at_once_where_the_provider_books() {
    let site = BookingSite::open().await;
    site.with_attendees(&["Grace", "Alan"]).await;
    let ada = site.ada().await;
    let before = ada.balance().await.version;
    let mut asked = physio_at(MONDAY);
    asked["attendees"] = json!(["Alan"]);
    asked["note"] = json!("  My left knee. ");
    let event = ada.has(&asked).await;
    let summary = &event.event;
    assert_eq!(summary.status, EventStatus::Booked);
    assert_eq!(
        (summary.service.as_str(), summary.title.as_str()),
        (PHYSIO, PHYSIO)
    );
    assert_eq!(summary.starts_at.to_string(), MONDAY);
    assert_eq!(summary.ends_at.to_string(), "2026-11-23T09:45:00Z");
    assert_eq!(summary.people, ["Dr Reyes", "Alan"]);
    assert_eq!(summary.location.as_deref(), Some("1 Quay Street"));
    assert!(!summary.video && !summary.needs_confirmation && summary.hold_until.is_none());
    assert_eq!(summary.money.as_ref().unwrap().fee, euros("65.00"));
    assert_eq!(event.customer_note.as_deref(), Some("My left knee."));
    assert_eq!(event.version, before + 1);
    // It is in the list, and nobody is offered it any more.
    let list: api_types::EventPage = ada.get(&format!("{EVENTS}?list=upcoming")).await.json();
    assert_eq!(list.data[0].id, summary.id);
    let ben = site.ben().await;
    assert_eq!(
        begin(&ben.times(PHYSIO, "2026-11-23", "2026-11-23").await).len(),
        2
    );
    let refused = ben.request_event(&physio_at(MONDAY)).await;
    assert_eq!(refused.code(), problem(409, "time_taken"));
    // Nor does anybody else see it.
    let path = format!("{EVENTS}/{}", summary.id);
    assert_eq!(ben.get(&path).await.code(), problem(404, "not_found"));
}

#[tokio::test]
async fn a_request_waits_where_the_provider_answers() {
    let site = BookingSite::with(|calendar| calendar.requests = Requests::Ask).await;
    let ada = site.ada().await;
    let event = ada.has(&physio_at(MONDAY)).await;
    assert_eq!(event.event.status, EventStatus::Requested);
    // Nothing is paid for what may not be.
    assert!(event.pay.is_none() && event.pay_deposit.is_none());
    let ben = site.ben().await;
    let refused = ben.request_event(&physio_at(MONDAY)).await;
    assert_eq!(refused.code(), problem(409, "time_taken"));
}

#[tokio::test]
async fn the_same_request_again_is_the_same_event() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let (key, asked) = (token(), physio_at(MONDAY).to_string());
    let mut ids = Vec::new();
    for _ in 0..3 {
        let answer = site
            .site
            .site
            .send(ada.request_to_write(EVENTS, &key, &asked))
            .await;
        assert_eq!(answer.status, 201, "{answer:?}");
        ids.push(answer.json::<Event>().event.id);
    }
    assert!(ids.iter().all(|id| *id == ids[0]));
    let other = physio_at("2026-11-23T10:00:00Z").to_string();
    let answer = site
        .site
        .site
        .send(ada.request_to_write(EVENTS, &key, &other))
        .await;
    assert_eq!(answer.code(), problem(422, "key_reused"));
    let list: api_types::EventPage = ada.get(&format!("{EVENTS}?list=upcoming")).await.json();
    assert_eq!(list.upcoming, 1);
}

#[tokio::test]
async fn what_was_never_offered_cannot_be_had() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    let mut strangers = physio_at(MONDAY);
    strangers["person"] = json!("Dr Okafor");
    let mut by_video = physio_at(MONDAY);
    by_video["video"] = json!(true);
    let mut unknown = physio_at(MONDAY);
    unknown["service"] = json!("Surgery");
    for (asked, code) in [
        (physio_at("2026-11-23T09:15:00Z"), "time_taken"),
        (physio_at("2026-11-24T09:00:00Z"), "time_taken"),
        (physio_at("2026-11-16T09:00:00Z"), "time_taken"),
        (physio_at("2028-11-20T09:00:00Z"), "time_taken"),
        (strangers, "time_taken"),
        (by_video, "time_taken"),
        (unknown, "time_taken"),
    ] {
        let answer = ada.request_event(&asked).await;
        assert_eq!(answer.code(), problem(409, code), "{asked}");
    }
}

#[tokio::test]
async fn another_fee_than_was_on_screen_is_refused() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    for fee in [json!({"amount": "60.00", "currency": "EUR"}), Value::Null] {
        let mut asked = physio_at(MONDAY);
        asked["displayed_fee"] = fee;
        let answer = ada.request_event(&asked).await;
        assert_eq!(answer.code(), problem(409, "terms_changed"), "{asked}");
    }
}

#[tokio::test]
async fn a_field_that_is_wrong_is_named() {
    let site = BookingSite::open().await;
    site.with_attendees(&["Grace"]).await;
    let ada = site.ada().await;
    for (name, value, code) in [
        ("attendees", json!(["Mallory"]), "invalid"),
        ("attendees", json!(["Grace", "Grace"]), "invalid"),
        ("note", json!("é".repeat(1001)), "too_long"),
        ("starts_at", json!("tomorrow"), "invalid"),
    ] {
        let mut asked = physio_at(MONDAY);
        asked[name] = value;
        let answer = ada.request_event(&asked).await;
        assert_eq!(fault(&answer), (name.to_owned(), code.to_owned()));
    }
    let mut asked = physio_at(MONDAY);
    asked["note"] = json!("é".repeat(1000));
    ada.has(&asked).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_requests_of_two_customers_at_once_one_has_the_time() {
    let site = BookingSite::with(|calendar| calendar.most_open = 50).await;
    let (ada, ben) = (site.ada().await, site.ben().await);
    let mut asking = JoinSet::new();
    for nth in 0..50 {
        let payer = if nth % 2 == 0 { &ada } else { &ben };
        let asked = physio_at(MONDAY).to_string();
        let request = payer.request_to_write(EVENTS, &token(), &asked);
        let router = site.router.clone();
        asking.spawn(async move {
            use http_body_util::BodyExt as _;
            use tower::ServiceExt as _;
            let answer = router.oneshot(request).await.unwrap();
            let status = answer.status().as_u16();
            (
                status,
                answer.into_body().collect().await.unwrap().to_bytes(),
            )
        });
    }
    let answers = asking.join_all().await;
    let had = answers.iter().filter(|(status, _)| *status == 201);
    assert_eq!(had.count(), 1);
    for (status, body) in answers.iter().filter(|(status, _)| *status != 201) {
        let problem: Problem = serde_json::from_slice(body).unwrap();
        assert_eq!((*status, problem.code), (409, api_types::Code::TimeTaken));
    }
}
