//! What the log says, and above all what it does not.

use std::cell::RefCell;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, Once};

use axum::body::Body;
use axum::http::Method;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::prelude::*;

use test_support::{PASSWORD, Site, get, problem, request};

thread_local! {
    /// Where this thread's lines go; nowhere, unless its test looks at them.
    static KEPT: RefCell<Option<Log>> = const { RefCell::new(None) };
}

/// Keeps what is logged.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

/// Ends the keeping.
pub struct Keeping;

impl Drop for Keeping {
    fn drop(&mut self) {
        KEPT.set(None);
    }
}

impl Log {
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// Logs everything that this thread does from here on, as a server does. There is one
    /// subscriber for all threads: where each test brings its own, one that ends takes the
    /// lines of the others with it now and then.
    pub fn start(&self) -> Keeping {
        static ONE: Once = Once::new();
        ONE.call_once(|| {
            let looked_at = dynamic_filter_fn(|_, _| KEPT.with_borrow(Option::is_some));
            let lines = tracing_subscriber::fmt::layer()
                .json()
                .with_writer(ToThisThread)
                .with_filter(looked_at);
            tracing_subscriber::registry().with(lines).init();
        });
        KEPT.set(Some(self.clone()));
        Keeping
    }
}

/// Writes to what this thread keeps.
struct ToThisThread;

impl<'a> MakeWriter<'a> for ToThisThread {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        KEPT.with_borrow(Clone::clone).unwrap_or_default()
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
