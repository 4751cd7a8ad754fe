//! The sandbox gateway, a backend process, and Ada, who owes 45.00 EUR on `INV-1`.

mod back;

use std::net::TcpListener as StdListener;
use std::path::PathBuf;
use std::time::Duration;

use api_types::{
    Balance, Checkout, CheckoutStatus, Currency, CustomerId, Day, DocumentState, InvoiceId,
    LaunchAnswer, Money, Page, Password, Payment, PaymentId, Timestamp,
};
use backend::clock::Clock;
use backend::db::customers::{self, Customer};
use backend::db::invoices::{self, NewInvoice};
use backend::db::{Db, DbError, ReadTx, ledger, reviews};
use backend::passwords;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response};
use sandbox_gateway::{Faults, Gateway, GatewaySettings};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::process::{Backend, LONGEST};

pub const GOOD: &str = "4242424242424242";
pub const PENDING: &str = "4000000000000259";
const API_KEY: &str = "sk_test_0123456789";
const WEBHOOK_SECRET: &str = "whsec_0123456789abcdef";
const PASSWORD: &str = "a long enough password";
/// How long a condition is left alone before it is looked at again.
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// Both, running, and Ada at her browser.
pub struct Street {
    pub gateway: Gateway,
    backend: Option<Backend>,
    folder: tempfile::TempDir,
    portal: String,
    browser: Client,
    cookie: String,
}

