//! What can happen to an account, for tests that let anything happen in any order.

use api_types::{
    Currency, CustomerId, DocumentState, EventId, EventStatus, InvoiceId, Money, PaymentId,
    PaymentStatus, Timestamp,
};
use proptest::prelude::*;
use sea_orm::EntityTrait;

use super::calendar_commands::{self, CalendarCommand};
use super::portal::{Portal, at, day, id, invoice, payment};
use crate::db::credit_notes::NewCreditNote;
use crate::db::entities::{
    events as event_rows, invoices as invoice_rows, payments as payment_rows,
};
use crate::db::events::NewEvent;
use crate::db::{DbError, WriteTx, allocate, balance, credit_notes, events, invoices, payments};

pub(super) const CURRENCIES: [&str; 3] = ["EUR", "JPY", "KWD"];
const SERVICES: [&str; 2] = ["Massage", "Physio"];
/// The day on which everything happens; most of it is posted for a day before.
pub(super) const TODAY: &str = "2026-11-21";

/// Something that can happen to an account. Numbers pick rows; what is refused must leave
/// nothing behind.
#[derive(Clone, Debug)]
pub(super) enum AccountCommand {
    Issue {
        currency: usize,
        minor: i64,
        on: u8,
    },
    Change {
        invoice: usize,
        minor: i64,
        document: usize,
    },
    Credit {
        note: usize,
        invoice: usize,
        minor: i64,
        on: u8,
    },
    Pay {
        currency: usize,
        minor: i64,
        surcharge: i64,
        status: usize,
        on: u8,
    },
    Allocate {
        payment: usize,
        invoice: usize,
        minor: i64,
    },
    Plan {
        event: usize,
        currency: usize,
        fee: i64,
        status: usize,
        invoice: Option<usize>,
    },
    Hold {
        payment: usize,
        event: usize,
        minor: i64,
    },
    Complete {
        payment: usize,
        minor: i64,
    },
    Cancel {
        payment: usize,
    },
    Release {
        payment: usize,
    },
    Correct {
        payment: usize,
        minor: i64,
        status: usize,
    },
    UseCredit {
        currency: usize,
    },
    CalendarCommand(CalendarCommand),
}

pub(super) fn command() -> impl Strategy<Value = AccountCommand> {
    let (c, row, minor, on) = (0..3_usize, 0..12_usize, 1..500_i64, 1..29_u8);
    prop_oneof![
        4 => (c.clone(), minor.clone(), on.clone())
            .prop_map(|(currency, minor, on)| AccountCommand::Issue { currency, minor, on }),
        1 => (row.clone(), minor.clone(), 0..3_usize)
            .prop_map(|(invoice, minor, document)| AccountCommand::Change { invoice, minor, document }),
        2 => (0..4_usize, row.clone(), 1..300_i64, on.clone())
            .prop_map(|(note, invoice, minor, on)| AccountCommand::Credit { note, invoice, minor, on }),
        4 => (c.clone(), -200..500_i64, 0..20_i64, 0..3_usize, on).prop_map(
            |(currency, minor, surcharge, status, on)|
                AccountCommand::Pay { currency, minor, surcharge, status, on }),
        5 => (row.clone(), row.clone(), minor.clone())
            .prop_map(|(payment, invoice, minor)| AccountCommand::Allocate { payment, invoice, minor }),
        2 => (0..4_usize, c.clone(), minor.clone(), 0..4_usize, prop::option::of(row.clone()))
            .prop_map(|(event, currency, fee, status, invoice)|
                AccountCommand::Plan { event, currency, fee, status, invoice }),
        3 => (row.clone(), 0..4_usize, minor.clone())
            .prop_map(|(payment, event, minor)| AccountCommand::Hold { payment, event, minor }),
        2 => (row.clone(), minor.clone()).prop_map(|(payment, minor)| AccountCommand::Complete { payment, minor }),
        1 => row.clone().prop_map(|payment| AccountCommand::Cancel { payment }),
        1 => row.clone().prop_map(|payment| AccountCommand::Release { payment }),
        1 => (row, -200..500_i64, 0..3_usize)
            .prop_map(|(payment, minor, status)| AccountCommand::Correct { payment, minor, status }),
        2 => c.prop_map(|currency| AccountCommand::UseCredit { currency }),
        8 => calendar_commands::command(1).prop_map(AccountCommand::CalendarCommand),
    ]
}

/// An account to which commands have been done.
pub(super) async fn portal_after(commands: &[AccountCommand]) -> Portal {
    let portal = Portal::with(&["ann"]).await;
    calendar_commands::offer_mondays(&portal).await;
    for (nth, command) in commands.iter().enumerate() {
        match portal
            .db
            .write(async |tx| perform(tx, nth, command).await)
            .await
        {
            Ok(()) | Err(DbError::Refused(_)) => {}
            Err(error) => panic!("{command:?}: {error}"),
        }
    }
    portal
}

