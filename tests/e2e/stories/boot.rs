//! Before there is an app: what is seen where it cannot come.

use crate::browser::Browser;
use crate::site::Site;

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_cannot_be_fetched_says_so_and_starts_at_the_next_try() {
    let site = Site::start().await;
    for missing in ["*.wasm", "*/assets/words.*", "*/assets/portico.*.js"] {
        let browser = Browser::start().await;
        browser.block(&[missing]).await;
        browser.goto(&site.portal).await;
        browser
            .until_text("#boot-failed", "The portal did not start")
            .await;
        browser.block(&[]).await;
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
