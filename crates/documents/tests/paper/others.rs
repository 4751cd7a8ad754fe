//! Receipts and credit notes, under their own names.

use api_types::{MethodKind, PaidBy, PaymentKind};
use documents::{credit_note, receipt};

use super::reading::Paper;
use super::values::{self, money, render_context};

#[test]
fn a_receipt_says_what_was_paid_when_how_and_for_what() {
    let paper = Paper::read(&receipt(&values::payment(), &render_context()).unwrap());
    paper.says_in_order(&[
        "Receipt pay-20261105-1",
        "Completed",
        "Harbour Clinic Ltd",
        "Aoife Brennan",
        "5 Nov 2026, 10:01",
    ]);
    paper.says("Card");
    paper.says("AB-100234");
    paper.says_in_order(&[
        "Invoice HC-0311 €100.00",
        "Back care workshop €45.00",
        "Surcharge €2.30",
        "Credit on your account €5.00",
        "Total €152.30",
    ]);
    paper.says_not("Paid back");
}

#[test]
fn a_receipt_names_the_way_as_the_provider_does() {
    let mut value = values::payment();
    value.payment.method = Some(PaidBy {
        kind: MethodKind::Wallet,
        label: Some("Wallet".to_owned()),
        option: Some("Isla Wallet".to_owned()),
    });
    value.payment.refunded = money("50.00", "EUR");
    let paper = Paper::read(&receipt(&value, &render_context()).unwrap());
    paper.says("Wallet, Isla Wallet");
    paper.says("Paid back since €50.00");
    paper.says("Part refunded");
    value.payment.refunded = value.payment.total;
    let paper = Paper::read(&receipt(&value, &render_context()).unwrap());
    paper.says("Refunded");
}

#[test]
fn a_refund_is_told_under_its_own_name() {
    let mut value = values::payment();
    value.payment.kind = PaymentKind::Refund;
    value.payment.total = money("-20.00", "EUR");
    value.payment.surcharge = money("0.00", "EUR");
    value.payment.allocations = vec![];
    value.payment.description = "A visit that was called off".to_owned();
    value.unallocated = money("0.00", "EUR");
    let paper = Paper::read(&receipt(&value, &render_context()).unwrap());
    paper.says("Refund pay-20261105-1");
    paper.says_in_order(&[
        "A visit that was called off",
        "\u{2212}€20.00",
        "Total",
        "\u{2212}€20.00",
    ]);
    paper.says_not("Receipt");
}

#[test]
fn a_credit_note_says_what_is_taken_back_and_of_which_invoice() {
    let paper = Paper::read(&credit_note(&values::credit_note(), &render_context()).unwrap());
    paper.says("Credit note CN-0007");
    paper.says("10 Nov 2026");
    paper.says_in_order(&["Takes back a part of", "HC-0311"]);
    paper.says_in_order(&[
        "One visit did not take place",
        "Net €16.33",
        "Tax €3.27",
        "Total €19.60",
    ]);
    assert_eq!(paper.title(), "Credit note CN-0007 · Harbour Clinic");
}
