//! The feed that other calendars read: its address is a secret, told once.

use api_types::{EventStatus, FeedState, NewFeed};
use axum::body::Body;
use axum::http::{Method, Request};
use backend::db::events::NewEvent;

use super::{event, put, with_events};
use crate::logs::Log;
use crate::site::{Answer, HOST, SignedIn, Site, problem};

const FEED: &str = "/api/v1/calendar/feed";

async fn made(ada: &SignedIn<'_>, due_days: bool) -> NewFeed {
    let body = format!(r#"{{"due_days":{due_days}}}"#);
    let answer = ada.site.send(ada.post(FEED, "key", &body)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

/// Reads a feed as another calendar does: with no session and no header of ours.
async fn read(site: &Site, url: &str, known: Option<&str>) -> Answer {
    let path = url.strip_prefix("http://localhost:8080").unwrap();
    let mut request = Request::builder().uri(path).header("host", HOST);
    if let Some(tag) = known {
        request = request.header("if-none-match", tag);
    }
    site.send(request.body(Body::empty()).unwrap()).await
}

async fn ended(ada: &SignedIn<'_>) -> Answer {
    let request = ada.request(Method::DELETE, FEED);
    ada.site.send(request.body(Body::empty()).unwrap()).await
}

async fn state(ada: &SignedIn<'_>) -> FeedState {
    ada.get(FEED).await.json()
}

fn text(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{answer:?}");
    String::from_utf8(answer.body.to_vec()).unwrap()
}

#[tokio::test]
async fn a_feed_is_read_by_whoever_knows_its_address() {
    let site = with_events().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    let ada = site.signed_in("ada").await;
    assert_eq!(state(&ada).await.feed, None);
    let new = made(&ada, false).await;
    assert_eq!(state(&ada).await.feed, Some(new.feed));
    let answer = read(&site, &new.url.0, None).await;
    assert_eq!(
        answer.header("content-type"),
        "text/calendar; charset=utf-8"
    );
    assert_eq!(answer.header("cache-control"), "private, no-cache");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert_eq!(answer.header("set-cookie"), "");
    let entries = text(&answer);
    assert_eq!(entries.matches("BEGIN:VEVENT").count(), 5);
    assert!(entries.contains("METHOD:PUBLISH\r\n") && !entries.contains("INV-1"));
    let unchanged = read(&site, &new.url.0, Some(answer.header("etag"))).await;
    assert_eq!(unchanged.status, 304);
    assert!(unchanged.body.is_empty());

    let with_due_days = made(&ada, true).await;
    assert_ne!(with_due_days.url, new.url);
    let entries = text(&read(&site, &with_due_days.url.0, None).await);
    assert!(
        entries.contains("UID:due-INV-1@localhost:8080\r\n"),
        "{entries}"
    );
    // The address that there was before is nobody's, and so is one that is ended.
    let gone = read(&site, &new.url.0, None).await;
    assert_eq!(gone.code(), problem(404, "not_found"));
    assert_eq!(ended(&ada).await.json::<FeedState>().feed, None);
    let gone = read(&site, &with_due_days.url.0, None).await;
    assert_eq!(gone.code(), problem(404, "not_found"));
    assert_eq!(
        ended(&ada).await.status,
        200,
        "there is none, and that is that"
    );
}

#[tokio::test]
async fn changes_come_with_the_next_reading_and_old_things_go() {
    let site = with_events().await;
    let ada = site.signed_in("ada").await;
    let new = made(&ada, false).await;
    let first = read(&site, &new.url.0, None).await;
    let called_off = NewEvent {
        status: EventStatus::Cancelled,
        ..event("E-3", "2026-12-01T10:00:00Z")
    };
    put(&site, &called_off).await;
    let second = read(&site, &new.url.0, Some(first.header("etag"))).await;
    let entry = text(&second);
    let (_, entry) = entry.split_once("UID:E-3@").unwrap();
    let (entry, _) = entry.split_once("END:VEVENT").unwrap();
    assert!(entry.contains("SEQUENCE:1\r\n") && entry.contains("STATUS:CANCELLED\r\n"));
    // 60 days later every calendar has heard of it; 90 days later nobody looks at E-1.
    site.advance(61 * 24 * 60);
    let later = text(&read(&site, &new.url.0, None).await);
    assert!(!later.contains("UID:E-3@") && later.contains("UID:E-1@"));
    site.advance(20 * 24 * 60);
    let later = text(&read(&site, &new.url.0, None).await);
    assert!(!later.contains("UID:E-1@") && later.contains("UID:E-2@"));
}

#[tokio::test]
async fn a_reading_is_noted_once_an_hour_and_changes_nothing_else() {
    let site = with_events().await;
    let ada = site.signed_in("ada").await;
    let new = made(&ada, false).await;
    let noted = async || {
        state(&ada)
            .await
            .feed
            .unwrap()
            .read_at
            .map(|at| at.to_string())
    };
    assert_eq!(noted().await, None);
    for (minutes, expected) in [
        (0, "2026-11-21T12:00:00Z"),
        (59, "2026-11-21T12:00:00Z"),
        (1, "2026-11-21T13:00:00Z"),
    ] {
        site.advance(minutes);
        let ada = site.signed_in("ada").await;
        text(&read(&site, &new.url.0, None).await);
        let state = state(&ada).await;
        let at = state.feed.unwrap().read_at.unwrap();
        assert_eq!(at.to_string(), expected);
        assert_eq!(state.version, new.version, "nobody is told");
    }
}

#[tokio::test]
async fn a_secret_stands_in_no_log_and_in_no_error() {
    let site = with_events().await;
    let log = Log::default();
    let _logging = log.start();
    let ada = site.signed_in("ada").await;
    let new = made(&ada, false).await;
    assert!(!format!("{new:?}").contains(&new.url.0));
    text(&read(&site, &new.url.0, None).await);
    ended(&ada).await;
    let gone = read(&site, &new.url.0, None).await;
    let secret = new.url.0.rsplit('/').next().unwrap();
    let secret = secret.strip_suffix(".ics").unwrap();
    assert_eq!(secret.len(), 43, "256 bits");
    let said = log.text();
    assert!(said.contains("/calendar/feeds/{file}"), "{said}");
    assert!(!said.contains(secret), "{said}");
    assert!(!String::from_utf8_lossy(&gone.body).contains(secret));
}

#[tokio::test]
async fn what_is_no_address_of_a_feed_is_not_found() {
    let site = with_events().await;
    let ada = site.signed_in("ada").await;
    let new = made(&ada, false).await;
    let mut guess = new.url.0.replace(".ics", "");
    for path in [
        guess.clone(),
        format!("{guess}.ics.ics"),
        guess.split_off(guess.len() - 1) + ".ics",
        "%2e%2e.ics".to_owned(),
    ] {
        let path = path.rsplit('/').next().unwrap().to_owned();
        let url = format!("http://localhost:8080/api/v1/calendar/feeds/{path}");
        let answer = read(&site, &url, None).await;
        assert_eq!(answer.code(), problem(404, "not_found"), "{path}");
    }
    let other = "A".repeat(43);
    let url = format!("http://localhost:8080/api/v1/calendar/feeds/{other}.ics");
    assert_eq!(
        read(&site, &url, None).await.code(),
        problem(404, "not_found")
    );
}

#[tokio::test]
async fn a_feed_is_off_where_the_provider_says_so_and_needs_a_customer() {
    let site = with_events().await;
    let ada = site.signed_in("ada").await;
    let new = made(&ada, false).await;
    let guest = site.send(crate::site::get(FEED)).await;
    assert_eq!(guest.code(), problem(401, "signed_out"));
    let ben = site.signed_in("ben").await;
    assert_eq!(state(&ben).await.feed, None);

    let off = Site::with(|settings| settings.calendar.feed = false).await;
    let path = new.url.0.clone();
    let ada = off.signed_in("ada").await;
    assert_eq!(ada.get(FEED).await.code(), problem(404, "feature_off"));
    let post = off
        .send(ada.post(FEED, "key", r#"{"due_days":false}"#))
        .await;
    assert_eq!(post.code(), problem(404, "feature_off"));
    assert_eq!(
        read(&off, &path, None).await.code(),
        problem(404, "feature_off")
    );
}
