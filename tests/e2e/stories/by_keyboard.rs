//! A payment without a mouse and without a screen: the keyboard is never lost,
//! and what happens is said.

use std::time::{Duration, Instant};

use thirtyfour::Key;

use super::{signed_in, signed_in_with};
use crate::browser::{Browser, Engine, is_skipped};
use crate::pages::gateway::PAYS;
use crate::pages::{GatewayPage, InvoicePage};
use crate::site::Site;
use test_support::sample_data::OPEN_INVOICE;

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

/// Whether what has the keyboard can be pressed, and is not under anything.
async fn can_be_used(browser: &Browser) -> bool {
    let script = "
        const on = document.activeElement;
        const box = on.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return on.matches('a[href], button:not([aria-disabled=true])') && on.contains(top)";
    browser.run(script).await == serde_json::json!(true)
}

/// Pays with the keyboard alone on this side; the pay button is off once the invoice is paid.
async fn a_payment_that_is_made_leaves_the_keyboard_where_it_can_be_used_in(engine: Engine) {
    if is_skipped(engine) {
        return;
    }
    let site = Site::start().await;
    let browser = signed_in_with(&site, engine).await;
    let gateway = begin(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    browser
        .until_text(".checkout_panel", "Payment complete")
        .await;
    browser
        .until("the pay button is off", || async {
            browser.has("#pay-invoice[aria-disabled='true']").await
        })
        .await;
    browser
        .until("the way to the payment has the keyboard", || async {
            focused(&browser).await == "View the payment"
        })
        .await;
    assert!(can_be_used(&browser).await);
    let said = said(&browser).await;
    let paid = said.iter().filter(|text| text.contains("Payment complete"));
    assert_eq!(paid.count(), 1, "{said:?}");
    press(&browser, Key::Enter).await;
    browser
        .until("the payment is on screen", || async {
            browser.address().await.contains("/payments/")
        })
        .await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_is_made_leaves_the_keyboard_where_it_can_be_used_in_chromium() {
    a_payment_that_is_made_leaves_the_keyboard_where_it_can_be_used_in(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_is_made_leaves_the_keyboard_where_it_can_be_used_in_firefox() {
    a_payment_that_is_made_leaves_the_keyboard_where_it_can_be_used_in(Engine::Firefox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_is_made_leaves_the_keyboard_where_it_can_be_used_in_webkit() {
    a_payment_that_is_made_leaves_the_keyboard_where_it_can_be_used_in(Engine::WebKit).await;
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
