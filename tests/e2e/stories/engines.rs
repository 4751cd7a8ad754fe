//! Paying in each of the three engines. Where one is not here, its test counts
//! as skipped; without Chromium the run fails.

use std::time::Duration;

use super::signed_in_with;
use crate::browser::{Engine, is_skipped};
use crate::pages::gateway::PAYS;
use crate::pages::{AccountPage, GatewayPage, InvoicePage, PaymentsPage, minor};
use crate::site::Site;
use test_support::sample_data::OPEN_INVOICE;

/// Signs in, pays the open invoice by card in the window that opens, and looks
/// at every figure that has to follow.
async fn a_card_payment_is_right_in(engine: Engine) {
    if is_skipped(engine) {
        return;
    }
    let site = Site::start().await;
    let browser = signed_in_with(&site, engine).await;
    let account = AccountPage(&browser);
    account.open().await;
    let owed_before = account.minor_figure(OPEN_INVOICE.currency, "figure").await;

    let invoice = InvoicePage(&browser);
    invoice.open(OPEN_INVOICE.id).await;
    assert_eq!(invoice.figure("remaining").await, OPEN_INVOICE.remaining);
    invoice.pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    let paid_within = browser
        .until_within(Duration::from_secs(5), "the invoice is paid", || async {
            invoice.status().await == "Paid"
        })
        .await;
    eprintln!("paid on screen {paid_within:?} after the window had closed in {engine:?}");
    assert_eq!(invoice.figure("remaining").await, "0.00");

    account.open().await;
    let owed_after = account.minor_figure(OPEN_INVOICE.currency, "figure").await;
    assert_eq!(
        minor(&owed_before) - minor(&owed_after),
        minor(OPEN_INVOICE.remaining)
    );
    PaymentsPage(&browser).open().await;
    let newest = PaymentsPage(&browser).first_row().await;
    assert!(newest.contains("Completed"), "{newest}");
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_payment_is_right_in_chromium() {
    a_card_payment_is_right_in(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_payment_is_right_in_firefox() {
    a_card_payment_is_right_in(Engine::Firefox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_payment_is_right_in_webkit() {
    a_card_payment_is_right_in(Engine::WebKit).await;
}