fn of(currency: usize, minor: i64) -> Money {
    Money::from_minor(minor, id(CURRENCIES[currency]))
}

fn written(amount: Money) -> String {
    format!("{} {}", amount.amount_text(), amount.currency())
}

fn morning(on: u8) -> Timestamp {
    at(&format!("2026-11-{on:02}T10:00:00Z"))
}

fn now() -> Timestamp {
    at("2026-11-21T12:00:00Z")
}

async fn perform(tx: &WriteTx, nth: usize, command: &AccountCommand) -> Result<(), DbError> {
    match *command {
        AccountCommand::Issue {
            currency,
            minor,
            on,
        } => {
            let mut new = new_invoice(&format!("i{nth}"), of(currency, minor), on);
            new.service = SERVICES.get(nth % 3).map(|service| (*service).to_owned());
            invoices::put(tx, &new, now()).await
        }
        AccountCommand::Change {
            invoice,
            minor,
            document,
        } => change(tx, invoice, minor, document).await,
        AccountCommand::Credit {
            note,
            invoice,
            minor,
            on,
        } => credit(tx, note, invoice, minor, on).await,
        AccountCommand::Pay { minor: 0, .. } => Ok(()),
        AccountCommand::Pay {
            currency,
            minor,
            surcharge,
            status,
            on,
        } => {
            let mut new = new_payment(&format!("p{nth}"), of(currency, minor), status);
            new.surcharge = of(currency, surcharge.min(minor - 1).max(0));
            new.created_at = morning(on);
            new.completed_at = new.completed_at.map(|_| morning(on));
            payments::insert(tx, &new).await
        }
        AccountCommand::Allocate {
            payment,
            invoice,
            minor,
        } => {
            let Some((from, currency)) = nth_payment(tx, payment).await? else {
                return Ok(());
            };
            if let Some(to) = nth_invoice(tx, invoice, Some(currency)).await? {
                let amount = Money::from_minor(minor, currency);
                allocate::to_invoice(tx, &from, &to, amount, now()).await?;
            }
            Ok(())
        }
        AccountCommand::Plan {
            event,
            currency,
            fee,
            status,
            invoice,
        } => {
            let on = match invoice {
                Some(nth) => nth_invoice(tx, nth, Some(id(CURRENCIES[currency]))).await?,
                None => None,
            };
            events::put(tx, &new_event(event, of(currency, fee), status, on), now()).await
        }
        AccountCommand::Hold {
            payment,
            event,
            minor,
        } => hold(tx, payment, event, minor).await,
        AccountCommand::Complete { payment, minor } => complete(tx, payment, minor).await,
        AccountCommand::Cancel { payment } => match nth_payment(tx, payment).await? {
            Some((known, _)) => payments::cancel(tx, &known, None).await,
            None => Ok(()),
        },
        AccountCommand::Release { payment } => {
            if let Some((known, _)) = nth_payment(tx, payment).await? {
                allocate::release(tx, &known).await?;
            }
            Ok(())
        }
        AccountCommand::Correct { minor: 0, .. } => Ok(()),
        AccountCommand::Correct {
            payment,
            minor,
            status,
        } => {
            let Some((known, currency)) = nth_payment(tx, payment).await? else {
                return Ok(());
            };
            let total = Money::from_minor(minor, currency);
            payments::put(tx, &new_payment(known.as_str(), total, status), now()).await
        }
        AccountCommand::UseCredit { currency } => use_credit(tx, id(CURRENCIES[currency])).await,
        AccountCommand::CalendarCommand(ref command) => {
            calendar_commands::perform(tx, nth, command, &["ann"]).await
        }
    }
}

async fn complete(tx: &WriteTx, nth: usize, minor: i64) -> Result<(), DbError> {
    let Some((known, currency)) = nth_payment(tx, nth).await? else {
        return Ok(());
    };
    let row = payment_rows::Entity::find_by_id(known.as_str());
    // Nobody reports a purchase: it is not paid through a provider.
    if row.one(tx.conn()).await?.unwrap().total_minor < 0 {
        return Ok(());
    }
    let arrived = payments::Arrived {
        total: Money::from_minor(minor, currency),
        surcharge: Money::from_minor(minor / 50, currency),
    };
    payments::complete(tx, &known, now(), arrived, None).await?;
    Ok(())
}

