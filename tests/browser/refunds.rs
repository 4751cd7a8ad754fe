//! Money that went back: the words of its states, wherever an invoice, an event or a payment
//! stands.

use api_types::{
    Day, DocumentState, EventMoney, EventMoneyState, InvoiceId, InvoiceSummary, MoneyState,
    NotPayable, Payable, Payment, PaymentId, PaymentKind, PaymentStatus, Timestamp,
};
use leptos::prelude::*;
use portico::components::{EventFigures, InvoiceRow, PaymentTable, Rows};
use portico::i18n::{event_money_badge, invoice_badge, refund_badge};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::calendar_days::unpaid;
use crate::stage::{Stage, euros};

/// An invoice of 45.00 whose due day has passed.
fn invoice(state: MoneyState, paid: i64) -> InvoiceSummary {
    let remaining = euros(4500 - paid);
    InvoiceSummary {
        id: InvoiceId::parse("INV-1").unwrap(),
        number: "HC-1".to_owned(),
        name: "Treatment".to_owned(),
        issued_on: Day::parse("2026-11-01").unwrap(),
        due_on: Day::parse("2026-11-15").unwrap(),
        currency: remaining.currency(),
        document: DocumentState::Open,
        state,
        overdue: true,
        service: None,
        total: euros(4500),
        paid: euros(paid),
        remaining,
        on_its_way: euros(0),
        refunded: remaining,
        pay: Payable {
            allowed: false,
            reason: Some(NotPayable::NoMethod),
            amount: remaining,
            least: None,
        },
    }
}

fn payment(refunded: i64) -> Payment {
    let moment = Timestamp::parse("2026-11-17T12:00:00Z").unwrap();
    Payment {
        id: PaymentId::parse("pay_1").unwrap(),
        kind: PaymentKind::Payment,
        created_at: moment,
        completed_at: Some(moment),
        total: euros(4500),
        status: PaymentStatus::Completed,
        description: "Invoice HC-1".to_owned(),
        failure: None,
        method: None,
        surcharge: euros(0),
        allocations: vec![],
        dispute: None,
        refunded: euros(refunded),
    }
}

#[wasm_bindgen_test]
fn an_invoice_whose_money_went_back_says_so_and_what_is_due() {
    for (state, paid, status, word, due) in [
        (MoneyState::Refunded, 0, "refunded", "Refunded", "€45.00"),
        (
            MoneyState::PartRefunded,
            3500,
            "part_refunded",
            "Part refunded",
            "€10.00",
        ),
    ] {
        let invoice = invoice(state, paid);
        let stage = Stage::show(move || {
            view! {
                <Rows name="Invoices">
                    <InvoiceRow invoice=invoice.clone() href="/invoices/INV-1" />
                </Rows>
            }
            .into_any()
        });
        assert_eq!(stage.text(".badge"), word);
        let badge = invoice_badge(DocumentState::Open, state, true);
        assert_eq!((badge.status, badge.word.as_str()), (status, word));
        assert_eq!(stage.text(".invoice_row__figure"), due);
        assert!(stage.text(".invoice_row__note").starts_with("Due"));
    }
}

#[wasm_bindgen_test]
fn a_payment_whose_money_went_back_says_how_much_of_it_did() {
    for (refunded, words) in [
        (0, vec!["Completed"]),
        (1000, vec!["Completed", "Part refunded"]),
        (4500, vec!["Completed", "Refunded"]),
    ] {
        let one = payment(refunded);
        let stage = Stage::show(move || {
            view! { <PaymentTable payments=vec![one.clone()] href=|id| format!("/payments/{id}") /> }
                .into_any()
        });
        let row = stage.text("tbody");
        assert_eq!(refund_badge(&payment(refunded)).is_some(), refunded > 0);
        for word in ["Completed", "Part refunded", "Refunded"] {
            let expected = words.contains(&word);
            let shown = row.contains(word);
            assert_eq!(shown, expected, "{word} in {row}");
        }
    }
}

#[wasm_bindgen_test]
fn an_event_whose_money_went_back_says_so_beside_its_balance() {
    let money = EventMoney {
        refunded: euros(2000),
        state: EventMoneyState::Refunded,
        ..unpaid()
    };
    let stage = Stage::show(move || view! { <EventFigures money=money.clone() /> }.into_any());
    let line = stage.text("[data-figure=refunded]");
    assert!(
        line.contains("Went back to you") && line.contains("€20.00"),
        "{line}"
    );
    assert!(stage.text("[data-figure=balance]").contains("€60.00"));
    for (state, word) in [
        (EventMoneyState::Refunded, "Refunded"),
        (EventMoneyState::PartRefunded, "Part refunded"),
    ] {
        assert_eq!(event_money_badge(state).word, word);
    }
}
