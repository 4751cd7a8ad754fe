//! A merchant's webhook endpoint, which keeps what it is sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

const DEADLINE: Duration = Duration::from_secs(20);

#[derive(Clone)]
pub struct Delivered {
    pub signature: String,
    pub agent: String,
    pub body: String,
}

impl Delivered {
    /// The moment at which it was signed.
    pub fn signed_at(&self) -> i64 {
        let moment = self.signature.split(',').next().unwrap();
        moment.strip_prefix("t=").unwrap().parse().unwrap()
    }

    pub fn event(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

#[derive(Default)]
struct Kept {
    delivered: Mutex<Vec<Delivered>>,
    refusing: Mutex<usize>,
    arrived: Notify,
}

pub struct Receiver {
    pub url: String,
    kept: Arc<Kept>,
    server: JoinHandle<()>,
}

impl Receiver {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let kept = Arc::new(Kept::default());
        let routes = Router::new()
            .route("/hook", post(take))
            .with_state(kept.clone());
        let server = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { url, kept, server }
    }

    /// Answers the next so many deliveries with 500.
    pub fn refuse(&self, times: usize) {
        *self.kept.refusing.lock().unwrap() = times;
    }

    pub fn delivered(&self) -> Vec<Delivered> {
        self.kept.delivered.lock().unwrap().clone()
    }

    /// Waits until something is found among all deliveries.
    pub async fn wait_until<T>(
        &self,
        what: &str,
        found: impl Fn(Vec<Delivered>) -> Option<T>,
    ) -> T {
        let waiting = async {
            loop {
                let arrived = self.kept.arrived.notified();
                if let Some(found) = found(self.delivered()) {
                    return found;
                }
                arrived.await;
            }
        };
        let waited = tokio::time::timeout(DEADLINE, waiting).await;
        waited.unwrap_or_else(|_| panic!("did not arrive: {what}"))
    }

    /// Waits for so many deliveries of a type, and returns them.
    pub async fn wait_for(&self, kind: &str, count: usize) -> Vec<Delivered> {
        let of_kind = |all: Vec<Delivered>| {
            let all = all.into_iter();
            let all: Vec<_> = all.filter(|one| one.event()["type"] == kind).collect();
            (all.len() >= count).then_some(all)
        };
        self.wait_until(kind, of_kind).await
    }

    pub async fn next(&self, kind: &str) -> Value {
        self.wait_for(kind, 1).await[0].event()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn take(State(kept): State<Arc<Kept>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    kept.delivered.lock().unwrap().push(Delivered {
        signature: header("stripe-signature"),
        agent: header("user-agent"),
        body: String::from_utf8(body.to_vec()).unwrap(),
    });
    kept.arrived.notify_one();
    let mut refusing = kept.refusing.lock().unwrap();
    if *refusing > 0 {
        *refusing -= 1;
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    StatusCode::OK
}
