//! Which methods are offered, and which account a payment, a notification and a refund belong to.

use api_types::{CheckoutStatus, Currency, Portal};
use backend::settings::{GatewaySettings, Method, Mode, PublicUrl, Settings};
use provider_stand_ins::WebhookMode;
use provider_stand_ins::stripe::{Options, Stripe};
use test_support::{CARDS, PAYPAL, ProviderSite};

/// The key of a second account at Stripe.
const OTHER_KEY: &str = "sk_test_branch0123456789";
/// What its notifications are signed with.
const OTHER_SECRET: &str = "whsec_branch0123456789";

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

async fn offered(site: &ProviderSite) -> Portal {
    site.get("/portal").await
}

#[tokio::test]
async fn a_method_is_offered_in_what_its_gateway_takes() {
    let site = ProviderSite::with(|settings| {
        settings.portal.currencies = ["EUR", "KWD", "HUF"].map(currency).to_vec();
        for method in &mut settings.methods {
            method.currencies = settings.portal.currencies.clone();
        }
    })
    .await;
    let portal = offered(&site).await;
    assert!(portal.test_mode, "no real money moves");
    let method = |id: &str| {
        let mut all = portal.methods.iter();
        all.find(|method| method.id.as_str() == id).unwrap()
    };
    assert_eq!(
        method("card").currencies,
        ["EUR", "KWD", "HUF"].map(currency)
    );
    assert_eq!(method("paypal").currencies, ["EUR", "HUF"].map(currency));
    let step = |id, code| {
        let terms = method(id).terms_in(currency(code)).unwrap();
        terms.step.map(|step| step.amount_text())
    };
    assert_eq!(step("card", "KWD").as_deref(), Some("0.010"));
    assert_eq!(step("paypal", "HUF").as_deref(), Some("1.00"));
    assert_eq!(step("card", "EUR"), None);
    let card = method("card").terms_in(currency("EUR")).unwrap();
    assert_eq!(card.minimum.unwrap().amount_text(), "0.50");
    assert_eq!(card.maximum.unwrap().amount_text(), "999999.99");
    assert_eq!(
        format!("http://{}", method("paypal").pay_host),
        site.paypal.url()
    );
}

#[tokio::test]
async fn a_gateway_that_takes_no_new_payments_still_follows_its_old_ones() {
    let disable = |settings: &mut Settings| {
        let mut gateways = settings.gateways.iter_mut();
        gateways
            .find(|gateway| gateway.id == PAYPAL)
            .unwrap()
            .enabled = false;
    };
    let site = ProviderSite::with(disable).await;
    let methods = offered(&site).await.methods;
    let ids: Vec<_> = methods.iter().map(|method| method.id.as_str()).collect();
    assert_eq!(ids, ["card", "debit"]);
}

#[tokio::test]
async fn two_accounts_of_one_provider_are_told_apart() {
    let other = Stripe::start(Options::new(OTHER_KEY, OTHER_SECRET))
        .await
        .unwrap();
    let url = other.url();
    let site = ProviderSite::with(|settings| {
        let credentials = [("secret_key", OTHER_KEY), ("webhook_secret", OTHER_SECRET)];
        let url = PublicUrl::parse(&url).unwrap();
        settings
            .gateways
            .push(GatewaySettings::test("branch", "stripe", url, &credentials));
        let card = settings
            .methods
            .iter()
            .find(|method| method.id.as_str() == "card");
        let branch = Method {
            id: "branch-card".parse().unwrap(),
            gateway: Some("branch".to_owned()),
            ..card.unwrap().clone()
        };
        settings.methods.push(branch);
    })
    .await;
    other.set_webhook_url(Some(&site.webhook_url("branch")));
    let (checkout, page) = site.pay_invoice("branch-card").await;
    assert!(page.starts_with(&other.url()), "{page}");
    let session = other.newest_session().unwrap();
    assert_eq!(
        site.stripe.newest_session(),
        None,
        "the first account heard nothing"
    );
    // What one account signs proves nothing to the other.
    other.controls().webhooks(WebhookMode::Hold);
    other.set_webhook_url(Some(&site.webhook_url(CARDS)));
    other.pay(&session, "4242424242424242").unwrap();
    other.set_webhook_url(Some(&site.webhook_url("branch")));
    other.controls().webhooks(WebhookMode::Send);
    let event = other.events().last().unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(other.send_event_again(&event));
    site.until(&checkout, CheckoutStatus::Paid).await;
}

#[tokio::test]
async fn a_live_account_needs_its_own_key_and_address() {
    let site = ProviderSite::open().await;
    let settings = site.app().settings();
    let told = |change: &dyn Fn(&mut GatewaySettings)| {
        let mut settings = settings.clone();
        settings.public_url = PublicUrl::parse("https://portal.example.com").unwrap();
        settings.gateways.retain(|gateway| gateway.id == CARDS);
        change(&mut settings.gateways[0]);
        backend::gateways::check(&settings).map_err(|error| error.to_string())
    };
    let live = |gateway: &mut GatewaySettings| {
        gateway.mode = Mode::Live;
        gateway.url = None;
        let key = backend::settings::Secret::new("sk_live_clinic0123456789");
        gateway.credentials.insert("secret_key".to_owned(), key);
    };
    assert_eq!(told(&live), Ok(()));
    let wrong_key = told(&|gateway| gateway.mode = Mode::Live).unwrap_err();
    assert!(wrong_key.contains("begins with sk_live_"), "{wrong_key}");
    let elsewhere = told(&|gateway| {
        live(gateway);
        gateway.url = PublicUrl::parse("https://stripe.example.com").ok();
    });
    let elsewhere = elsewhere.unwrap_err();
    assert!(elsewhere.contains("moves no real money"), "{elsewhere}");
}
