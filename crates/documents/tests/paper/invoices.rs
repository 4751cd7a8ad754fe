//! Invoices: every word and figure is on the paper, whatever it is.

use api_types::{DocumentState, Invoice, InvoiceRefund, MoneyState, PaymentId};
use documents::{RenderContext, invoice};

use super::reading::Paper;
use super::values::{self, day, line, money, render_context};

fn paper(value: &Invoice) -> Paper {
    Paper::read(&invoice(value, &render_context()).unwrap())
}

#[test]
fn an_invoice_has_every_word_and_figure_of_its_value() {
    let paper = paper(&values::invoice());
    for text in [
        "Harbour Clinic",
        "hello@example.com",
        "+353 1 555 0100",
        "Invoice HC-0311",
        "Overdue",
        "Physiotherapy in October",
        "As of 21 Nov 2026, 14:02",
        "From",
        "Harbour Clinic Ltd",
        "1 Quay Street",
        "Tax number IE1234567X",
        "Billed to",
        "Aoife Brennan",
        "22 Mill Lane",
        "Invoice date",
        "1 Nov 2026",
        "15 Nov 2026",
        "1 Oct 2026 to 31 Oct 2026",
        "AB-100234",
        "Page 1 of 1",
    ] {
        paper.says(text);
    }
    paper.says_in_order(&[
        "Physiotherapy, 45 minutes",
        "3 €45.00 20 % €135.00",
        "Gait analysis on the treadmill with a written report for the family doctor",
        "Subtotal €183.00",
        "Tax €36.60",
        "Total €219.60",
        "Credited €19.60",
        "Paid €100.00",
        "Remaining €100.00",
        "On its way €25.00",
    ]);
    paper.says("0.75 €64.00 20 % €48.00");
}

#[test]
fn what_has_been_paid_stands_in_the_order_of_its_days() {
    paper(&values::invoice()).says_in_order(&[
        "Paid and credited so far",
        "5 Nov 2026 Payment Completed €100.00",
        "10 Nov 2026 Credit note CN-0007 Completed €19.60",
        "20 Nov 2026 Payment Pending €25.00",
    ]);
    let unpaid = paper(&values::simple_invoice(money("45.00", "EUR")));
    unpaid.says_not("so far");
}

#[test]
fn the_bank_is_named_only_while_something_remains() {
    let open = values::invoice();
    let paper_of_open = paper(&open);
    for text in [
        "the invoice number HC-0311 on",
        "IBAN",
        "IE00 SAMP 0000 0000 0000 00",
    ] {
        paper_of_open.says(text);
    }
    let mut paid = open.clone();
    paid.money.remaining = money("0.00", "EUR");
    paper(&paid).says_not("IBAN");
    let mut void = open;
    void.document = DocumentState::Void;
    paper(&void).says_not("IBAN");
}

#[test]
fn the_state_is_the_word_that_the_screen_has() {
    for (document, state, overdue, word) in [
        (DocumentState::Open, MoneyState::Paid, false, "Paid"),
        (DocumentState::Open, MoneyState::Unpaid, true, "Overdue"),
        (DocumentState::Open, MoneyState::Unpaid, false, "Unpaid"),
        (
            DocumentState::Open,
            MoneyState::PartPaid,
            false,
            "Part paid",
        ),
        (DocumentState::Open, MoneyState::Pending, true, "Pending"),
        (DocumentState::Open, MoneyState::Refunded, false, "Refunded"),
        (DocumentState::Open, MoneyState::Refunded, true, "Refunded"),
        (
            DocumentState::Open,
            MoneyState::PartRefunded,
            true,
            "Part refunded",
        ),
        (DocumentState::Void, MoneyState::Unpaid, true, "Void"),
        (
            DocumentState::Replaced,
            MoneyState::Unpaid,
            true,
            "Replaced",
        ),
    ] {
        let value = Invoice {
            document,
            state,
            overdue,
            ..values::simple_invoice(money("45.00", "EUR"))
        };
        // The name on the document is followed by its state, then by when it was so.
        paper(&value).says_in_order(&["Invoice HC-0311", word, "As of"]);
    }
}

