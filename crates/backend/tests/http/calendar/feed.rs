//! The feed that other calendars read: its address is a secret, told once.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use api_types::{EventStatus, FeedState, NewFeed, Problem};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request};
use backend::db::events::NewEvent;

use super::{event, put, with_events};
use crate::logs::Log;
use test_support::{Answer, HOST, SignedIn, Site, problem};

const FEED: &str = "/api/v1/calendar/feed";

async fn made(ada: &SignedIn<'_>, due_days: bool) -> NewFeed {
    let body = format!(r#"{{"due_days":{due_days}}}"#);
    let answer = ada
        .site
        .send(ada.request_to_write(FEED, "key", &body))
        .await;
    assert_eq!(answer.status, 201, "{answer:?}");
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

/// Reads a feed as another calendar does: with no session and no header of ours.
async fn read(site: &Site, url: &str, known: Option<&str>) -> Answer {
    read_from(site, "127.0.0.1", url, known).await
}

/// The same from another address.
async fn read_from(site: &Site, address: &str, url: &str, known: Option<&str>) -> Answer {
    let path = url.strip_prefix("http://localhost:8080").unwrap();
    let ip: IpAddr = address.parse().unwrap();
    let mut request = Request::builder()
        .uri(path)
        .header("host", HOST)
        .extension(ConnectInfo(SocketAddr::new(ip, 40_000)));
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
    let guest = site.send(test_support::get(FEED)).await;
    assert_eq!(guest.code(), problem(401, "signed_out"));
    let ben = site.signed_in("ben").await;
    assert_eq!(state(&ben).await.feed, None);

    let off = Site::with(|settings| settings.calendar.feed = false).await;
    let path = new.url.0.clone();
    let ada = off.signed_in("ada").await;
    assert_eq!(ada.get(FEED).await.code(), problem(404, "feature_off"));
    let post = off
        .send(ada.request_to_write(FEED, "key", r#"{"due_days":false}"#))
        .await;
    assert_eq!(post.code(), problem(404, "feature_off"));
    assert_eq!(
        read(&off, &path, None).await.code(),
        problem(404, "feature_off")
    );
}

/// Asks for feeds that are not there, from an address, until the answer is another one.
async fn guess_from(site: &Site, address: &str) -> (u32, Answer) {
    for guess in 0..1000 {
        let url = format!("http://localhost:8080/api/v1/calendar/feeds/{guess:0>43}.ics");
        let answer = read_from(site, address, &url, None).await;
        if answer.status != 404 {
            return (guess, answer);
        }
    }
    panic!("a thousand guesses were looked at");
}

#[tokio::test]
async fn whoever_guesses_has_to_wait_and_no_calendar_has_to() {
    let site = with_events().await;
    let ada = site.signed_in("ada").await;
    let url = made(&ada, false).await.url.0;
    let (guesser, calendar) = ("203.0.113.1", "198.51.100.7");
    text(&read_from(&site, calendar, &url, None).await);
    let (looked_at, held_back) = guess_from(&site, guesser).await;
    assert_eq!(looked_at, 60);
    assert_eq!(held_back.code(), problem(429, "too_many_tries"));
    assert_eq!(held_back.header("retry-after"), "10");
    assert_eq!(held_back.json::<Problem>().retry_after, Some(10));
    // Not even a right guess is looked at by now; elsewhere all goes on.
    let right = read_from(&site, guesser, &url, None).await;
    assert_eq!(right.code(), problem(429, "too_many_tries"));
    text(&read_from(&site, calendar, &url, None).await);
    text(&read_from(&site, "198.51.100.8", &url, None).await);
    // A calendar in the very network that guesses, as with a service that reads for many.
    guess_from(&site, calendar).await;
    text(&read_from(&site, calendar, &url, None).await);
    // Having waited, one is looked at again.
    site.clock.advance(Duration::from_secs(10));
    text(&read_from(&site, guesser, &url, None).await);
}

#[tokio::test]
async fn reading_ones_own_feed_uses_no_guess_up_and_is_bounded_all_the_same() {
    let site = with_events().await;
    let ada = site.signed_in("ada").await;
    let url = made(&ada, false).await.url.0;
    let home = "198.51.100.7";
    for _ in 0..50 {
        text(&read_from(&site, home, &url, None).await);
    }
    let (looked_at, _) = guess_from(&site, home).await;
    assert_eq!(looked_at, 60);
    let mut read = 50;
    let held_back = loop {
        let answer = read_from(&site, home, &url, None).await;
        if answer.status != 200 {
            break answer;
        }
        read += 1;
        assert!(read < 1000, "a feed was read without end");
    };
    assert_eq!(held_back.code(), problem(429, "too_many_tries"));
    assert_eq!(held_back.header("retry-after"), "5");
    // The first reading made the address known.
    assert_eq!(read, 61);
    site.clock.advance(Duration::from_secs(5));
    text(&read_from(&site, home, &url, None).await);
}
