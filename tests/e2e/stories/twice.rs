//! Nothing is paid twice: several presses, tabs, devices, ways to pay, and
//! requests whose answers are lost, all come down to one checkout.

use std::time::Duration;

use super::{signed_in, signed_in_as};
use crate::browser::Browser;
use crate::pages::gateway::PAYS;
use crate::pages::{GatewayPage, InvoicePage, PaymentsPage, SignInPage};
use crate::site::{Site, SiteOptions};
use test_support::sample_data::{CUSTOMER, OPEN_INVOICE, OTHER_CUSTOMER};

async fn at_the_invoice(browser: &Browser) -> InvoicePage<'_> {
    let invoice = InvoicePage(browser);
    invoice.open(OPEN_INVOICE.id).await;
    invoice
}

/// Presses pay, and comes back to the portal while the payment window is at the provider.
async fn paying_in_a_window(browser: &Browser) -> GatewayPage<'_> {
    at_the_invoice(browser).await.pay().await;
    let gateway = GatewayPage::reach(browser).await;
    gateway.leave().await;
    browser
        .until_text(".checkout_panel", "Finish in the payment window")
        .await;
    gateway
}

async fn until_paid(browser: &Browser) {
    browser
        .until("the invoice is paid", || async {
            InvoicePage(browser).status().await == "Paid"
        })
        .await;
    assert_eq!(InvoicePage(browser).figure("remaining").await, "0.00");
}

