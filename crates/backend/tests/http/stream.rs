//! Server push: what a stream says, and when it ends.

use std::time::Duration;

use api_types::{Change, Changed, CustomerId};
use axum::body::{Body, BodyDataStream};
use axum::http::Method;
use backend::serve::tidy_up;
use futures_util::StreamExt as _;
use tower::ServiceExt as _;

use test_support::{SignedIn, Site, problem};

/// An open stream, read event by event.
pub struct Events {
    body: BodyDataStream,
    read: String,
}

impl Events {
    pub async fn open(ada: &SignedIn<'_>) -> Self {
        let request = ada.request(Method::GET, "/api/v1/stream");
        let request = request
            .header("portico-background", "1")
            .body(Body::empty())
            .unwrap();
        let response = ada.site.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Self {
            body: response.into_body().into_data_stream(),
            read: String::new(),
        }
    }

    /// The text of the next event; nothing once the stream has ended.
    async fn text(&mut self) -> Option<String> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let event = event.to_owned();
                self.read = rest.to_owned();
                return Some(event);
            }
            let more = tokio::time::timeout(Duration::from_secs(20), self.body.next());
            let bytes = more.await.expect("the stream says something")?.unwrap();
            self.read.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }

    pub async fn change(&mut self) -> Option<Change> {
        let text = self.text().await?;
        let field = |name: &str| {
            let mut lines = text.lines();
            lines.find_map(|line| line.strip_prefix(name)).unwrap()
        };
        assert_eq!(field("event: "), "change");
        let change: Change = serde_json::from_str(field("data: ")).unwrap();
        assert_eq!(field("id: "), change.version.to_string());
        Some(change)
    }
}

fn account(version: u64) -> Option<Change> {
    Some(Change {
        changed: Changed::Account,
        checkout: None,
        version,
    })
}

fn publish(site: &Site, customer: &str, version: u64) {
    let customer = CustomerId::parse(customer).unwrap();
    site.app.publish(&customer, account(version).unwrap());
}

#[tokio::test]
async fn a_stream_begins_with_the_version_and_tells_every_change() {
    let site = Site::open().await;
    site.add_invoice("ada", "INV-1", "2026-11-25", 4500).await;
    let ada = site.signed_in("ada").await;
    let mut events = Events::open(&ada).await;
    let first = events.text().await.unwrap();
    assert!(
        first.contains("retry: 2000") && first.contains("id: 2"),
        "{first}"
    );
    assert!(
        first.contains(r#"{"changed":"account","version":2}"#),
        "{first}"
    );
    // What happens to somebody else is not told.
    publish(&site, "ben", 7);
    publish(&site, "ada", 3);
    assert_eq!(events.change().await, account(3));
}

#[tokio::test]
async fn whoever_was_away_is_told_the_version_at_once() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    publish(&site, "ada", 9);
    let mut events = Events::open(&ada).await;
    assert_eq!(events.change().await, account(1));
}

#[tokio::test]
async fn a_stream_that_fell_behind_is_told_to_ask() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    let mut events = Events::open(&ada).await;
    assert_eq!(events.change().await, account(1));
    for version in 0..1000 {
        publish(&site, "ben", version);
    }
    assert_eq!(events.change().await, account(1));
}

#[tokio::test]
async fn signing_out_ends_its_streams_and_no_others() {
    // No look at the session comes in time to help.
    let site = Site::with(|settings| {
        settings.session.watch_every = Duration::from_secs(3600);
    })
    .await;
    let (here, there) = (site.signed_in("ada").await, site.signed_in("ada").await);
    let mut ending = Events::open(&here).await;
    let mut staying = Events::open(&there).await;
    ending.change().await;
    staying.change().await;
    here.sign_out().await;
    assert_eq!(ending.change().await.unwrap().changed, Changed::Session);
    assert_eq!(ending.change().await, None);
    publish(&site, "ada", 5);
    assert_eq!(staying.change().await, account(5));
}

#[tokio::test]
async fn a_session_has_eight_streams_and_the_oldest_gives_way() {
    let site = Site::open().await;
    let (here, there) = (site.signed_in("ada").await, site.signed_in("ada").await);
    let mut elsewhere = Events::open(&there).await;
    elsewhere.change().await;
    let mut open = Vec::new();
    for _ in 0..8 {
        let mut events = Events::open(&here).await;
        events.change().await;
        open.push(events);
    }
    let mut ninth = Events::open(&here).await;
    ninth.change().await;
    assert_eq!(open.remove(0).change().await, None);
    // One that is closed makes room, and other sessions have room of their own.
    drop(open.remove(0));
    let mut tenth = Events::open(&here).await;
    tenth.change().await;
    publish(&site, "ada", 5);
    open.extend([ninth, tenth, elsewhere]);
    for mut events in open {
        assert_eq!(events.change().await, account(5));
    }
}

#[tokio::test]
async fn a_stream_keeps_no_session_alive_and_ends_with_it() {
    let site = Site::with(|settings| {
        settings.session.watch_every = Duration::from_millis(5);
    })
    .await;
    let ada = site.signed_in("ada").await;
    let mut events = Events::open(&ada).await;
    assert_eq!(events.change().await, account(1));
    site.advance(30);
    // Nobody is told when what has run out is deleted: the stream has to look.
    tidy_up(&site.app).await.unwrap();
    assert_eq!(events.change().await.unwrap().changed, Changed::Session);
    assert_eq!(events.change().await, None);
    assert_eq!(ada.get("/api/v1/balance").await.status, 401);
}

#[tokio::test]
async fn stopping_ends_every_stream() {
    let site = Site::open().await;
    let ada = site.signed_in("ada").await;
    let mut events = Events::open(&ada).await;
    assert_eq!(events.change().await, account(1));
    site.app.stop();
    assert_eq!(events.change().await, None);
}

#[tokio::test]
async fn a_stream_that_is_switched_off_is_refused() {
    let site = Site::with(|settings| settings.features.push = false).await;
    let ada = site.signed_in("ada").await;
    let answer = ada.get("/api/v1/stream").await;
    assert_eq!(answer.code(), problem(404, "feature_off"));
}
