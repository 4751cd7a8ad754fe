//! The documents as PDF: the customer's own, as files, and saying what the API says.

use api_types::{
    CreditNoteId, Currency, CustomerId, Day, HistoryEntry, Invoice, InvoiceId, Money, Page,
    Statement, Timestamp,
};
use backend::db::credit_notes::{self, NewCreditNote};
use backend::db::customers;
use backend::settings::DocumentSettings;

use test_support::{Answer, Site, get, problem};

const INVOICE: &str = "/api/v1/invoices/INV-1/pdf";
const RECEIPT: &str = "/api/v1/payments/PAY-1/receipt";
const CREDIT_NOTE: &str = "/api/v1/credit-notes/CN-1/pdf";
const STATEMENT: &str = "/api/v1/statement/pdf?from=2026-11-01&to=2026-11-30";

/// An invoice that a part is taken back of, and a payment, all of Ada's.
async fn site() -> Site {
    let site = Site::open().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    site.add_credit("ada", "PAY-1", 250).await;
    let eur = Currency::parse("EUR").unwrap();
    let note = NewCreditNote {
        id: CreditNoteId::parse("CN-1").unwrap(),
        invoice: InvoiceId::parse("INV-1").unwrap(),
        number: "CN-1".to_owned(),
        issued_on: Day::parse("2026-11-10").unwrap(),
        issued_at: Timestamp::parse("2026-11-10T00:00:00Z").unwrap(),
        reason: "One visit did not take place".to_owned(),
        net: Money::from_minor(1000, eur),
        tax: Money::from_minor(200, eur),
    };
    let (ada, now) = (CustomerId::parse("ada").unwrap(), site.app.now());
    site.app
        .db()
        .write(async |tx| {
            credit_notes::put(tx, &note, now).await?;
            customers::touch(tx, &ada).await
        })
        .await
        .unwrap();
    site
}

/// The text, without its blanks: where they are is the reader's guess.
fn text(answer: &Answer) -> String {
    assert_eq!(
        answer.status,
        200,
        "{:?}",
        String::from_utf8_lossy(&answer.body)
    );
    assert_eq!(answer.header("content-type"), "application/pdf");
    let text = pdf_extract::extract_text_from_mem(&answer.body).unwrap();
    squeezed(&text)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn assert_says(text: &str, said: &str) {
    assert!(text.contains(&squeezed(said)), "no `{said}` in {text}");
}

#[tokio::test]
async fn a_document_is_a_file_with_its_own_name_that_nobody_keeps() {
    let site = site().await;
    let ada = site.signed_in("ada").await;
    for (path, name) in [
        (INVOICE, "Invoice INV-1.pdf"),
        (RECEIPT, "Receipt PAY-1.pdf"),
        (CREDIT_NOTE, "Credit note CN-1.pdf"),
        (STATEMENT, "Statement 2026-11-01 to 2026-11-30.pdf"),
    ] {
        let answer = ada.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), "application/pdf");
        assert_eq!(answer.header("cache-control"), "no-store");
        let kept_as = format!("attachment; filename=\"{name}\"; ");
        let told = answer.header("content-disposition");
        assert!(told.starts_with(&kept_as), "{told}");
        assert!(answer.body.starts_with(b"%PDF-1.7"), "{path}");
    }
}

#[tokio::test]
async fn documents_are_for_the_customer_whose_they_are() {
    let site = site().await;
    let ben = site.signed_in("ben").await;
    for path in [INVOICE, RECEIPT, CREDIT_NOTE] {
        assert_eq!(
            site.send(get(path)).await.code(),
            problem(401, "signed_out")
        );
        assert_eq!(ben.get(path).await.code(), problem(404, "not_found"));
    }
    assert_eq!(
        site.send(get(STATEMENT)).await.code(),
        problem(401, "signed_out")
    );
    let bens = text(&ben.get(STATEMENT).await);
    assert_says(&bens, "The customer ben");
    assert!(!bens.contains("INV-1"), "{bens}");
}

#[tokio::test]
async fn an_invoice_says_what_the_api_says() {
    let site = site().await;
    let ada = site.signed_in("ada").await;
    let invoice: Invoice = ada.get("/api/v1/invoices/INV-1").await.json();
    assert_eq!(invoice.money.remaining.minor(), 3300);
    let paper = text(&ada.get(INVOICE).await);
    for said in [
        "Invoice INV-1",
        "Overdue",
        "The customer ada",
        "Subtotal €45.00",
        "Credited €12.00",
        "Remaining €33.00",
        "Credit note CN-1",
    ] {
        assert_says(&paper, said);
    }
}

#[tokio::test]
async fn a_statement_has_the_entries_of_the_history() {
    let site = site().await;
    let ada = site.signed_in("ada").await;
    let days = "from=2026-11-01&to=2026-11-30";
    let page: Page<HistoryEntry> = ada.get(&format!("/api/v1/history?{days}")).await.json();
    let sums: Statement = ada.get(&format!("/api/v1/statement?{days}")).await.json();
    let paper = text(&ada.get(STATEMENT).await);
    assert_eq!(page.data.len(), 3);
    for entry in &page.data {
        let amount = entry.amount.amount_text();
        assert_says(&paper, amount.trim_start_matches('-'));
        let number = entry.number.as_deref().unwrap_or_default();
        assert_says(&paper, number);
    }
    let closing = sums.currencies[0].closing.amount_text();
    assert_eq!(closing, "-30.50");
    assert_says(&paper, "Balance at the end −€30.50");
}

#[tokio::test]
async fn a_statement_that_ends_before_it_begins_is_refused() {
    let site = site().await;
    let ada = site.signed_in("ada").await;
    let path = "/api/v1/statement/pdf?from=2026-11-30&to=2026-11-01";
    assert_eq!(ada.get(path).await.code(), problem(422, "invalid"));
}

#[tokio::test]
async fn only_money_that_came_has_a_receipt() {
    let site = site().await;
    let eur = Currency::parse("EUR").unwrap();
    site.add_money("ada", "BUY-1", Money::from_minor(-500, eur))
        .await;
    let ada = site.signed_in("ada").await;
    let paper = text(&ada.get(RECEIPT).await);
    assert_says(&paper, "Receipt PAY-1");
    assert_says(&paper, "Total €2.50");
    for path in [
        "/api/v1/payments/BUY-1/receipt",
        "/api/v1/payments/NONE/receipt",
    ] {
        assert_eq!(
            ada.get(path).await.code(),
            problem(404, "not_found"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_logo_that_is_no_picture_is_told_when_the_backend_starts() {
    let folder = tempfile::tempdir().unwrap();
    let logo = folder.path().join("logo.svg");
    let fonts = vec![logo.clone()];
    let site = Site::open().await;
    let with = |documents| {
        let mut settings = site.app.settings().clone();
        settings.documents = documents;
        settings.render_context().map(drop)
    };
    let as_logo = || {
        with(DocumentSettings {
            logo: Some(logo.clone()),
            fonts: vec![],
        })
    };
    let told = as_logo().unwrap_err().to_string();
    assert!(told.contains("documents.logo"), "{told}");
    std::fs::write(&logo, "no picture").unwrap();
    let told = as_logo().unwrap_err().to_string();
    assert!(told.contains("documents.logo"), "{told}");
    let told = with(DocumentSettings { logo: None, fonts })
        .unwrap_err()
        .to_string();
    assert!(told.contains("documents.fonts"), "{told}");
    std::fs::write(
        &logo,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 1'/>",
    )
    .unwrap();
    assert_eq!(as_logo(), Ok(()));
}