/// How many payments the customer's newest ledger entries are.
async fn booked_once(site: &Site, before: u64) {
    assert_eq!(site.entries(CUSTOMER.id).await, before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_presses_are_one_checkout_in_one_window() {
    let site = Site::start().await;
    let before = site.entries(CUSTOMER.id).await;
    let browser = signed_in(&site).await;
    at_the_invoice(&browser).await;
    browser
        .run("for (let n = 0; n < 10; n += 1) { document.getElementById('pay-invoice').click() }")
        .await;
    // A script's press may open no window; the customer's own then does.
    browser
        .until("the payment is open", || async {
            browser.text_of(".checkout_panel").await.contains("window")
        })
        .await;
    assert_eq!(browser.count(".checkout_panel").await, 1);
    if browser.windows().await == 1 {
        let link = browser.link("Open the payment window").await;
        link.click().await.unwrap();
    }
    let gateway = GatewayPage::reach(&browser).await;
    assert_eq!(browser.windows().await, 2);
    gateway.pay_with(PAYS).await;
    gateway.leave().await;
    until_paid(&browser).await;
    booked_once(&site, before).await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_device_sees_the_payment_at_once_and_can_resume_it() {
    let site = Site::start().await;
    let before = site.entries(CUSTOMER.id).await;
    let first = signed_in(&site).await;
    let second = signed_in(&site).await;
    at_the_invoice(&second).await;
    at_the_invoice(&first).await.pay().await;
    let gateway = GatewayPage::reach(&first).await;
    gateway.leave().await;
    second
        .until_within(Duration::from_secs(3), "the payment is seen", || async {
            let panel = second.text_of(".checkout_panel").await;
            panel.contains("A payment is open") && panel.contains("on another device")
        })
        .await;
    let button = second.find("#pay-invoice").await;
    let off = button.attr("aria-disabled").await.unwrap();
    assert_eq!(off.as_deref(), Some("true"), "it can be paid a second time");

    second.button("Resume payment").await.click().await.unwrap();
    let there = GatewayPage::reach(&second).await;
    there.pay_with(PAYS).await;
    there.leave().await;
    until_paid(&second).await;
    until_paid(&first).await;
    booked_once(&site, before).await;
    first.quit().await;
    second.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tab_can_cancel_the_payment() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    paying_in_a_window(&browser).await;
    let first = browser.driver.window().await.unwrap();
    let tab = browser.driver.new_tab().await.unwrap();
    browser.driver.switch_to_window(tab).await.unwrap();
    let address = format!("{}/invoices/{}", site.portal, OPEN_INVOICE.id);
    browser.goto(&address).await;
    browser
        .until_text(".checkout_panel", "A payment is open")
        .await;
    browser.press_in(".checkout_panel", "Cancel").await;
    browser
        .until_text(".checkout_panel", "Payment cancelled")
        .await;
    browser.driver.switch_to_window(first).await.unwrap();
    browser
        .until_text(".checkout_panel", "Payment cancelled")
        .await;
    assert_eq!(InvoicePage(&browser).status().await, "Overdue");
    assert!(browser.is_marked().await);
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paying_another_way_stays_one_checkout() {
    let site = Site::start().await;
    let before = site.entries(CUSTOMER.id).await;
    let browser = signed_in(&site).await;
    at_the_invoice(&browser).await.pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.leave().await;
    browser
        .button("Pay another way")
        .await
        .click()
        .await
        .unwrap();
    choose_in_panel(&browser, "Express card").await;
    browser.press_in(".checkout_panel", "Pay This Way").await;
    browser
        .until("the first page is closed and another is open", || async {
            let open = browser.text_of(".checkout_panel").await;
            open.contains("Finish in the payment window") && open.contains("€223")
        })
        .await;
    let newest = newest_window(&browser).await;
    let portal = browser.driver.window().await.unwrap();
    browser.driver.switch_to_window(newest).await.unwrap();
    browser.until_text("main", "223.19").await;
    gateway.pay_with(PAYS).await;
    browser.driver.switch_to_window(portal).await.unwrap();
    until_paid(&browser).await;
    // The payment, and what the way costs.
    assert_eq!(site.entries(CUSTOMER.id).await, before + 2);
    PaymentsPage(&browser).open().await;
    let newest = browser.find(".data_table__body a").await;
    newest.click().await.unwrap();
    browser.until_text("#story", "way to pay").await;
    assert!(browser.is_marked().await);
    browser.quit().await;
}

async fn choose_in_panel(browser: &Browser, way: &str) {
    let path = format!(
        "//*[contains(@class, 'checkout_panel')]//option[starts-with(normalize-space(.), '{way}')]"
    );
    let option = browser.driver.find(thirtyfour::By::XPath(path)).await;
    option.unwrap().click().await.unwrap();
}

/// The window that was opened last.
async fn newest_window(browser: &Browser) -> thirtyfour::WindowHandle {
    let portal = browser.driver.window().await.unwrap();
    let windows = browser.driver.windows().await.unwrap();
    let mut others = windows.into_iter().filter(|window| *window != portal);
    others.next_back().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_asked_for_again_and_is_the_same_checkout() {
    let script = "
        let lose = true;
        const ask = window.fetch.bind(window);
        window.fetch = async (what, how) => {
            const address = new URL(typeof what === 'string' ? what : what.url, document.baseURI);
            const answer = await ask(what, how);
            if (lose && address.pathname.endsWith('/checkouts') && answer.status === 201) {
                lose = false;
                throw new TypeError('the answer was lost');
            }
            return answer;
        };";
    let site = Site::with(SiteOptions {
        script: Some(format!("{{{script}}}")),
        push: false,
        ..SiteOptions::default()
    })
    .await;
    let before = site.entries(CUSTOMER.id).await;
    let browser = signed_in(&site).await;
    at_the_invoice(&browser).await.pay().await;
    // The portal sends the same request again by itself.
    browser
        .until_text(".checkout_panel", "Finish in the payment window")
        .await;
    assert_eq!(browser.count(".checkout_panel").await, 1);
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.leave().await;
    until_paid(&browser).await;
    booked_once(&site, before).await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_at_the_provider_and_a_reload_here_lose_nothing() {
    let site = Site::start().await;
    let before = site.entries(CUSTOMER.id).await;
    let browser = signed_in(&site).await;
    at_the_invoice(&browser).await.pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    // The window's history: launch is not in it, so Back has nowhere wrong to go.
    browser.driver.back().await.unwrap();
    browser.field("Card Number").await;
    gateway.leave().await;
    browser.driver.refresh().await.unwrap();
    browser
        .until_text(".checkout_panel", "A payment is open")
        .await;
    browser.to_new_window().await;
    gateway.pay_with(PAYS).await;
    gateway.leave().await;
    until_paid(&browser).await;
    booked_once(&site, before).await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_person_in_this_browser_sees_nothing_of_the_payment() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let gateway = paying_in_a_window(&browser).await;
    browser.find("#account-menu").await.click().await.unwrap();
    browser.button("Log Out").await.click().await.unwrap();
    browser.field("Email").await;
    SignInPage(&browser).sign_in(&OTHER_CUSTOMER).await;
    browser.link("Invoices").await.click().await.unwrap();
    browser.find("[data-invoice]").await;

    // The first one's money comes while the second one looks.
    let portal = browser.to_new_window().await;
    gateway.pay_with(PAYS).await;
    browser.driver.switch_to_window(portal).await.unwrap();
    browser
        .until("the provider has the money", || async {
            site.ended_at_the_provider(true).is_some()
        })
        .await;
    browser.link("Home").await.click().await.unwrap();
    browser.until_text("main", "You owe").await;
    assert!(
        !browser.has(".checkout_panel").await,
        "somebody else's payment"
    );

    let first = signed_in_as(&site, &CUSTOMER).await;
    at_the_invoice(&first).await;
    until_paid(&first).await;
    first.quit().await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_is_said_whatever_is_pressed() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    paying_in_a_window(&browser).await;
    site.stop().await;
    for button in ["I have paid", "Cancel"] {
        browser.press_in(".checkout_panel", button).await;
        browser
            .until_text(".checkout_panel", "cannot be reached")
            .await;
        // It can be pressed again: nothing turns for ever.
        browser
            .until("the button is free again", || async {
                !browser.has(".checkout_panel [aria-busy='true']").await
            })
            .await;
    }
    assert_eq!(InvoicePage(&browser).status().await, "Overdue");
    assert!(browser.is_marked().await);
    browser.quit().await;
}
