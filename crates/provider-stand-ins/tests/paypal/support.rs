//! A merchant that calls the stand-in by plain HTTP.

use provider_stand_ins::paypal::{Funding, Options, PayPal};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
    pub body: Value,
}

impl Answer {
    /// The names of what is wrong.
    pub fn issues(&self) -> Vec<&str> {
        let details = self.body["details"].as_array().into_iter().flatten();
        details
            .map(|detail| detail["issue"].as_str().unwrap())
            .collect()
    }

    /// Holds it to a status, and returns the body.
    #[track_caller]
    pub fn ok(self, status: StatusCode) -> Value {
        assert_eq!(self.status, status.as_u16(), "{}", self.text);
        self.body
    }

    /// Holds it to the common form of refusals, and to what is wrong.
    #[track_caller]
    pub fn refused(&self, status: u16, name: &str, issues: &[&str]) {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.body["name"], name, "{}", self.text);
        assert_eq!(self.issues(), issues, "{}", self.text);
        assert!(self.body["message"].is_string());
        assert_eq!(
            self.body["debug_id"],
            self.headers["paypal-debug-id"].to_str().unwrap()
        );
        assert_eq!(self.body["links"][0]["rel"], "information_link");
    }
}

/// The merchant.
pub struct Merchant {
    pub paypal: PayPal,
    pub http: reqwest::Client,
    pub token: String,
    credentials: (String, String),
}

pub async fn send(call: RequestBuilder) -> Answer {
    let answer = call.send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let text = answer.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Answer {
        status,
        headers,
        text,
        body,
    }
}

impl Merchant {
    pub async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub async fn with(options: Options) -> Self {
        let credentials = (options.client_id.clone(), options.client_secret.clone());
        let paypal = PayPal::start(options).await.unwrap();
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let token = String::new();
        let mut merchant = Self {
            paypal,
            http,
            token,
            credentials,
        };
        merchant.new_token().await;
        merchant
    }

    /// Takes a new access token.
    pub async fn new_token(&mut self) {
        let (client, secret) = &self.credentials;
        let call = self
            .http
            .post(format!("{}/v1/oauth2/token", self.paypal.url()))
            .basic_auth(client, Some(secret))
            .form(&[("grant_type", "client_credentials")]);
        let token = send(call).await.ok(StatusCode::OK);
        self.token = token["access_token"].as_str().unwrap().to_owned();
    }

    pub fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let call = self
            .http
            .request(method, format!("{}{path}", self.paypal.url()));
        call.bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.call(Method::GET, path)).await
    }

    /// Posts a body without a request id, and wants the whole of what comes of it.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let call = self.call(Method::POST, path).json(body);
        send(call.header("Prefer", "return=representation")).await
    }

    /// Posts a body with a request id.
    pub async fn post_as(&self, id: &str, path: &str, body: &Value) -> Answer {
        let call = self.call(Method::POST, path).json(body);
        send(call.header("PayPal-Request-Id", id)).await
    }

    /// Makes an order of 100.00 USD, and returns its id.
    pub async fn order(&self) -> String {
        let made = self.post("/v2/checkout/orders", &order()).await;
        let made = made.ok(StatusCode::CREATED);
        made["id"].as_str().unwrap().to_owned()
    }

    pub async fn capture(&self, order: &str) -> Answer {
        let path = format!("/v2/checkout/orders/{order}/capture");
        self.post(&path, &json!({})).await
    }

    /// Makes an order, has it approved and captured, and returns its id and the capture.
    pub async fn paid(&self, funding: Funding) -> (String, Value) {
        let order = self.order().await;
        self.paypal.approve(&order, funding).unwrap();
        let captured = self.capture(&order).await.ok(StatusCode::CREATED);
        let capture = captured["purchase_units"][0]["payments"]["captures"][0].clone();
        (order, capture)
    }
}

/// The least that an order needs, without a payment source.
pub fn order() -> Value {
    json!({
        "intent": "CAPTURE",
        "purchase_units": [{ "amount": usd("100.00") }],
    })
}

/// An order as a merchant with a hosted page makes it.
pub fn hosted_order() -> Value {
    json!({
        "intent": "CAPTURE",
        "purchase_units": [{
            "reference_id": "default",
            "custom_id": "checkout-1",
            "invoice_id": "INV-1",
            "amount": usd("100.00"),
        }],
        "payment_source": { "paypal": { "experience_context": {
            "brand_name": "Example Studio",
            "locale": "en-US",
            "landing_page": "NO_PREFERENCE",
            "shipping_preference": "NO_SHIPPING",
            "user_action": "PAY_NOW",
            "payment_method_preference": "IMMEDIATE_PAYMENT_REQUIRED",
            "return_url": "https://merchant.example.com/return?state=1",
            "cancel_url": "https://merchant.example.com/cancel",
        } } },
    })
}

pub fn usd(value: &str) -> Value {
    json!({ "currency_code": "USD", "value": value })
}

/// The address of a link of an answer.
#[track_caller]
pub fn link<'a>(body: &'a Value, rel: &str) -> &'a str {
    let links = body["links"].as_array().unwrap();
    let link = links.iter().find(|link| link["rel"] == rel);
    link.unwrap_or_else(|| panic!("no link {rel} in {body}"))["href"]
        .as_str()
        .unwrap()
}

/// The names of the links of an answer.
pub fn links(body: &Value) -> Vec<&str> {
    let links = body["links"].as_array().into_iter().flatten();
    links.map(|link| link["rel"].as_str().unwrap()).collect()
}
