//! A statement: what the account stood at, what moved it, and what it stands at,
//! for each currency by itself. It reckons nothing: every figure is the server's.

use api_types::{Currency, EntryKind, HistoryEntry, Statement, StatementSums};
use words::{Text, key};

use crate::Error;
use crate::pen::{Between, Pen};
use crate::sheet::{Column, Part, Row, Sum, Table, Weight};
use crate::surroundings::Surroundings;

/// A statement as PDF, with its entries, the oldest first.
pub fn statement(
    statement: &Statement,
    entries: &[HistoryEntry],
    around: &Surroundings,
) -> Result<Vec<u8>, Error> {
    let pen = Pen::new(around);
    let between = Between {
        from: key::statement::FROM,
        seller: &statement.seller,
        customer: &statement.customer,
        to: key::statement::CUSTOMER,
    };
    let (from, to) = (pen.day(statement.from), pen.day(statement.to));
    let title = pen.fill(
        key::documents::TITLE_STATEMENT,
        [("from", &from), ("to", &to)],
    );
    let heading = pen.t(key::statement::TITLE);
    let mut sheet = pen.sheet(heading, &title, &between, statement.as_of);
    sheet.facts = vec![
        pen.fact(
            key::statement::PERIOD,
            pen.fill(key::statement::SPAN, [("from", &from), ("to", &to)]),
        ),
        pen.fact(key::statement::ACCOUNT_NUMBER, &statement.account_number),
    ];
    sheet.parts = statement
        .currencies
        .iter()
        .map(|sums| part(&pen, statement, sums, entries))
        .collect();
    if sheet.parts.is_empty() {
        sheet.subtitle = Some(pen.t(key::documents::STATEMENT_NOTHING));
    } else {
        sheet.note = Some(pen.t(key::documents::STATEMENT_NOTE));
    }
    pen.finish(&sheet, statement.as_of)
}

fn part(
    pen: &Pen<'_>,
    statement: &Statement,
    sums: &StatementSums,
    entries: &[HistoryEntry],
) -> Part {
    let currency = sums.currency;
    let heading = pen.fill(key::statement::SUMS, [("currency", currency.code())]);
    Part {
        heading: Some(heading),
        before: summary(pen, sums),
        table: Some(Table {
            columns: vec![
                Column::words(pen.t(key::history::DATE)),
                Column::words(pen.t(key::history::RECORD)),
                Column::wide(pen.t(key::history::DESCRIPTION)),
                Column::figures(pen.t(key::history::AMOUNT)),
                Column::figures(pen.t(key::history::BALANCE)),
            ],
            rows: rows(pen, statement, sums, of(entries, currency)),
        }),
        after: Vec::new(),
    }
}

fn of(entries: &[HistoryEntry], currency: Currency) -> impl Iterator<Item = &HistoryEntry> {
    entries
        .iter()
        .filter(move |entry| entry.amount.currency() == currency)
}

fn summary(pen: &Pen<'_>, sums: &StatementSums) -> Vec<Sum> {
    let kinds = sums
        .sums
        .iter()
        .map(|kind| pen.sum(kind_words(kind.kind), kind.sum, Weight::Plain));
    let opening = pen.sum(key::statement::OPENING, sums.opening, Weight::Plain);
    let closing = pen.sum(key::statement::CLOSING, sums.closing, Weight::Main);
    [opening]
        .into_iter()
        .chain(kinds)
        .chain([closing])
        .collect()
}

fn rows<'a>(
    pen: &Pen<'_>,
    statement: &Statement,
    sums: &StatementSums,
    entries: impl Iterator<Item = &'a HistoryEntry>,
) -> Vec<Row> {
    let edge = |day, label: Text, balance| {
        let nothing = String::new;
        Row::strong(vec![
            pen.day(day),
            pen.t(label),
            nothing(),
            nothing(),
            pen.money(balance),
        ])
    };
    let entry = |entry: &HistoryEntry| {
        Row::plain(vec![
            pen.day(entry.on),
            document(pen, entry),
            entry.description.clone(),
            pen.money(entry.amount),
            pen.money(entry.balance),
        ])
    };
    let opening = edge(statement.from, key::statement::OPENING, sums.opening);
    let closing = edge(statement.to, key::statement::CLOSING, sums.closing);
    [opening]
        .into_iter()
        .chain(entries.map(entry))
        .chain([closing])
        .collect()
}

fn document(pen: &Pen<'_>, entry: &HistoryEntry) -> String {
    let kind = pen.t(kind_words(entry.kind));
    let Some(number) = &entry.number else {
        return kind;
    };
    let values = [("kind", kind.as_str()), ("number", number)];
    pen.fill(key::documents::ENTRY, values)
}

/// What an entry is, in the words of the history.
fn kind_words(kind: EntryKind) -> Text {
    use key::history as words;
    match kind {
        EntryKind::Invoice => words::KIND_INVOICE,
        EntryKind::Payment => words::KIND_PAYMENT,
        EntryKind::Refund => words::KIND_REFUND,
        EntryKind::CreditNote => words::KIND_CREDIT_NOTE,
        EntryKind::Purchase => words::KIND_PURCHASE,
        EntryKind::Surcharge => words::KIND_SURCHARGE,
        EntryKind::Adjustment => words::KIND_ADJUSTMENT,
        _ => words::KIND_UNKNOWN,
    }
}