async fn change(tx: &WriteTx, nth: usize, minor: i64, document: usize) -> Result<(), DbError> {
    let Some(known) = nth_invoice(tx, nth, None).await? else {
        return Ok(());
    };
    let (_, currency) = invoices::owner(tx, &known).await?.unwrap();
    let mut new = new_invoice(known.as_str(), Money::from_minor(minor, currency), 5);
    new.document = DocumentState::ALL[document];
    invoices::put(tx, &new, now()).await
}

async fn credit(tx: &WriteTx, note: usize, nth: usize, minor: i64, on: u8) -> Result<(), DbError> {
    let note = id(&format!("c{note}"));
    // A known credit note stays with its invoice.
    let invoice = match credit_notes::owner(tx, &note).await? {
        Some((invoice, _)) => Some(invoice),
        None => nth_invoice(tx, nth, None).await?,
    };
    let Some(invoice) = invoice else {
        return Ok(());
    };
    let (_, currency) = invoices::owner(tx, &invoice).await?.unwrap();
    let new = NewCreditNote {
        id: note,
        invoice,
        number: "C-1".to_owned(),
        issued_on: day(&format!("2026-11-{on:02}")),
        issued_at: morning(on),
        reason: "It was too much".to_owned(),
        net: Money::from_minor(minor, currency),
        tax: Money::zero(currency),
    };
    credit_notes::put(tx, &new, now()).await
}

async fn hold(tx: &WriteTx, payment: usize, event: usize, minor: i64) -> Result<(), DbError> {
    let Some((from, currency)) = nth_payment(tx, payment).await? else {
        return Ok(());
    };
    let event: EventId = id(&format!("e{event}"));
    let rows = event_rows::Entity::find_by_id(event.as_str());
    if rows.one(tx.conn()).await?.is_some() {
        let amount = Money::from_minor(minor, currency);
        allocate::to_event(tx, &from, &event, amount, now()).await?;
    }
    Ok(())
}

async fn use_credit(tx: &WriteTx, currency: Currency) -> Result<(), DbError> {
    let ann: CustomerId = id("ann");
    let quote = balance::quote(tx, &ann, currency, day(TODAY)).await?;
    let items: Vec<_> = quote
        .items
        .iter()
        .map(|item| (item.invoice.clone(), item.amount))
        .collect();
    let used = allocate::use_credit(tx, &ann, &items, quote.credit, now()).await?;
    assert_eq!(used, quote.credit, "the credit that is quoted can be used");
    Ok(())
}

fn new_invoice(name: &str, total: Money, on: u8) -> invoices::NewInvoice {
    let on = format!("2026-11-{on:02}");
    let mut new = invoice(name, "ann", &written(total), &on);
    new.issued_on = day(&on);
    new.issued_at = at(&format!("{on}T00:00:00Z"));
    new
}

fn new_payment(name: &str, total: Money, status: usize) -> payments::NewPayment {
    payment(name, "ann", &written(total), PaymentStatus::ALL[status])
}

/// What the events of the generated ledgers come to.
const STATUSES: [EventStatus; 4] = [
    EventStatus::Booked,
    EventStatus::Attended,
    EventStatus::NoShow,
    EventStatus::Cancelled,
];

fn new_event(nth: usize, fee: Money, status: usize, on: Option<InvoiceId>) -> NewEvent {
    NewEvent {
        id: id(&format!("e{nth}")),
        customer: id("ann"),
        service: SERVICES[nth % 2].to_owned(),
        title: "A session".to_owned(),
        starts_at: at("2026-12-01T10:00:00Z"),
        ends_at: at("2026-12-01T11:00:00Z"),
        zone: "Europe/Dublin".to_owned(),
        all_day: None,
        location: None,
        video: false,
        video_url: None,
        people: Vec::new(),
        host: None,
        status: STATUSES[status],
        fee: Some(fee),
        deposit: None,
        deposit_due_on: None,
        invoice: on,
        needs_confirmation: false,
        confirmed_at: None,
        note: None,
    }
}

/// Picks an invoice, of a currency where one is asked for.
async fn nth_invoice(
    tx: &WriteTx,
    nth: usize,
    of: Option<Currency>,
) -> Result<Option<InvoiceId>, DbError> {
    let mut rows = invoice_rows::Entity::find().all(tx.conn()).await?;
    rows.retain(|row| of.is_none_or(|currency| row.currency == currency.code()));
    Ok(nth.checked_rem(rows.len()).map(|nth| id(&rows[nth].id)))
}

async fn nth_payment(tx: &WriteTx, nth: usize) -> Result<Option<(PaymentId, Currency)>, DbError> {
    let rows = payment_rows::Entity::find().all(tx.conn()).await?;
    let row = nth.checked_rem(rows.len()).map(|nth| &rows[nth]);
    Ok(row.map(|row| (id(&row.id), id(&row.currency))))
}
