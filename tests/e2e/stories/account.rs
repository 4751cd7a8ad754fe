//! My Account: figures that open, and paying ahead.

use super::{signed_in, signed_in_as};
use crate::pages::gateway::PAYS;
use crate::pages::{AccountPage, GatewayPage, minor};
use crate::site::Site;
use test_support::sample_data::EMPTY_CUSTOMER;

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_opens_into_what_makes_it_up() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let account = AccountPage(&browser);
    account.open().await;
    for part in ["owed", "overdue", "on_its_way"] {
        let figure = match part {
            "owed" => account.minor_figure("EUR", "figure").await,
            part => account.minor_figure("EUR", part).await,
        };
        let opener = format!("#figure-{part}-eur");
        browser.find(&opener).await.click().await.unwrap();
        browser.find("#figure .data_table__cell").await;
        let rows = browser.amounts("#figure .data_table__body").await;
        let sum: i64 = rows.iter().map(|amount| minor(amount)).sum();
        assert_eq!(sum, minor(&figure), "{part}: {rows:?}");
        // What is open stands in the address, and Back closes it.
        let address = browser.address().await;
        assert!(address.contains(&format!("figure={part}")), "{address}");
        browser.driver.back().await.unwrap();
        browser
            .until("the sheet has closed", || async {
                !browser.has("#figure[open]").await
            })
            .await;
    }
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_unpaid_event_is_paid_ahead() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let account = AccountPage(&browser);
    account.open().await;
    let owed = account.minor_figure("EUR", "figure").await;
    let first = browser.text_of("#next-event, .next_event").await;
    browser.find("#pay-next-event").await.click().await.unwrap();
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    browser
        .until_text(".checkout_panel", "Payment complete")
        .await;
    browser
        .until("the money is kept for the event", || async {
            minor(&account.minor_figure("EUR", "held").await) > 0
        })
        .await;
    assert_eq!(
        account.minor_figure("EUR", "figure").await,
        owed,
        "what is paid ahead pays for no invoice"
    );
    browser
        .until("the next event is another one", || async {
            browser.text_of("#next-event, .next_event").await != first
        })
        .await;
    assert!(browser.is_marked().await);
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn paying_ahead_says_why_it_is_off() {
    let site = Site::start().await;
    let browser = signed_in_as(&site, &EMPTY_CUSTOMER).await;
    browser.link("My Account").await.click().await.unwrap();
    let button = browser.button("Pay For My Next Unpaid Event").await;
    assert_eq!(
        button.attr("aria-disabled").await.unwrap().as_deref(),
        Some("true")
    );
    browser
        .until_text("main", "There is no upcoming event to pay for.")
        .await;
    browser.quit().await;
}
