//! Screens whose code comes later than the first load.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::pages::SignInPage;
use crate::site::Site;
use test_support::sample_data::{CUSTOMER, OPEN_INVOICE};

const CHUNKS: &str = "*/assets/chunk.*";

/// What the chunks are called that this page has asked for.
async fn asked_for(browser: &Browser) -> Vec<String> {
    let script = "return performance.getEntriesByType('resource')
        .map((entry) => entry.name.match(/[/]assets[/]chunk[.]([^.]+)[.]/))
        .filter((found) => found !== null)
        .map((found) => found[1])";
    let Value::Array(names) = browser.run(script).await else {
        return Vec::new();
    };
    names
        .iter()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

async fn signed_in(site: &Site, browser: &Browser) {
    browser.goto(&site.portal).await;
    SignInPage(browser).sign_in(&CUSTOMER).await;
    browser.until_text("h1", "Hello").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn screens_come_by_themselves_when_the_first_one_stands() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser.goto(&site.portal).await;
    browser.field("Email").await;
    assert_eq!(asked_for(&browser).await, Vec::<String>::new());
    SignInPage(&browser).sign_in(&CUSTOMER).await;
    browser
        .until("every chunk is here", || async {
            let asked = asked_for(&browser).await;
            [
                "account", "invoices", "history", "payments", "pay", "calendar",
            ]
            .iter()
            .all(|name| asked.iter().any(|asked| asked == name))
        })
        .await;
    let before = asked_for(&browser).await;
    for (link, ready) in [
        ("Invoices", ".data_table__cell"),
        ("Payments", ".data_table__cell"),
        ("My Account", ".balance_card"),
        ("Invoices", ".data_table__cell"),
    ] {
        browser.link(link).await.click().await.unwrap();
        browser.until_text("h1", link).await;
        browser.find(ready).await;
    }
    let selector = format!("[data-invoice='{}']", OPEN_INVOICE.id);
    browser.find(&selector).await.click().await.unwrap();
    browser.find(".invoice_document").await;
    assert_eq!(asked_for(&browser).await, before, "a screen came twice");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_saves_data_is_sent_only_the_screens_that_are_opened() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser
        .before_load(
            "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })",
        )
        .await;
    signed_in(&site, &browser).await;
    browser.link("Invoices").await.click().await.unwrap();
    browser.find(".data_table__cell").await;
    let asked = asked_for(&browser).await;
    assert!(asked.contains(&"invoices".to_owned()), "{asked:?}");
    assert!(!asked.contains(&"payments".to_owned()), "{asked:?}");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_that_does_not_come_says_so_and_comes_at_the_next_try() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser.block(&[CHUNKS]).await;
    signed_in(&site, &browser).await;
    browser.mark().await;
    browser.link("Invoices").await.click().await.unwrap();
    browser
        .until_text("main [role=alert]", "This screen could not be loaded")
        .await;
    // The rest of the app goes on.
    browser.link("Home").await.click().await.unwrap();
    browser.find(".to_do_row").await;
    browser.link("Invoices").await.click().await.unwrap();
    let again = browser.button("Try again").await;
    browser.block(&[]).await;
    again.click().await.unwrap();
    browser.find(".data_table__cell").await;
    assert!(browser.is_marked().await, "the page was loaded anew");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_of_a_portal_that_is_newer_by_now_is_looked_for_there() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser.block(&[CHUNKS]).await;
    signed_in(&site, &browser).await;
    browser.link("Payments").await.click().await.unwrap();
    let again = browser.button("Try again").await;
    browser.mark().await;
    again.click().await.unwrap();
    browser
        .until("the page is loaded anew", || async {
            !browser.is_marked().await
        })
        .await;
    // What is fetched now is missing as well.
    let again = browser.button("Try again").await;
    browser.block(&[]).await;
    again.click().await.unwrap();
    browser.until_text("h1", "Payments").await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trying_again_without_a_server_leaves_the_app_on_screen() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser.block(&[CHUNKS]).await;
    signed_in(&site, &browser).await;
    browser.link("Payments").await.click().await.unwrap();
    let again = browser.button("Try again").await;
    browser.mark().await;
    site.stop().await;
    again.click().await.unwrap();
    browser
        .until("the try has ended", || async {
            !browser.has("main [aria-busy]").await
        })
        .await;
    assert!(browser.is_marked().await, "the app has gone");
    browser
        .until_text("main [role=alert]", "This screen could not be loaded")
        .await;
    assert_eq!(
        browser
            .run("return document.querySelector('.shell__nav') !== null")
            .await,
        json!(true)
    );
    browser.quit().await;
}
