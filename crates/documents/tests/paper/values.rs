//! Values to make documents of: an invented clinic and an invented patient.

use api_types::{
    AllocatedTo, Allocation, CreditNote, CreditNoteId, Currency, Day, Detail, DocumentState,
    EntryKind, EventId, HistoryEntry, Invoice, InvoiceCredit, InvoiceId, InvoiceLine, InvoiceMoney,
    InvoicePayment, KindSum, MethodKind, Money, MoneyState, PaidBy, Party, Payable, Payment,
    PaymentDetail, PaymentId, PaymentKind, PaymentStatus, Statement, StatementSums, Timestamp,
};
use documents::{Fonts, RenderContext};
use jiff::tz::TimeZone;

pub fn money(amount: &str, currency: &str) -> Money {
    Money::parse(amount, Currency::parse(currency).unwrap()).unwrap()
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn instant(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub fn render_context() -> RenderContext {
    RenderContext {
        provider: "Harbour Clinic".to_owned(),
        brand: "#1d5fbf".to_owned(),
        logo: None,
        contact: vec!["hello@example.com".to_owned(), "+353 1 555 0100".to_owned()],
        tag: "en-IE".to_owned(),
        zone: TimeZone::posix("GMT0IST,M3.5.0/1,M10.5.0").unwrap(),
        words: words::of_language("en-IE"),
        fonts: Fonts::default(),
    }
}

pub fn seller() -> Party {
    Party {
        name: "Harbour Clinic Ltd".to_owned(),
        address: vec!["1 Quay Street".to_owned(), "Harbour Town".to_owned()],
        tax_number: Some("IE1234567X".to_owned()),
        email: Some("hello@example.com".to_owned()),
        phone: None,
    }
}

pub fn customer() -> Party {
    Party {
        name: "Aoife Brennan".to_owned(),
        address: vec!["22 Mill Lane".to_owned(), "Harbour Town".to_owned()],
        tax_number: None,
        email: None,
        phone: None,
    }
}

pub fn line(description: &str, amount: Money) -> InvoiceLine {
    InvoiceLine {
        description: description.to_owned(),
        quantity: "1".to_owned(),
        unit_price: amount.into(),
        net: amount,
        tax: Money::zero(amount.currency()),
        tax_percent: "20".to_owned(),
    }
}

/// A part of it is paid, a part is credited, the rest is overdue.
pub fn invoice() -> Invoice {
    let eur = |amount| money(amount, "EUR");
    Invoice {
        id: InvoiceId::parse("HC-0311").unwrap(),
        number: "HC-0311".to_owned(),
        name: "Physiotherapy in October".to_owned(),
        issued_on: day("2026-11-01"),
        due_on: day("2026-11-15"),
        period_from: Some(day("2026-10-01")),
        period_to: Some(day("2026-10-31")),
        document: DocumentState::Open,
        state: MoneyState::PartPaid,
        overdue: true,
        service: Some("Physiotherapy".to_owned()),
        replaced_by: None,
        seller: seller(),
        customer: customer(),
        account_number: "AB-100234".to_owned(),
        lines: vec![
            InvoiceLine {
                quantity: "3".to_owned(),
                net: eur("135.00"),
                tax: eur("27.00"),
                ..line("Physiotherapy, 45 minutes", eur("45.00"))
            },
            InvoiceLine {
                quantity: "0.75".to_owned(),
                net: eur("48.00"),
                tax: eur("9.60"),
                ..line(
                    "Gait analysis on the treadmill with a written report for the family doctor",
                    eur("64.00"),
                )
            },
        ],
        money: InvoiceMoney {
            net: eur("183.00"),
            tax: eur("36.60"),
            total: eur("219.60"),
            paid: eur("100.00"),
            credited: eur("19.60"),
            on_its_way: eur("25.00"),
            remaining: eur("100.00"),
            refunded: eur("0.00"),
        },
        bank_details: vec![
            detail("Account name", "Harbour Clinic Ltd"),
            detail("IBAN", "IE00 SAMP 0000 0000 0000 00"),
            detail("BIC", "SAMPIE00"),
        ],
        payments: vec![
            InvoicePayment {
                payment: PaymentId::parse("p-1").unwrap(),
                on: day("2026-11-05"),
                status: PaymentStatus::Completed,
                amount: eur("100.00"),
            },
            InvoicePayment {
                payment: PaymentId::parse("p-2").unwrap(),
                on: day("2026-11-20"),
                status: PaymentStatus::Pending,
                amount: eur("25.00"),
            },
        ],
        refunds: vec![],
        credit_notes: vec![InvoiceCredit {
            credit_note: CreditNoteId::parse("CN-0007").unwrap(),
            number: "CN-0007".to_owned(),
            issued_on: day("2026-11-10"),
            amount: eur("19.60"),
        }],
        pay: Payable {
            allowed: true,
            reason: None,
            amount: eur("75.00"),
            least: None,
        },
        checkout: None,
        as_of: instant("2026-11-21T14:02:07Z"),
        version: 7,
    }
}

fn detail(label: &str, value: &str) -> Detail {
    Detail {
        label: label.to_owned(),
        value: value.to_owned(),
    }
}

/// One line, of one amount, nothing paid.
pub fn simple_invoice(amount: Money) -> Invoice {
    let none = Money::zero(amount.currency());
    Invoice {
        name: String::new(),
        period_from: None,
        period_to: None,
        state: MoneyState::Unpaid,
        overdue: false,
        lines: vec![line("A visit", amount)],
        money: InvoiceMoney {
            net: amount,
            tax: none,
            total: amount,
            paid: none,
            credited: none,
            on_its_way: none,
            remaining: amount,
            refunded: none,
        },
        bank_details: vec![],
        payments: vec![],
        refunds: vec![],
        credit_notes: vec![],
        ..invoice()
    }
}

pub fn credit_note() -> CreditNote {
    CreditNote {
        id: CreditNoteId::parse("CN-0007").unwrap(),
        number: "CN-0007".to_owned(),
        issued_on: day("2026-11-10"),
        reason: "One visit did not take place".to_owned(),
        invoice: InvoiceId::parse("HC-0311").unwrap(),
        invoice_number: "HC-0311".to_owned(),
        net: money("16.33", "EUR"),
        tax: money("3.27", "EUR"),
        total: money("19.60", "EUR"),
        seller: seller(),
        customer: customer(),
        account_number: "AB-100234".to_owned(),
        as_of: instant("2026-11-21T14:02:07Z"),
        version: 7,
    }
}

/// It pays for an invoice and an event, costs a surcharge, and something is left over.
pub fn payment() -> PaymentDetail {
    let eur = |amount| money(amount, "EUR");
    PaymentDetail {
        payment: Payment {
            id: PaymentId::parse("pay-20261105-1").unwrap(),
            kind: PaymentKind::Payment,
            created_at: instant("2026-11-05T09:58:00Z"),
            completed_at: Some(instant("2026-11-05T10:01:30Z")),
            total: eur("152.30"),
            status: PaymentStatus::Completed,
            description: "Online payment".to_owned(),
            failure: None,
            method: Some(PaidBy {
                kind: MethodKind::Card,
                label: None,
                option: None,
            }),
            surcharge: eur("2.30"),
            allocations: vec![
                Allocation {
                    to: AllocatedTo::Invoice {
                        invoice: InvoiceId::parse("HC-0311").unwrap(),
                        number: "HC-0311".to_owned(),
                    },
                    amount: eur("100.00"),
                },
                Allocation {
                    to: AllocatedTo::Event {
                        event: EventId::parse("e-1").unwrap(),
                        title: "Back care workshop".to_owned(),
                    },
                    amount: eur("45.00"),
                },
            ],
            dispute: None,
            refunded: eur("0.00"),
        },
        story: vec![],
        unallocated: eur("5.00"),
        disputes: vec![],
        refund_of: None,
        instructions: None,
        expected_on: None,
        checkout: None,
        can_cancel: false,
        receipt: true,
        seller: seller(),
        customer: customer(),
        account_number: "AB-100234".to_owned(),
        as_of: instant("2026-11-21T14:02:07Z"),
        version: 7,
    }
}

/// A statement in one currency with so many entries, and the entries: invoices and
/// payments by turns.
pub fn statement(currency: &str, entries: usize) -> (Statement, Vec<HistoryEntry>) {
    let currency = Currency::parse(currency).unwrap();
    let opening = Money::from_minor(-12_050, currency);
    let mut balance = opening;
    let mut sums = [Money::zero(currency); 2];
    let entries: Vec<HistoryEntry> = (0..entries)
        .map(|index| {
            let (kind, minor) = match index % 2 {
                0 => (EntryKind::Invoice, -4_510 - i64::try_from(index).unwrap()),
                _ => (EntryKind::Payment, 4_500),
            };
            let amount = Money::from_minor(minor, currency);
            balance = balance.checked_add(amount).unwrap();
            sums[index % 2] = sums[index % 2].checked_add(amount).unwrap();
            let on = format!("2026-{:02}-{:02}", 1 + (index / 28) % 10, 1 + index % 28);
            HistoryEntry {
                id: format!("entry-{index}"),
                at: instant(&format!("{on}T10:00:00Z")),
                on: day(&on),
                kind,
                number: (index % 2 == 0).then(|| format!("HC-{index:04}")),
                description: format!("Visit number {index} at the quay"),
                amount,
                balance,
                outstanding: None,
                record: None,
            }
        })
        .collect();
    let kinds = [EntryKind::Invoice, EntryKind::Payment];
    let sums = kinds
        .into_iter()
        .zip(sums)
        .map(|(kind, sum)| KindSum { kind, sum });
    let statement = Statement {
        from: day("2026-01-01"),
        to: day("2026-11-21"),
        time_zone: "Europe/Dublin".to_owned(),
        customer: customer(),
        account_number: "AB-100234".to_owned(),
        seller: seller(),
        currencies: vec![StatementSums {
            currency,
            opening,
            sums: sums.collect(),
            closing: balance,
        }],
        as_of: instant("2026-11-21T14:02:07Z"),
        version: 7,
    };
    (statement, entries)
}
