//! A merchant's server: takes webhooks, checks their signature, answers as it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

pub const WEBHOOK_SECRET: &str = "whsec_test";

/// Long enough for a busy machine; reached only when a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

type Answers = Arc<Mutex<VecDeque<StatusCode>>>;

pub struct Merchant {
    pub url: String,
    answers: Answers,
    arrivals: mpsc::UnboundedReceiver<Webhook>,
}

#[derive(Debug)]
pub struct Webhook {
    pub signature: String,
    pub text: String,
    pub body: Value,
}

impl Webhook {
    pub fn id(&self) -> &str {
        self.body["id"].as_str().unwrap()
    }

    pub fn status(&self) -> &str {
        self.body["payment"]["status"].as_str().unwrap()
    }

    pub fn payment(&self) -> &str {
        self.body["payment"]["id"].as_str().unwrap()
    }
}

impl Merchant {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answers = Answers::default();
        let (arrived, arrivals) = mpsc::unbounded_channel();
        let router = Router::new()
            .route("/hook", post(take))
            .with_state((answers.clone(), arrived));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            url,
            answers,
            arrivals,
        }
    }

    /// The next webhooks are answered so; all after them with 200.
    pub fn answer(&self, statuses: impl IntoIterator<Item = u16>) {
        let statuses = statuses
            .into_iter()
            .map(|status| StatusCode::from_u16(status).unwrap());
        self.answers.lock().unwrap().extend(statuses);
    }

    /// Waits for a webhook.
    pub async fn next(&mut self) -> Webhook {
        let next = tokio::time::timeout(PATIENCE, self.arrivals.recv());
        next.await.expect("no webhook came").unwrap()
    }

    /// The states that have been told by now, without waiting.
    pub fn taken_by_now(&mut self) -> Vec<String> {
        let mut states = Vec::new();
        while let Ok(webhook) = self.arrivals.try_recv() {
            states.push(webhook.status().to_owned());
        }
        states
    }

    /// Waits for so many webhooks and tells the states in them.
    pub async fn next_states(&mut self, count: usize) -> Vec<String> {
        let mut states = Vec::new();
        for _ in 0..count {
            states.push(self.next().await.status().to_owned());
        }
        states
    }
}

async fn take(
    State((answers, arrived)): State<(Answers, mpsc::UnboundedSender<Webhook>)>,
    headers: HeaderMap,
    text: String,
) -> StatusCode {
    let answer = answers
        .lock()
        .unwrap()
        .pop_front()
        .unwrap_or(StatusCode::OK);
    let signature = headers["sandbox-signature"].to_str().unwrap().to_owned();
    let body = serde_json::from_str(&text).unwrap();
    // The test may have ended, and then nobody listens.
    let _ = arrived.send(Webhook {
        signature,
        text,
        body,
    });
    answer
}
