//! Every hint may be missing, and the portal still ends right.

use std::time::Duration;

use sandbox_gateway::{Coop, Faults};

use crate::browser::Browser;
use crate::pages::gateway::PAYS;
use crate::pages::{GatewayPage, InvoicePage, SignInPage};
use crate::site::{Site, SiteOptions};
use test_support::sample_data::{CUSTOMER, OPEN_INVOICE};

/// Signs in with a script that runs before the portal's own, and opens the invoice.
async fn at_the_invoice(site: &Site, before_load: &str) -> Browser {
    let browser = Browser::start().await;
    if !before_load.is_empty() {
        browser.before_load(before_load).await;
    }
    browser.goto(&site.portal).await;
    SignInPage(&browser).sign_in(&CUSTOMER).await;
    InvoicePage(&browser).open(OPEN_INVOICE.id).await;
    browser.mark().await;
    browser
}

async fn paid_within(browser: &Browser, most: Duration) {
    let invoice = InvoicePage(browser);
    let took = browser
        .until_within(most, "the invoice is paid", || async {
            invoice.status().await == "Paid"
        })
        .await;
    eprintln!("paid on screen after {took:?}");
    assert_eq!(invoice.figure("remaining").await, "0.00");
    assert!(browser.is_marked().await, "the page was reloaded");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_balance_is_right_with_the_opener_cut() {
    let faults = Faults {
        coop: Some(Coop::SameOrigin),
        ..Faults::default()
    };
    let site = Site::with(SiteOptions {
        faults,
        ..SiteOptions::default()
    })
    .await;
    let browser = at_the_invoice(&site, "").await;
    InvoicePage(&browser).pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.leave().await;
    paid_within(&browser, Duration::from_secs(6)).await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_balance_is_right_by_polling_alone() {
    let faults = Faults {
        coop: Some(Coop::SameOrigin),
        no_return: true,
        ..Faults::default()
    };
    let site = Site::with(SiteOptions {
        faults,
        push: false,
        ..SiteOptions::default()
    })
    .await;
    let browser = at_the_invoice(&site, "delete window.BroadcastChannel").await;
    InvoicePage(&browser).pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    browser.until_text("main", "Payment confirmed").await;
    gateway.leave().await;
    // Every 3 s while a checkout is open and visible.
    paid_within(&browser, Duration::from_secs(5)).await;
    assert_eq!(
        browser.windows().await,
        2,
        "the payment window was left open"
    );
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_balance_is_right_without_webhook_and_return() {
    let faults = Faults {
        webhook_lost: true,
        no_return: true,
        ..Faults::default()
    };
    let site = Site::with(SiteOptions {
        faults,
        push: false,
        ..SiteOptions::default()
    })
    .await;
    let browser = at_the_invoice(&site, "delete window.BroadcastChannel").await;
    InvoicePage(&browser).pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    browser.until_text("main", "Payment confirmed").await;
    gateway.leave().await;
    // The server has to ask the provider first.
    paid_within(&browser, Duration::from_secs(10)).await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_survives_a_reload_of_the_portal() {
    let site = Site::start().await;
    let browser = at_the_invoice(&site, "").await;
    InvoicePage(&browser).pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.leave().await;
    browser.driver.refresh().await.unwrap();
    browser
        .until_text(".checkout_panel", "A payment is open")
        .await;
    browser.mark().await;
    browser.to_new_window().await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    paid_within(&browser, Duration::from_secs(5)).await;
    browser.quit().await;
}
