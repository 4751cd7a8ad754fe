//! A stand-in in this process, a merchant's server that calls it, and a customer's browser.

use std::time::Duration;

use provider_stand_ins::stripe::{Options, Stripe};
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

pub const KEY: &str = "sk_test_bench";
pub const SECRET: &str = "whsec_bench";
pub const GOOD: &str = "4242 4242 4242 4242";
pub const SESSIONS: &str = "/v1/checkout/sessions";

pub struct Bench {
    pub stripe: Stripe,
    http: Client,
}

/// An answer of the API or a page.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).map(|value| value.to_str().unwrap());
        value.unwrap_or_default()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// The JSON of an answer that must be 200.
    pub fn good(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        self.json()
    }

    /// The status, type, code and parameter of a refusal.
    pub fn refusal(&self) -> (u16, String, String, String) {
        let error = &self.json()["error"];
        assert!(error["message"].is_string(), "{}", self.text);
        let text = |field: &str| error[field].as_str().unwrap_or_default().to_owned();
        (self.status, text("type"), text("code"), text("param"))
    }

    pub fn message(&self) -> String {
        self.json()["error"]["message"].as_str().unwrap().to_owned()
    }
}

pub async fn send(request: RequestBuilder) -> Answer {
    let answer = request.send().await.unwrap();
    Answer {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        text: answer.text().await.unwrap(),
    }
}

pub fn options() -> Options {
    Options::new(KEY, SECRET)
}

/// Parameters of a session that is taken: 100.00 USD.
pub fn usual() -> Vec<(String, String)> {
    [
        ("mode", "payment"),
        (
            "success_url",
            "https://shop.example.com/back?sid={CHECKOUT_SESSION_ID}",
        ),
        ("cancel_url", "https://shop.example.com/cancelled"),
        ("client_reference_id", "intent-1"),
        ("metadata[intent]", "intent-1"),
        ("payment_intent_data[metadata][intent]", "intent-1"),
        ("line_items[0][quantity]", "1"),
        ("line_items[0][price_data][currency]", "usd"),
        ("line_items[0][price_data][unit_amount]", "10000"),
        ("line_items[0][price_data][product_data][name]", "Invoice 7"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

/// The usual parameters with others in their place; those without a value are left out.
pub fn with(changes: &[(&str, Option<&str>)]) -> Vec<(String, String)> {
    let mut pairs = usual();
    for (name, value) in changes {
        pairs.retain(|(known, _)| known != name);
        pairs.extend(value.map(|value| ((*name).to_owned(), value.to_owned())));
    }
    pairs
}

/// The usual parameters, and others.
pub fn and(more: &[(&str, &str)]) -> Vec<(String, String)> {
    let more: Vec<_> = more
        .iter()
        .map(|(name, value)| (*name, Some(*value)))
        .collect();
    with(&more)
}

impl Bench {
    pub async fn open() -> Self {
        Self::open_with(options()).await
    }

    pub async fn open_with(options: Options) -> Self {
        let stripe = Stripe::start(options).await.unwrap();
        let http = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap();
        Self { stripe, http }
    }

    /// A request by nobody in particular.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.stripe.url()))
    }

    /// A POST by the merchant's server.
    pub fn posting(&self, path: &str, pairs: &[(String, String)]) -> RequestBuilder {
        self.request(Method::POST, path)
            .bearer_auth(KEY)
            .form(pairs)
    }

    pub async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        send(
            self.request(Method::POST, path)
                .bearer_auth(KEY)
                .form(pairs),
        )
        .await
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path).bearer_auth(KEY)).await
    }

    pub async fn create(&self, pairs: &[(String, String)]) -> Answer {
        send(self.posting(SESSIONS, pairs)).await
    }

    /// The id of a new session with the usual parameters.
    pub async fn session(&self) -> String {
        id(&self.create(&usual()).await.good())
    }

    /// The ids of a session and a payment that is paid with a card.
    pub async fn paid_with(&self, card: &str) -> (String, String) {
        let session = self.session().await;
        self.stripe.pay(&session, card).unwrap();
        let intent = self.read_session(&session).await["payment_intent"].clone();
        (session, intent.as_str().unwrap().to_owned())
    }

    pub async fn paid(&self) -> (String, String) {
        self.paid_with(GOOD).await
    }

    pub async fn read_session(&self, id: &str) -> Value {
        self.get(&format!("{SESSIONS}/{id}")).await.good()
    }

    /// The charge of a payment.
    pub async fn charge(&self, intent: &str) -> Value {
        let path = format!("/v1/payment_intents/{intent}?expand[]=latest_charge");
        self.get(&path).await.good()["latest_charge"].clone()
    }

    /// Opens a page.
    pub async fn page(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    /// Sends a page's form.
    pub async fn press(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        send(self.request(Method::POST, path).form(pairs)).await
    }

    /// Fills in the card form and presses `Pay`.
    pub async fn pay_on_page(&self, session: &str, card: &str) -> Answer {
        let entry = [
            ("number", card),
            ("expiry", "12/34"),
            ("cvc", "123"),
            ("name", "Jordan Sample"),
            ("email", "jordan@example.com"),
            ("action", "pay"),
        ];
        self.press(&format!("/c/pay/{session}"), &entry).await
    }
}

pub fn id(object: &Value) -> String {
    object["id"].as_str().unwrap().to_owned()
}

/// Seconds since 1970.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}
