//! The provider's answers, given by another process: open pages hear of them.

use api_types::{EventId, EventStatus};
use backend::db::{DbError, ReadTx, booking};
use backend::settings::Requests;

use test_support::{BookingSite, MONDAY, TUESDAY, counselling_at, physio_at};

async fn asking() -> BookingSite {
    BookingSite::with(|calendar| calendar.requests = Requests::Ask).await
}

async fn waiting(site: &BookingSite) -> Vec<EventId> {
    let now = site.app().now();
    let db = site.app().db();
    let requests = db.read(async |tx: &ReadTx| booking::requests(tx, now).await);
    let requests = requests.await.unwrap().into_iter();
    requests.map(|request| request.event).collect()
}

#[tokio::test]
async fn an_accepted_request_is_booked_and_raises_the_version() {
    let site = asking().await;
    let ada = site.ada().await;
    let event = ada.has(&physio_at(MONDAY)).await;
    let id = event.event.id.clone();
    assert_eq!(waiting(&site).await, std::slice::from_ref(&id));
    let now = site.app().now();
    let accept = async || {
        let db = site.app().db();
        db.write(async |tx| booking::accept(tx, &id, None, now).await)
            .await
    };
    accept().await.unwrap();
    let after = ada.event(id.as_str()).await;
    assert_eq!(after.event.status, EventStatus::Booked);
    assert_eq!(after.version, event.version + 1);
    assert!(waiting(&site).await.is_empty());
    // There is nothing to answer any more.
    let again = accept().await;
    assert!(matches!(again, Err(DbError::Refused(_))), "{again:?}");
}

#[tokio::test]
async fn a_declined_request_says_why_and_frees_its_time_and_its_money() {
    let site = asking().await;
    let ada = site.ada().await;
    let event = ada.has(&counselling_at(TUESDAY)).await;
    let body = serde_json::json!({
        "for": {"kind": "event", "event": event.event.id, "part": "deposit"},
        "method": "card", "displayed_total": test_support::euro("20.00"),
        "launch_token": test_support::token(),
    });
    ada.create(&body).await;
    site.gateway.pay(&site.gateway.reference(), "20.00");
    site.return_from_provider().await;
    assert_eq!(ada.in_euro().await.held.minor(), 2000);
    let (id, now) = (event.event.id, site.app().now());
    let decline = async |tx: &backend::db::WriteTx| {
        booking::decline(tx, &id, Some(" Dr Okafor is ill. "), now).await
    };
    site.app().db().write(decline).await.unwrap();
    let after = ada.event(id.as_str()).await;
    assert_eq!(after.event.status, EventStatus::Declined);
    assert_eq!(after.note.as_deref(), Some("Dr Okafor is ill."));
    let found = ada.in_euro().await;
    assert_eq!((found.credit.minor(), found.held.minor()), (2000, 0));
    site.ben().await.has(&counselling_at(TUESDAY)).await;
}

#[tokio::test]
async fn a_video_session_is_given_its_address() {
    let site = asking().await;
    let ada = site.ada().await;
    let mut free = test_support::counselling();
    free.deposit = None;
    site.offer(&free).await;
    let event = ada.has(&counselling_at(TUESDAY)).await;
    assert!(event.event.video && event.event.video_url.is_none());
    let (id, now) = (event.event.id, site.app().now());
    let set = async |url: &str| {
        let db = site.app().db();
        db.write(async |tx| booking::set_video(tx, &id, url, now).await)
            .await
    };
    for url in [
        "http://video.example.com/1",
        "javascript:alert(1)",
        "https://",
    ] {
        let refused = set(url).await;
        assert!(matches!(refused, Err(DbError::Refused(_))), "{url}");
    }
    set("https://video.example.com/1").await.unwrap();
    let after = ada.event(id.as_str()).await;
    let url = Some("https://video.example.com/1");
    assert_eq!(after.event.video_url.as_deref(), url);
    let room = ada.has(&physio_at(MONDAY)).await.event.id;
    let db = site.app().db();
    let refused = db
        .write(async |tx| booking::set_video(tx, &room, "https://video.example.com/2", now).await)
        .await;
    assert!(matches!(refused, Err(DbError::Refused(_))), "{refused:?}");
}

#[tokio::test]
async fn messages_that_wait_are_listed_until_they_are_answered() {
    let site = asking().await;
    let ada = site.ada().await;
    let event = ada.has(&physio_at(MONDAY)).await;
    ada.say(&event, "Towels", "Do I bring one?").await;
    ada.say(&event, "Shoes", "And these?").await;
    let (id, now) = (event.event.id, site.app().now());
    let db = site.app().db();
    let waiting = async || {
        let read = async |tx: &ReadTx| booking::unanswered(tx).await;
        db.read(read).await.unwrap()
    };
    let found = waiting().await;
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0].event, found[0].customer.as_str()), (&id, "ada"));
    let subjects: Vec<_> = found[0]
        .messages
        .iter()
        .map(|m| m.subject.as_str())
        .collect();
    assert_eq!(subjects, ["Towels", "Shoes"]);
    let before = ada.balance().await.version;
    db.write(async |tx| booking::answer(tx, &id, ("Both", "No need."), now).await)
        .await
        .unwrap();
    assert!(waiting().await.is_empty());
    assert_eq!(ada.balance().await.version, before + 1);
}
