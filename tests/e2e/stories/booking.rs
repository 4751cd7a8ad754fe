//! Asking for an event, moving it, cancelling it.

use super::{signed_in, signed_in_as};
use crate::browser::Browser;
use crate::pages::{AccountPage, EventPage, RequestPage, minor};
use crate::site::Site;
use test_support::sample_data::OTHER_CUSTOMER;

/// What is in credit less what is owed in EUR, in cents.
async fn net(account: &AccountPage<'_>) -> i64 {
    let credit = minor(&account.minor_figure("EUR", "credit").await);
    credit - minor(&account.minor_figure("EUR", "figure").await)
}

/// What the page says about cancelling, once the sheet is open.
async fn ask_to_cancel(browser: &Browser) -> String {
    browser
        .button("Cancel this event")
        .await
        .click()
        .await
        .unwrap();
    browser.find("dialog[open]").await;
    browser.text_of("dialog[open]").await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offered_time_is_asked_for_and_had_by_one() {
    let site = Site::start().await;
    let first = signed_in(&site).await;
    let second = signed_in_as(&site, &OTHER_CUSTOMER).await;
    let (one, other) = (RequestPage(&first), RequestPage(&second));
    // Both look at the same time of the same person.
    one.open("Hydrotherapy").await;
    other.open("Hydrotherapy").await;
    let time = one.choose_first_time().await;
    other.choose_time(&time).await;
    one.request().await;
    first.find(".event").await;
    first.until_text("main", "Hydrotherapy").await;
    other.request().await;
    second.until_text(".time_picker", "no longer free").await;
    assert!(
        !second.address().await.contains("/events/"),
        "the second has no event"
    );
    // The list is read again: the time is gone, and another one can be had.
    second
        .until("the time is offered no more", || async {
            !second.has(&format!("[data-time='{time}']")).await
        })
        .await;
    other.choose_first_time().await;
    other.request().await;
    second.find(".event").await;
    first.quit().await;
    second.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_with_a_deposit_is_kept_until_it_is_paid() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let form = RequestPage(&browser);
    form.open("Assessment").await;
    form.choose_first_time().await;
    browser.until_text("main", "€40.00").await;
    form.request().await;
    browser.find(".event .hold_countdown").await;
    browser.until_text("main", "On hold").await;
    browser
        .find("#event-part-deposit")
        .await
        .click()
        .await
        .unwrap();
    let event = EventPage(&browser);
    event.pay("40.00").await;
    browser
        .until("it is booked, and the deposit paid", || async {
            event.figure("paid").await == "40.00" && !browser.has(".hold_countdown").await
        })
        .await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_video_session_waits_for_its_link() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let form = RequestPage(&browser);
    form.open("Physiotherapy").await;
    browser.field("Video Session").await.click().await.unwrap();
    form.choose_first_time().await;
    form.request().await;
    browser
        .until_text(".event", "Awaiting video session link")
        .await;
    let address = browser.address().await;
    let id = address.rsplit('/').next().unwrap();
    // The provider adds it: the page shows it by itself.
    site.set_video(id, "https://video.example.com/harbour-clinic/room")
        .await;
    browser.link("Join the video session").await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_says_what_it_costs_and_gives_credit_back() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let event = EventPage(&browser);
    event.open_from("Upcoming", "E-1016").await;
    event.pay("65.00").await;
    browser
        .until("the event is paid", || async {
            event.money_state().await == "Paid"
        })
        .await;
    let account = AccountPage(&browser);
    account.open().await;
    assert_eq!(account.minor_figure("EUR", "held").await, "65.00");
    let before = net(&account).await;

    event.open_from("Upcoming", "E-1016").await;
    let told = ask_to_cancel(&browser).await;
    assert!(told.contains("€65.00"), "{told}");
    browser.press_in("dialog[open]", "Keep it").await;
    browser
        .until("nothing has happened", || async {
            !browser.has("dialog[open]").await
        })
        .await;
    ask_to_cancel(&browser).await;
    browser.press_in("dialog[open]", "Cancel this event").await;
    browser.until_text(".event", "Cancelled").await;

    account.open().await;
    browser
        .until(
            "nothing is kept for events, and no money is lost",
            || async {
                let held = browser
                    .has(".balance_card[data-currency='EUR'] [data-part='held']")
                    .await;
                !held && net(&account).await == before
            },
        )
        .await;
    browser.link("Calendar").await.click().await.unwrap();
    browser.link("History").await.click().await.unwrap();
    browser
        .until_text("[data-event='E-1016']", "Cancelled")
        .await;
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_moved_to_another_offered_time() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let event = EventPage(&browser);
    event.open_from("Upcoming", "E-1017").await;
    let before = browser.text_of(".event time").await;
    browser.link("Reschedule").await.click().await.unwrap();
    let form = RequestPage(&browser);
    form.choose_first_time().await;
    browser.button("Move").await.click().await.unwrap();
    event.shown("E-1017").await;
    browser
        .until("it is at another time", || async {
            let now = browser.text_of(".event time").await;
            !now.is_empty() && now != before
        })
        .await;
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}

/// Keeps the answer to a move back until the page has read the event again, as on a network
/// where the stream is faster than the answer.
const HOLD_MOVED: &str = "
    const send = window.fetch.bind(window);
    let readAgain;
    const read = new Promise((resolve) => { readAgain = resolve; });
    let moved = false;
    window.fetch = async (request, options) => {
        const answer = await send(request, options);
        const path = new URL(request.url).pathname;
        if (path.endsWith('/E-1017/time')) {
            moved = true;
            await read;
            window.heldBack = true;
        } else if (moved && path.endsWith('/events/E-1017')) {
            // The page has drawn it two frames after it has come.
            await answer.clone().text();
            requestAnimationFrame(() => requestAnimationFrame(readAgain));
        }
        return answer;
    };";

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_event_is_shown_though_the_page_knows_before_the_answer() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let event = EventPage(&browser);
    event.open_from("Upcoming", "E-1017").await;
    browser.link("Reschedule").await.click().await.unwrap();
    RequestPage(&browser).choose_first_time().await;
    browser.driver.execute(HOLD_MOVED, vec![]).await.unwrap();
    browser.button("Move").await.click().await.unwrap();
    event.shown("E-1017").await;
    let held = browser.driver.execute("return window.heldBack", vec![]);
    assert_eq!(held.await.unwrap().json(), true, "the answer came first");
    browser.quit().await;
}
