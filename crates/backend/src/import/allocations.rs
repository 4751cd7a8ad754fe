//! allocations.csv

use std::collections::BTreeMap;

use api_types::{InvoiceId, PaymentId};

use super::fault::Faults;
use super::table::{Found, Shape, Table};

/// The file.
pub const SHAPE: Shape = Shape {
    file: "allocations.csv",
    needed: &["payment", "invoice", "amount"],
    optional: &[],
};

/// The part of a payment that pays for an invoice. Both may be known from before, so the
/// currency of the amount is not known until they have been looked up.
#[derive(Clone, Debug)]
pub struct NewAllocation {
    /// The payment.
    pub payment: PaymentId,
    /// The invoice.
    pub invoice: InvoiceId,
    /// How much, as it is written.
    pub amount: String,
}

/// Reads the rows.
pub fn read(table: &Table, faults: &mut Faults) -> Vec<Found<NewAllocation>> {
    let mut lines = BTreeMap::new();
    table.rows(faults, |row| {
        let payment = row.need("payment", PaymentId::parse);
        let invoice = row.need("invoice", InvoiceId::parse);
        let amount = row.need("amount", |text| Ok::<_, String>(text.to_owned()));
        let (payment, invoice) = (payment?, invoice?);
        if let Some(line) = lines.insert((payment.clone(), invoice.clone()), row.line()) {
            let message = format!(
                "payment {payment} and invoice {invoice} stand in line {line} already; \
                 put the amounts together"
            );
            row.fault("invoice", message);
        }
        Some(NewAllocation {
            payment,
            invoice,
            amount: amount?,
        })
    })
}
