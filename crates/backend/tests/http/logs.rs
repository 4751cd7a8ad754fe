//! What the log says, and above all what it does not.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::Method;
use tracing_subscriber::fmt::MakeWriter;

use crate::site::{PASSWORD, Site, get, problem, request};

/// Keeps what is logged.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// Logs everything that this thread does from here on, as a server does.
    pub fn start(&self) -> tracing::subscriber::DefaultGuard {
        let everything = tracing_subscriber::fmt()
            .json()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(self.clone());
        tracing::subscriber::set_default(everything.finish())
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_names_the_route_and_never_a_secret() {
    let site = Site::open().await;
    let log = Log::default();
    let _logging = log.start();
    let ada = site.signed_in("ada").await;
    site.sign_in("ada@example.com", "a mistyped password").await;
    ada.get("/api/v1/invoices/INV-77?cursor=SECRET-QUERY").await;
    site.send(get("/api/v1/pay/ATTEMPT-1/return?s=SECRET-PROOF"))
        .await;
    let launch = r#"{"token":"SECRET-TOKEN-SECRET-TOKEN-SECRET-TOKEN-SECR"}"#;
    let launch = request(Method::POST, "/api/v1/pay/launch")
        .header("content-type", "application/json")
        .body(Body::from(launch))
        .unwrap();
    site.send(launch).await;
    ada.sign_out().await;

    let text = log.text();
    for said in [
        r#""message":"answered","#,
        r#""route":"/api/v1/session""#,
        r#""route":"/api/v1/invoices/{id}""#,
        r#""route":"/api/v1/pay/{attempt}/return""#,
        r#""status":401"#,
    ] {
        assert!(text.contains(said), "{said} is missing in {text}");
    }
    let token = ada.cookie.split('=').next_back().unwrap();
    for secret in [PASSWORD, "mistyped", "SECRET", "INV-77", token, "$argon2id"] {
        assert!(!text.contains(secret), "{secret} stands in {text}");
    }
}

#[tokio::test]
async fn the_answers_id_finds_the_line() {
    let site = Site::open().await;
    let log = Log::default();
    let _logging = log.start();
    let answer = site.send(get("/api/v1/balance")).await;
    assert_eq!(answer.code(), problem(401, "signed_out"));
    let id = format!(r#""id":"{}""#, answer.header("x-request-id"));
    let text = log.text();
    let line = text.lines().find(|line| line.contains("answered")).unwrap();
    assert!(line.contains(&id), "{line}");
}
