//! A customer's browser over sockets: what it asks of a running portal, and what its windows do at
//! the sandbox gateway's pages.

use std::time::Duration;

use api_types::{
    Balance, Checkout, CheckoutStatus, DisputeState, LaunchAnswer, Page, Payment, PaymentKind,
};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{API_KEY, PASSWORD};

/// A card that pays.
pub const GOOD_CARD: &str = "4242424242424242";
/// A card whose money is on its way until the gateway is told otherwise.
pub const PENDING_CARD: &str = "4000000000000259";
/// Longer than anything takes, so that a test that waits in vain ends.
pub const LONGEST: Duration = Duration::from_secs(60);
/// How long a condition is left alone before it is looked at again.
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// The browser of Ada, who is signed in.
pub struct Browser {
    portal: String,
    client: Client,
    cookie: String,
}

impl Browser {
    /// Signs in at a portal, whose address has no slash at its end.
    pub async fn sign_in(portal: String) -> Self {
        let client = Client::builder().no_proxy().redirect(Policy::none());
        let mut browser = Self {
            portal,
            client: client.build().unwrap(),
            cookie: String::new(),
        };
        browser.sign_in_again().await;
        browser
    }

    /// Signs in once more.
    pub async fn sign_in_again(&mut self) {
        let who = json!({"email": "ada@example.com", "password": PASSWORD});
        let answer = self.post("/session", &who).await.unwrap();
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
    }

    /// A request to the API, as the portal makes it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}/api/v1{path}", self.portal))
            .header("cookie", &self.cookie)
            .header("origin", &self.portal)
            .header("portico-request", "1")
            .header("portico-person", "ada")
    }

    /// Writes, with the launch token as key.
    ///
    /// # Errors
    /// The backend dies meanwhile.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Response, reqwest::Error> {
        let key = body["launch_token"].as_str().unwrap_or("unused");
        let request = self.request(Method::POST, path).json(body);
        request.header("idempotency-key", key).send().await
    }

    /// Reads.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.request(Method::GET, path).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}: {status} {text}"))
    }

    /// What the launch page asks with a token.
    ///
    /// # Errors
    /// The backend dies meanwhile.
    pub async fn launch(&self, token: &str) -> Result<Response, reqwest::Error> {
        self.post("/pay/launch", &json!({ "token": token })).await
    }

    /// Follows the launch page to the gateway's, and returns its address.
    pub async fn gateway_page(&self, token: &str) -> String {
        let answer = self.launch(token).await.unwrap();
        let LaunchAnswer::Go { url, origins, .. } = answer.json().await.unwrap() else {
            panic!("the page is there");
        };
        assert!(url.starts_with(&origins[0]), "{url}");
        url
    }

    /// Presses `Pay Now` at the gateway with a card, and returns the text of the page then.
    pub async fn pay_at(&self, page: &str, card: &str) -> String {
        self.press_pay_at(page, card).await.1
    }

    async fn press_pay_at(&self, page: &str, card: &str) -> (StatusCode, String) {
        let request = self
            .client
            .post(page)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("number={card}&expiry=12%2F34&code=123"));
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let shown = match status {
            StatusCode::SEE_OTHER => self.client.get(page).send().await.unwrap(),
            _ => answer,
        };
        (status, shown.text().await.unwrap())
    }

    /// Pays with a card, and returns where the window is sent back to.
    pub async fn pay(&self, page: &str, card: &str) -> String {
        let (status, text) = self.press_pay_at(page, card).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
        let from = text.find(&self.portal);
        let from = from.unwrap_or_else(|| panic!("it leads back: {text}"));
        let way = &text[from..];
        way[..way.find('"').unwrap()].to_owned()
    }

    /// Presses the button that leads back from the gateway's page.
    pub async fn leave(&self, page: &str) {
        let button = self.client.post(format!("{page}/back"));
        let answer = button.send().await.unwrap();
        let status = answer.status();
        assert!(status.is_success() || status.is_redirection(), "{answer:?}");
    }

    /// The window goes where the gateway sends it.
    ///
    /// # Errors
    /// The backend dies meanwhile.
    pub async fn return_to(&self, url: &str) -> Result<Response, reqwest::Error> {
        self.client.get(url).send().await
    }

    /// The merchant, or a bank, does something to a payment at the gateway.
    pub async fn merchant(&self, page: &str, action: &str, body: Value) {
        let api = page.replace("/pay/", "/api/payments/");
        let call = self.client.post(format!("{api}/{action}"));
        let answer = call.bearer_auth(API_KEY).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{answer:?}");
    }

    /// The gateway says that money that was on its way has come, or has not.
    pub async fn settle(&self, page: &str, status: &str) {
        self.merchant(page, "settle", json!({ "status": status }))
            .await;
    }

    /// What the gateway calls the first refund of a payment.
    pub async fn refund_at_the_gateway(&self, page: &str) -> String {
        let call = self.client.get(page.replace("/pay/", "/api/payments/"));
        let answer = call.bearer_auth(API_KEY).send().await.unwrap();
        let payment: Value = answer.json().await.unwrap();
        payment["refunds"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Asks to cancel a checkout.
    ///
    /// # Errors
    /// The backend dies meanwhile.
    pub async fn cancel(&self, checkout: &Checkout) -> Result<Response, reqwest::Error> {
        let path = format!("/checkouts/{}/cancel", checkout.id);
        self.request(Method::POST, &path).send().await
    }

    /// The payments.
    pub async fn payments(&self) -> Vec<Payment> {
        let page: Page<Payment> = self.get("/payments").await;
        page.data
    }

    /// What is owed, credit, and on its way, in cents.
    pub async fn owed_credit_and_pending(&self) -> (i64, i64, i64) {
        let balance: Balance = self.get("/balance").await;
        let euro = &balance.currencies[0];
        let (owed, credit) = (euro.owed.minor(), euro.credit.minor());
        assert_eq!(euro.net.minor(), credit - owed);
        (owed, credit, euro.on_its_way.minor())
    }

    /// Waits until so many cents are owed.
    pub async fn until_owed(&self, cents: i64) {
        let wait = async {
            while self.owed_credit_and_pending().await.0 != cents {
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        };
        let waited = tokio::time::timeout(LONGEST, wait).await;
        waited.unwrap_or_else(|_| panic!("it comes to owe {cents}"));
    }

    /// Waits until the newest payment is disputed.
    pub async fn until_disputed(&self) {
        let wait = async {
            loop {
                let payments = self.payments().await;
                let mut came = payments
                    .iter()
                    .filter(|one| one.kind == PaymentKind::Payment);
                if came.next().and_then(|one| one.dispute) == Some(DisputeState::Open) {
                    break;
                }
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        };
        let waited = tokio::time::timeout(LONGEST, wait).await;
        waited.expect("it comes to be disputed");
    }

    /// Waits until a checkout has a status.
    pub async fn until(&self, checkout: &Checkout, status: CheckoutStatus) -> Checkout {
        let path = format!("/checkouts/{}", checkout.id);
        let mut last = None;
        let wait = async {
            loop {
                let now: Checkout = self.get(&path).await;
                if now.status == status {
                    break now;
                }
                last = Some(now.status);
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        };
        let waited = tokio::time::timeout(LONGEST, wait).await;
        waited.unwrap_or_else(|_| panic!("it stays {last:?} and does not become {status:?}"))
    }
}
