//! The list of payments, and the story of one.

use super::signed_in;
use crate::pages::gateway::PAYS;
use crate::pages::{GatewayPage, InvoicePage, PaymentsPage};
use crate::site::Site;
use test_support::sample_data::{CUSTOMER, OPEN_INVOICE};

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_tells_its_story() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    InvoicePage(&browser).open(OPEN_INVOICE.id).await;
    InvoicePage(&browser).pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    browser.until_text(".page_heading", "Paid").await;

    PaymentsPage(&browser).open().await;
    browser
        .find(".data_table__body .data_table__link")
        .await
        .click()
        .await
        .unwrap();
    browser
        .until_text("#story, main", "The money has arrived")
        .await;
    let page = browser.text_of("main").await;
    // The window is closed as soon as the money is there, so nobody comes back from it.
    let steps = [
        "You pressed Pay",
        "The payment page opened",
        "The money has arrived",
        "It was applied",
    ];
    let places: Vec<_> = steps.iter().map(|step| page.find(step)).collect();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?} in {page}"
    );
    for part in ["Completed", "Card", OPEN_INVOICE.id] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let downloads = browser.keep_downloads().await;
    browser
        .button("Download as PDF")
        .await
        .click()
        .await
        .unwrap();
    let pdf = downloads.next(&browser, "pdf").await;
    let text = crate::pages::text_of_pdf(&pdf);
    for part in ["Receipt", OPEN_INVOICE.id, "219.60"] {
        assert!(
            text.contains(&crate::pages::without_blanks(part)),
            "{part} in {text}"
        );
    }
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn payments_are_filtered_and_saved_as_csv() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    PaymentsPage(&browser).open().await;
    browser.choose("Status", "Cancelled").await;
    browser
        .until("only cancelled ones are listed", || async {
            let badges = browser.texts(".data_table__body .badge").await;
            !badges.is_empty() && badges.iter().all(|badge| badge == "Cancelled")
        })
        .await;
    let listed = browser.count(".data_table__body .data_table__row").await;
    let downloads = browser.keep_downloads().await;
    browser
        .button("Download these as .csv")
        .await
        .click()
        .await
        .unwrap();
    let csv = downloads.next(&browser, "csv").await;
    browser.until_text(".download_panel", "Saved").await;
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let heads: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    for head in ["Status", "Description", "Total"] {
        assert!(
            heads.iter().any(|found| found == head),
            "{head} in {heads:?}"
        );
    }
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), listed);
    assert!(
        rows.iter()
            .all(|row| row.iter().any(|cell| cell == "Cancelled"))
    );
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_on_the_providers_side_appears_by_itself() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    browser.mark().await;
    PaymentsPage(&browser).open().await;
    let before = browser.count(".data_table__body .data_table__row").await;
    site.import_payment(CUSTOMER.id, "12.50").await;
    browser
        .until("the payment at the desk is listed", || async {
            browser.count(".data_table__body .data_table__row").await == before + 1
        })
        .await;
    let rows = browser.text_of(".data_table__body").await;
    assert!(rows.contains("€12.50"), "{rows}");
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}
