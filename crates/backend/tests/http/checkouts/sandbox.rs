//! The real sandbox gateway and the real backend, each on a socket of its own:
//! whole ways through, by what the two tell each other.

use std::time::Duration;

use api_types::{
    Checkout, CheckoutStatus, DisputeState, FailureCode, LaunchAnswer, PaymentStatus, Timestamp,
};
use backend::serve::serve;
use backend::settings::PublicUrl;
use reqwest::{Client, Method, RequestBuilder, Response};
use sandbox_gateway::{Faults, Gateway, GatewaySettings};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use test_support::{API_KEY, PASSWORD, Site, WEBHOOK_SECRET, euro, for_invoice, open_site};

const GOOD: &str = "4242424242424242";
const DECLINED: &str = "4000000000000002";
const PENDING: &str = "4000000000000259";
const SLOW: &str = "4000000000003220";
const TOO_LATE: &str = "4000000000007700";

/// Both, running, and Ada at her browser.
struct Street {
    // Both stop when they are dropped.
    gateway: Gateway,
    _site: Site,
    portal: String,
    browser: Client,
    cookie: String,
}

impl Street {
    async fn open() -> Self {
        let settings = GatewaySettings {
            slow_card_takes: Duration::from_millis(50),
            first_retry_after: Duration::from_millis(20),
            ..GatewaySettings::new(API_KEY, WEBHOOK_SECRET)
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let gateway = Gateway::start(listener, settings).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let public = PublicUrl::loopback(port);
        let site = open_site(gateway.url(), |settings| settings.public_url = public).await;
        // The gateway signs by the time of day. It stands still here, so that neither the
        // background nor a look at a checkout asks the gateway: its own word is what counts.
        let now = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap();
        let now = Timestamp::from_millis(i64::try_from(now.as_millis()).unwrap()).unwrap();
        site.clock.set(now);
        site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
        tokio::spawn(serve(site.app.clone(), listener, std::future::pending()));
        let browser = Client::builder().no_proxy().build().unwrap();
        let mut street = Self {
            gateway,
            _site: site,
            portal: format!("http://localhost:{port}"),
            browser,
            cookie: String::new(),
        };
        street.sign_in().await;
        street
    }

    async fn sign_in(&mut self) {
        let who = json!({"email": "ada@example.com", "password": PASSWORD});
        let answer = self.post("/session", &who).await;
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

    async fn post(&self, path: &str, body: &Value) -> Response {
        let request = self.request(Method::POST, path).json(body);
        let key = body["launch_token"].as_str().unwrap_or("unused");
        request.header("idempotency-key", key).send().await.unwrap()
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.request(Method::GET, path).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// Presses `Pay This Invoice`, and follows the launch page to the gateway's.
    async fn pay_invoice(&self) -> (Checkout, String) {
        let wish = for_invoice("INV-1", euro("45.00"));
        let checkout = self.post("/checkouts", &wish).await.json().await.unwrap();
        let token = json!({"token": wish["launch_token"]});
        let answer: LaunchAnswer = self.post("/pay/launch", &token).await.json().await.unwrap();
        let LaunchAnswer::Go { url, origins } = answer else {
            panic!("the page is there");
        };
        assert!(url.starts_with(&origins[0]), "{url}");
        (checkout, url)
    }

    /// Presses `Pay Now` with a card.
    async fn pay(&self, page: &str, card: &str) -> String {
        let request = self
            .browser
            .post(page)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("number={card}&expiry=12%2F34&code=123"));
        request.send().await.unwrap().text().await.unwrap()
    }

    async fn settle(&self, page: &str, status: &str) {
        self.merchant(page, "settle", json!({ "status": status }))
            .await;
    }

    /// The merchant, or a bank, does something to a payment at the gateway.
    async fn merchant(&self, page: &str, deed: &str, body: Value) {
        let api = page.replace("/pay/", "/api/payments/");
        let request = self.browser.post(format!("{api}/{deed}"));
        let request = request.bearer_auth(API_KEY).json(&body);
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{answer:?}");
    }

    /// Turns back in the portal.
    async fn turn_back(&self, checkout: &Checkout) -> Checkout {
        let path = format!("/checkouts/{}/cancel", checkout.id);
        let answer = self.request(Method::POST, &path).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// Waits until so much is owed.
    async fn until_owed(&self, owed: i64) {
        let wait = async { while self.owed_and_credit().await.0 != owed {} };
        let waited = tokio::time::timeout(Duration::from_secs(20), wait).await;
        waited.unwrap_or_else(|_| panic!("it does not come to {owed} owed"));
    }

    /// Waits until a checkout stands so.
    async fn until(&self, checkout: &Checkout, status: CheckoutStatus) -> Checkout {
        let path = format!("/checkouts/{}", checkout.id);
        let wait = async {
            loop {
                let now: Checkout = self.get(&path).await;
                if now.status == status {
                    break now;
                }
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(20), wait).await;
        waited.unwrap_or_else(|_| panic!("it does not become {status:?}"))
    }

    async fn payments(&self) -> Vec<api_types::Payment> {
        let page: api_types::Page<api_types::Payment> = self.get("/payments").await;
        page.data
    }

    async fn owed_and_credit(&self) -> (i64, i64) {
        let balance: api_types::Balance = self.get("/balance").await;
        let euro = &balance.currencies[0];
        (euro.owed.minor(), euro.credit.minor())
    }
}

#[tokio::test]
async fn a_good_card_pays_by_the_gateways_notification_alone() {
    let street = Street::open().await;
    let (checkout, page) = street.pay_invoice().await;
    let confirmation = street.pay(&page, GOOD).await;
    assert!(confirmation.contains("Payment confirmed"), "{confirmation}");
    street.until(&checkout, CheckoutStatus::Paid).await;
    assert_eq!(street.owed_and_credit().await, (0, 0));
    let payments = street.payments().await;
    assert_eq!(
        (payments.len(), payments[0].status),
        (1, PaymentStatus::Completed)
    );
}

#[tokio::test]
async fn a_declined_card_and_back_fails_with_its_reason() {
    let street = Street::open().await;
    let (checkout, page) = street.pay_invoice().await;
    street.pay(&page, DECLINED).await;
    street
        .browser
        .post(format!("{page}/back"))
        .send()
        .await
        .unwrap();
    let failed = street.until(&checkout, CheckoutStatus::Failed).await;
    assert_eq!(failed.failure, Some(FailureCode::CardDeclined));
    let payments = street.payments().await;
    assert_eq!(
        (payments.len(), payments[0].status),
        (1, PaymentStatus::Cancelled)
    );
    assert_eq!(street.owed_and_credit().await, (4500, 0));
}

#[tokio::test]
async fn a_pending_card_is_on_its_way_until_it_settles() {
    for (word, ended) in [
        ("paid", CheckoutStatus::Paid),
        ("failed", CheckoutStatus::Failed),
    ] {
        let street = Street::open().await;
        let (checkout, page) = street.pay_invoice().await;
        street.pay(&page, PENDING).await;
        street.until(&checkout, CheckoutStatus::Confirming).await;
        assert_eq!(street.payments().await[0].status, PaymentStatus::Pending);
        street.settle(&page, word).await;
        street.until(&checkout, ended).await;
        assert_eq!(street.payments().await.len(), 1);
    }
}

#[tokio::test]
async fn a_slow_card_pays_by_itself() {
    let street = Street::open().await;
    let (checkout, page) = street.pay_invoice().await;
    street.pay(&page, SLOW).await;
    street.until(&checkout, CheckoutStatus::Paid).await;
    assert_eq!(street.payments().await.len(), 1);
    assert_eq!(street.owed_and_credit().await, (0, 0));
}

#[tokio::test]
async fn turning_back_in_the_portal_ends_the_gateways_page() {
    let street = Street::open().await;
    let (checkout, page) = street.pay_invoice().await;
    let cancelled = street.turn_back(&checkout).await;
    assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
    let text = street.pay(&page, GOOD).await;
    assert!(!text.contains("Payment confirmed"), "{text}");
    // Money that comes all the same is taken.
    street.settle(&page, "paid").await;
    street.until(&checkout, CheckoutStatus::Paid).await;
    assert_eq!(street.owed_and_credit().await, (0, 0));
}

#[tokio::test]
async fn money_that_goes_back_at_the_gateway_is_owed_again() {
    let street = Street::open().await;
    let (checkout, page) = street.pay_invoice().await;
    street.pay(&page, GOOD).await;
    street.until(&checkout, CheckoutStatus::Paid).await;
    let part = json!({"amount": "10.00"});
    street.merchant(&page, "refunds", part).await;
    street.until_owed(1000).await;
    // The rest is lost, and told twice.
    street
        .gateway
        .set_faults(Faults::from_names(["webhook-doubled"]).unwrap());
    for status in ["open", "lost"] {
        let decided = json!({ "status": status });
        street.merchant(&page, "dispute", decided).await;
    }
    street.until_owed(4500).await;
    let mut totals: Vec<_> = street.payments().await;
    totals.sort_by_key(|payment| payment.total.minor());
    let told: Vec<_> = totals
        .iter()
        .map(|payment| (payment.total.minor(), payment.dispute))
        .collect();
    let lost = Some(DisputeState::Lost);
    assert_eq!(told, [(-3500, lost), (-1000, None), (4500, lost)]);
}

#[tokio::test]
async fn a_refund_that_fails_at_the_gateway_pays_again_and_a_second_dispute_counts() {
    let street = Street::open().await;
    let (checkout, page) = street.pay_invoice().await;
    street.pay(&page, GOOD).await;
    street.until(&checkout, CheckoutStatus::Paid).await;
    let faults = ["refund-fails=300", "webhook-doubled"];
    street
        .gateway
        .set_faults(Faults::from_names(faults).unwrap());
    street.merchant(&page, "refunds", json!({})).await;
    street.until_owed(4500).await;
    // By itself, a moment later.
    street.until_owed(0).await;
    for status in ["open", "won", "open", "lost"] {
        let decided = json!({ "status": status });
        street.merchant(&page, "dispute", decided).await;
    }
    street.until_owed(4500).await;
    let mut told: Vec<_> = street
        .payments()
        .await
        .iter()
        .map(|payment| (payment.total.minor(), payment.status, payment.dispute))
        .collect();
    told.sort_by_key(|(total, status, _)| (*total, status.as_str()));
    let (back, done) = (PaymentStatus::Cancelled, PaymentStatus::Completed);
    let lost = Some(DisputeState::Lost);
    assert_eq!(
        told,
        [(-4500, back, None), (-4500, done, lost), (4500, done, lost)]
    );
}

#[tokio::test]
async fn a_bank_that_says_yes_too_late_pays_all_the_same() {
    for faults in [vec![], vec!["cannot-cancel"]] {
        let street = Street::open().await;
        street
            .gateway
            .set_faults(Faults::from_names(&faults).unwrap());
        let (checkout, page) = street.pay_invoice().await;
        street.pay(&page, TOO_LATE).await;
        let cancelled = street.turn_back(&checkout).await;
        assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
        if !faults.is_empty() {
            // The page could not be closed, so the customer leaves it by its own button.
            let left = street.browser.post(format!("{page}/back"));
            left.send().await.unwrap();
        }
        street.until(&checkout, CheckoutStatus::Paid).await;
        assert_eq!(street.owed_and_credit().await, (0, 0));
    }
}
