//! A site whose customers pay by PayPal and by card at Stripe, with a stand-in for each, all on
//! sockets of this machine.

use std::net::Ipv4Addr;
use std::ops::Deref;
use std::sync::LazyLock;
use std::time::Duration;

use api_types::{Checkout, MethodId, MethodKind, MethodOption, OptionId, PaymentId, Timestamp};
use backend::app::App;
use backend::payments::poller;
use backend::serve::serve;
use backend::settings::{GatewaySettings, Method, PublicUrl, Settings};
use provider_specs::{Call, Specs};
use provider_stand_ins::Recorded;
use provider_stand_ins::paypal::{Options as PayPalOptions, PayPal};
use provider_stand_ins::stripe::{Options as StripeOptions, Stripe};
use reqwest::header::LOCATION;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{Browser, Site, euro, token};

/// The id of the gateway to Stripe, which is not its kind.
pub const CARDS: &str = "clinic-cards";
/// The id of the gateway to PayPal, which is not its kind.
pub const PAYPAL: &str = "clinic-paypal";
/// The key of the account at Stripe.
pub const STRIPE_KEY: &str = "sk_test_clinic0123456789";
/// What Stripe signs notifications with.
pub const STRIPE_WEBHOOK_SECRET: &str = "whsec_clinic0123456789";
/// The client of the account at PayPal.
pub const PAYPAL_CLIENT: &str = "clinic-client-0123456789";
/// The secret of that client.
pub const PAYPAL_SECRET: &str = "clinic-secret-0123456789";
/// The id of the account's webhook at PayPal.
pub const PAYPAL_WEBHOOK: &str = "3WH98765432109876";

/// A site and its two payment providers, and Ada at her browser, who owes 45.00 EUR on `INV-1`.
pub struct ProviderSite {
    /// The backend.
    pub site: Site,
    /// What takes cards.
    pub stripe: Stripe,
    /// What takes PayPal.
    pub paypal: PayPal,
    /// Ada's browser.
    pub browser: Browser,
}

/// What Ada's browser can do can be done here.
impl Deref for ProviderSite {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl ProviderSite {
    /// Starts all of them.
    pub async fn open() -> Self {
        Self::with(|_| {}).await
    }

    /// The same with other settings.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let stripe = start_stripe(usual_coop()).await;
        let paypal = start_paypal(usual_coop()).await;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let site = Site::with(|settings| {
            settings.public_url = PublicUrl::loopback(port);
            // Days go by in these tests, and whoever pays stays signed in.
            settings.session.idle = Duration::from_secs(90 * 24 * 3600);
            settings.session.absolute = settings.session.idle;
            add_providers(settings, &stripe.url(), &paypal.url());
            change(settings);
        })
        .await;
        // The providers sign by the time of day. It stands still here, so that the background asks
        // nothing by itself: a test says when time goes by.
        site.clock.set(time_of_day());
        site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
        tokio::spawn(serve(site.app.clone(), listener, std::future::pending()));
        let api = format!("http://localhost:{port}/api/v1");
        stripe.set_webhook_url(Some(&format!("{api}/webhooks/{CARDS}")));
        paypal.set_webhook_url(Some(format!("{api}/webhooks/{PAYPAL}")));
        let browser = Browser::sign_in(format!("http://localhost:{port}")).await;
        Self {
            site,
            stripe,
            paypal,
            browser,
        }
    }

    /// Where the notifications of a gateway go.
    pub fn webhook_url(&self, gateway: &str) -> String {
        let public = &self.app().settings().public_url;
        public.join(&format!("/api/v1/webhooks/{gateway}"))
    }

    /// The tokens that PayPal was called with.
    pub fn access_tokens(&self) -> Vec<String> {
        let calls = self.paypal.controls().recorded().into_iter();
        let bearers = calls.filter_map(|call| {
            let bearer = call.header("authorization")?.strip_prefix("Bearer ")?;
            Some(bearer.to_owned())
        });
        bearers.collect()
    }

    /// The backend.
    pub fn app(&self) -> &App {
        &self.site.app
    }

