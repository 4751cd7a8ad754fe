//! One event and its money.

use super::{signed_in, signed_in_as};
use crate::pages::{AccountPage, EventPage, minor};
use crate::site::Site;
use test_support::sample_data::OTHER_CUSTOMER;

/// The story that the older portal's help tells, in its words: `Calendar`, `Upcoming`, the
/// event's date, `Pay Your Event Balance`, another window, pay; and, at last, nothing to
/// refresh.
#[tokio::test(flavor = "multi_thread")]
async fn the_older_portals_story_word_for_word() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let event = EventPage(&browser);
    event.open_from("Upcoming", "E-1015").await;
    assert_eq!(event.figure("balance").await, "65.00");
    assert_eq!(event.money_state().await, "Unpaid");

    event.pay("65.00").await;

    browser
        .until("the event is paid", || async {
            event.money_state().await == "Paid" && event.figure("balance").await == "0.00"
        })
        .await;
    assert_eq!(event.figure("paid").await, "65.00");
    // The list and the balance say so too.
    browser.link("Calendar").await.click().await.unwrap();
    browser.until_text("[data-event='E-1015']", "Paid").await;
    let account = AccountPage(&browser);
    account.open().await;
    browser
        .until("the money is kept for the event", || async {
            minor(&account.minor_figure("EUR", "held").await) >= 6_500
        })
        .await;
    assert!(browser.is_marked().await, "the page was reloaded");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deposit_or_the_whole_is_paid_ahead() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let event = EventPage(&browser);
    event.open_from("Upcoming", "E-1102").await;
    assert_eq!(event.figure("deposit").await, "40.00");
    assert_eq!(event.figure("balance").await, "140.00");
    let choice = browser.text_of(".event_money").await;
    for part in ["€40.00", "€140.00", "€100.00"] {
        assert!(choice.contains(part), "{part} in {choice}");
    }
    browser
        .find("#event-part-deposit")
        .await
        .click()
        .await
        .unwrap();
    event.pay("40.00").await;
    browser
        .until("the deposit is paid and the rest is not", || async {
            event.figure("paid").await == "40.00" && event.figure("balance").await == "100.00"
        })
        .await;
    assert_eq!(event.money_state().await, "Part paid");
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoiced_event_is_paid_through_its_invoice() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let event = EventPage(&browser);
    event.open_from("History", "E-1009").await;
    browser.until_text(".event_money", "HC-0311").await;
    let remaining = event.figure("balance").await;
    assert_eq!(remaining, "219.60");
    event.pay("219.60").await;
    browser
        .until("the event is paid", || async {
            event.money_state().await == "Paid"
        })
        .await;
    browser.link("HC-0311").await.click().await.unwrap();
    browser.find(".invoice_document").await;
    browser.until_text(".page_heading", "Paid").await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn attendance_is_confirmed_in_two_steps_also_afterwards() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let event = EventPage(&browser);
    for (list, id) in [("Upcoming", "E-1014"), ("History", "E-1013")] {
        event.open_from(list, id).await;
        browser
            .button("Confirm Attendance")
            .await
            .click()
            .await
            .unwrap();
        browser.press_in("#attendance", "Confirm").await;
        browser.until_text("#attendance", "Confirmed by you").await;
    }
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_says_when_where_with_whom_and_what_it_costs() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let event = EventPage(&browser);
    event.open_from("Upcoming", "E-1102").await;
    let page = browser.text_of("main").await;
    for part in [
        "Gait analysis, review",
        "Harbour Clinic, room 2",
        "Sinéad Walsh",
        "Dr Owen Hale",
        "€140.00",
        "€40.00",
        "Documents",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let map = browser.link("Show on a map").await;
    let address = map.attr("href").await.unwrap().unwrap_or_default();
    assert!(
        address.contains("Harbour%20Clinic%2C%20room%202"),
        "{address}"
    );
    // Another zone's time is told in both.
    event.open_from("History", "E-1101").await;
    browser.until_text("main", "Asia/Tokyo").await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_messages_wait_for_an_answer() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let event = EventPage(&browser);
    event.open_from("Upcoming", "E-1015").await;
    browser
        .until_text("main", "Start a Discussion with Harbour Clinic")
        .await;
    // Nothing is sent without words, and what is missing stands next to its field.
    browser.button("Send").await.click().await.unwrap();
    browser.until_text("#message-text-error", "Fill in").await;
    for nth in 1..=3 {
        let subject = browser.field("Subject").await;
        subject.send_keys(format!("Question {nth}")).await.unwrap();
        let text = browser.field("Message").await;
        text.send_keys("May I bring my daughter?").await.unwrap();
        browser.button("Send").await.click().await.unwrap();
        browser
            .until_text(".discussion", &format!("Question {nth}"))
            .await;
        browser
            .until("the form is empty, or gone", || async {
                let left = "return document.querySelector('#message-text')?.value ?? ''";
                browser.run(left).await == ""
            })
            .await;
    }
    browser
        .until("there is no room for a fourth", || async {
            !browser.has("#message-text").await
        })
        .await;
    // The provider answers; the page shows it by itself, and one may write again.
    site.answer_message("E-1015", "Of course.").await;
    browser.until_text(".discussion", "Of course.").await;
    browser.field("Message").await;
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_event_does_not_exist() {
    let site = Site::start().await;
    let browser = signed_in_as(&site, &OTHER_CUSTOMER).await;
    browser
        .goto(&format!("{}/calendar/events/E-1015", site.portal))
        .await;
    browser.until_text("main", "not found").await;
    browser.quit().await;
}
