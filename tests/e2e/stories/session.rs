//! Signing in, signing out, and finding the way back.

use serde_json::json;

use crate::browser::Browser;
use crate::pages::SignInPage;
use crate::site::Site;
use test_support::sample_data::{CUSTOMER, OPEN_INVOICE, PASSWORD};

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_says_what_to_do_and_keeps_what_was_typed() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser.goto(&site.portal).await;
    let page = SignInPage(&browser);
    page.press().await;
    browser.until_text("#email-error", "Enter your email").await;
    page.fill(CUSTOMER.email, "not the password").await;
    page.press().await;
    browser.until_text("[role=alert]", "do not match").await;
    let kept = browser.field("Email").await.prop("value").await.unwrap();
    assert_eq!(kept.as_deref(), Some(CUSTOMER.email));
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_tries_say_how_long_to_wait() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser.goto(&site.portal).await;
    let page = SignInPage(&browser);
    for _ in 0..12 {
        page.fill(CUSTOMER.email, "not the password").await;
        page.press().await;
        browser
            .until("an answer", || async {
                browser.has("[role=alert]").await && !browser.has("[aria-busy]").await
            })
            .await;
        if browser
            .text_of("[role=alert]")
            .await
            .contains("too many tries")
        {
            assert!(browser.text_of("[role=alert]").await.contains("second"));
            browser.quit().await;
            return;
        }
    }
    panic!("twelve wrong passwords were let through");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_is_said_in_words() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser.goto(&site.portal).await;
    let page = SignInPage(&browser);
    page.fill(CUSTOMER.email, PASSWORD).await;
    site.stop().await;
    page.press().await;
    browser
        .until_text("[role=alert]", "cannot be reached")
        .await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deep_link_survives_signing_in_reload_back_and_forward() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    let deep = format!("{}/invoices/{}", site.portal, OPEN_INVOICE.id);
    browser.goto(&deep).await;
    SignInPage(&browser).sign_in(&CUSTOMER).await;
    browser.until_text("h1", OPEN_INVOICE.id).await;
    let here = async || browser.driver.current_url().await.unwrap().to_string();
    assert_eq!(here().await, deep);
    browser.driver.refresh().await.unwrap();
    browser.until_text("h1", OPEN_INVOICE.id).await;
    browser.link("Payments").await.click().await.unwrap();
    browser.until_text("h1", "Payments").await;
    browser.driver.back().await.unwrap();
    browser.until_text("h1", OPEN_INVOICE.id).await;
    browser.driver.forward().await.unwrap();
    browser.until_text("h1", "Payments").await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_is_on_every_page_and_leaves_nothing_on_screen() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    for path in ["", "account", "invoices", "payments"] {
        browser.goto(&format!("{}/{path}", site.portal)).await;
        SignInPage(&browser).sign_in(&CUSTOMER).await;
        browser.find("#account-menu").await.click().await.unwrap();
        browser.button("Log Out").await.click().await.unwrap();
        browser.field("Email").await;
        assert!(!browser.has(".amount").await, "a figure is left at /{path}");
    }
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_deletes_what_the_portal_has_stored_and_nothing_of_the_providers() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser.goto(&site.portal).await;
    SignInPage(&browser).sign_in(&CUSTOMER).await;
    browser
        .run(
            "for (const [name, value] of [['checkout', 'co_1'], ['path', '/'], ['button', 'pay']]) {
                 sessionStorage.setItem(`portico.left.${name}`, value);
             }
             sessionStorage.setItem('theirs', 'tab');
             localStorage.setItem('portico.time_zone', 'device');
             localStorage.setItem('theirs', 'device');
             document.cookie = 'theirs=cookie';",
        )
        .await;
    browser.find("#account-menu").await.click().await.unwrap();
    browser.button("Log Out").await.click().await.unwrap();
    browser.field("Email").await;
    let kept = browser
        .run(
            "return [Object.keys(sessionStorage).sort(), Object.keys(localStorage).sort(),
                 document.cookie];",
        )
        .await;
    // How this device shows times is about nobody.
    let expected = json!([["theirs"], ["portico.time_zone", "theirs"], "theirs=cookie"]);
    assert_eq!(kept, expected);
    // The cookie is gone: coming again, one is a guest.
    browser.goto(&site.portal).await;
    browser.field("Email").await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_does_not_exist_leads_home() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser.goto(&format!("{}/nowhere", site.portal)).await;
    SignInPage(&browser).sign_in(&CUSTOMER).await;
    browser.goto(&format!("{}/nowhere", site.portal)).await;
    browser.until_text("h1", "not found").await;
    browser
        .goto(&format!("{}/invoices/not-mine", site.portal))
        .await;
    browser.until_text("h1", "not found").await;
    browser.quit().await;
}
