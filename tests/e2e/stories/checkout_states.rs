//! Every state of a checkout, one after another, each on a site that brings it
//! about; what is looked at in each is the caller's.

use sandbox_gateway::{Coop, Faults};

use super::screens::Look;
use crate::browser::Browser;
use crate::pages::gateway::{PAYS, PENDING};
use crate::pages::{GatewayPage, InvoicePage, SignInPage};
use crate::site::{Site, SiteOptions};
use test_support::sample_data::{CUSTOMER, OPEN_INVOICE};

/// A request to start a checkout that is never answered.
const NEVER_ANSWERED: &str = "
    const ask = window.fetch.bind(window);
    window.fetch = (what, how) => {
        const address = new URL(typeof what === 'string' ? what : what.url, document.baseURI);
        const creates = address.pathname.endsWith('/checkouts') && (what.method || how.method) === 'POST';
        return creates ? new Promise(() => {}) : ask(what, how);
    };";
/// The same, but the network says that it is away.
const AWAY: &str = "
    const ask = window.fetch.bind(window);
    window.fetch = (what, how) => {
        const address = new URL(typeof what === 'string' ? what : what.url, document.baseURI);
        const creates = address.pathname.endsWith('/checkouts') && (what.method || how.method) === 'POST';
        return creates ? Promise.reject(new TypeError('away')) : ask(what, how);
    };";
const NO_WINDOWS: &str = "window.open = () => null;";

/// Walks all states. Each stands still when it is looked at.
pub async fn walk(browser: &Browser, look: &mut impl Look) {
    before_the_window(browser, look).await;
    with_the_window(browser, look).await;
    another_way(browser, look).await;
    ends(browser, look).await;
    on_its_way(browser, look).await;
}

/// A site with faults and a script, and its open invoice on screen with pay pressed.
async fn pressed(browser: &Browser, faults: Faults, script: &str) -> Site {
    let script = Some(script).filter(|script| !script.is_empty());
    let site = Site::with(SiteOptions {
        faults,
        script: script.map(|script| format!("{{{script}}}")),
        ..SiteOptions::default()
    })
    .await;
    browser.goto(&site.portal).await;
    SignInPage(browser).sign_in(&CUSTOMER).await;
    InvoicePage(browser).open(OPEN_INVOICE.id).await;
    InvoicePage(browser).pay().await;
    site
}

async fn says(browser: &Browser, words: &str) {
    browser.until_text(".checkout_panel", words).await;
}

async fn before_the_window(browser: &Browser, look: &mut impl Look) {
    let _site = pressed(browser, Faults::default(), NEVER_ANSWERED).await;
    says(browser, "Opening the payment window").await;
    look.at(browser, "checkout-opening").await;
    browser.close_others().await;

    let _site = pressed(browser, Faults::default(), AWAY).await;
    says(browser, "did not start").await;
    look.at(browser, "checkout-refused").await;
    browser.close_others().await;

    let _site = pressed(browser, Faults::default(), NO_WINDOWS).await;
    says(browser, "did not open").await;
    browser.link("Open the payment window").await;
    look.at(browser, "checkout-blocked").await;
}

async fn with_the_window(browser: &Browser, look: &mut impl Look) {
    let _site = pressed(browser, Faults::default(), "").await;
    let gateway = GatewayPage::reach(browser).await;
    gateway.leave().await;
    says(browser, "Finish in the payment window").await;
    browser
        .press_in(".checkout_panel", "Finish on your phone")
        .await;
    browser.find(".checkout_panel svg[role='img']").await;
    look.at(browser, "checkout-phone").await;
    browser.close_others().await;
    says(browser, "The payment window has closed").await;
    look.at(browser, "checkout-closed").await;
    browser.driver.refresh().await.unwrap();
    says(browser, "A payment is open").await;
    look.at(browser, "checkout-elsewhere").await;

    let cut = Faults {
        coop: Some(Coop::SameOrigin),
        ..Faults::default()
    };
    let _site = pressed(browser, cut, "").await;
    let gateway = GatewayPage::reach(browser).await;
    gateway.leave().await;
    says(browser, "may be behind this one").await;
    look.at(browser, "checkout-out-of-reach").await;
    browser.close_others().await;
}

async fn another_way(browser: &Browser, look: &mut impl Look) {
    let stubborn = Faults {
        cannot_cancel: true,
        ..Faults::default()
    };
    let _site = pressed(browser, stubborn, "").await;
    let gateway = GatewayPage::reach(browser).await;
    gateway.leave().await;
    says(browser, "Finish in the payment window").await;
    browser.press_in(".checkout_panel", "Pay another way").await;
    browser.find(".checkout_panel .pay_notice").await;
    look.at(browser, "checkout-another-way").await;
    browser.press_in(".checkout_panel", "Pay This Way").await;
    says(browser, "still open").await;
    look.at(browser, "checkout-page-still-open").await;
    browser.close_others().await;
}

async fn ends(browser: &Browser, look: &mut impl Look) {
    let _site = pressed(browser, Faults::default(), "").await;
    let gateway = GatewayPage::reach(browser).await;
    gateway.leave().await;
    browser.press_in(".checkout_panel", "Cancel").await;
    says(browser, "Payment cancelled").await;
    look.at(browser, "checkout-cancelled").await;
    browser.close_others().await;

    let _site = pressed(browser, Faults::default(), "").await;
    let gateway = GatewayPage::reach(browser).await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    says(browser, "Payment complete").await;
    look.at(browser, "checkout-paid").await;

    let short = Faults {
        amount_short: true,
        ..Faults::default()
    };
    let _site = pressed(browser, short, "").await;
    let gateway = GatewayPage::reach(browser).await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    says(browser, "looked into").await;
    look.at(browser, "checkout-needs-review").await;
}

async fn on_its_way(browser: &Browser, look: &mut impl Look) {
    let site = pressed(browser, Faults::default(), "").await;
    let gateway = GatewayPage::reach(browser).await;
    gateway.pay_with(PENDING).await;
    gateway.until_closed().await;
    says(browser, "Confirming your payment").await;
    look.at(browser, "checkout-confirming").await;
    browser.goto(&format!("{}/payments", site.portal)).await;
    let newest = browser.find(".data_table__body a").await;
    newest.click().await.unwrap();
    browser.until_text("main", "What happens next").await;
    look.at(browser, "payment-what-next").await;
}
