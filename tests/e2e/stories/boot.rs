//! Before there is an app: what is seen where it cannot come.

use serde_json::json;

use crate::browser::Browser;
use crate::site::Site;

/// Lets no request for these addresses leave the browser.
async fn block(browser: &Browser, addresses: &[&str]) {
    let cdp = browser.driver.cdp();
    cdp.send_raw("Network.enable", json!({})).await.unwrap();
    cdp.send_raw("Network.setBlockedURLs", json!({ "urls": addresses }))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_cannot_be_fetched_says_so_and_starts_at_the_next_try() {
    let site = Site::start().await;
    for missing in ["*.wasm", "*/assets/words.*", "*/assets/portico.*.js"] {
        let browser = Browser::start().await;
        block(&browser, &[missing]).await;
        browser.goto(&site.portal).await;
        browser
            .until_text("#boot-failed", "The portal did not start")
            .await;
        block(&browser, &[]).await;
        browser.button("Try again").await.click().await.unwrap();
        browser.field("Password").await;
        assert!(!browser.has("#shell").await, "the shell is still there");
        browser.quit().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_is_too_old_is_told_what_to_do() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser.before_load("CSS.supports = () => false").await;
    browser.goto(&site.portal).await;
    browser
        .until_text("#boot-unsupported", "Update your browser")
        .await;
    assert_eq!(browser.text_of("#app").await, "");
    browser.quit().await;
}
