//! A site with a payment provider, and customers who pay.

use std::ops::Deref;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use api_types::{
    Balance, Checkout, Currency, CurrencyBalance, DocumentState, Invoice, MethodId, MethodKind,
    Money, Page, Payment,
};
use axum::body::Body;
use axum::http::{Method as HttpMethod, Request};
use backend::app::App;
use backend::db::customers;
use backend::db::invoices::{self, NewInvoice};
use backend::payments::poller;
use backend::settings::{GatewaySettings, Method, PublicUrl, Settings};
use serde_json::{Value, json};

use crate::gateway::{API_KEY, FakeGateway, WEBHOOK_SECRET};
use crate::records;
use crate::site::{Answer, SignedIn, Site, request};

/// The path of checkouts.
pub const CHECKOUTS: &str = "/api/v1/checkouts";
/// The path of the provider's notifications.
pub const WEBHOOKS: &str = "/api/v1/webhooks/sandbox";

/// A site and its payment provider.
pub struct CheckoutSite {
    /// The backend.
    pub site: Site,
    /// Its payment provider.
    pub gateway: FakeGateway,
}

/// All that can be done with a site can be done with this one.
impl Deref for CheckoutSite {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.site
    }
}

impl CheckoutSite {
    /// Starts both.
    pub async fn open() -> Self {
        let gateway = FakeGateway::open().await;
        let site = open_site(&gateway.url(), |_| {}).await;
        Self { site, gateway }
    }

    /// A site where Ada owes 45.00 EUR on `INV-1`.
    pub async fn with_invoice() -> Self {
        let site = Self::open().await;
        site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
        site
    }

    /// Ada, signed in.
    pub async fn ada(&self) -> SignedIn<'_> {
        self.site.signed_in("ada").await
    }

    /// The background looks after what is due by now.
    pub async fn look(&self) {
        poller::look(&self.site.app).await.unwrap();
    }

    /// Some seconds go by.
    pub fn seconds(&self, seconds: u64) {
        self.site.clock.advance(Duration::from_secs(seconds));
    }

    /// The provider notifies, truly signed, that a payment has changed.
    pub async fn notify(&self, event: &str, reference: &str) -> Answer {
        let body = json!({"id": event, "payment": {"reference": reference}}).to_string();
        self.site.send(notification(&self.site, &body)).await
    }

    /// The window comes back from the provider as it was told to.
    pub async fn return_from_provider(&self) -> Answer {
        let url = self.gateway.newest()["return_url"]
            .as_str()
            .unwrap()
            .to_owned();
        let path = url.strip_prefix("http://localhost:8080").unwrap();
        self.site.send(crate::site::get(path)).await
    }

    /// Our names for the payments that were made, the first one first.
    pub fn references(&self) -> Vec<String> {
        let creates = self.gateway.creates();
        let orders = creates.iter().map(|create| {
            let order: Value = serde_json::from_str(&create.body).unwrap();
            order["reference"].as_str().unwrap().to_owned()
        });
        orders.collect()
    }

    /// The window of the payment with a name comes back.
    pub async fn return_from(&self, reference: &str) -> Answer {
        let creates = self.gateway.creates();
        let mut orders = creates.iter().map(|create| {
            let order: Value = serde_json::from_str(&create.body).unwrap();
            order
        });
        let order = orders.find(|order| order["reference"] == reference);
        let url = order.unwrap()["return_url"].as_str().unwrap().to_owned();
        let path = url.strip_prefix("http://localhost:8080").unwrap();
        self.site.send(crate::site::get(path)).await
    }
}

/// A site whose payment provider is at an address.
pub async fn open_site(gateway: &str, change: impl FnOnce(&mut Settings)) -> Site {
    let url = PublicUrl::parse(gateway).unwrap();
    Site::with(|settings| {
        add_sandbox(settings, url, (API_KEY, WEBHOOK_SECRET));
        // Hours go by in these tests, and whoever pays stays signed in.
        settings.session.idle = Duration::from_secs(30 * 24 * 3600);
        settings.session.absolute = settings.session.idle;
        change(settings);
    })
    .await
}

/// Lets cards be paid through the sandbox gateway, in every currency of the portal.
pub fn add_sandbox(settings: &mut Settings, url: PublicUrl, (key, secret): (&str, &str)) {
    let credentials = [("api_key", key), ("webhook_secret", secret)];
    settings.gateways = vec![GatewaySettings::test(
        "sandbox",
        "sandbox",
        url,
        &credentials,
    )];
    let currencies = settings.portal.currencies.clone();
    let id = MethodId::parse("card").unwrap();
    settings.methods = vec![Method::new(
        id,
        MethodKind::Card,
        currencies,
        Some("sandbox"),
    )];
}

/// A notification, signed now.
pub fn notification(site: &Site, body: &str) -> Request<Body> {
    let seconds = site.app.now().as_millis() / 1000;
    let signature = sandbox_gateway::sign_webhook(WEBHOOK_SECRET, seconds, body).unwrap();
    signed(body, &signature)
}

