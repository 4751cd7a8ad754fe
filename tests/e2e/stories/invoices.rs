//! The list of invoices, and paying several of them or a part.

use thirtyfour::Key;

use super::signed_in;
use crate::browser::Browser;
use crate::pages::gateway::PAYS;
use crate::pages::{GatewayPage, InvoicePage, minor};
use crate::site::Site;
use test_support::sample_data::OPEN_INVOICE;

async fn listed(site: &Site) -> Browser {
    let browser = signed_in(site).await;
    browser.link("Invoices").await.click().await.unwrap();
    browser.find("[data-invoice]").await;
    browser
}

async fn rows(browser: &Browser) -> usize {
    browser.count(".data_table__body .data_table__row").await
}

#[tokio::test(flavor = "multi_thread")]
async fn invoices_are_searched_filtered_sorted_and_shown_by_chosen_columns() {
    let site = Site::start().await;
    let browser = listed(&site).await;
    let all = rows(&browser).await;

    browser
        .field("Invoice ID or Name")
        .await
        .send_keys("massage" + Key::Enter)
        .await
        .unwrap();
    browser
        .until("one invoice is found", || async {
            rows(&browser).await == 1
        })
        .await;
    assert!(browser.address().await.contains("search=massage"));
    browser.goto(&format!("{}/invoices", site.portal)).await;
    browser
        .until("all are listed", || async { rows(&browser).await == all })
        .await;

    browser.choose("Status", "Overdue").await;
    browser
        .until("only overdue ones are listed", || async {
            let badges = browser.texts(".data_table__body .badge").await;
            !badges.is_empty() && badges.iter().all(|badge| badge == "Overdue")
        })
        .await;
    browser.button("Clear filters").await.click().await.unwrap();
    browser
        .until("all are listed again", || async {
            rows(&browser).await == all
        })
        .await;

    browser.link("Due Date").await.click().await.unwrap();
    browser
        .until("the heading tells the order", || async {
            browser.has("[aria-sort]").await && browser.address().await.contains("sort=due")
        })
        .await;

    browser.button("Columns").await.click().await.unwrap();
    browser.find("#column-service").await.click().await.unwrap();
    browser.press_in("dialog[open]", "Done").await;
    browser.until_text(".data_table__heads", "Service").await;
    assert!(browser.address().await.contains("columns="));
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_ticked_invoices_are_paid_at_once() {
    let site = Site::start().await;
    let browser = listed(&site).await;
    for invoice in ["HC-0311", "HC-0401"] {
        let tick = browser
            .find(&format!("input[aria-label*='{invoice}']"))
            .await;
        tick.click().await.unwrap();
    }
    browser.until_text(".chosen_bar", "2 invoices").await;
    let sum = browser.amounts(".chosen_bar").await;
    browser.press_in(".chosen_bar", "Pay 2 Invoices").await;
    browser.find("#pay-chosen").await.click().await.unwrap();
    let gateway = GatewayPage::reach(&browser).await;
    if let Some(sum) = sum.first() {
        browser.until_text("main", sum).await;
    }
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    browser
        .until_text(".checkout_panel", "Payment complete")
        .await;
    for invoice in ["HC-0311", "HC-0401"] {
        InvoicePage(&browser).open(invoice).await;
        browser.until_text(".page_heading", "Paid").await;
    }
    assert!(browser.is_marked().await);
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_an_invoice_is_paid() {
    let site = Site::start().await;
    let browser = listed(&site).await;
    let invoice = InvoicePage(&browser);
    invoice.open(OPEN_INVOICE.id).await;
    browser
        .field("Pay a part of it")
        .await
        .click()
        .await
        .unwrap();
    browser.field("Amount").await.send_keys("1").await.unwrap();
    browser
        .until_text("#pay-invoice-amount-error", "From €21.96")
        .await;
    browser.field("Amount").await.clear().await.unwrap();
    browser
        .field("Amount")
        .await
        .send_keys("100")
        .await
        .unwrap();
    browser.until_text("#pay-invoice", "€100.00").await;
    invoice.pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    browser
        .until_text(".checkout_panel", "Payment complete")
        .await;
    let left = minor(OPEN_INVOICE.remaining) - 10_000;
    browser
        .until("100.00 less remains", || async {
            minor(&invoice.figure("remaining").await) == left
        })
        .await;
    assert!(browser.is_marked().await);
    browser.quit().await;
}
