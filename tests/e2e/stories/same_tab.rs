//! Where there are no windows, the payment page opens in the portal's own tab
//! and leads back to where the customer was.

use crate::browser::{Browser, Engine, is_skipped};
use crate::pages::gateway::{DECLINED, PAYS};
use crate::pages::{InvoicePage, SignInPage};
use crate::site::{Site, SiteOptions};
use test_support::sample_data::{CUSTOMER, OPEN_INVOICE};

/// An installed app says so to style sheets.
const INSTALLED: &str = "
    const match = window.matchMedia.bind(window);
    window.matchMedia = (query) =>
        query.includes('display-mode') ? match('all') : match(query);";
/// A browser inside another app says so in its name.
const INSIDE_AN_APP: &str = "
    Object.defineProperty(navigator, 'userAgent', {
        get: () => 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 \
(KHTML, like Gecko) Mobile/22A3354 [FBAN/FBIOS;FBAV/480.0.0.0.0]',
    });";

async fn site(script: &str) -> Site {
    Site::with(SiteOptions {
        script: Some(format!("{{{script}}}")),
        ..SiteOptions::default()
    })
    .await
}

async fn begin(site: &Site, browser: &Browser) {
    browser.goto(&site.portal).await;
    SignInPage(browser).sign_in(&CUSTOMER).await;
    InvoicePage(browser).open(OPEN_INVOICE.id).await;
    InvoicePage(browser).pay().await;
    browser.field("Card Number").await;
    assert_eq!(browser.windows().await, 1, "a window has opened");
}

async fn pay(browser: &Browser, card: &str) {
    for (label, text) in [
        ("Card Number", card),
        ("Expiry Date", "12/40"),
        ("Security Code", "123"),
    ] {
        let field = browser.field(label).await;
        field.send_keys(text).await.unwrap();
    }
    browser.button("Pay Now").await.click().await.unwrap();
}

async fn back_at_the_invoice(browser: &Browser, panel: &str) {
    browser.until_text(".checkout_panel", panel).await;
    assert!(browser.address().await.ends_with(OPEN_INVOICE.id));
}

async fn pays_in_its_own_tab(engine: Engine, script: &str) {
    if is_skipped(engine) {
        return;
    }
    let site = site(script).await;
    let before = site.entries(CUSTOMER.id).await;
    let browser = Browser::start_in(engine).await;
    begin(&site, &browser).await;
    pay(&browser, PAYS).await;
    back_at_the_invoice(&browser, "Payment complete").await;
    browser
        .until("the invoice is paid", || async {
            InvoicePage(&browser).status().await == "Paid"
        })
        .await;
    assert_eq!(site.entries(CUSTOMER.id).await, before + 1);
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_installed_app_pays_in_its_own_tab() {
    pays_in_its_own_tab(Engine::Chromium, INSTALLED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_inside_an_app_pays_in_its_own_tab() {
    pays_in_its_own_tab(Engine::WebKit, INSIDE_AN_APP).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn firefox_pays_in_its_own_tab() {
    pays_in_its_own_tab(Engine::Firefox, INSTALLED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_card_comes_back_with_what_to_do() {
    let site = site(INSTALLED).await;
    let browser = Browser::start().await;
    begin(&site, &browser).await;
    pay(&browser, DECLINED).await;
    browser.until_text("main", "declined").await;
    browser.click_to_leave(&browser.button("Back").await).await;
    back_at_the_invoice(&browser, "did not go through").await;
    browser.button("Try again").await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browsers_own_back_button_leads_to_the_open_payment() {
    let site = site(INSTALLED).await;
    let browser = Browser::start().await;
    begin(&site, &browser).await;
    browser.driver.back().await.unwrap();
    browser.find(".checkout_panel").await;
    browser.press_in(".checkout_panel", "Cancel").await;
    browser
        .until_text(".checkout_panel", "Payment cancelled")
        .await;
    assert_eq!(InvoicePage(&browser).status().await, "Overdue");
    browser.quit().await;
}
