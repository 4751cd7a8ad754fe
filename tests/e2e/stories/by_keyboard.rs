//! A payment without a mouse and without a screen: the keyboard is never lost,
//! and what happens is said.

use std::time::{Duration, Instant};

use thirtyfour::Key;

use super::signed_in;
use crate::browser::Browser;
use crate::pages::gateway::PAYS;
use crate::pages::{GatewayPage, InvoicePage};
use crate::sample_data::OPEN_INVOICE;
use crate::site::Site;

/// Writes down everything that a live region says.
const LISTEN: &str = "
    window.said = [];
    const listen = () => {
        for (const region of document.querySelectorAll('[aria-live], [role=status]')) {
            const text = region.textContent.trim();
            if (text !== '' && text !== window.said[window.said.length - 1]) {
                window.said.push(text);
            }
        }
    };
    new MutationObserver(listen).observe(document.body, {
        subtree: true, childList: true, characterData: true,
    });";

async fn focused(browser: &Browser) -> String {
    let script =
        "const on = document.activeElement; return on ? (on.id || on.textContent.trim()) : ''";
    browser.run(script).await.as_str().unwrap().to_owned()
}

async fn press(browser: &Browser, key: Key) {
    let active = browser.driver.active_element().await.unwrap();
    active.send_keys(key + "").await.unwrap();
}

/// Goes on with Tab until a button with these words has the keyboard.
async fn tab_to(browser: &Browser, words: &str) {
    for _ in 0..40 {
        if focused(browser).await.starts_with(words) {
            return;
        }
        press(browser, Key::Tab).await;
    }
    panic!("Tab never came to `{words}`");
}

async fn begin(browser: &Browser) -> GatewayPage<'_> {
    InvoicePage(browser).open(OPEN_INVOICE.id).await;
    browser.run(LISTEN).await;
    browser
        .run("document.getElementById('pay-invoice').focus()")
        .await;
    press(browser, Key::Enter).await;
    GatewayPage::reach(browser).await
}

async fn said(browser: &Browser) -> Vec<String> {
    serde_json::from_value(browser.run("return window.said").await).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_is_cancelled_by_the_keyboard_and_the_button_has_it_again() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let gateway = begin(&browser).await;
    gateway.leave().await;
    browser
        .until_text(".checkout_panel", "Finish in the payment window")
        .await;
    tab_to(&browser, "Cancel").await;
    press(&browser, Key::Enter).await;
    browser
        .until_text(".checkout_panel", "Payment cancelled")
        .await;
    browser
        .until("the button has the keyboard", || async {
            focused(&browser).await == "pay-invoice"
        })
        .await;
    let said = said(&browser).await;
    let has = |words: &str| said.iter().any(|text| text.contains(words));
    assert!(has("Finish in the payment window"), "{said:?}");
    assert!(
        has("Payment cancelled. Nothing has been charged."),
        "{said:?}"
    );
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_is_made_is_said_once_and_the_keyboard_stays_on_the_page() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let gateway = begin(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    browser
        .until_text(".checkout_panel", "Payment complete")
        .await;
    browser
        .until("something on the page has the keyboard", || async {
            let on = "return document.activeElement !== document.body";
            browser.run(on).await == serde_json::json!(true)
        })
        .await;
    let said = said(&browser).await;
    let paid = said.iter().filter(|text| text.contains("Payment complete"));
    assert_eq!(paid.count(), 1, "{said:?}");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_is_closed_gives_the_keyboard_back() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let gateway = begin(&browser).await;
    // A handle that reads closed within a second of leaving for the provider has been cut off
    // by a header; a customer takes longer than that.
    let reached = Instant::now();
    browser
        .until("the customer has looked at the page", || async {
            reached.elapsed() > Duration::from_millis(1_500)
        })
        .await;
    browser.driver.close_window().await.unwrap();
    gateway.leave().await;
    browser
        .until_text(".checkout_panel", "The payment window has closed")
        .await;
    assert_eq!(focused(&browser).await, "pay-invoice");
    tab_to(&browser, "I have paid").await;
    press(&browser, Key::Enter).await;
    browser
        .until_text(".checkout_panel", "No payment has been seen yet")
        .await;
    browser.quit().await;
}
