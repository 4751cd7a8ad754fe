//! The real sandbox gateway and the real backend, each on a socket of its own:
//! whole ways through, by what the two tell each other.

use std::ops::Deref;
use std::time::Duration;

use api_types::{Checkout, CheckoutStatus, DisputeState, FailureCode, PaymentStatus, Timestamp};
use backend::serve::serve;
use backend::settings::PublicUrl;
use sandbox_gateway::{Faults, Gateway, GatewaySettings};
use serde_json::json;
use test_support::{
    API_KEY, Browser, GOOD_CARD, PENDING_CARD, Site, WEBHOOK_SECRET, euro, for_invoice, open_site,
};
use tokio::net::TcpListener;

const DECLINED: &str = "4000000000000002";
const SLOW: &str = "4000000000003220";
const TOO_LATE: &str = "4000000000007700";

/// Both, running, and Ada at her browser.
struct SandboxSite {
    // Both stop when they are dropped.
    gateway: Gateway,
    _site: Site,
    browser: Browser,
}

/// What Ada's browser can do can be done here.
impl Deref for SandboxSite {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl SandboxSite {
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
        let browser = Browser::sign_in(format!("http://localhost:{port}"));
        Self {
            gateway,
            _site: site,
            browser: browser.await,
        }
    }

    /// Presses `Pay This Invoice`, and follows the launch page to the gateway's.
    async fn pay_invoice(&self) -> (Checkout, String) {
        let body = for_invoice("INV-1", euro("45.00"));
        let answer = self.post("/checkouts", &body).await.unwrap();
        let checkout = answer.json().await.unwrap();
        let token = body["launch_token"].as_str().unwrap();
        (checkout, self.gateway_page(token).await)
    }

    /// Turns back in the portal.
    async fn turn_back(&self, checkout: &Checkout) -> Checkout {
        let answer = self.cancel(checkout).await.unwrap();
        answer.json().await.unwrap()
    }

    async fn owed_and_credit(&self) -> (i64, i64) {
        let (owed, credit, _) = self.owed_credit_and_pending().await;
        (owed, credit)
    }
}

#[tokio::test]
async fn a_good_card_pays_by_the_gateways_notification_alone() {
    let site = SandboxSite::open().await;
    let (checkout, page) = site.pay_invoice().await;
    let confirmation = site.pay_at(&page, GOOD_CARD).await;
    assert!(confirmation.contains("Payment confirmed"), "{confirmation}");
    site.until(&checkout, CheckoutStatus::Paid).await;
    assert_eq!(site.owed_and_credit().await, (0, 0));
    let payments = site.payments().await;
    assert_eq!(
        (payments.len(), payments[0].status),
        (1, PaymentStatus::Completed)
    );
}

#[tokio::test]
async fn a_declined_card_and_back_fails_with_its_reason() {
    let site = SandboxSite::open().await;
    let (checkout, page) = site.pay_invoice().await;
    site.pay_at(&page, DECLINED).await;
    site.leave(&page).await;
    let failed = site.until(&checkout, CheckoutStatus::Failed).await;
    assert_eq!(failed.failure, Some(FailureCode::CardDeclined));
    let payments = site.payments().await;
    assert_eq!(
        (payments.len(), payments[0].status),
        (1, PaymentStatus::Cancelled)
    );
    assert_eq!(site.owed_and_credit().await, (4500, 0));
}

#[tokio::test]
async fn a_pending_card_is_on_its_way_until_it_settles() {
    for (word, ended) in [
        ("paid", CheckoutStatus::Paid),
        ("failed", CheckoutStatus::Failed),
    ] {
        let site = SandboxSite::open().await;
        let (checkout, page) = site.pay_invoice().await;
        site.pay_at(&page, PENDING_CARD).await;
        site.until(&checkout, CheckoutStatus::Confirming).await;
        assert_eq!(site.payments().await[0].status, PaymentStatus::Pending);
        site.settle(&page, word).await;
        site.until(&checkout, ended).await;
        assert_eq!(site.payments().await.len(), 1);
    }
}

#[tokio::test]
async fn a_slow_card_pays_by_itself() {
    let site = SandboxSite::open().await;
    let (checkout, page) = site.pay_invoice().await;
    site.pay_at(&page, SLOW).await;
    site.until(&checkout, CheckoutStatus::Paid).await;
    assert_eq!(site.payments().await.len(), 1);
    assert_eq!(site.owed_and_credit().await, (0, 0));
}

#[tokio::test]
async fn turning_back_in_the_portal_ends_the_gateways_page() {
    let site = SandboxSite::open().await;
    let (checkout, page) = site.pay_invoice().await;
    let cancelled = site.turn_back(&checkout).await;
    assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
    let text = site.pay_at(&page, GOOD_CARD).await;
    assert!(!text.contains("Payment confirmed"), "{text}");
    // Money that comes all the same is taken.
    site.settle(&page, "paid").await;
    site.until(&checkout, CheckoutStatus::Paid).await;
    assert_eq!(site.owed_and_credit().await, (0, 0));
}

#[tokio::test]
async fn money_that_goes_back_at_the_gateway_is_owed_again() {
    let site = SandboxSite::open().await;
    let (checkout, page) = site.pay_invoice().await;
    site.pay_at(&page, GOOD_CARD).await;
    site.until(&checkout, CheckoutStatus::Paid).await;
    let part = json!({"amount": "10.00"});
    site.merchant(&page, "refunds", part).await;
    site.until_owed(1000).await;
    // The rest is lost, and told twice.
    site.gateway
        .set_faults(Faults::from_names(["webhook-doubled"]).unwrap());
    for status in ["open", "lost"] {
        let decided = json!({ "status": status });
        site.merchant(&page, "dispute", decided).await;
    }
    site.until_owed(4500).await;
    let mut totals: Vec<_> = site.payments().await;
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
    let site = SandboxSite::open().await;
    let (checkout, page) = site.pay_invoice().await;
    site.pay_at(&page, GOOD_CARD).await;
    site.until(&checkout, CheckoutStatus::Paid).await;
    let faults = ["refund-fails=2000", "webhook-doubled"];
    site.gateway.set_faults(Faults::from_names(faults).unwrap());
    site.merchant(&page, "refunds", json!({})).await;
    site.until_owed(4500).await;
    // By itself, a moment later.
    site.until_owed(0).await;
    for status in ["open", "won", "open", "lost"] {
        let decided = json!({ "status": status });
        site.merchant(&page, "dispute", decided).await;
    }
    site.until_owed(4500).await;
    let mut told: Vec<_> = site
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
        let site = SandboxSite::open().await;
        site.gateway
            .set_faults(Faults::from_names(&faults).unwrap());
        let (checkout, page) = site.pay_invoice().await;
        site.pay_at(&page, TOO_LATE).await;
        let cancelled = site.turn_back(&checkout).await;
        assert_eq!(cancelled.status, CheckoutStatus::Cancelled);
        if !faults.is_empty() {
            // The page could not be closed, so the customer leaves it by its own button.
            site.leave(&page).await;
        }
        site.until(&checkout, CheckoutStatus::Paid).await;
        assert_eq!(site.owed_and_credit().await, (0, 0));
    }
}
