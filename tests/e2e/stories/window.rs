//! The payment window's own two pages, by themselves: they work without the
//! portal, and they never leave anybody without a next step.

use serde_json::json;

use crate::browser::Browser;
use crate::site::Site;

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
