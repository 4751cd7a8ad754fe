//! Paying at Stripe and at PayPal, on their pages, in their windows.

use provider_stand_ins::WebhookMode;

use super::signed_in;
use crate::browser::Browser;
use crate::pages::gateway::{DECLINED, PAYS};
use crate::pages::{AccountPage, MakePaymentPage, PaymentsPage, minor};
use crate::site::{Site, SiteOptions};

async fn with_providers() -> Site {
    let options = SiteOptions {
        providers: true,
        ..SiteOptions::default()
    };
    Site::with(options).await
}

/// Types so much into Make Payment, chooses a method, and presses pay.
async fn begin(browser: &Browser, method: &str, euro: &str) {
    let form = MakePaymentPage(browser);
    form.open().await;
    form.choose("Pay via", method).await;
    form.type_amount(euro).await;
    let terms = form.terms().await;
    assert!(terms.contains(&format!("€{euro}")), "{terms}");
    form.pay().await;
}

/// Signs in at PayPal and agrees to pay in one of its ways.
async fn agree(browser: &Browser, funding: &str) {
    let email = browser.find("#email").await;
    email.send_keys("ada@example.com").await.unwrap();
    browser.find("#next").await.click().await.unwrap();
    browser
        .find(&format!("#funding-{funding}"))
        .await
        .click()
        .await
        .unwrap();
    let agree = browser.find("#approve").await;
    browser.click_to_leave(&agree).await;
}

/// Types a card at Stripe and presses pay.
async fn pay_by_card(browser: &Browser, number: &str) {
    for (field, text) in [
        ("#number", number),
        ("#expiry", "12/40"),
        ("#cvc", "123"),
        ("#name", "Ada Example"),
    ] {
        let field = browser.find(field).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }
    let pay = browser.find("#pay").await;
    browser.click_to_leave(&pay).await;
}

/// Goes back to the portal's window, and waits until the other one has closed.
async fn until_closed(browser: &Browser, portal: thirtyfour::WindowHandle) {
    browser.driver.switch_to_window(portal).await.unwrap();
    browser
        .until("the payment window has closed", || async {
            browser.windows().await == 1
        })
        .await;
}

/// What the account owes in euros, in cents: money on it pays what is due first.
async fn owed(browser: &Browser) -> i64 {
    let account = AccountPage(browser);
    account.open().await;
    minor(&account.minor_figure("EUR", "figure").await)
}

/// Waits until the account owes so much.
async fn until_owed(browser: &Browser, cents: i64) {
    let account = AccountPage(browser);
    account.open().await;
    browser
        .until(&format!("{cents} cents are owed"), || async {
            minor(&account.minor_figure("EUR", "figure").await) == cents
        })
        .await;
}

/// Opens the newest payment, and returns its id.
async fn open_newest(browser: &Browser) -> String {
    PaymentsPage(browser).open().await;
    let row = browser.find(".data_table__body .data_table__row a").await;
    row.click().await.unwrap();
    browser
        .until("a payment's page", || async {
            browser.address().await.contains("/payments/")
        })
        .await;
    let address = browser.address().await;
    address.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn paypal_declines_then_pays_without_a_notification_and_sends_a_part_back() {
    let site = with_providers().await;
    site.paypal().controls().webhooks(WebhookMode::Drop);
    let browser = signed_in(&site).await;
    begin(&browser, "PayPal", "80.00").await;
    let portal = browser.to_new_window().await;
    agree(&browser, "declined_card").await;
    until_closed(&browser, portal).await;
    browser
        .until_text(".checkout_panel", "The card's bank declined the payment.")
        .await;

    browser.button("Try again").await.click().await.unwrap();
    let portal = browser.to_new_window().await;
    agree(&browser, "balance").await;
    until_closed(&browser, portal).await;
    browser
        .until_text(".checkout_panel", "Payment complete")
        .await;
    let paid = PaymentsPage(&browser);
    paid.open().await;
    let newest = paid.first_row().await;
    assert!(
        newest.contains("Completed") && newest.contains("€80.00"),
        "{newest}"
    );

    let payment = open_newest(&browser).await;
    browser.until_text("main", "PayPal").await;
    site.refund(&payment, "30.00").await;
    browser.until_text("main", "€30.00").await;
    assert!(browser.is_marked().await, "the page was reloaded");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_turned_back_from_declined_and_pays_without_a_notification() {
    let site = with_providers().await;
    site.stripe().controls().webhooks(WebhookMode::Drop);
    let browser = signed_in(&site).await;
    let before = owed(&browser).await;
    begin(&browser, "Card", "60.00").await;
    let portal = browser.to_new_window().await;
    let back = browser.find("#back").await;
    browser.click_to_leave(&back).await;
    until_closed(&browser, portal).await;
    browser
        .until_text(".checkout_panel", "Payment cancelled")
        .await;

    begin(&browser, "Card", "60.00").await;
    let portal = browser.to_new_window().await;
    pay_by_card(&browser, DECLINED).await;
    browser.until_text("main", "declined").await;
    pay_by_card(&browser, PAYS).await;
    until_closed(&browser, portal).await;
    browser
        .until_text(".checkout_panel", "Payment complete")
        .await;
    until_owed(&browser, before - 6000).await;

    let payment = open_newest(&browser).await;
    site.refund(&payment, "60.00").await;
    browser.until_text("main", "Refund").await;
    until_owed(&browser, before).await;
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}
