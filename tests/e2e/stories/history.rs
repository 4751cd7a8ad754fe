//! The account history and the statement.

use super::signed_in;
use crate::browser::Browser;
use crate::pages::minor;
use crate::site::Site;

async fn history(site: &Site) -> Browser {
    let browser = signed_in(site).await;
    browser.link("My Account").await.click().await.unwrap();
    browser.link("History").await.click().await.unwrap();
    browser.find(".data_table__cell").await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_is_filtered_and_ordered_in_the_address() {
    let site = Site::start().await;
    let browser = history(&site).await;
    let all = browser.text_of(".data_table__body").await;
    for kind in ["Invoice", "Receipt", "Purchase", "Credit note", "Refund"] {
        assert!(all.contains(kind), "{kind} in {all}");
    }
    let newest = browser.text_of(".data_table__body .data_table__row").await;

    browser.choose("Order by", "Oldest on Top").await;
    browser
        .until("another entry is on top", || async {
            let top = browser.text_of(".data_table__body .data_table__row").await;
            !top.is_empty() && top != newest
        })
        .await;
    assert!(browser.address().await.contains("order=oldest"));

    browser.choose("Currency", "JPY").await;
    browser
        .until("only yen is listed", || async {
            let rows = browser.text_of(".data_table__body").await;
            !rows.is_empty() && !rows.contains('€')
        })
        .await;
    browser
        .field("Include Only Outstanding")
        .await
        .click()
        .await
        .unwrap();
    browser
        .until("one invoice is outstanding", || async {
            browser.count(".data_table__body .data_table__row").await == 1
        })
        .await;
    let address = browser.address().await;
    for part in ["order=oldest", "currency=JPY", "outstanding=true"] {
        assert!(address.contains(part), "{part} in {address}");
    }
    // The address alone brings the same list back, and a record opens from it.
    browser.goto(&address).await;
    browser
        .until("the same list", || async {
            browser.count(".data_table__body .data_table__row").await == 1
        })
        .await;
    browser
        .find(".data_table__body .data_table__link")
        .await
        .click()
        .await
        .unwrap();
    browser.until_text("h1", "Invoice HCT-014").await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_says_on_paper_and_as_csv_what_it_says_on_screen() {
    let site = Site::start().await;
    let browser = history(&site).await;
    browser.link("Statement").await.click().await.unwrap();
    browser.choose("Currency", "EUR").await;
    browser.choose("Days", "This year").await;
    browser.find(".statement_sums").await;
    browser.find(".data_table__cell").await;
    let sums = browser.amounts(".statement_sums").await;
    let (opening, closing) = (minor(&sums[0]), minor(sums.last().unwrap()));
    let entries = browser
        .amounts(".data_table__body [data-slot='figure']")
        .await;
    let moved: i64 = entries.iter().map(|amount| minor(amount)).sum();
    assert_eq!(opening + moved, closing, "{sums:?} {entries:?}");

    let downloads = browser.keep_downloads().await;
    browser
        .button("Download as CSV")
        .await
        .click()
        .await
        .unwrap();
    let csv = downloads.next(&browser, "csv").await;
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let heads = reader.headers().unwrap().clone();
    let amount = heads.iter().position(|head| head == "Amount").unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    // The balances at both ends are rows without an amount.
    let moved = rows.iter().filter(|row| !row[amount].is_empty());
    let in_file: Vec<i64> = moved.map(|row| minor(&row[amount])).collect();
    let on_screen: Vec<i64> = entries.iter().map(|amount| minor(amount)).collect();
    assert_eq!(in_file, on_screen);

    let words = browser.texts(".data_table__body .data_table__link").await;
    let figures = browser.texts(".statement_sums .amount").await;
    browser
        .button("Download as PDF")
        .await
        .click()
        .await
        .unwrap();
    let pdf = downloads.next(&browser, "pdf").await;
    let text = crate::pages::text_of_pdf(&pdf);
    for shown in words.iter().chain(&figures) {
        assert!(
            text.contains(&crate::pages::without_blanks(shown)),
            "{shown} in {text}"
        );
    }
    browser.quit().await;
}
