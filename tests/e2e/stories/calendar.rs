//! The calendar: lists, a month and a week.

use thirtyfour::Key;

use super::signed_in;
use crate::browser::Browser;
use crate::site::Site;

async fn calendar(site: &Site) -> Browser {
    let browser = signed_in(site).await;
    browser.link("Calendar").await.click().await.unwrap();
    browser.find(".event_row").await;
    browser
}

async fn rows(browser: &Browser) -> usize {
    browser.count(".event_row").await
}

/// How many events a tab says that it has.
async fn counted(browser: &Browser, tab: &str) -> usize {
    let text = browser.link(tab).await.text().await.unwrap();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits
        .parse()
        .unwrap_or_else(|_| panic!("no count in {text}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_listed_filtered_and_opened_by_their_date() {
    let site = Site::start().await;
    let browser = calendar(&site).await;
    let all = rows(&browser).await;
    assert_eq!(all, counted(&browser, "Upcoming").await);

    browser.choose("Service", "Assessment").await;
    browser
        .until("only assessments are listed", || async {
            let few = rows(&browser).await;
            few > 0 && few < all && few == counted(&browser, "Upcoming").await
        })
        .await;
    assert!(browser.address().await.contains("service=Assessment"));
    // The other views keep what is chosen.
    browser.link("History").await.click().await.unwrap();
    browser
        .until("the history keeps the service", || async {
            let address = browser.address().await;
            address.contains("/calendar/history") && address.contains("service=Assessment")
        })
        .await;
    browser.button("Clear filters").await.click().await.unwrap();
    browser
        .until("all of the history is listed", || async {
            rows(&browser).await == counted(&browser, "History").await
        })
        .await;

    browser.link("Upcoming").await.click().await.unwrap();
    browser.find("#event-unpaid").await.click().await.unwrap();
    browser
        .until("each event has something to pay", || async {
            let (listed, due) = (
                rows(&browser).await,
                browser.count(".event_row__figure").await,
            );
            listed < all && listed > 0 && listed == due
        })
        .await;
    let unpaid = rows(&browser).await;
    // It is in the address, so it is there again after a reload.
    browser.goto(&browser.address().await).await;
    browser
        .until("the same events are listed", || async {
            rows(&browser).await == unpaid
        })
        .await;

    // The date opens the event.
    let date = browser.find("[data-event='E-1015'] a").await;
    let told = date.text().await.unwrap();
    date.click().await.unwrap();
    browser.find(".event").await;
    browser
        .until_text("main", "Physiotherapy, 45 minutes")
        .await;
    browser.until_text("main", told.trim()).await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_walked_by_keyboard() {
    let site = Site::start().await;
    let browser = calendar(&site).await;
    browser.link("Month").await.click().await.unwrap();
    browser.find(".month_grid").await;
    let title = browser.text_of(".period_bar__name").await;
    let focused = "return document.activeElement.closest('[data-day]')?.dataset.day ?? ''";
    browser
        .find(".month_grid__day[tabindex='0']")
        .await
        .send_keys(Key::Right + "")
        .await
        .unwrap();
    let first = browser.run(focused).await;
    assert!(first.as_str().is_some_and(|day| day.len() == 10), "{first}");
    let press = async |key: Key| {
        let active = browser.driver.active_element().await.unwrap();
        active.send_keys(key + "").await.unwrap();
    };
    press(Key::Down).await;
    browser
        .until("the next week has the keyboard", || async {
            browser.run(focused).await != first
        })
        .await;
    press(Key::PageDown).await;
    browser
        .until(
            "the next month is on screen, and the keyboard in it",
            || async {
                let day = browser.run(focused).await;
                browser.text_of(".period_bar__name").await != title
                    && day.as_str().is_some_and(|day| !day.is_empty())
            },
        )
        .await;
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_the_month_shows_its_events() {
    let site = Site::start().await;
    let browser = calendar(&site).await;
    let day = browser
        .run("return document.querySelector(\"[data-event='E-1015'] time\").getAttribute('datetime').slice(0, 10)")
        .await;
    let day = day.as_str().unwrap().to_owned();
    let month = &day[..7];
    browser
        .goto(&format!("{}/calendar/month/{month}?day={day}", site.portal))
        .await;
    browser.find("[data-event='E-1015'] a").await;
    // In the grid, its money has a word as well.
    let cell = browser
        .text_of(&format!(".month_grid [data-day='{day}']"))
        .await;
    assert!(!cell.is_empty());
    browser
        .find("[data-event='E-1015'] a")
        .await
        .click()
        .await
        .unwrap();
    browser.find(".event").await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_shows_its_days_and_leads_to_the_next() {
    let site = Site::start().await;
    let browser = calendar(&site).await;
    browser.link("Week").await.click().await.unwrap();
    browser.find(".week_grid").await;
    assert_eq!(browser.count(".week_grid__day").await, 7);
    browser.link("Next week").await.click().await.unwrap();
    browser
        .until("the address names a week", || async {
            browser.address().await.contains("/calendar/week/20")
        })
        .await;
    assert_eq!(browser.count(".week_grid__day").await, 7);
    browser.link("Today").await.click().await.unwrap();
    browser.find(".week_grid [aria-current='date']").await;
    browser.quit().await;
}
