//! A backend with two customers, and how tests talk to it.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use api_types::{Currency, Day, Money, Problem, Timestamp};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, request};
use backend::app::App;
use backend::clock::Clock;
use backend::db::Db;
use backend::db::customers;
use backend::db::invoices::{self, NewInvoice};
use backend::db::payments;
use backend::settings::Settings;
use http_body_util::BodyExt as _;
use serde::de::DeserializeOwned;
use tokio::sync::OnceCell;
use tower::ServiceExt as _;

use crate::records::{self, PASSWORD, password_hash};

/// The host that the portal is served on.
pub const HOST: &str = "localhost:8080";
/// Its origin.
pub const ORIGIN: &str = "http://localhost:8080";

/// The file of an empty database whose tables are up to date, for tests to copy: making the tables
/// takes longer than most tests.
pub async fn migrated() -> &'static [u8] {
    static FILE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let make = async || {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("empty.db");
        Db::open(&file).await.unwrap().close().await.unwrap();
        std::fs::read(file).unwrap()
    };
    FILE.get_or_init(make).await
}

/// A running backend whose clock stands still.
pub struct Site {
    /// The backend.
    pub app: App,
    /// Its clock, which a test moves.
    pub clock: Clock,
    /// Its routes.
    pub router: Router,
    _folder: tempfile::TempDir,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

impl Answer {
    /// The body, read as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// The status and the word of a problem.
    pub fn code(&self) -> (u16, String) {
        let problem: Problem = self.json();
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(problem.status, self.status.as_u16());
        (problem.status, problem.code.as_str().to_owned())
    }

    /// A header; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The cookie that was set, as a browser sends it back.
    pub fn cookie(&self) -> String {
        let set = self.header("set-cookie");
        set.split(';').next().unwrap_or_default().to_owned()
    }
}

/// What a problem has to be.
pub fn problem(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

impl Site {
    /// A backend with the usual settings.
    pub async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// A backend with other settings.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path().join("dist");
        make_dist(&dist);
        let mut settings = Settings::for_loopback(8080, &dist, &folder.path().join("db.sqlite"));
        std::fs::write(&settings.database, migrated().await).unwrap();
        change(&mut settings);
        let clock = Clock::standing_at(Timestamp::parse("2026-11-21T12:00:00Z").unwrap());
        let app = App::open(settings, clock.clone()).await.unwrap();
        for id in ["ada", "ben"] {
            add_customer(&app, id).await;
        }
        Self {
            router: backend::http::router(&app),
            app,
            clock,
            _folder: folder,
        }
    }

    /// Sends a request, and reads the answer to its end.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes(),
        }
    }

    /// Asks to sign in.
    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.send(sign_in(email, password)).await
    }

    /// Signs a customer in and keeps the cookie.
    pub async fn signed_in(&self, id: &str) -> SignedIn<'_> {
        let answer = self.sign_in(&format!("{id}@example.com"), PASSWORD).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        SignedIn {
            site: self,
            id: id.to_owned(),
            cookie: answer.cookie(),
        }
    }

    /// Minutes go by.
    pub fn advance(&self, minutes: u64) {
        self.clock.advance(Duration::from_mins(minutes));
    }

    /// Adds an invoice of an amount in cents, issued on 2026-11-01.
    pub async fn add_invoice(&self, customer: &str, id: &str, due_on: &str, minor: i64) {
        let eur = Currency::parse("EUR").unwrap();
        let new = NewInvoice {
            due_on: Day::parse(due_on).unwrap(),
            ..records::invoice(customer, id, Money::from_minor(minor, eur))
        };
        let now = self.app.now();
        self.app
            .db()
            .write(async |tx| {
                invoices::put(tx, &new, now).await?;
                customers::touch(tx, &new.customer).await
            })
            .await
            .unwrap();
    }

    /// Money that pays for nothing yet.
    pub async fn add_credit(&self, customer: &str, id: &str, minor: i64) {
        let total = Money::from_minor(minor, Currency::parse("EUR").unwrap());
        self.add_money(customer, id, total).await;
    }

    /// The same in any currency; below zero it is a purchase.
    pub async fn add_money(&self, customer: &str, id: &str, total: Money) {
        let new = records::payment(customer, id, total, self.app.now());
        self.app
            .db()
            .write(async |tx| {
                payments::insert(tx, &new).await?;
                customers::touch(tx, &new.customer).await
            })
            .await
            .unwrap();
    }
}

