//! A statement: what the account stood at, what moved it, and what it stands at,
//! for each currency by itself. It reckons nothing: every figure is the server's.

use api_types::{Currency, EntryKind, HistoryEntry, Statement, StatementSums};
use words::{Text, key};

use crate::Error;
use crate::document_writer::{Between, DocumentWriter};
use crate::render_context::RenderContext;
use crate::sheet::{Column, Part, Row, Sum, Table, Weight};

/// Makes a statement as PDF, with its entries, the oldest first.
///
/// # Errors
/// [`Error`] if the document cannot be laid out or written, e.g. because the provider's logo is not
/// a picture that can be read.
pub fn statement(
    statement: &Statement,
    entries: &[HistoryEntry],
    context: &RenderContext,
) -> Result<Vec<u8>, Error> {
    let writer = DocumentWriter::new(context);
    let between = Between {
        from: key::statement::FROM,
        seller: &statement.seller,
        customer: &statement.customer,
        to: key::statement::CUSTOMER,
    };
    let (from, to) = (writer.day(statement.from), writer.day(statement.to));
    let title = writer.fill(
        key::documents::TITLE_STATEMENT,
        [("from", &from), ("to", &to)],
    );
    let heading = writer.t(key::statement::TITLE);
    let mut sheet = writer.sheet(heading, &title, &between, statement.as_of);
    sheet.facts = vec![
        writer.fact(
            key::statement::PERIOD,
            writer.fill(key::statement::SPAN, [("from", &from), ("to", &to)]),
        ),
        writer.fact(key::statement::ACCOUNT_NUMBER, &statement.account_number),
    ];
    sheet.parts = statement
        .currencies
        .iter()
        .map(|sums| part(&writer, statement, sums, entries))
        .collect();
    if sheet.parts.is_empty() {
        sheet.subtitle = Some(writer.t(key::documents::STATEMENT_NOTHING));
    } else {
        sheet.note = Some(writer.t(key::documents::STATEMENT_NOTE));
    }
    writer.finish(&sheet, statement.as_of)
}

fn part(
    writer: &DocumentWriter<'_>,
    statement: &Statement,
    sums: &StatementSums,
    entries: &[HistoryEntry],
) -> Part {
    let currency = sums.currency;
    let heading = writer.fill(key::statement::SUMS, [("currency", currency.code())]);
    Part {
        heading: Some(heading),
        before: summary(writer, sums),
        table: Some(Table {
            columns: vec![
                Column::words(writer.t(key::history::DATE)),
                Column::words(writer.t(key::history::RECORD)),
                Column::wide(writer.t(key::history::DESCRIPTION)),
                Column::figures(writer.t(key::history::AMOUNT)),
                Column::figures(writer.t(key::history::BALANCE)),
            ],
            rows: rows(writer, statement, sums, of(entries, currency)),
        }),
        after: Vec::new(),
    }
}

fn of(entries: &[HistoryEntry], currency: Currency) -> impl Iterator<Item = &HistoryEntry> {
    entries
        .iter()
        .filter(move |entry| entry.amount.currency() == currency)
}

fn summary(writer: &DocumentWriter<'_>, sums: &StatementSums) -> Vec<Sum> {
    let kinds = sums
        .sums
        .iter()
        .map(|kind| writer.sum(kind_words(kind.kind), kind.sum, Weight::Plain));
    let opening = writer.sum(key::statement::OPENING, sums.opening, Weight::Plain);
    let closing = writer.sum(key::statement::CLOSING, sums.closing, Weight::Main);
    [opening]
        .into_iter()
        .chain(kinds)
        .chain([closing])
        .collect()
}

fn rows<'a>(
    writer: &DocumentWriter<'_>,
    statement: &Statement,
    sums: &StatementSums,
    entries: impl Iterator<Item = &'a HistoryEntry>,
) -> Vec<Row> {
    let edge = |day, label: Text, balance| {
        let nothing = String::new;
        Row::strong(vec![
            writer.day(day),
            writer.t(label),
            nothing(),
            nothing(),
            writer.money(balance),
        ])
    };
    let entry = |entry: &HistoryEntry| {
        Row::plain(vec![
            writer.day(entry.on),
            document(writer, entry),
            entry.description.clone(),
            writer.money(entry.amount),
            writer.money(entry.balance),
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

fn document(writer: &DocumentWriter<'_>, entry: &HistoryEntry) -> String {
    let kind = writer.t(kind_words(entry.kind));
    let Some(number) = &entry.number else {
        return kind;
    };
    let values = [("kind", kind.as_str()), ("number", number)];
    writer.fill(key::documents::ENTRY, values)
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
