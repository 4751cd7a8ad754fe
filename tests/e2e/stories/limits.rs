//! What the portal limits: how much one payment may come to, and how many may be open at once.

use api_types::Money;
use backend::settings::CheckoutLimits;

use super::signed_in;
use crate::pages::gateway::PAYS;
use crate::pages::{AccountPage, GatewayPage, InvoicePage, MakePaymentPage, minor};
use crate::site::{Site, SiteOptions};
use test_support::sample_data::OPEN_INVOICE;

async fn site_with(limits: CheckoutLimits) -> Site {
    Site::with(SiteOptions {
        limits,
        ..SiteOptions::default()
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_balance_above_the_most_is_paid_in_parts() {
    let most = Money::from_minor(2_000, "EUR".parse().unwrap());
    let site = site_with(CheckoutLimits {
        most: [(most.currency(), most)].into(),
        ..CheckoutLimits::default()
    })
    .await;
    let browser = signed_in(&site).await;
    let account = AccountPage(&browser);
    account.open().await;
    let owed = minor(&account.minor_figure("EUR", "figure").await);
    assert!(owed > most.minor());
    let button = browser.find("#pay-balance-eur").await;
    let off = button.attr("aria-disabled").await.unwrap();
    assert_eq!(off.as_deref(), Some("true"));
    browser
        .until_text("main", "at most €20.00 in one payment")
        .await;

    browser
        .link("Pay €20.00 first")
        .await
        .click()
        .await
        .unwrap();
    let amount = browser.field("Amount").await.value().await.unwrap();
    assert_eq!(amount.as_deref(), Some("20.00"));
    MakePaymentPage(&browser).pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    browser
        .until_text(".checkout_panel", "Payment complete")
        .await;
    account.open().await;
    browser
        .until("the part is no longer owed", || async {
            minor(&account.minor_figure("EUR", "figure").await) == owed - most.minor()
        })
        .await;
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_payment_too_many_is_refused_until_another_is_cancelled() {
    let site = site_with(CheckoutLimits {
        most_open: 1,
        ..CheckoutLimits::default()
    })
    .await;
    let browser = signed_in(&site).await;
    let invoice = InvoicePage(&browser);
    invoice.open(OPEN_INVOICE.id).await;
    invoice.pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.leave().await;

    let form = MakePaymentPage(&browser);
    form.open().await;
    form.type_amount("30").await;
    form.pay().await;
    browser
        .until_text(".checkout_panel", "You have too many payments open")
        .await;
    browser
        .until("the window that opened for it has closed", || async {
            browser.windows().await == 2
        })
        .await;

    // What has to be done can be done from here, and then the payment goes through.
    browser.button("Cancel").await.click().await.unwrap();
    browser
        .until("the other payment is cancelled", || async {
            let panels = browser.texts(".checkout_panel").await;
            panels.iter().any(|panel| panel.contains("cancelled")) && browser.windows().await == 1
        })
        .await;
    form.pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    browser
        .until("the second payment is complete", || async {
            let panels = browser.texts(".checkout_panel").await;
            panels
                .iter()
                .any(|panel| panel.contains("Payment complete"))
        })
        .await;
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}