impl Street {
    /// Opens one whose gateway has faults.
    pub async fn open(faults: &[&str]) -> Self {
        let settings = GatewaySettings {
            first_retry_after: Duration::from_millis(20),
            faults: Faults::from_names(faults.iter().copied()).unwrap(),
            ..GatewaySettings::new(API_KEY, WEBHOOK_SECRET)
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let gateway = Gateway::start(listener, settings).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let port = {
            let free = StdListener::bind("127.0.0.1:0").unwrap();
            free.local_addr().unwrap().port()
        };
        let text = settings_text(port, gateway.url());
        std::fs::write(folder.path().join("settings.toml"), text).unwrap();
        let browser = Client::builder().no_proxy().redirect(Policy::none());
        let mut street = Self {
            gateway,
            backend: None,
            folder,
            portal: format!("http://localhost:{port}"),
            browser: browser.build().unwrap(),
            cookie: String::new(),
        };
        street.add_ada().await;
        street.start().await;
        street.sign_in().await;
        street
    }

    /// Does something, and kills the backend when that brings it to a point; then starts
    /// another one.
    pub async fn killed_at<T>(&mut self, point: &str, act: impl AsyncFnOnce(&Self) -> T) {
        self.killed_at_one_after_another(point, act, &[]).await;
    }

    /// The same, and each backend that is started then is killed at a further point, which its
    /// background comes to by itself, until the last one is left alone.
    pub async fn killed_at_one_after_another<T>(
        &mut self,
        first: &str,
        act: impl AsyncFnOnce(&Self) -> T,
        then: &[&str],
    ) {
        let backend = self.backend.take().unwrap();
        backend.stop_at(first);
        tokio::join!(backend.killed_at(first), act(self));
        for point in then {
            let backend = Backend::start_to_stop_at(self.folder.path(), point).await;
            backend.killed_at(point).await;
        }
        self.start().await;
    }

    async fn start(&mut self) {
        self.backend = Some(Backend::start(self.folder.path()).await);
    }

    async fn sign_in(&mut self) {
        let who = json!({"email": "ada@example.com", "password": PASSWORD});
        let answer = self.post("/session", &who).await.unwrap();
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.browser
            .request(method, format!("{}/api/v1{path}", self.portal))
            .header("cookie", &self.cookie)
            .header("origin", &self.portal)
            .header("portico-request", "1")
            .header("portico-person", "ada")
    }

    /// Writes, as the portal does; an error where the backend dies meanwhile.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Response, reqwest::Error> {
        let key = body["launch_token"].as_str().unwrap_or("unused");
        let request = self.request(Method::POST, path).json(body);
        request.header("idempotency-key", key).send().await
    }

    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.request(Method::GET, path).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}: {status} {text}"))
    }

    /// Presses `Pay This Invoice`; pressing again asks for the same.
    pub async fn press_pay(&self) -> Result<Response, reqwest::Error> {
        self.post("/checkouts", &wish()).await
    }

    /// Has a checkout whose page is there.
    pub async fn open_checkout(&self) -> Checkout {
        let answer = self.press_pay().await.unwrap();
        let checkout: Checkout = answer.json().await.unwrap();
        self.until(&checkout, CheckoutStatus::Open).await
    }

    /// What the launch page asks with a token.
    pub async fn launch(&self, token: &str) -> Result<Response, reqwest::Error> {
        self.post("/pay/launch", &json!({ "token": token })).await
    }

    /// Follows the launch page to the gateway's.
    pub async fn page(&self, token: &str) -> String {
        let answer = self.launch(token).await.unwrap();
        match answer.json().await.unwrap() {
            LaunchAnswer::Go { url, .. } => url,
            other => panic!("the page is there, and not {other:?}"),
        }
    }

    /// Presses `Pay Now` with a card, and returns where the window is sent back to.
    pub async fn pay(&self, page: &str, card: &str) -> String {
        let request = self
            .browser
            .post(page)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("number={card}&expiry=12%2F34&code=123"));
        assert_eq!(request.send().await.unwrap().status(), 303);
        let closing = self.browser.get(page).send().await.unwrap();
        let text = closing.text().await.unwrap();
        let from = text.find(&self.portal);
        let from = from.unwrap_or_else(|| panic!("it leads back: {text}"));
        let way = &text[from..];
        way[..way.find('"').unwrap()].to_owned()
    }

    /// The window goes where the gateway sends it; an error where the backend dies meanwhile.
    pub async fn come_back(&self, to: &str) -> Result<Response, reqwest::Error> {
        self.browser.get(to).send().await
    }

    /// The gateway says that money that was on its way has come, or has not.
    pub async fn settle(&self, page: &str, status: &str) {
        let api = page.replace("/pay/", "/api/payments/");
        let call = self.browser.post(format!("{api}/settle"));
        let call = call.bearer_auth(API_KEY).json(&json!({ "status": status }));
        let answer = call.send().await.unwrap();
        assert!(answer.status().is_success(), "{answer:?}");
    }

    pub async fn cancel(&self, checkout: &Checkout) -> Result<Response, reqwest::Error> {
        let path = format!("/checkouts/{}/cancel", checkout.id);
        self.request(Method::POST, &path).send().await
    }

    /// Waits until a checkout stands so.
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

    /// The only checkout that is not over.
    pub async fn live(&self) -> Vec<Checkout> {
        let page: Page<Checkout> = self.get("/checkouts").await;
        page.data
    }

    /// How many payments the gateway has made.
    pub fn payments_at_the_gateway(&self) -> usize {
        let happened = self.gateway.happened();
        let ids: std::collections::BTreeSet<_> = happened.iter().map(|it| &it.payment).collect();
        ids.len()
    }

    /// The invoice is paid, by one payment, which stands in the ledger once; every figure is
    /// the ledger's, and nothing is left for anybody to decide.
    pub async fn is_paid_once(&self) {
        assert_eq!(self.owed_credit_and_pending().await, (0, 0, 0));
        let payments = self.payments().await;
        let [payment] = &payments[..] else {
            panic!("one payment, and not {payments:?}");
        };
        assert_eq!(payment.status, api_types::PaymentStatus::Completed);
        let payment = payment.id.clone();
        let (entries, posted) = self.ledger(Some(&payment)).await;
        assert_eq!((entries, posted), (2, Some(4500)));
    }

    /// Nothing has been paid: the invoice alone stands in the ledger.
    pub async fn is_unpaid(&self) {
        assert_eq!(self.owed_credit_and_pending().await, (4500, 0, 0));
        assert_eq!(self.ledger(None).await, (1, None));
    }

    /// Runs a command of the backend's beside the server.
    pub fn command(&self, words: &[&str]) -> std::process::Output {
        crate::process::command(self.folder.path(), words)
    }

    pub async fn payments(&self) -> Vec<Payment> {
        let page: Page<Payment> = self.get("/payments").await;
        page.data
    }

    pub async fn owed_credit_and_pending(&self) -> (i64, i64, i64) {
        let balance: Balance = self.get("/balance").await;
        let euro = &balance.currencies[0];
        let (owed, credit) = (euro.owed.minor(), euro.credit.minor());
        assert_eq!(euro.net.minor(), credit - owed);
        (owed, credit, euro.on_its_way.minor())
    }

    /// How many entries there are, and what they sum up to for a payment. Nothing waits for
    /// the provider to decide.
    async fn ledger(&self, payment: Option<&PaymentId>) -> (u64, Option<i64>) {
        let db = self.database().await;
        let customer = CustomerId::parse("ada").unwrap();
        let found = db
            .read(async |tx: &ReadTx| {
                let entries = ledger::count(tx, &customer).await?;
                assert_eq!(reviews::list(tx, true).await?, []);
                let posted = match payment {
                    Some(payment) => ledger::posted_for_payment(tx, payment).await?,
                    None => None,
                };
                Ok::<_, DbError>((entries, posted))
            })
            .await
            .unwrap();
        db.close().await.unwrap();
        found
    }

    /// The invoice stands otherwise from now on, as by an import.
    pub async fn put_invoice(&self, document: DocumentState) {
        let db = self.database().await;
        let (new, now) = (invoice(document), Clock::system().now());
        db.write(async |tx| {
            invoices::put(tx, &new, now).await?;
            customers::touch(tx, &new.customer).await
        })
        .await
        .unwrap();
        db.close().await.unwrap();
    }

    async fn add_ada(&self) {
        let ada = Customer {
            id: CustomerId::parse("ada").unwrap(),
            name: "Ada".to_owned(),
            email: Some("ada@example.com".to_owned()),
            address: Vec::new(),
            tax_number: None,
            account_number: None,
            attendees: Vec::new(),
        };
        let hash = passwords::hash(&Password(PASSWORD.to_owned())).unwrap();
        let db = self.database().await;
        db.write(async |tx| {
            customers::put(tx, &ada, Clock::system().now()).await?;
            customers::set_password(tx, &ada.id, &hash).await
        })
        .await
        .unwrap();
        db.close().await.unwrap();
        self.put_invoice(DocumentState::Open).await;
    }

    async fn database(&self) -> Db {
        let file: PathBuf = self.folder.path().join("portal.sqlite");
        Db::open(&file).await.unwrap()
    }
}

