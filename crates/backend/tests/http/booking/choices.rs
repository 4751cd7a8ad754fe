//! What a customer can ask for, and what is refused before any time is looked at.

use api_types::{BookingChoices, BookingMode, NotBookable};
use axum::body::Body;
use axum::http::Method;
use backend::db::offers::NewOffer;
use backend::settings::Requests;

use test_support::{
    BookingSite, COUNSELLING, MONDAY, PHYSIO, booked, counselling, counselling_at, day, fault,
    physio, physio_at, problem, request,
};

#[tokio::test]
async fn some_services_are_only_for_those_who_have_had_them() {
    let site = BookingSite::open().await;
    let mut known = physio();
    known.known_only = true;
    site.offer(&known).await;
    let (ada, ben) = (site.ada().await, site.ben().await);
    site.put(&booked(
        "E-1",
        "2026-11-02T09:00:00Z",
        "2026-11-02T09:45:00Z",
    ))
    .await;
    let services = async |payer: &test_support::SignedIn<'_>| -> Vec<String> {
        let choices: BookingChoices = payer.get("/api/v1/booking").await.json();
        choices.services.into_iter().map(|of| of.service).collect()
    };
    assert_eq!(services(&ada).await, [COUNSELLING, PHYSIO]);
    assert_eq!(services(&ben).await, [COUNSELLING]);
    assert!(
        ben.times(PHYSIO, "2026-11-23", "2026-11-23")
            .await
            .days
            .is_empty()
    );
    let refused = ben.request_event(&physio_at(MONDAY)).await;
    assert_eq!(refused.code(), problem(409, "time_taken"));
    ada.has(&physio_at(MONDAY)).await;
}

#[tokio::test]
async fn choices_say_what_comes_of_asking() {
    let site = BookingSite::with(|calendar| calendar.requests = Requests::Ask).await;
    site.with_attendees(&["Grace", "Alan"]).await;
    let ada = site.ada().await;
    let choices: BookingChoices = ada.get("/api/v1/booking").await.json();
    let [talk, session] = &choices.services[..] else {
        panic!("{choices:?}");
    };
    assert_eq!(
        (talk.mode, session.mode),
        (BookingMode::Deposit, BookingMode::Ask)
    );
    assert_eq!((talk.hold_minutes, session.hold_minutes), (Some(20), None));
    assert_eq!((talk.minutes, session.minutes), (50, 45));
    assert!(talk.video && talk.in_person && !session.video && session.in_person);
    assert_eq!(session.free_cancel_hours, Some(24));
    assert_eq!(choices.attendees, ["Grace", "Alan"]);
    assert_eq!(
        (choices.open, choices.most_open, choices.reason),
        (0, 3, None)
    );

    site.offer(&NewOffer {
        last_on: Some(day("2026-11-20")),
        ..physio()
    })
    .await;
    site.offer(&NewOffer {
        last_on: Some(day("2026-11-20")),
        ..counselling()
    })
    .await;
    let choices: BookingChoices = ada.get("/api/v1/booking").await.json();
    assert_eq!(choices.reason, Some(NotBookable::NothingOffered));
}

#[tokio::test]
async fn as_many_requests_are_open_as_may_be() {
    let site = BookingSite::with(|calendar| {
        calendar.requests = Requests::Ask;
        calendar.most_open = 2;
    })
    .await;
    let ada = site.ada().await;
    ada.has(&physio_at(MONDAY)).await;
    ada.has(&counselling_at("2026-11-24T10:00:00Z")).await;
    let choices: BookingChoices = ada.get("/api/v1/booking").await.json();
    assert_eq!(
        (choices.open, choices.reason),
        (2, Some(NotBookable::TooMany))
    );
    let refused = ada.request_event(&physio_at("2026-11-23T10:00:00Z")).await;
    assert_eq!(refused.code(), problem(409, "not_changeable"));
    // A time that has run out is open no more, whether or not anybody has written so.
    site.minutes(20);
    ada.has(&physio_at("2026-11-23T10:00:00Z")).await;
}

#[tokio::test]
async fn a_query_that_makes_no_sense_is_told_so() {
    let site = BookingSite::open().await;
    let ada = site.ada().await;
    for (query, field, code) in [
        (
            "from=2026-11-23&to=2026-11-22&zone=Europe/Dublin",
            "to",
            "too_small",
        ),
        (
            "from=2026-11-23&to=2027-01-05&zone=Europe/Dublin",
            "to",
            "too_large",
        ),
        (
            "from=2026-11-23&to=2026-11-23&zone=Nowhere",
            "zone",
            "invalid",
        ),
        (
            "from=2026-11-23&to=2026-11-23&zone=Factory",
            "zone",
            "invalid",
        ),
        (
            "from=2026-11-23&to=2026-11-23&zone=localtime",
            "zone",
            "invalid",
        ),
    ] {
        let answer = ada
            .ask_times(&format!("service=Physiotherapy&{query}"))
            .await;
        assert_eq!(
            fault(&answer),
            (field.to_owned(), code.to_owned()),
            "{query}"
        );
    }
}

#[tokio::test]
async fn what_is_off_is_refused() {
    let site = BookingSite::with(|calendar| {
        calendar.requests = Requests::Off;
        calendar.reschedule = None;
        calendar.cancel = None;
        calendar.discussion = false;
    })
    .await;
    let ada = site.ada().await;
    site.put(&booked(
        "E-1",
        "2026-11-30T09:00:00Z",
        "2026-11-30T09:45:00Z",
    ))
    .await;
    let event = ada.event("E-1").await;
    let off = problem(404, "feature_off");
    let of = "service=Physiotherapy&from=2026-11-23&to=2026-11-23&zone=Europe/Dublin";
    assert_eq!(ada.get("/api/v1/booking").await.code(), off);
    assert_eq!(ada.ask_times(of).await.code(), off);
    assert_eq!(ada.ask_times(&format!("{of}&moving=E-1")).await.code(), off);
    assert_eq!(ada.request_event(&physio_at(MONDAY)).await.code(), off);
    assert_eq!(ada.say(&event, "Hello", "Hello").await.code(), off);
    let refused = problem(409, "not_changeable");
    assert_eq!(
        ada.move_to(&event, "Dr Reyes", MONDAY).await.code(),
        refused
    );
    let cancelled = ada.cancel_event(&event, serde_json::Value::Null).await;
    assert_eq!(cancelled.code(), refused);
    assert!(event.discussion.is_none() && !event.cancel.allowed && !event.reschedule.allowed);
}

#[tokio::test]
async fn a_guest_is_told_nothing() {
    let site = BookingSite::open().await;
    for (method, path) in [
        (Method::GET, "/api/v1/booking"),
        (
            Method::GET,
            "/api/v1/booking/times?service=a&from=2026-11-23&to=2026-11-23&zone=UTC",
        ),
        (Method::POST, "/api/v1/events"),
        (Method::POST, "/api/v1/events/E-1/time"),
        (Method::POST, "/api/v1/events/E-1/cancellation"),
        (Method::POST, "/api/v1/events/E-1/messages"),
    ] {
        let guest = request(method, path).header("content-type", "application/json");
        let guest = guest.header("idempotency-key", "k").body(Body::from("{}"));
        let answer = site.send(guest.unwrap()).await;
        assert_eq!(answer.code(), problem(401, "signed_out"), "{path}");
    }
}
