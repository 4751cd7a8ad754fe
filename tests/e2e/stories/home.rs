//! Home: what is owed, what comes next, and what there is to do.

use serde_json::json;

use super::signed_in;
use crate::browser::Browser;
use crate::pages::SignInPage;
use crate::site::Site;
use test_support::sample_data::CUSTOMER;

async fn home(site: &Site) -> Browser {
    let browser = signed_in(site).await;
    browser.find(".to_do_row").await;
    browser.find(".event_card__event").await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn home_shows_what_is_owed_what_is_next_and_what_to_do() {
    let site = Site::start().await;
    let browser = home(&site).await;
    browser.until_text("main", "Pay My Balance").await;
    let page = browser.text_of("main").await;
    for part in [
        "€670.74",
        "Things I Need To Do",
        "Pay invoice HC-0311",
        "Next event",
        "attended",
        "upcoming",
        "My Services",
        "Exercises for home",
        "accounts@example.com",
        "+353 1 555 0100",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let badge = browser.text_of(".shell__nav").await;
    assert!(badge.contains("things to do"), "{badge}");
    // A tile leads on, and so does a service: to its own history.
    let history = browser.link("Show Invoices in your Account History").await;
    history.click().await.unwrap();
    browser.until_text("h1", "Account History").await;
    assert!(browser.address().await.contains("service="));
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn home_says_the_days_of_an_event_without_hours_and_no_midnight() {
    let site = Site::start().await;
    let browser = home(&site).await;
    browser.find(".service_row").await;
    let services = browser.texts(".service_row").await;
    let camp = services
        .iter()
        .find(|service| service.starts_with("Training camp"));
    let camp = camp.unwrap_or_else(|| panic!("no camp in {services:?}"));
    let (_, next) = camp.split_once("Next: ").unwrap();
    // Three days, as the event's own page has them.
    assert!(next.contains('–'), "{next}");
    let page = browser.text_of("main").await;
    assert!(!page.contains("00:00"), "{page}");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_confirmed_in_two_steps() {
    let site = Site::start().await;
    let browser = home(&site).await;
    browser.mark().await;
    let offered = || browser.count(".to_do_row button");
    browser.button("Confirm Attendance").await;
    let before = offered().await;
    browser
        .button("Confirm Attendance")
        .await
        .click()
        .await
        .unwrap();
    let confirm = ".to_do_row__acts";
    browser.until_text(confirm, "Not now").await;
    browser.press_in(confirm, "Confirm").await;
    browser.until_text("body", "You have confirmed").await;
    browser
        .until("there is one thing less to do", || async {
            offered().await < before
        })
        .await;
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn times_are_shown_in_the_zone_that_is_chosen() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser
        .cdp()
        .send_raw(
            "Emulation.setTimezoneOverride",
            json!({ "timezoneId": "Asia/Tokyo" }),
        )
        .await
        .unwrap();
    browser.goto(&site.portal).await;
    SignInPage(&browser).sign_in(&CUSTOMER).await;
    browser.until_text(".event_card__event", "GMT").await;
    let in_dublin = browser.text_of(".event_card__event").await;
    browser
        .choose("Time Zone", "Asia/Tokyo (this device)")
        .await;
    browser
        .until("the next event is told in Tokyo's time", || async {
            let told = browser.text_of(".event_card__event").await;
            told.contains("GMT+9") && told != in_dublin
        })
        .await;
    // It is remembered.
    browser.goto(&site.portal).await;
    browser.until_text(".event_card__event", "GMT+9").await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn legal_texts_are_linked_on_every_screen() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser.goto(&site.portal).await;
    browser.field("Email").await;
    browser.link("Privacy Policy").await;
    SignInPage(&browser).sign_in(&CUSTOMER).await;
    for path in ["", "account", "account/history", "invoices", "payments/new"] {
        browser.goto(&format!("{}/{path}", site.portal)).await;
        browser.find(".shell__nav").await;
        browser.link("Privacy Policy").await;
        browser.link("Terms of Use").await;
    }
    browser.quit().await;
}