/// A launch token that is used once in each test.
pub fn token(n: u32) -> String {
    format!("{n:0>42}A")
}

fn wish() -> Value {
    json!({
        "for": {"kind": "invoice", "invoice": "INV-1"}, "method": "card",
        "displayed_total": {"amount": "45.00", "currency": "EUR"}, "launch_token": token(1),
    })
}

fn invoice(document: DocumentState) -> NewInvoice {
    let eur = Currency::parse("EUR").unwrap();
    NewInvoice {
        id: InvoiceId::parse("INV-1").unwrap(),
        customer: CustomerId::parse("ada").unwrap(),
        number: "INV-1".to_owned(),
        name: "A visit".to_owned(),
        issued_on: Day::parse("2026-11-01").unwrap(),
        issued_at: Timestamp::parse("2026-11-01T00:00:00Z").unwrap(),
        due_on: Day::parse("2026-11-20").unwrap(),
        period_from: None,
        period_to: None,
        net: Money::from_minor(4500, eur),
        tax: Money::zero(eur),
        service: None,
        replaced_by: None,
        document,
        lines: Vec::new(),
    }
}

fn settings_text(port: u16, gateway: &str) -> String {
    format!(
        r##"
public_url = "http://localhost:{port}"
listen = "127.0.0.1:{port}"
database = "portal.sqlite"
dist = "dist"
[portal]
name = "Harbour Clinic"
brand = "#1d5fbf"
time_zone = "Europe/Dublin"
currencies = ["EUR"]
[[methods]]
id = "card"
gateway = "sandbox"
[[methods]]
id = "express"
label = "Express card"
gateway = "sandbox"
[gateways.sandbox]
url = "{gateway}"
api_key = "{API_KEY}"
webhook_secret = "{WEBHOOK_SECRET}"
"##
    )
}
