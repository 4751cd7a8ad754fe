//! Documents: on paper what is on screen, each under its own name.

use super::signed_in;
use crate::browser::Browser;
use crate::pages::{InvoicePage, SignInPage, text_of_pdf, without_blanks};
use crate::site::Site;
use test_support::sample_data::{CUSTOMER, OPEN_INVOICE, PAID_INVOICE};

/// Counts what would be printed: a headless browser has no printer.
const COUNT_PRINTS: &str = "window.prints = 0; window.print = () => { window.prints += 1; };";

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_on_paper_says_what_the_screen_says() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    InvoicePage(&browser).open(OPEN_INVOICE.id).await;
    let figures = browser.texts(".invoice_document .amount").await;
    let words = browser.texts(".invoice_document dd").await;
    assert!(
        figures.len() > 6 && words.len() > 4,
        "{figures:?} {words:?}"
    );
    let downloads = browser.keep_downloads().await;
    browser
        .button("Download as PDF")
        .await
        .click()
        .await
        .unwrap();
    let text = text_of_pdf(&downloads.next(&browser, "pdf").await);
    for shown in figures.iter().chain(&words) {
        assert!(text.contains(&without_blanks(shown)), "{shown} in {text}");
    }
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lines_of_an_invoice_come_by_trying_again_and_are_missed_without_a_server() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    InvoicePage(&browser).open(OPEN_INVOICE.id).await;
    let downloads = browser.keep_downloads().await;
    browser.block(&["*/invoices/*/csv*"]).await;
    let button = browser.button("Download as CSV").await;
    button.click().await.unwrap();
    let failed = "The download did not finish";
    browser.until_text(".download_panel", failed).await;
    browser.block(&[]).await;
    let again = browser.button("Try again").await;
    again.click().await.unwrap();
    let csv = downloads.next(&browser, "csv").await;
    assert!(csv.len() > 40, "{csv:?}");
    browser.until_text(".download_panel", "Saved").await;
    browser.button("Close").await.click().await.unwrap();
    site.stop().await;
    browser
        .button("Download as CSV")
        .await
        .click()
        .await
        .unwrap();
    browser.until_text(".download_panel", failed).await;
    assert!(browser.has(".invoice_document").await, "the page stays");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_document_prints_under_its_own_name() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    browser.before_load(COUNT_PRINTS).await;
    browser.goto(&site.portal).await;
    SignInPage(&browser).sign_in(&CUSTOMER).await;
    for (path, heading, label) in [
        (
            format!("invoices/{}", PAID_INVOICE.id),
            "Invoice",
            "Print This Invoice",
        ),
        (
            "payments/P-10178".to_owned(),
            "Receipt",
            "Print This Receipt",
        ),
        (
            "credit-notes/HCC-018".to_owned(),
            "Credit note",
            "Print This Credit Note",
        ),
        (
            "account/statement".to_owned(),
            "Statement",
            "Print This Statement",
        ),
    ] {
        browser.goto(&format!("{}/{path}", site.portal)).await;
        browser.find(".invoice_document").await;
        browser.until_text("h1", heading).await;
        browser.button(label).await.click().await.unwrap();
        browser
            .until("it is printed", || async {
                browser.run("return window.prints").await == 1
            })
            .await;
    }
    browser.quit().await;
}