/// A notification with a signature, as providers send it: they are no browsers.
pub fn signed(body: &str, signature: &str) -> Request<Body> {
    Request::builder()
        .method(HttpMethod::POST)
        .uri(WEBHOOKS)
        .header("host", crate::site::HOST)
        .header("content-type", "application/json")
        .header("sandbox-signature", signature)
        .body(Body::from(body.to_owned()))
        .unwrap()
}

/// A launch token that nobody has used.
pub fn token() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{count:0>42}A")
}

/// An amount in euros, as requests have it.
pub fn euro(amount: &str) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

/// A request for a checkout of an invoice by card.
pub fn for_invoice(id: &str, total: Value) -> Value {
    json!({
        "for": {"kind": "invoice", "invoice": id}, "method": "card",
        "displayed_total": total, "launch_token": token(),
    })
}

/// A request for a checkout of what is owed in a currency by card.
pub fn for_balance(total: Value) -> Value {
    json!({
        "for": {"kind": "balance", "currency": total["currency"]}, "method": "card",
        "displayed_total": total, "launch_token": token(),
    })
}

impl SignedIn<'_> {
    /// Asks for a checkout; its launch token is the key too, being as fresh.
    pub async fn ask(&self, asked: &Value) -> Answer {
        let key = asked["launch_token"].as_str().unwrap();
        let request = self.request_to_write(CHECKOUTS, key, &asked.to_string());
        self.site.send(request).await
    }

    /// Makes a checkout, which has to succeed.
    pub async fn create(&self, asked: &Value) -> Checkout {
        let answer = self.ask(asked).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        answer.json()
    }

    /// A checkout of the whole of `INV-1`.
    pub async fn pay_invoice(&self) -> Checkout {
        self.create(&for_invoice("INV-1", euro("45.00"))).await
    }

    /// Writes with a key that does not matter.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = self.request_to_write(path, "unused", &body.to_string());
        self.site.send(request).await
    }

    /// Asks to cancel a checkout.
    pub async fn cancel(&self, checkout: &Checkout) -> Answer {
        let path = format!("{CHECKOUTS}/{}/cancel", checkout.id);
        let request = self.request(HttpMethod::POST, &path);
        self.site.send(request.body(Body::empty()).unwrap()).await
    }

    /// How a checkout stands now.
    pub async fn checkout(&self, checkout: &Checkout) -> Checkout {
        self.get(&format!("{CHECKOUTS}/{}", checkout.id))
            .await
            .json()
    }

    /// An invoice as it stands now.
    pub async fn invoice(&self, id: &str) -> Invoice {
        self.get(&format!("/api/v1/invoices/{id}")).await.json()
    }

    /// Their payments.
    pub async fn payments(&self) -> Vec<Payment> {
        let page: Page<Payment> = self.get("/api/v1/payments").await.json();
        page.data
    }

    /// Their balance.
    pub async fn balance(&self) -> Balance {
        self.get("/api/v1/balance").await.json()
    }

    /// Their balance in euros.
    pub async fn in_euro(&self) -> CurrencyBalance {
        let all = self.balance().await.currencies.into_iter();
        let mut euro = all.filter(|one| one.currency.code() == "EUR");
        euro.next().unwrap()
    }

    /// Asks to pay another way, with a key.
    pub async fn change_with_key(&self, of: &Checkout, key: &str, asked: &Value) -> Answer {
        let path = format!("{CHECKOUTS}/{}/attempts", of.id);
        let request = self.request_to_write(&path, key, &asked.to_string());
        self.site.send(request).await
    }

    /// Asks to pay another way.
    pub async fn change(&self, of: &Checkout, asked: &Value) -> Answer {
        self.change_with_key(of, &token(), asked).await
    }

    /// Pays another way, which has to succeed.
    pub async fn changed(&self, of: &Checkout, asked: &Value) -> Checkout {
        let answer = self.change(of, asked).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }
}

/// What the launch page asks.
pub async fn launch(site: &Site, token: &Value) -> Answer {
    let request = request(HttpMethod::POST, "/api/v1/pay/launch")
        .header("content-type", "application/json")
        .body(Body::from(json!({ "token": token }).to_string()))
        .unwrap();
    site.send(request).await
}

/// What the return page asks.
pub async fn status(site: &Site, c: &str, n: &str) -> Answer {
    let request = request(HttpMethod::POST, "/api/v1/pay/status")
        .header("content-type", "application/json")
        .body(Body::from(json!({ "c": c, "n": n }).to_string()))
        .unwrap();
    site.send(request).await
}

/// Puts an invoice of any currency and state, as an import does.
pub async fn put_invoice(site: &Site, id: &str, price: (i64, &str), document: DocumentState) {
    put_invoice_of(&site.app, id, price, document).await;
}

/// The same by any process that has the database open.
pub async fn put_invoice_of(
    app: &App,
    id: &str,
    (minor, code): (i64, &str),
    document: DocumentState,
) {
    let price = Money::from_minor(minor, Currency::parse(code).unwrap());
    let new = NewInvoice {
        document,
        ..records::invoice("ada", id, price)
    };
    let now = app.now();
    app.db()
        .write(async |tx| {
            invoices::put(tx, &new, now).await?;
            customers::touch(tx, &new.customer).await
        })
        .await
        .unwrap();
}
