//! The payment providers, a backend process, and Ada, who owes 45.00 EUR on `INV-1`.

use std::net::TcpListener as StdListener;
use std::ops::Deref;
use std::path::PathBuf;
use std::time::Duration;

use api_types::{
    Checkout, CheckoutStatus, CustomerId, DocumentState, Page, PaymentId, PaymentStatus,
};
use backend::clock::Clock;
use backend::db::invoices::{self, NewInvoice};
use backend::db::{Db, DbError, ReadTx, customers, ledger, reviews};
use provider_stand_ins::paypal::PayPal;
use provider_stand_ins::stripe::Stripe;
use reqwest::Response;
use sandbox_gateway::{Faults, Gateway, GatewaySettings};
use serde_json::{Value, json};
use test_support::{
    API_KEY, Browser, CARDS, PAYPAL, PAYPAL_CLIENT, PAYPAL_SECRET, PAYPAL_WEBHOOK, STRIPE_KEY,
    STRIPE_WEBHOOK_SECRET, WEBHOOK_SECRET, customer, euros, invoice, password_hash, start_paypal,
    start_stripe, usual_coop,
};
use tokio::net::TcpListener;

use crate::process::{BACKTRACES, Backend};

/// All of them, running, and Ada at her browser.
pub struct ProcessSite {
    pub gateway: Gateway,
    pub stripe: Stripe,
    pub paypal: PayPal,
    backend: Option<Backend>,
    folder: tempfile::TempDir,
    browser: Option<Browser>,
}

/// What Ada's browser can do can be done here.
impl Deref for ProcessSite {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        self.browser.as_ref().unwrap()
    }
}

impl ProcessSite {
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
        let (stripe, paypal) = (
            start_stripe(usual_coop()).await,
            start_paypal(usual_coop()).await,
        );
        let webhooks = format!("http://localhost:{port}/api/v1/webhooks");
        stripe.set_webhook_url(Some(&format!("{webhooks}/{CARDS}")));
        paypal.set_webhook_url(Some(format!("{webhooks}/{PAYPAL}")));
        let text = settings_text(port, gateway.url(), (&stripe.url(), &paypal.url()));
        std::fs::write(folder.path().join("settings.toml"), text).unwrap();
        let mut site = Self {
            gateway,
            stripe,
            paypal,
            backend: None,
            folder,
            browser: None,
        };
        site.add_ada().await;
        site.start().await;
        let browser = Browser::sign_in(format!("http://localhost:{port}"));
        site.browser = Some(browser.await);
        site
    }

    /// Opens one whose backend writes down how it comes to each failpoint.
    pub async fn with_backtraces() -> Self {
        let mut site = Self::open(&[]).await;
        site.backend = None;
        std::fs::create_dir(site.folder.path().join(BACKTRACES)).unwrap();
        site.start().await;
        site
    }

    /// How the backend came to a failpoint last.
    pub fn backtrace(&self, failpoint: &str) -> String {
        let folder = self.folder.path().join(BACKTRACES);
        std::fs::read_to_string(folder.join(failpoint)).unwrap()
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

    /// Presses `Pay This Invoice`; pressing again asks for the same.
    pub async fn press_pay(&self) -> Result<Response, reqwest::Error> {
        self.post("/checkouts", &body("card")).await
    }

    /// Has a checkout by another method, whose page is there.
    pub async fn open_checkout_by(&self, method: &str) -> Checkout {
        let answer = self.post("/checkouts", &body(method)).await.unwrap();
        let checkout: Checkout = answer.json().await.unwrap();
        self.until(&checkout, CheckoutStatus::Open).await
    }

    /// From now on the settings have a gateway as a live one, by another key.
    pub fn make_live(&self, gateway: &str, key: &str, live_key: &str) {
        let file = self.folder.path().join("settings.toml");
        let text = std::fs::read_to_string(&file).unwrap();
        let (before, after) = text.split_once(&format!("id = \"{gateway}\"")).unwrap();
        let after = after.replacen("mode = \"test\"", "mode = \"live\"", 1);
        let after = after.replacen(key, live_key, 1);
        let text = format!("{before}id = \"{gateway}\"{after}");
        std::fs::write(&file, text).unwrap();
    }

    /// Runs a command of the backend's until it stops at a point, and kills it there.
    pub async fn command_killed_at(&self, point: &str, words: &[&str]) {
        crate::process::command_killed_at(self.folder.path(), point, words).await;
    }

    /// Has a checkout whose page is there.
    pub async fn open_checkout(&self) -> Checkout {
        let answer = self.press_pay().await.unwrap();
        let checkout: Checkout = answer.json().await.unwrap();
        self.until(&checkout, CheckoutStatus::Open).await
    }

    /// The only checkout that is not over.
    pub async fn live(&self) -> Vec<Checkout> {
        let page: Page<Checkout> = self.get("/checkouts").await;
        page.data
    }

    /// How many payments the gateway has made.
    pub fn payments_at_the_gateway(&self) -> usize {
        let happened = self.gateway.status_changes();
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
        assert_eq!(payment.status, PaymentStatus::Completed);
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

    /// How many entries the ledger has.
    pub async fn entries(&self) -> u64 {
        let db = self.database().await;
        let customer = CustomerId::parse("ada").unwrap();
        let read = async |tx: &ReadTx| ledger::count(tx, &customer).await;
        let entries: Result<_, DbError> = db.read(read).await;
        db.close().await.unwrap();
        entries.unwrap()
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
        let new = NewInvoice {
            document,
            ..invoice("ada", "INV-1", euros("45.00"))
        };
        let now = Clock::system().now();
        db.write(async |tx| {
            invoices::put(tx, &new, now).await?;
            customers::touch(tx, &new.customer).await
        })
        .await
        .unwrap();
        db.close().await.unwrap();
    }

    async fn add_ada(&self) {
        let (ada, db) = (customer("ada"), self.database().await);
        db.write(async |tx| {
            customers::put(tx, &ada, Clock::system().now()).await?;
            customers::set_password(tx, &ada.id, password_hash()).await
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

fn body(method: &str) -> Value {
    json!({
        "for": {"kind": "invoice", "invoice": "INV-1"}, "method": method,
        "displayed_total": {"amount": "45.00", "currency": "EUR"}, "launch_token": token(1),
    })
}

fn settings_text(port: u16, gateway: &str, (stripe, paypal): (&str, &str)) -> String {
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
[[methods]]
id = "credit"
label = "Credit card"
gateway = "{CARDS}"
[[methods]]
id = "paypal"
kind = "wallet"
label = "PayPal"
gateway = "{PAYPAL}"
[[gateways]]
id = "sandbox"
kind = "sandbox"
mode = "test"
url = "{gateway}"
[gateways.credentials]
api_key = "{API_KEY}"
webhook_secret = "{WEBHOOK_SECRET}"
[[gateways]]
id = "{CARDS}"
kind = "stripe"
mode = "test"
url = "{stripe}"
[gateways.credentials]
secret_key = "{STRIPE_KEY}"
webhook_secret = "{STRIPE_WEBHOOK_SECRET}"
[[gateways]]
id = "{PAYPAL}"
kind = "paypal"
mode = "test"
url = "{paypal}"
[gateways.credentials]
client_id = "{PAYPAL_CLIENT}"
client_secret = "{PAYPAL_SECRET}"
webhook_id = "{PAYPAL_WEBHOOK}"
"##
    )
}
