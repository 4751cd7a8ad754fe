//! invoice_lines.csv

use std::collections::{BTreeMap, BTreeSet};

use api_types::{Currency, InvoiceId, InvoiceLine, Money, MoneyError, UnitPrice, WrongNet};

use super::cells;
use super::fault::Faults;
use super::invoices::{self, Invoices};
use super::table::{Cells, Found, Shape, Table};

/// The file.
pub const SHAPE: Shape = Shape {
    file: "invoice_lines.csv",
    needed: &[
        "invoice",
        "description",
        "quantity",
        "unit_price",
        "tax_percent",
        "net",
        "tax",
    ],
    optional: &[],
    printed: &["description"],
};

/// The lines by invoice, in the order of the file.
#[derive(Default)]
pub struct Lines {
    by_invoice: BTreeMap<InvoiceId, Vec<InvoiceLine>>,
    /// The invoices of which a line has a fault.
    faulty: BTreeSet<InvoiceId>,
    /// Whether there are lines of which nobody knows whose they are.
    has_unknown: bool,
}

impl Lines {
    /// What is known of a file that cannot be read.
    pub fn unknown() -> Self {
        Self {
            has_unknown: true,
            ..Self::default()
        }
    }

    /// Takes out the lines of an invoice.
    pub fn take(&mut self, invoice: &InvoiceId) -> Vec<InvoiceLine> {
        self.by_invoice.remove(invoice).unwrap_or_default()
    }

    /// Whether lines of an invoice may be missing because they have faults.
    pub fn has_fault(&self, invoice: &InvoiceId) -> bool {
        self.has_unknown || self.faulty.contains(invoice)
    }
}

/// Reads the rows. Their amounts are of their invoice's currency.
pub fn read(table: &Table, invoices: &Invoices, faults: &mut Faults) -> Lines {
    let rows = invoices.rows.iter();
    let currencies: BTreeMap<&InvoiceId, _> = rows
        .map(|found| (&found.row.id, found.row.net.currency()))
        .collect();
    let mut lines = Lines {
        has_unknown: !table.is_even(),
        ..Lines::default()
    };
    table.rows(faults, |row| {
        let Some(id) = row.need("invoice", InvoiceId::parse) else {
            lines.has_unknown = true;
            return None;
        };
        let Some(currency) = currencies.get(&id).copied() else {
            if !invoices.may_have(&id) {
                let message = format!(
                    "invoice {id} is not in invoices.csv; lines come together with their invoice"
                );
                row.fault("invoice", message);
                lines.has_unknown = true;
            }
            return None;
        };
        match line(row, currency) {
            Some(line) => lines.by_invoice.entry(id).or_default().push(line),
            None => {
                lines.faulty.insert(id);
            }
        }
        Some(())
    });
    lines
}

fn line(row: &mut Cells<'_>, currency: Currency) -> Option<InvoiceLine> {
    let description = row.need("description", cells::text);
    let quantity = row.need("quantity", cells::decimal);
    let unit_price = row.need("unit_price", |text| cells::unit_price(text, currency));
    let tax_percent = row.need("tax_percent", cells::decimal);
    let net = row.need("net", |text| cells::money(text, currency));
    let tax = row.need("tax", |text| cells::money(text, currency));
    let (quantity, unit_price, net) = (quantity?, unit_price?, net?);
    check_net(row, &quantity, unit_price, net)?;
    Some(InvoiceLine {
        description: description?,
        quantity,
        unit_price,
        net,
        tax: tax?,
        tax_percent: tax_percent?,
    })
}

/// Notes where the net amount is not what the quantity costs, rounded up or down.
fn check_net(row: &mut Cells<'_>, quantity: &str, unit_price: UnitPrice, net: Money) -> Option<()> {
    let (column, message) = match unit_price.check_net(quantity, net) {
        Ok(()) => return Some(()),
        Err(WrongNet::Costs(exact)) => (
            "net",
            format!("it is {net:?}, but {quantity} times {unit_price:?} is {exact}"),
        ),
        Err(WrongNet::TooLarge) => (
            "quantity",
            format!("{quantity} times {unit_price:?} is too large an amount"),
        ),
    };
    row.fault(column, message);
    None
}

/// Gives every invoice its lines, which have to add up to it. Where a line has a fault of its
/// own, nothing is known to be wrong with its invoice.
pub fn join(to: &mut Invoices, mut lines: Lines, faults: &mut Faults) {
    for Found { line, row } in &mut to.rows {
        row.lines = lines.take(&row.id);
        if to.twice.contains(&row.id) || lines.has_fault(&row.id) {
            continue;
        }
        if row.lines.is_empty() {
            let message = format!("invoice {} has no lines in invoice_lines.csv", row.id);
            faults.in_row(invoices::SHAPE.file, *line, "id", message);
            continue;
        }
        for (column, said, sum) in [
            ("net", row.net, sum(row.net, &row.lines, |line| line.net)),
            ("tax", row.tax, sum(row.tax, &row.lines, |line| line.tax)),
        ] {
            if sum != Ok(said) {
                let sum = sum.map_or_else(|why| why.to_string(), |sum| format!("{sum:?}"));
                let message = format!("it is {said:?}, but its lines add up to {sum}");
                faults.in_row(invoices::SHAPE.file, *line, column, message);
            }
        }
    }
}

fn sum(
    like: Money,
    lines: &[InvoiceLine],
    part: impl Fn(&InvoiceLine) -> Money,
) -> Result<Money, MoneyError> {
    let nothing = Money::zero(like.currency());
    lines.iter().map(part).try_fold(nothing, Money::checked_add)
}
