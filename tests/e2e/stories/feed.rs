//! The calendar in other apps.

use super::signed_in;
use crate::pages::EventPage;
use crate::site::Site;

async fn read(address: &str) -> (u16, String) {
    let answer = reqwest::get(address).await.unwrap();
    let status = answer.status().as_u16();
    // Folded lines are one line (RFC 5545, 3.1).
    (status, answer.text().await.unwrap().replace("\r\n ", ""))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_feed_is_made_read_and_ended() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    browser.link("Calendar").await.click().await.unwrap();
    browser
        .link("Show these events in another calendar")
        .await
        .click()
        .await
        .unwrap();
    browser
        .button("Create address")
        .await
        .click()
        .await
        .unwrap();
    let shown = browser.find("#feed input[readonly]").await;
    let address = shown.prop("value").await.unwrap().unwrap_or_default();
    let (status, calendar) = read(&address).await;
    assert_eq!(status, 200);
    for part in ["BEGIN:VCALENDAR", "UID:E-1015@", "TZID:Europe/Dublin"] {
        assert!(calendar.contains(part), "{part} in {calendar}");
    }
    // It is shown once.
    browser
        .goto(&format!("{}/calendar/feed", site.portal))
        .await;
    browser.button("End it").await.click().await.unwrap();
    let page = browser.text_of("main").await;
    assert!(!page.contains(&address), "{page}");
    browser.press_in("dialog[open]", "End it").await;
    browser.button("Create address").await;
    assert_eq!(read(&address).await.0, 404);
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_event_is_taken_along_as_a_file() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let downloads = browser.keep_downloads().await;
    EventPage(&browser).open_from("Upcoming", "E-1015").await;
    browser
        .button("Add to your calendar")
        .await
        .click()
        .await
        .unwrap();
    let file = downloads.next(&browser, "ics").await;
    let text = String::from_utf8(file).unwrap().replace("\r\n ", "");
    for part in ["BEGIN:VEVENT", "UID:E-1015@", "Physiotherapy"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    browser.quit().await;
}