    /// Time goes by, here and at the providers.
    pub fn go_by(&self, time: Duration) {
        self.site.clock.advance(time);
        self.stripe.controls().put_forward(time);
        self.paypal.controls().put_forward(time);
    }

    /// The background looks after what is due by now.
    pub async fn look(&self) {
        poller::look(self.app()).await.unwrap();
    }

    /// Presses a pay button for a thing, and returns the checkout with the page that its window
    /// opens.
    pub async fn start(&self, pays_for: Value, total: Value, method: &str) -> (Checkout, String) {
        let token = token();
        let mut asked = json!({
            "for": pays_for, "method": method, "displayed_total": total, "launch_token": token,
        });
        if let Some((method, option)) = method.split_once('/') {
            asked["method"] = method.into();
            asked["option"] = option.into();
        }
        let answer = self.post("/checkouts", &asked).await.unwrap();
        assert_eq!(answer.status(), 201, "{}", answer.text().await.unwrap());
        let checkout = answer.json().await.unwrap();
        (checkout, self.gateway_page(&token).await)
    }

    /// Presses `Pay This Invoice` on `INV-1`.
    pub async fn pay_invoice(&self, method: &str) -> (Checkout, String) {
        let invoice = json!({"kind": "invoice", "invoice": "INV-1"});
        self.start(invoice, euro("45.00"), method).await
    }

    /// The newest session at Stripe.
    pub fn session(&self) -> String {
        self.stripe.newest_session().unwrap()
    }

    /// The newest order at PayPal.
    pub fn order(&self) -> String {
        self.paypal.newest_order().unwrap()
    }

    /// The window of the newest session comes back, or turns back.
    pub async fn return_from_stripe(&self, cancelled: bool) {
        let session = self.stripe.session_json(&self.session()).unwrap();
        let field = if cancelled {
            "cancel_url"
        } else {
            "success_url"
        };
        self.come_back(session[field].as_str().unwrap()).await;
    }

    /// The window of the newest order comes back, or turns back, by the addresses that the order
    /// was made with.
    pub async fn return_from_paypal(&self, cancelled: bool) {
        let order = self.newest_request("/v2/checkout/orders");
        let field = if cancelled {
            "cancel_url"
        } else {
            "return_url"
        };
        let context = &order["payment_source"]["paypal"]["experience_context"];
        let url = context[field].as_str().unwrap();
        self.come_back(&format!("{url}&token={}", self.order()))
            .await;
    }

    /// The newest body that was posted to a path of PayPal's.
    pub fn newest_request(&self, path: &str) -> Value {
        let mut calls = self.paypal.controls().recorded().into_iter().rev();
        let call = calls.find(|call| call.method == "POST" && call.path == path);
        serde_json::from_slice(&call.expect("it was called").body).unwrap()
    }

    async fn come_back(&self, url: &str) {
        let answer = self.return_to(url).await.unwrap();
        assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
        let target = answer.headers()[LOCATION].to_str().unwrap();
        assert!(target.contains("/pay/return#c="), "{target}");
    }

    /// The intent that the newest session was paid by.
    pub fn intent(&self) -> String {
        let session = self.stripe.session_json(&self.session()).unwrap();
        let intent = &session["payment_intent"];
        let id = intent.as_str().or_else(|| intent["id"].as_str());
        id.expect("it was tried").to_owned()
    }

    /// The first capture of the newest order.
    pub fn capture(&self) -> String {
        let order = self.paypal.order_json(&self.order()).unwrap();
        let capture = &order["purchase_units"][0]["payments"]["captures"][0]["id"];
        capture.as_str().expect("it was captured").to_owned()
    }

    /// The one payment of the account.
    pub async fn only_payment(&self) -> PaymentId {
        let payments = self.payments().await;
        assert_eq!(payments.len(), 1, "{payments:?}");
        payments[0].id.clone()
    }
}

/// Everything that was sent holds against what the providers publish, whatever the test was about.
impl Drop for ProviderSite {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            holds_against_what_is_published(&self.stripe, &self.paypal);
        }
    }
}

