//! The payment window's own two pages, by themselves: they work without the
//! portal, and they never leave anybody without a next step.

use checkout_matrix::Engine;
use sandbox_gateway::Faults;
use serde_json::json;

use super::signed_in_with;
use crate::browser::{Browser, is_skipped};
use crate::pages::gateway::PAYS;
use crate::pages::{GatewayPage, MakePaymentPage};
use crate::site::{Site, SiteOptions};

/// As long as a real token, and known to nobody.
const TOKEN: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

async fn at(site: &Site, page: &str) -> Browser {
    let browser = Browser::start().await;
    browser.goto(&format!("{}/pay/{page}", site.portal)).await;
    browser
}

async fn leads_back(browser: &Browser) {
    browser
        .link("Back to the portal")
        .await
        .click()
        .await
        .unwrap();
    browser.field("Password").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_link_without_a_token_says_what_to_do() {
    let site = Site::start().await;
    let browser = at(&site, "launch").await;
    browser.until_text("#say", "has been used").await;
    leads_back(&browser).await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_nobody_knows_is_waited_for_and_then_given_up() {
    let site = Site::start().await;
    let browser = at(&site, &format!("launch#{TOKEN}")).await;
    browser.until_text("#say", "longer than usual").await;
    let address = browser.driver.current_url().await.unwrap();
    assert_eq!(address.fragment(), None, "the token stays in the address");
    browser.until_text("#say", "has been used").await;
    leads_back(&browser).await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_without_proof_learns_nothing_and_leads_back() {
    let site = Site::start().await;
    for fragment in ["", "#c=co_1", "#c=co_1&n=forged"] {
        let browser = at(&site, &format!("return{fragment}")).await;
        browser.until_text("#say", "cannot be read here").await;
        leads_back(&browser).await;
        browser.quit().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_page_that_reaches_nobody_stays_open_with_a_way_back() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    let cdp = browser.cdp();
    cdp.send_raw("Network.enable", json!({})).await.unwrap();
    cdp.send_raw("Network.setBlockedURLs", json!({ "urls": ["*/api/*"] }))
        .await
        .unwrap();
    browser
        .goto(&format!("{}/pay/return#c=co_1&n=x", site.portal))
        .await;
    browser.until_text("#say", "cannot be read here").await;
    browser.link("Back to the portal").await;
    assert_eq!(browser.windows().await, 1);
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_is_opened_by_a_form_is_posted_to_in_every_engine() {
    let options = SiteOptions {
        faults: Faults::from_names(["by-form"]).unwrap(),
        ..SiteOptions::default()
    };
    let site = Site::with(options).await;
    for engine in Engine::ALL
        .into_iter()
        .filter(|engine| !is_skipped(*engine))
    {
        let browser = signed_in_with(&site, engine).await;
        let form = MakePaymentPage(&browser);
        form.open().await;
        form.type_amount("20").await;
        form.pay().await;
        let gateway = GatewayPage::reach(&browser).await;
        gateway.pay_with(PAYS).await;
        gateway.until_closed().await;
        browser
            .until_text(".checkout_panel", "Payment complete")
            .await;
        browser.quit().await;
    }
}
