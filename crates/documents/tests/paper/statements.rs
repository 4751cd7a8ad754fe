//! Statements: each currency by itself, every entry with the balance after it.

use api_types::Money;
use documents::statement;

use super::reading::Paper;
use super::values::{self, render_context};

#[test]
fn a_statement_begins_with_what_was_and_ends_with_what_is() {
    let (value, entries) = values::statement("EUR", 4);
    let paper = Paper::read(&statement(&value, &entries, &render_context()).unwrap());
    paper.says_in_order(&[
        "Statement",
        "1 Jan 2026 to 21 Nov 2026",
        "Sums in EUR",
        "Balance at the beginning −€120.50",
        "Invoice −€90.22",
        "Receipt €90.00",
        "Balance at the end −€120.72",
        "1 Jan 2026 Balance at the beginning",
        "−€120.50",
        "1 Jan 2026 Invoice HC-0000 Visit number 0 at the quay −€45.10 −€165.60",
        "2 Jan 2026 Receipt Visit number 1 at the quay €45.00 −€120.60",
        "3 Jan 2026 Invoice HC-0002 Visit number 2 at the quay −€45.12 −€165.72",
        "4 Jan 2026 Receipt Visit number 3 at the quay €45.00 −€120.72",
        "21 Nov 2026 Balance at the end",
        "−€120.72",
    ]);
    assert_eq!(
        paper.title(),
        "Statement, 1 Jan 2026 to 21 Nov 2026 · Harbour Clinic"
    );
}

#[test]
fn currencies_stand_apart_and_are_never_added_up() {
    let (mut value, mut entries) = values::statement("EUR", 2);
    let (yen, more) = values::statement("JPY", 2);
    value.currencies.extend(yen.currencies);
    entries.extend(more);
    let paper = Paper::read(&statement(&value, &entries, &render_context()).unwrap());
    paper.says_in_order(&[
        "Sums in EUR",
        "Balance at the end −€120.60",
        "Sums in JPY",
        "Balance at the beginning −JP¥12,050",
        "Receipt Visit number 1 at the quay JP¥4,500 −JP¥12,060",
    ]);
}

#[test]
fn a_time_in_which_nothing_moved_is_told() {
    let (mut value, _) = values::statement("EUR", 0);
    let around = render_context();
    let still = Paper::read(&statement(&value, &[], &around).unwrap());
    still.says("Balance at the beginning −€120.50");
    still.says("Balance at the end −€120.50");
    value.currencies.clear();
    let empty = Paper::read(&statement(&value, &[], &around).unwrap());
    empty.says("Nothing has moved your account on these days.");
}

#[test]
fn a_long_statement_has_every_entry_and_a_header_on_each_page() {
    let (value, entries) = values::statement("EUR", 200);
    let paper = Paper::read(&statement(&value, &entries, &render_context()).unwrap());
    for entry in &entries {
        paper.says(&entry.description);
    }
    let pages = paper.pages();
    assert!(pages > 4, "{pages}");
    for page in 1..=pages {
        assert_eq!(paper.times_on(page, "Record"), 1, "page {page}");
        assert_eq!(paper.times_on(page, &format!("Page {page} of {pages}")), 1);
    }
}

#[test]
fn nothing_owed_is_written_without_a_sign() {
    let (mut value, _) = values::statement("EUR", 0);
    let currency = value.currencies[0].currency;
    value.currencies[0].closing = Money::zero(currency);
    let paper = Paper::read(&statement(&value, &[], &render_context()).unwrap());
    paper.says("Balance at the end €0.00");
}
