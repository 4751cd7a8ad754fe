//! Paying: the figures are right by themselves, and nothing was reloaded.

use std::time::Duration;

use super::signed_in;
use crate::browser::Browser;
use crate::pages::gateway::{DECLINED, PAYS, PENDING, SLOW};
use crate::pages::{AccountPage, GatewayPage, InvoicePage, PaymentsPage, minor};
use crate::site::Site;
use test_support::sample_data::OPEN_INVOICE;

/// Goes to the open invoice, presses pay, and waits at the provider's page.
async fn begin(browser: &Browser) -> GatewayPage<'_> {
    let invoice = InvoicePage(browser);
    invoice.open(OPEN_INVOICE.id).await;
    invoice.pay().await;
    GatewayPage::reach(browser).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paid_invoice_is_right_everywhere_without_a_reload() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
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
    eprintln!("paid on screen {paid_within:?} after the window had closed");
    assert!(invoice.panel().await.contains("Payment complete"));
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
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_balance_of_a_currency_is_paid_as_a_whole() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let account = AccountPage(&browser);
    account.open().await;
    let on_its_way = minor(&account.minor_figure("JPY", "on_its_way").await);
    browser
        .find("#pay-balance-jpy")
        .await
        .click()
        .await
        .unwrap();
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    browser
        .until("what is owed is only what is on its way", || async {
            minor(&account.minor_figure("JPY", "figure").await) == on_its_way
        })
        .await;
    assert!(browser.is_marked().await);
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_card_is_said_in_words_and_can_be_tried_again() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let invoice = InvoicePage(&browser);
    let gateway = begin(&browser).await;
    gateway.pay_with(DECLINED).await;
    browser.until_text("main", "declined").await;
    let back = browser.button("Back").await;
    browser.click_to_leave(&back).await;
    gateway.until_closed().await;
    browser
        .until_text(".checkout_panel", "The card's bank declined the payment.")
        .await;
    assert_eq!(invoice.figure("remaining").await, OPEN_INVOICE.remaining);

    browser.button("Try again").await.click().await.unwrap();
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    browser.until_text(".page_heading", "Paid").await;

    PaymentsPage(&browser).open().await;
    let rows = browser.text_of(".data_table__body").await;
    assert!(
        rows.contains("Completed") && rows.contains("Cancelled"),
        "{rows}"
    );
    assert!(browser.is_marked().await);
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_card_pays_in_the_same_window_after_a_declined_one() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let gateway = begin(&browser).await;
    gateway.pay_with(DECLINED).await;
    browser.until_text("main", "declined").await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    browser.until_text(".page_heading", "Paid").await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn turning_back_before_paying_charges_nothing() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let invoice = InvoicePage(&browser);
    let gateway = begin(&browser).await;
    gateway.leave().await;
    browser
        .until_text(".checkout_panel", "Finish in the payment window")
        .await;
    browser.button("Cancel").await.click().await.unwrap();
    browser
        .until_text(".checkout_panel", "Payment cancelled")
        .await;
    browser
        .until("the window has closed", || async {
            browser.windows().await == 1
        })
        .await;
    assert_eq!(invoice.status().await, "Overdue");
    browser.button("Pay This Invoice").await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_on_its_way_is_never_shown_as_paid() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let invoice = InvoicePage(&browser);
    let gateway = begin(&browser).await;
    gateway.pay_with(PENDING).await;
    gateway.until_closed().await;
    browser.until_text(".page_heading", "Pending").await;
    assert_eq!(invoice.figure("remaining").await, OPEN_INVOICE.remaining);
    assert_eq!(invoice.figure("on_its_way").await, OPEN_INVOICE.remaining);
    PaymentsPage(&browser).open().await;
    let newest = PaymentsPage(&browser).first_row().await;
    assert!(newest.contains("Pending"), "{newest}");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_payment_becomes_paid_by_itself() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let gateway = begin(&browser).await;
    gateway.pay_with(SLOW).await;
    gateway.leave().await;
    browser.until_text(".page_heading", "Paid").await;
    assert!(browser.is_marked().await);
    browser.quit().await;
}