/// A signed-in customer's page.
pub struct SignedIn<'a> {
    /// Where they are signed in.
    pub site: &'a Site,
    /// The customer's id.
    pub id: String,
    /// The cookie of the session.
    pub cookie: String,
}

impl SignedIn<'_> {
    /// A request in their name.
    pub fn request(&self, method: Method, path: &str) -> request::Builder {
        request(method, path)
            .header("cookie", &self.cookie)
            .header("portico-person", &self.id)
    }

    /// Reads a path.
    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    /// Reads a path with more headers.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.request(Method::GET, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.site.send(request.body(Body::empty()).unwrap()).await
    }

    /// A request that writes, with an idempotency key.
    pub fn request_to_write(&self, path: &str, key: &str, body: &str) -> Request<Body> {
        self.request(Method::POST, path)
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .body(Body::from(body.to_owned()))
            .unwrap()
    }

    /// Signs out.
    pub async fn sign_out(&self) -> Answer {
        let request = self.request(Method::DELETE, "/api/v1/session");
        self.site.send(request.body(Body::empty()).unwrap()).await
    }
}

/// A request as the portal sends it.
pub fn request(method: Method, path: &str) -> request::Builder {
    let request = Request::builder()
        .method(&method)
        .uri(path)
        .header("host", HOST);
    if method == Method::GET {
        return request;
    }
    request
        .header("origin", ORIGIN)
        .header("portico-request", "1")
}

/// A request that reads.
pub fn get(path: &str) -> Request<Body> {
    request(Method::GET, path).body(Body::empty()).unwrap()
}

/// A request of a browser that navigates.
pub fn navigate(path: &str) -> Request<Body> {
    request(Method::GET, path)
        .header("accept", "text/html,application/xhtml+xml,*/*;q=0.8")
        .header("sec-fetch-dest", "document")
        .body(Body::empty())
        .unwrap()
}

/// A request to sign in.
pub fn sign_in(email: &str, password: &str) -> Request<Body> {
    sign_in_from("192.0.2.1", email, password)
}

/// A request to sign in from an IP address.
pub fn sign_in_from(address: &str, email: &str, password: &str) -> Request<Body> {
    let body = serde_json::json!({ "email": email, "password": password });
    let ip: IpAddr = address.parse().unwrap();
    request(Method::POST, "/api/v1/session")
        .header("content-type", "application/json")
        .extension(ConnectInfo(SocketAddr::new(ip, 40_000)))
        .body(Body::from(body.to_string()))
        .unwrap()
}

async fn add_customer(app: &App, id: &str) {
    let customer = records::customer(id);
    let now = app.now();
    app.db()
        .write(async |tx| {
            customers::put(tx, &customer, now).await?;
            customers::set_password(tx, &customer.id, password_hash()).await
        })
        .await
        .unwrap();
}

/// What the build makes, in small.
fn make_dist(dist: &Path) {
    let head = "<!doctype html><base href=\"/\"><meta name=\"portico-api\" content=\"/api/v1\">";
    let files: [(&str, &[u8]); 9] = [
        ("index.html", &[head.as_bytes(), b"the app"].concat()),
        ("index.html.br", b"the app, by brotli"),
        ("pay/launch.html", &[head.as_bytes(), b"launch"].concat()),
        ("pay/return.html", &[head.as_bytes(), b"return"].concat()),
        ("assets/app-1234.wasm", b"wasm"),
        ("assets/app-1234.wasm.br", b"wasm by brotli"),
        ("assets/app-1234.wasm.gz", b"wasm by gzip"),
        ("manifest.webmanifest", b"{}"),
        ("build.json", b"{}"),
    ];
    for (name, bytes) in files {
        let file = dist.join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}
