//! A payment provider that says what a test tells it to, in the sandbox's words,
//! and writes down what it is asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The key that the backend shows.
pub const API_KEY: &str = "sk_test_0123456789";
/// The secret that notifications are signed with.
pub const WEBHOOK_SECRET: &str = "whsec_0123456789abcdef";

/// What the provider does with the next calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// What it is there for.
    Works,
    /// It answers 503 and does nothing.
    Away,
    /// It makes the payment, and the answer is lost.
    LosesAnswers,
    /// It refuses to make payments.
    Refuses,
    /// It has no call to cancel a payment.
    CannotCancel,
}

/// A call that makes a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Create {
    /// Its idempotency key.
    pub key: String,
    /// Its body, as it came.
    pub body: String,
}

struct Book {
    url: String,
    mood: Behaviour,
    /// Where it says that its pages lie.
    pages: String,
    payments: BTreeMap<String, Value>,
    creates: Vec<Create>,
    reads: usize,
    cancels: usize,
}

/// The payment provider, on a port of its own.
#[derive(Clone)]
pub struct FakeGateway {
    book: Arc<Mutex<Book>>,
    /// While true, calls wait before they are answered, having done what they do.
    held: watch::Sender<bool>,
}

impl FakeGateway {
    /// Starts one.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let gateway = Self {
            book: Arc::new(Mutex::new(Book {
                pages: url.clone(),
                url,
                mood: Behaviour::Works,
                payments: BTreeMap::new(),
                creates: Vec::new(),
                reads: 0,
                cancels: 0,
            })),
            held: watch::Sender::new(false),
        };
        let api = Router::new()
            .route("/api/payments", post(create).get(by_reference))
            .route("/api/payments/{id}", get(read))
            .route("/api/payments/{id}/cancel", post(cancel))
            .with_state(gateway.clone());
        tokio::spawn(async move { axum::serve(listener, api).await.unwrap() });
        gateway
    }

    /// Its address.
    pub fn url(&self) -> String {
        self.book().url.clone()
    }

    /// What it does with the calls from now on.
    pub fn mood(&self, mood: Behaviour) {
        self.book().mood = mood;
    }

    /// From now on calls wait for [`FakeGateway::go_on`].
    pub fn hold(&self) {
        self.held.send_replace(true);
    }

    /// Answers the calls that wait, and those that come.
    pub fn go_on(&self) {
        self.held.send_replace(false);
    }

    /// The calls that made payments.
    pub fn creates(&self) -> Vec<Create> {
        self.book().creates.clone()
    }

    /// How often it was read.
    pub fn reads(&self) -> usize {
        self.book().reads
    }

    /// How often it was asked to cancel.
    pub fn cancels(&self) -> usize {
        self.book().cancels
    }

    /// The last payment that was made.
    pub fn newest(&self) -> Value {
        let book = self.book();
        let body = &book.creates.last().expect("a payment was made").body;
        serde_json::from_str(body).unwrap()
    }

    /// Our name for the last payment that was made.
    pub fn reference(&self) -> String {
        self.newest()["reference"].as_str().unwrap().to_owned()
    }

    /// How a payment stands there.
    pub fn status(&self, reference: &str) -> String {
        let book = self.book();
        book.payments[reference]["status"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// The provider says something else about a payment from now on.
    pub fn say(&self, reference: &str, news: Value) {
        let mut book = self.book();
        let payment = book.payments.get_mut(reference).expect("it was made");
        for (name, value) in news.as_object().unwrap() {
            payment[name] = value.clone();
        }
    }

    /// The money is there, so much of it.
    pub fn pay(&self, reference: &str, amount: &str) {
        let charge = format!("ch_{reference}");
        let news = json!({
            "status": "paid", "amount_received": amount, "payment_id": charge, "attempts": 1,
        });
        self.say(reference, news);
    }

    /// The money is on its way.
    pub fn process(&self, reference: &str) {
        let charge = format!("ch_{reference}");
        let news = json!({"status": "processing", "payment_id": charge, "attempts": 1});
        self.say(reference, news);
    }

    /// It says that its pages lie elsewhere.
    pub fn pages_lie_on(&self, origin: &str) {
        self.book().pages = origin.to_owned();
    }

    /// It has never heard of a payment.
    pub fn forget(&self, reference: &str) {
        self.book().payments.remove(reference);
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap()
    }

    async fn answer(&self, status: StatusCode, body: Value) -> Response {
        let mut held = self.held.subscribe();
        held.wait_for(|held| !held).await.unwrap();
        (status, axum::Json(body)).into_response()
    }

    /// Whether a call gets through: the key is right, and the provider is there.
    fn takes(&self, headers: &HeaderMap) -> Result<(), StatusCode> {
        if headers.get("authorization").unwrap() != &format!("Bearer {API_KEY}") {
            return Err(StatusCode::UNAUTHORIZED);
        }
        match self.book().mood {
            Behaviour::Away => Err(StatusCode::SERVICE_UNAVAILABLE),
            _ => Ok(()),
        }
    }
}

impl Book {
    fn make(&mut self, order: &Value) -> Value {
        let reference = order["reference"].as_str().unwrap().to_owned();
        let url = format!("{}/pay/p_{reference}", self.pages);
        let payment = self.payments.entry(reference.clone()).or_insert_with(|| {
            json!({
                "id": format!("p_{reference}"), "reference": reference, "status": "open",
                "url": url, "amount": order["amount"], "currency": order["currency"],
                "amount_received": null, "attempts": 0, "failure": null, "payment_id": null,
                "expires_at": "2030-01-01T00:00:00Z",
            })
        });
        payment.clone()
    }

    fn find(&mut self, id: &str) -> Option<&mut Value> {
        self.payments
            .values_mut()
            .find(|payment| payment["id"] == id)
    }
}

async fn create(State(gateway): State<FakeGateway>, headers: HeaderMap, body: Bytes) -> Response {
    let call = Create {
        key: headers["idempotency-key"].to_str().unwrap().to_owned(),
        body: String::from_utf8(body.to_vec()).unwrap(),
    };
    let order: Value = serde_json::from_str(&call.body).unwrap();
    gateway.book().creates.push(call);
    if let Err(status) = gateway.takes(&headers) {
        return gateway.answer(status, json!({})).await;
    }
    let (status, payment) = {
        let mut book = gateway.book();
        match book.mood {
            Behaviour::Refuses => (StatusCode::UNPROCESSABLE_ENTITY, json!({})),
            Behaviour::LosesAnswers => {
                book.make(&order);
                (StatusCode::BAD_GATEWAY, json!({}))
            }
            _ => (StatusCode::CREATED, book.make(&order)),
        }
    };
    gateway.answer(status, payment).await
}

async fn read(
    State(gateway): State<FakeGateway>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    gateway.book().reads += 1;
    if let Err(status) = gateway.takes(&headers) {
        return gateway.answer(status, json!({})).await;
    }
    let found = gateway.book().find(&id).cloned();
    match found {
        Some(payment) => gateway.answer(StatusCode::OK, payment).await,
        None => gateway.answer(StatusCode::NOT_FOUND, json!({})).await,
    }
}

async fn by_reference(
    State(gateway): State<FakeGateway>,
    headers: HeaderMap,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    gateway.book().reads += 1;
    if let Err(status) = gateway.takes(&headers) {
        return gateway.answer(status, json!({})).await;
    }
    let found = gateway.book().payments.get(&query["reference"]).cloned();
    let data: Vec<Value> = found.into_iter().collect();
    gateway
        .answer(StatusCode::OK, json!({ "data": data }))
        .await
}

async fn cancel(
    State(gateway): State<FakeGateway>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    gateway.book().cancels += 1;
    if let Err(status) = gateway.takes(&headers) {
        return gateway.answer(status, json!({})).await;
    }
    let (status, body) = {
        let mut book = gateway.book();
        let has_no_such_call = book.mood == Behaviour::CannotCancel;
        match book.find(&id) {
            _ if has_no_such_call => (StatusCode::METHOD_NOT_ALLOWED, json!({})),
            None => (StatusCode::NOT_FOUND, json!({})),
            Some(payment) if payment["status"] == "open" => {
                payment["status"] = json!("cancelled");
                (StatusCode::OK, payment.clone())
            }
            Some(_) => (StatusCode::CONFLICT, json!({})),
        }
    };
    gateway.answer(status, body).await
}
