//! A gateway in this process, a merchant that uses it, and a customer with a browser.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use sandbox_gateway::{Gateway, GatewaySettings};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::merchant::{Merchant, WEBHOOK_SECRET};

pub const GOOD: &str = "4242 4242 4242 4242";
pub const DECLINED: &str = "4000 0000 0000 0002";
pub const TOO_LITTLE: &str = "4000 0000 0000 9995";
pub const PENDING: &str = "4000 0000 0000 0259";
pub const SLOW: &str = "4000 0000 0000 3220";
pub const TOO_LATE: &str = "4000 0000 0000 7700";

const API_KEY: &str = "sk_test";

pub struct Bench {
    pub gateway: Gateway,
    pub merchant: Merchant,
    http: Client,
    keys: AtomicU32,
}

/// Settings that do not make a test wait.
pub fn settings() -> GatewaySettings {
    GatewaySettings {
        slow_card_takes: Duration::from_millis(50),
        first_retry_after: Duration::from_millis(10),
        ..GatewaySettings::new(API_KEY, WEBHOOK_SECRET)
    }
}

impl Bench {
    pub async fn open() -> Self {
        Self::open_with(settings(), Merchant::open().await).await
    }

    pub async fn open_with(settings: GatewaySettings, merchant: Merchant) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let gateway = Gateway::start(listener, settings).await.unwrap();
        let http = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .build()
            .unwrap();
        Self {
            gateway,
            merchant,
            http,
            keys: AtomicU32::new(0),
        }
    }

    /// A request to the gateway by nobody in particular.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.gateway.url()))
    }

    /// A request by the merchant's server.
    pub fn api(&self, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path).bearer_auth(API_KEY)
    }

    pub fn order(&self) -> Value {
        json!({
            "reference": "A-1", "amount": "45.00", "currency": "EUR", "description": "Invoice 7",
            "merchant": "Harbour Clinic", "return_url": format!("{}/back?s=1", self.merchant.url),
            "webhook_url": format!("{}/hook", self.merchant.url), "expires_in": 1800,
        })
    }

    pub async fn create_as(&self, key: &str, order: &Value) -> Response {
        let request = self
            .api(Method::POST, "/api/payments")
            .header("Idempotency-Key", key);
        request.json(order).send().await.unwrap()
    }

    /// An open payment for an order that differs from the usual one in these fields.
    pub async fn create_with(&self, differences: Value) -> String {
        let mut order = self.order();
        for (field, value) in differences.as_object().unwrap() {
            order[field] = value.clone();
        }
        let key = self.keys.fetch_add(1, Ordering::Relaxed).to_string();
        let answer = self.create_as(&key, &order).await;
        assert_eq!(answer.status(), StatusCode::CREATED);
        id_of(&answer.json().await.unwrap())
    }

    pub async fn create(&self) -> String {
        self.create_with(json!({})).await
    }

    pub async fn read(&self, id: &str) -> Value {
        let answer = self
            .api(Method::GET, &format!("/api/payments/{id}"))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.unwrap()
    }

    pub async fn status(&self, id: &str) -> String {
        self.read(id).await["status"].as_str().unwrap().to_owned()
    }

    /// Presses `Pay Now` with a card.
    pub async fn pay(&self, id: &str, number: &str) -> Response {
        self.fill_in(id, number, "12/34", "123").await
    }

    pub async fn fill_in(&self, id: &str, number: &str, expiry: &str, code: &str) -> Response {
        let fields = [("number", number), ("expiry", expiry), ("code", code)];
        let request = self.request(Method::POST, &format!("/pay/{id}"));
        request.form(&fields).send().await.unwrap()
    }

    /// Presses `Back`.
    pub async fn back(&self, id: &str) -> Response {
        self.request(Method::POST, &format!("/pay/{id}/back"))
            .send()
            .await
            .unwrap()
    }

    /// Looks at the payment's page.
    pub async fn page(&self, id: &str) -> Response {
        self.request(Method::GET, &format!("/pay/{id}"))
            .send()
            .await
            .unwrap()
    }

    pub async fn page_text(&self, id: &str) -> String {
        self.page(id).await.text().await.unwrap()
    }

    pub async fn settle(&self, id: &str, status: &str) -> StatusCode {
        let path = format!("/api/payments/{id}/settle");
        let request = self
            .api(Method::POST, &path)
            .json(&json!({ "status": status }));
        request.send().await.unwrap().status()
    }

    pub async fn cancel(&self, id: &str) -> StatusCode {
        let path = format!("/api/payments/{id}/cancel");
        self.api(Method::POST, &path).send().await.unwrap().status()
    }

    /// Gives money back; `null` is all that is left.
    pub async fn refund(&self, id: &str, amount: Value) -> StatusCode {
        let path = format!("/api/payments/{id}/refunds");
        let body = json!({ "amount": amount });
        let request = self.api(Method::POST, &path).json(&body);
        request.send().await.unwrap().status()
    }

    /// The customer's bank does not take a refund.
    pub async fn fail_refund(&self, id: &str, refund: &str) -> StatusCode {
        let path = format!("/api/payments/{id}/refunds/{refund}/fail");
        self.api(Method::POST, &path).send().await.unwrap().status()
    }

    /// The customer's bank asks for the money back, or has decided.
    pub async fn dispute(&self, id: &str, status: &str) -> StatusCode {
        let path = format!("/api/payments/{id}/dispute");
        let body = json!({ "status": status });
        let request = self.api(Method::POST, &path).json(&body);
        request.send().await.unwrap().status()
    }

    /// Switches faults over the API; `{}` switches all off.
    pub async fn faults(&self, faults: Value) {
        let answer = self
            .api(Method::PUT, "/api/faults")
            .json(&faults)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
    }
}

pub fn id_of(payment: &Value) -> String {
    payment["id"].as_str().unwrap().to_owned()
}

pub fn header<'a>(answer: &'a Response, name: &str) -> Option<&'a str> {
    answer
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap())
}