/// Holds every call that two stand-ins have had against what their providers publish; nothing where
/// that is not at hand.
pub fn holds_against_what_is_published(stripe: &Stripe, paypal: &PayPal) {
    static SPECS: LazyLock<Option<Specs>> = LazyLock::new(Specs::open);
    let Some(specs) = &*SPECS else {
        return;
    };
    let held = |calls: Vec<Recorded>, hold: &dyn Fn(&Call<'_>) -> Result<(), Vec<String>>| {
        for call in calls {
            let told = Call {
                method: &call.method,
                path: &call.path,
                query: &call.query,
                headers: &call.headers,
                body: &call.body,
            };
            let held = hold(&told);
            let (method, path) = (&call.method, &call.path);
            assert!(held.is_ok(), "{method} {path}: {held:#?}");
        }
    };
    held(stripe.controls().recorded(), &|call| specs.stripe(call));
    held(paypal.controls().recorded(), &|call| specs.paypal(call));
}

/// The `Cross-Origin-Opener-Policy` of the providers' pages, where a test says no other.
pub fn usual_coop() -> Option<String> {
    Some("same-origin-allow-popups".to_owned())
}

/// Starts a stand-in for Stripe with the account of the tests, whose pages have a
/// `Cross-Origin-Opener-Policy`.
pub async fn start_stripe(coop: Option<String>) -> Stripe {
    let options = StripeOptions {
        coop,
        ..StripeOptions::new(STRIPE_KEY, STRIPE_WEBHOOK_SECRET)
    };
    Stripe::start(options).await.unwrap()
}

/// Starts a stand-in for PayPal with the account of the tests, whose pages have a
/// `Cross-Origin-Opener-Policy`.
pub async fn start_paypal(coop: Option<String>) -> PayPal {
    let options = PayPalOptions {
        coop,
        client_id: PAYPAL_CLIENT.to_owned(),
        client_secret: PAYPAL_SECRET.to_owned(),
        webhook_id: PAYPAL_WEBHOOK.to_owned(),
        merchant_name: "Harbour Clinic".to_owned(),
        ..PayPalOptions::default()
    };
    PayPal::start(options).await.unwrap()
}

/// Lets customers pay by card and bank debit through Stripe, and by PayPal.
pub fn add_providers(settings: &mut Settings, stripe_url: &str, paypal_url: &str) {
    let at = |url: &str| PublicUrl::parse(url).unwrap();
    let stripe = [
        ("secret_key", STRIPE_KEY),
        ("webhook_secret", STRIPE_WEBHOOK_SECRET),
    ];
    let paypal = [
        ("client_id", PAYPAL_CLIENT),
        ("client_secret", PAYPAL_SECRET),
        ("webhook_id", PAYPAL_WEBHOOK),
    ];
    settings.gateways.extend([
        GatewaySettings::test(CARDS, "stripe", at(stripe_url), &stripe),
        GatewaySettings::test(PAYPAL, "paypal", at(paypal_url), &paypal),
    ]);
    let currencies = settings.portal.currencies.clone();
    let method = |id: &str, kind, gateway| {
        Method::new(
            MethodId::parse(id).unwrap(),
            kind,
            currencies.clone(),
            Some(gateway),
        )
    };
    let mut by_paypal = method("paypal", MethodKind::Wallet, PAYPAL);
    by_paypal.label = Some("PayPal".to_owned());
    let mut debit = method("debit", MethodKind::Wallet, CARDS);
    debit.label = Some("Bank debit".to_owned());
    debit.currencies.retain(|currency| currency.code() == "EUR");
    debit.options = vec![MethodOption {
        id: OptionId::parse("sepa_debit").unwrap(),
        label: "SEPA".to_owned(),
    }];
    settings
        .methods
        .extend([method("card", MethodKind::Card, CARDS), by_paypal, debit]);
}

/// The time of day, by which the stand-ins sign.
fn time_of_day() -> Timestamp {
    let now = std::time::SystemTime::now();
    let now = now.duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp::from_millis(i64::try_from(now.as_millis()).unwrap()).unwrap()
}