#[test]
fn names_are_never_read_as_markup() {
    let odd = "#panic(\"x\") *bold* _it_ $x$ \\ <tag> @ref `raw` // note /* off */ = one - two ~";
    let mut value = values::simple_invoice(money("45.00", "EUR"));
    value.customer.name = odd.to_owned();
    value.seller.address = vec!["[Unit] {2}".to_owned(), "\"--\" 'n'".to_owned()];
    value.lines[0].description = format!("{odd} #image(\"logo\")");
    value.name = "#sheet.title".to_owned();
    let paper = paper(&value);
    paper.says(odd);
    paper.says(&format!("{odd} #image(\"logo\")"));
    paper.says("[Unit] {2}");
    paper.says("\"--\" 'n'");
    paper.says("#sheet.title");
}

#[test]
fn each_currency_has_its_own_digits() {
    for (amount, currency, written) in [
        ("1200", "JPY", "JP¥1,200"),
        ("1.250", "KWD", "KWD 1.250"),
        ("1234.50", "PHP", "₱1,234.50"),
    ] {
        let paper = paper(&values::simple_invoice(money(amount, currency)));
        paper.says(&format!("Remaining {written}"));
    }
}

#[test]
fn sixty_lines_go_over_pages_under_the_same_header() {
    let mut value = values::simple_invoice(money("45.00", "EUR"));
    value.lines = (1..=60)
        .map(|number| line(&format!("Visit <{number}>"), money("0.75", "EUR")))
        .collect();
    let paper = paper(&value);
    for number in 1..=60 {
        paper.says(&format!("Visit <{number}>"));
    }
    let pages = paper.pages();
    assert!(pages > 1, "{pages}");
    for page in 1..=pages {
        // The last page may have the totals alone.
        let headers = paper.times_on(page, "Visit <").min(1);
        assert_eq!(paper.times_on(page, "Unit price"), headers, "page {page}");
        assert_eq!(paper.times_on(page, &format!("Page {page} of {pages}")), 1);
    }
    assert_eq!(paper.times_on(pages, "Remaining"), 1);
}

#[test]
fn very_long_names_stay_on_the_paper() {
    let word = "Donaudampfschifffahrtsgesellschaft".repeat(8);
    let mut value = values::simple_invoice(money("45.00", "EUR"));
    value.customer.name = word.clone();
    value.lines[0].description = word.clone();
    value.number = "N".repeat(90);
    let paper = paper(&value);
    paper.says(&word);
    paper.says(&value.number);
    // Nothing was pushed off the page by it.
    paper.says("Remaining €45.00");
}

#[test]
fn the_same_value_gives_the_same_bytes() {
    let around = render_context();
    let first = invoice(&values::invoice(), &around).unwrap();
    assert_eq!(first, invoice(&values::invoice(), &around).unwrap());
    let mut other = values::invoice();
    other.due_on = day("2026-11-16");
    assert_ne!(first, invoice(&other, &around).unwrap());
}

#[test]
fn a_script_that_no_font_has_is_no_reason_to_have_no_document() {
    let mut value = values::invoice();
    value.customer.name = "山田花子".to_owned();
    let paper = paper(&value);
    paper.says("Remaining €100.00");
    assert!(paper.count("Table") > 0, "it is tagged all the same");
}

#[test]
fn another_locale_writes_other_figures_and_days() {
    let around = RenderContext {
        tag: "de-DE".to_owned(),
        ..render_context()
    };
    let paper = Paper::read(&invoice(&values::invoice(), &around).unwrap());
    paper.says("219,60 €");
    paper.says("15.11.2026");
    assert_eq!(paper.language(), "de-DE");
}

#[test]
fn what_went_back_stands_beside_what_had_been_paid() {
    let mut value = values::invoice();
    value.state = MoneyState::PartRefunded;
    value.money.refunded = money("40.00", "EUR");
    value.refunds = vec![InvoiceRefund {
        refund: PaymentId::parse("p-3").unwrap(),
        on: day("2026-11-12"),
        amount: money("40.00", "EUR"),
    }];
    let paper = paper(&value);
    paper.says("Part refunded");
    paper.says("Went back to you €40.00");
    paper.says("Refund Completed −€40.00");
}
