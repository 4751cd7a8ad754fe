//! A merchant's address for notifications.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// A notification as it came.
#[derive(Clone, Debug)]
pub struct Received {
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Received {
    pub fn event(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

#[derive(Clone, Default)]
struct Inbox {
    received: Arc<Mutex<Vec<Received>>>,
    came: Arc<Notify>,
}

/// Takes notifications.
pub struct Sink {
    pub url: String,
    inbox: Inbox,
}

impl Sink {
    pub async fn start() -> Self {
        let inbox = Inbox::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhook", listener.local_addr().unwrap());
        let routes = Router::new().fallback(take).with_state(inbox.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, inbox }
    }

    /// Waits until so many notifications of a kind have come, and returns them.
    pub async fn wait_for(&self, kind: &str, count: usize) -> Vec<Received> {
        let enough = async {
            loop {
                let came = self.inbox.came.notified();
                let found = self.of_kind(kind);
                if found.len() >= count {
                    return found;
                }
                came.await;
            }
        };
        let found = tokio::time::timeout(Duration::from_secs(10), enough).await;
        found.unwrap_or_else(|_| panic!("{kind} did not come"))
    }

    /// The notifications of a kind that have come.
    pub fn of_kind(&self, kind: &str) -> Vec<Received> {
        let received = self.inbox.received.lock().unwrap();
        let of_kind = received
            .iter()
            .filter(|one| one.event()["event_type"] == kind);
        of_kind.cloned().collect()
    }
}

async fn take(State(inbox): State<Inbox>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let body = body.to_vec();
    inbox
        .received
        .lock()
        .unwrap()
        .push(Received { headers, body });
    inbox.came.notify_waiters();
    StatusCode::OK
}
