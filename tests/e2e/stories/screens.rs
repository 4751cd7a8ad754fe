//! Every screen and state that is built, one after another; what is looked at
//! on each is the caller's.

use thirtyfour::WindowHandle;

use crate::browser::Browser;
use crate::pages::gateway::DECLINED;
use crate::pages::{GatewayPage, InvoicePage, SignInPage};
use crate::sample_data::{CUSTOMER, EMPTY_CUSTOMER, OPEN_INVOICE, PAID_INVOICE, SampleInvoice};
use crate::site::Site;

/// What is done on every screen.
pub trait Look {
    async fn at(&mut self, browser: &Browser, screen: &str);
}

/// Walks all screens. Each stands still, loaded, when it is looked at.
pub async fn walk(site: &Site, browser: &Browser, look: &mut impl Look) {
    guest(site, browser, look).await;
    browser.goto(&site.portal).await;
    SignInPage(browser).sign_in(&CUSTOMER).await;
    for (screen, path, ready) in [
        ("home", "", ".invoice_row"),
        ("account", "account", ".balance_card"),
        ("invoices", "invoices", ".data_table__cell"),
        (
            "invoices-to-pay",
            "invoices?outstanding=true",
            ".data_table__cell",
        ),
        ("invoice", &invoice(&OPEN_INVOICE), ".invoice_document"),
        ("invoice-paid", &invoice(&PAID_INVOICE), ".invoice_document"),
        ("payments", "payments", ".data_table__cell"),
        ("not-found", "nowhere", ".empty_state"),
    ] {
        browser.goto(&format!("{}/{path}", site.portal)).await;
        browser.find(ready).await;
        browser.find(".shell__nav").await;
        look.at(browser, screen).await;
    }
    browser.find("#account-menu").await.click().await.unwrap();
    browser.button("Log Out").await;
    look.at(browser, "account-menu").await;
    checkout(site, browser, look).await;
    sign_out(browser).await;
    empty(site, browser, look).await;
}

async fn guest(site: &Site, browser: &Browser, look: &mut impl Look) {
    browser.goto(&site.portal).await;
    browser.field("Email").await;
    look.at(browser, "sign-in").await;
    SignInPage(browser).press().await;
    browser.find("#email-error").await;
    look.at(browser, "sign-in-errors").await;
    SignInPage(browser)
        .fill("nobody@example.com", "a wrong password")
        .await;
    SignInPage(browser).press().await;
    browser.find("[role=alert]").await;
    look.at(browser, "sign-in-wrong").await;
    for page in ["launch", "return"] {
        browser.goto(&format!("{}/pay/{page}", site.portal)).await;
        browser.find("h1").await;
        look.at(browser, &format!("pay-{page}")).await;
    }
}

async fn checkout(site: &Site, browser: &Browser, look: &mut impl Look) {
    browser
        .goto(&format!("{}/{}", site.portal, invoice(&OPEN_INVOICE)))
        .await;
    InvoicePage(browser).pay().await;
    let gateway = GatewayPage::reach(browser).await;
    gateway.leave().await;
    browser
        .until_text(".checkout_panel", "Finish in the payment window")
        .await;
    look.at(browser, "checkout-open").await;
    browser.goto(&format!("{}/account", site.portal)).await;
    browser
        .until_text(".checkout_panel", "A payment is open")
        .await;
    browser.find(".balance_card").await;
    look.at(browser, "account-checkout-open").await;
    other_window(browser).await;
    gateway.pay_with(DECLINED).await;
    browser.until_text("main", "declined").await;
    browser.button("Back").await.click().await.unwrap();
    gateway.until_closed().await;
    browser
        .until_text(".checkout_panel", "did not go through")
        .await;
    look.at(browser, "checkout-failed").await;
}

fn invoice(sample: &SampleInvoice) -> String {
    format!("invoices/{}", sample.id)
}

async fn other_window(browser: &Browser) -> WindowHandle {
    browser.to_new_window().await
}

async fn sign_out(browser: &Browser) {
    browser.find("#account-menu").await.click().await.unwrap();
    browser.button("Log Out").await.click().await.unwrap();
    browser.field("Email").await;
}

async fn empty(site: &Site, browser: &Browser, look: &mut impl Look) {
    SignInPage(browser).sign_in(&EMPTY_CUSTOMER).await;
    for path in ["", "account", "invoices", "payments"] {
        browser.goto(&format!("{}/{path}", site.portal)).await;
        browser.find(".empty_state").await;
        let name = if path.is_empty() { "home" } else { path };
        look.at(browser, &format!("{name}-empty")).await;
    }
}
