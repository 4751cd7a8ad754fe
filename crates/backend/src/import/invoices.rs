//! invoices.csv

use std::collections::{BTreeMap, BTreeSet};

use api_types::{Currency, CustomerId, DocumentState, InvoiceId, Money};
use jiff::tz::TimeZone;

use super::cells;
use super::fault::Faults;
use super::shift::{self, Shift};
use super::table::{Cells, Found, Shape, Table};
use crate::db::invoices::NewInvoice;

/// The file.
pub const SHAPE: Shape = Shape {
    file: "invoices.csv",
    needed: &[
        "id",
        "customer",
        "number",
        "name",
        "issued_on",
        "due_on",
        "currency",
        "net",
        "tax",
        "total",
    ],
    optional: &[
        "period_from",
        "period_to",
        "document",
        "service",
        "replaced_by",
    ],
    printed: &["number", "name"],
};

const DOCUMENTS: [(DocumentState, &str); 3] = [
    (DocumentState::Open, "open"),
    (DocumentState::Void, "void"),
    (DocumentState::Replaced, "replaced"),
];

/// The rows, and the ids of those that could not be read too.
#[derive(Default)]
pub struct Invoices {
    /// What could be read; lines are still to come.
    pub rows: Vec<Found<NewInvoice>>,
    /// Every id that stands in the file.
    ids: BTreeSet<String>,
    /// Whether some row may have another id than the one that stands there.
    has_unknown: bool,
    /// The ids that stand in it more than once: whose lines are whose is not known.
    pub(super) twice: BTreeSet<InvoiceId>,
}

impl Invoices {
    /// Whether an invoice may be in the file: one that could not be read has its own fault.
    pub fn may_have(&self, id: &InvoiceId) -> bool {
        self.has_unknown || self.ids.contains(id.as_str())
    }
}

/// Reads the rows.
pub fn read(table: &Table, shift: Shift, zone: &TimeZone, faults: &mut Faults) -> Invoices {
    let (mut lines, mut numbers) = (BTreeMap::new(), BTreeMap::new());
    let mut twice = BTreeSet::new();
    let rows = table.rows(faults, |row| {
        let new = invoice(row, shift, zone)?;
        if let Some(line) = lines.get(&new.id) {
            row.fault(
                "id",
                format!("invoice {} stands in line {line} already", new.id),
            );
            twice.insert(new.id);
            return None;
        }
        lines.insert(new.id.clone(), row.line());
        // A number may come again once its invoice is void or replaced.
        if new.document == DocumentState::Open
            && let Some(line) = numbers.insert(new.number.clone(), row.line())
        {
            let message = format!(
                "the open invoice in line {line} has the number {} too; \
                 each open invoice needs its own",
                new.number
            );
            row.fault("number", message);
        }
        Some(new)
    });
    Invoices {
        rows,
        has_unknown: !twice.is_empty() || !table.is_even(),
        twice,
        ids: table.column("id").map(str::to_owned).collect(),
    }
}

fn invoice(row: &mut Cells<'_>, shift: Shift, zone: &TimeZone) -> Option<NewInvoice> {
    let id = row.need("id", InvoiceId::parse);
    let customer = row.need("customer", CustomerId::parse);
    let number = row.need("number", cells::line);
    let name = row.need("name", cells::line);
    let issued_on = row.need("issued_on", |text| shift.day(text));
    let due_on = row.need("due_on", |text| shift.day(text));
    let period_from = row.may("period_from", |text| shift.day(text));
    let period_to = row.may("period_to", |text| shift.day(text));
    let document = row.may("document", |text| cells::word(text, &DOCUMENTS));
    let service = row.may("service", cells::line);
    let replaced_by = row.may("replaced_by", InvoiceId::parse);
    let amounts = amounts(row);
    let (net, tax) = amounts?;
    let (document, replaced_by) = (document?.unwrap_or(DocumentState::Open), replaced_by?);
    if replaced_by.is_some() && document != DocumentState::Replaced {
        let message =
            "only a replaced invoice has it; leave it empty, or make the document replaced";
        row.fault("replaced_by", message.to_owned());
    }
    if replaced_by.is_some() && replaced_by == id {
        row.fault(
            "replaced_by",
            "an invoice cannot stand in its own place".to_owned(),
        );
    }
    let (period_from, period_to) = (period_from?, period_to?);
    if matches!((period_from, period_to), (Some(from), Some(to)) if to < from) {
        row.fault("period_to", "the period ends before it begins".to_owned());
    }
    if matches!((issued_on, due_on), (Some(issued), Some(due)) if due < issued) {
        row.fault("due_on", "it lies before issued_on".to_owned());
    }
    let issued_on = issued_on?;
    Some(NewInvoice {
        id: id?,
        customer: customer?,
        number: number?,
        name: name?,
        issued_on,
        issued_at: shift::start_of(issued_on, zone)?,
        due_on: due_on?,
        period_from,
        period_to,
        net,
        tax,
        document,
        service: service?,
        replaced_by,
        lines: Vec::new(),
    })
}

/// Net and tax, if they fit each other and the total.
fn amounts(row: &mut Cells<'_>) -> Option<(Money, Money)> {
    let currency: Currency = row.need("currency", Currency::parse)?;
    let net = row.need("net", |text| cells::money(text, currency));
    let tax = row.need("tax", |text| cells::money(text, currency));
    let total = row.need("total", |text| cells::no_less_than_zero(text, currency));
    let (net, tax, total) = (net?, tax?, total?);
    if net.checked_add(tax) != Ok(total) {
        let message = format!("it is {total:?}, but net and tax are {net:?} and {tax:?}");
        row.fault("total", message);
        return None;
    }
    Some((net, tax))
}
