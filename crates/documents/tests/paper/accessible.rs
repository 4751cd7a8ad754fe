//! What a screen reader needs: language, title, tags, and a promise that can be checked.

use documents::{Logo, RenderContext, credit_note, invoice, receipt, statement};

use super::reading::Paper;
use super::values::{self, money, render_context};

fn all(around: &RenderContext) -> Vec<(&'static str, Paper)> {
    let (account, entries) = values::statement("EUR", 5);
    let made = [
        ("Invoice HC-0311", invoice(&values::invoice(), around)),
        (
            "Credit note CN-0007",
            credit_note(&values::credit_note(), around),
        ),
        (
            "Receipt pay-20261105-1",
            receipt(&values::payment(), around),
        ),
        (
            "Statement, 1 Jan 2026 to 21 Nov 2026",
            statement(&account, &entries, around),
        ),
    ];
    let read = |(title, bytes): (_, Result<Vec<u8>, _>)| (title, Paper::read(&bytes.unwrap()));
    made.into_iter().map(read).collect()
}

#[test]
fn every_document_has_a_title_a_language_and_tags() {
    for (title, paper) in all(&render_context()) {
        assert_eq!(paper.title(), format!("{title} · Harbour Clinic"));
        assert_eq!(paper.language(), "en-IE", "{title}");
        let catalog = paper.catalog();
        let marked = catalog.get(b"MarkInfo").unwrap().as_dict().unwrap();
        assert!(marked.get(b"Marked").unwrap().as_bool().unwrap(), "{title}");
        let shown = catalog
            .get(b"ViewerPreferences")
            .unwrap()
            .as_dict()
            .unwrap();
        assert!(shown.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    }
}

#[test]
fn every_document_promises_pdf_ua() {
    for (title, paper) in all(&render_context()) {
        let metadata = paper.metadata();
        assert!(metadata.contains("pdfuaid:part"), "{title}: {metadata}");
    }
}

#[test]
fn every_document_has_one_heading_above_the_others_and_a_table_with_headers() {
    for (title, paper) in all(&render_context()) {
        assert_eq!(paper.count("H1"), 1, "{title}: {:?}", paper.tags());
        assert!(paper.count("Table") >= 1, "{title}");
        assert!(paper.count("TH") >= 2, "{title}");
        assert!(paper.count("TD") >= 2, "{title}");
    }
}

#[test]
fn only_what_is_a_table_is_tagged_as_one() {
    let paper = Paper::read(
        &invoice(
            &values::simple_invoice(money("45.00", "EUR")),
            &render_context(),
        )
        .unwrap(),
    );
    assert_eq!(paper.count("Table"), 1, "{:?}", paper.tags());
    assert_eq!(paper.count("TH"), 5);
    assert_eq!(paper.count("TD"), 5);
}

#[test]
fn a_logo_stands_for_the_name_and_says_it() {
    let drawn = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path fill="#1d5fbf" d="M0 0h40v10H0z"/></svg>"##;
    let around = RenderContext {
        logo: Some(Logo(drawn.to_vec())),
        ..render_context()
    };
    for (title, paper) in all(&around) {
        assert_eq!(paper.count("Figure"), 1, "{title}");
        assert!(paper.metadata().contains("pdfuaid:part"), "{title}");
    }
}

#[test]
fn a_logo_that_is_no_picture_is_a_fault_that_is_told() {
    let around = RenderContext {
        logo: Some(Logo(b"no picture".to_vec())),
        ..render_context()
    };
    let fault = invoice(&values::invoice(), &around).unwrap_err();
    assert!(fault.to_string().contains("image"), "{fault}");
}
