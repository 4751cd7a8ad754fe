//! invoice_lines.csv

use std::collections::BTreeMap;

use api_types::{InvoiceId, InvoiceLine};

use super::cells;
use super::fault::Faults;
use super::invoices::Invoices;
use super::table::{Shape, Table};

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
};

/// The lines by invoice, in the order of the file.
pub type Lines = BTreeMap<InvoiceId, Vec<InvoiceLine>>;

/// Reads the rows. Their amounts are of their invoice's currency.
pub fn read(table: &Table, invoices: &Invoices, faults: &mut Faults) -> Lines {
    let rows = invoices.rows.iter();
    let currencies: BTreeMap<&InvoiceId, _> = rows
        .map(|found| (&found.row.id, found.row.net.currency()))
        .collect();
    let mut lines = Lines::new();
    table.rows(faults, |row| {
        let id = row.need("invoice", InvoiceId::parse)?;
        let Some(currency) = currencies.get(&id).copied() else {
            // An invoice that could not be read has its own fault already.
            if !invoices.ids.contains(id.as_str()) {
                let message = format!(
                    "invoice {id} is not in invoices.csv; lines come together with their invoice"
                );
                row.fault("invoice", message);
            }
            return None;
        };
        let description = row.need("description", cells::line);
        let quantity = row.need("quantity", cells::decimal);
        let unit_price = row.need("unit_price", |text| cells::money(text, currency));
        let tax_percent = row.need("tax_percent", cells::decimal);
        let net = row.need("net", |text| cells::money(text, currency));
        let tax = row.need("tax", |text| cells::money(text, currency));
        let line = InvoiceLine {
            description: description?,
            quantity: quantity?,
            unit_price: unit_price?,
            net: net?,
            tax: tax?,
            tax_percent: tax_percent?,
        };
        lines.entry(id).or_default().push(line);
        Some(())
    });
    lines
}
