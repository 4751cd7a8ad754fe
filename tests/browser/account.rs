//! My Account: figures that open, the running balance, the documents.

use api_types::{
    CreditNote, CreditNoteId, Currency, CurrencyBalance, Day, EntryKind, HistoryEntry, InvoiceId,
    KindSum, Money, Party, Payable, Record, Statement, StatementSums, Timestamp,
};
use leptos::prelude::*;
use portico::components::{
    BalanceCard, CreditNoteDocument, Freshness, HistoryTable, StatementDocument,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, euros, settled};

fn noon() -> Timestamp {
    Timestamp::parse("2026-11-17T12:00:00Z").unwrap()
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn balance(owed: i64, credit: i64, held: i64) -> CurrencyBalance {
    CurrencyBalance {
        currency: Currency::parse("EUR").unwrap(),
        owed: euros(owed),
        overdue: euros(0),
        credit: euros(credit),
        held: euros(held),
        on_its_way: euros(0),
        net: euros(credit - owed),
        pay: Payable {
            amount: euros(owed),
            allowed: owed > 0,
            reason: None,
            least: None,
        },
        credit_covers: false,
        checkout: None,
    }
}

fn card(figures: RwSignal<CurrencyBalance>) -> Stage {
    Stage::show(move || {
        view! {
            <BalanceCard
                balance=figures
                as_of=Signal::stored(noon())
                freshness=Signal::stored(Freshness::Live)
                href=Callback::new(|(figure, currency): (api_types::Figure, Currency)| {
                    format!("?figure={}&currency={currency}", figure.as_str())
                })
            >
                <p>"Pay"</p>
            </BalanceCard>
        }
        .into_any()
    })
}

#[wasm_bindgen_test]
async fn every_figure_that_is_something_opens_and_says_so() {
    let figures = RwSignal::new(balance(6200, 3000, 0));
    let stage = card(figures);
    let owed = "#figure-owed-eur";
    assert_eq!(
        stage.attribute(owed, "href").as_deref(),
        Some("?figure=owed&currency=EUR")
    );
    assert_eq!(stage.text(owed), "€62.00 Show what makes up You owe");
    assert!(stage.find("#figure-credit-eur").is_some());
    assert!(
        stage.find("#figure-overdue-eur").is_none(),
        "nothing is made up of nothing"
    );
    assert!(stage.find("[data-part=held]").is_none(), "nothing is held");
    // The link stays the same one while its figure changes in place.
    let before = stage.find(owed);
    figures.set(balance(5000, 3000, 3000));
    settled().await;
    assert!(stage.find(owed) == before && stage.text(owed).starts_with("€50.00"));
    assert!(stage.text("[data-part=held]").contains("Kept for events"));
}

#[wasm_bindgen_test]
async fn credit_alone_is_the_figure_that_matters() {
    let figures = RwSignal::new(balance(0, 3000, 0));
    let stage = card(figures);
    assert_eq!(stage.text("h2"), "You have credit");
    let link = stage.attribute(".balance_card__figure a", "href");
    assert_eq!(link.as_deref(), Some("?figure=credit&currency=EUR"));
}

fn entry(kind: EntryKind, amount: i64, balance: i64, record: Option<Record>) -> HistoryEntry {
    HistoryEntry {
        id: format!("entry-{amount}"),
        at: noon(),
        on: day("2026-11-17"),
        kind,
        number: record.is_some().then(|| "INV-2041".to_owned()),
        description: "Physiotherapy".to_owned(),
        amount: euros(amount),
        balance: euros(balance),
        outstanding: record.is_some().then(|| euros(6200)),
        record,
    }
}

#[wasm_bindgen_test]
async fn the_history_shows_signed_amounts_and_what_the_account_stood_at() {
    let invoice = Record::Invoice {
        invoice: InvoiceId::parse("INV-2041").unwrap(),
    };
    let entries = vec![
        entry(EntryKind::Invoice, -6200, -6200, Some(invoice)),
        entry(EntryKind::Refund, -1000, -7200, None),
    ];
    let stage = Stage::show(move || {
        let href = |record: &Record| match record {
            Record::Invoice { invoice } => Some(format!("invoices/{invoice}")),
            _ => None,
        };
        view! { <HistoryTable entries=entries href=href /> }.into_any()
    });
    assert_eq!(
        stage.attribute("tbody a", "href").as_deref(),
        Some("invoices/INV-2041")
    );
    assert_eq!(stage.text("tbody a"), "Invoice INV-2041");
    let first = stage.text("tbody tr:first-child");
    for part in ["17 Nov 2026", "\u{2212}€62.00", "Balance \u{2212}€62.00"] {
        assert!(first.contains(part), "{part} in {first}");
    }
    let last = stage.text("tbody tr:last-child");
    assert!(
        last.contains("Refund") && last.contains("\u{2212}€10.00"),
        "{last}"
    );
    assert_eq!(stage.count("tbody a"), 1, "what opens nothing is no link");
}

fn party(name: &str) -> Party {
    Party {
        name: name.to_owned(),
        address: vec!["1 Quay Street".to_owned()],
        tax_number: None,
        email: None,
        phone: None,
    }
}

#[wasm_bindgen_test]
async fn a_statement_adds_up_per_currency_and_never_across() {
    let sums = |code: &str, opening: i64, paid: i64| {
        let money = |minor| Money::from_minor(minor, Currency::parse(code).unwrap());
        StatementSums {
            currency: Currency::parse(code).unwrap(),
            opening: money(opening),
            sums: vec![KindSum {
                kind: EntryKind::Payment,
                sum: money(paid),
            }],
            closing: money(opening + paid),
        }
    };
    let statement = Statement {
        from: day("2026-11-01"),
        to: day("2026-11-30"),
        time_zone: "Europe/Dublin".to_owned(),
        customer: party("Aoife Brennan"),
        account_number: "A-1001".to_owned(),
        seller: party("Harbour Clinic"),
        currencies: vec![sums("EUR", -6200, 6200), sums("PHP", 0, 150_000)],
        as_of: noon(),
        version: 1,
    };
    let stage = Stage::show(move || view! { <StatementDocument statement=statement /> }.into_any());
    let head = stage.text(".invoice_document__facts");
    assert!(
        head.contains("1 Nov 2026 to 30 Nov 2026") && head.contains("A-1001"),
        "{head}"
    );
    assert_eq!(stage.count(".statement_sums"), 2);
    let euros = stage.text(".statement_sums[data-currency=EUR]");
    for part in [
        "Balance at the beginning\u{2212}€62.00",
        "Receipt€62.00",
        "Balance at the end€0.00",
    ] {
        assert!(euros.contains(part), "{part} in {euros}");
    }
}

#[wasm_bindgen_test]
async fn a_credit_note_names_itself_and_its_invoice() {
    let note = CreditNote {
        id: CreditNoteId::parse("CN-12").unwrap(),
        number: "CN-12".to_owned(),
        issued_on: day("2026-11-12"),
        reason: "Session that did not take place".to_owned(),
        invoice: InvoiceId::parse("INV-2041").unwrap(),
        invoice_number: "INV-2041".to_owned(),
        net: euros(5000),
        tax: euros(1150),
        total: euros(6150),
        seller: party("Harbour Clinic"),
        customer: party("Aoife Brennan"),
        account_number: "A-1001".to_owned(),
        as_of: noon(),
        version: 1,
    };
    let stage = Stage::show(move || {
        let href = "invoices/INV-2041".to_owned();
        view! { <CreditNoteDocument note=note invoice_href=href /> }.into_any()
    });
    let text = stage.text("article");
    for part in [
        "CN-12",
        "12 Nov 2026",
        "Session that did not take place",
        "€61.50",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(stage.text("article a"), "INV-2041");
}
