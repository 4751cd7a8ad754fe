//! allocations.csv

use std::collections::BTreeMap;

use api_types::{EventId, InvoiceId, PaymentId};

use super::fault::Faults;
use super::table::{Cells, Found, Shape, Table};
use crate::db::allocate::Target;

/// The file.
pub const SHAPE: Shape = Shape {
    file: "allocations.csv",
    needed: &["payment", "amount"],
    optional: &["invoice", "event"],
    printed: &[],
};

/// The part of a payment that pays for an invoice, or is kept for an event. Both may be known
/// from before, so the currency of the amount is not known until they have been looked up.
#[derive(Clone, Debug)]
pub struct NewAllocation {
    /// The payment.
    pub payment: PaymentId,
    /// What it pays for.
    pub target: Target,
    /// How much, as it is written.
    pub amount: String,
}

/// Reads the rows.
pub fn read(table: &Table, faults: &mut Faults) -> Vec<Found<NewAllocation>> {
    let mut lines = BTreeMap::new();
    table.rows(faults, |row| {
        let payment = row.need("payment", PaymentId::parse);
        let target = target(row);
        let amount = row.need("amount", |text| Ok::<_, String>(text.to_owned()));
        let (payment, target) = (payment?, target?);
        if let Some(line) = lines.insert((payment.clone(), target.clone()), row.line()) {
            let (column, what) = match &target {
                Target::Invoice(invoice) => ("invoice", format!("invoice {invoice}")),
                Target::Event(event) => ("event", format!("event {event}")),
            };
            let message = format!(
                "payment {payment} and {what} stand in line {line} already; \
                 put the amounts together"
            );
            row.fault(column, message);
        }
        Some(NewAllocation {
            payment,
            target,
            amount: amount?,
        })
    })
}

fn target(row: &mut Cells<'_>) -> Option<Target> {
    let invoice = row.may("invoice", InvoiceId::parse);
    let event = row.may("event", EventId::parse);
    match (invoice?, event?) {
        (Some(invoice), None) => Some(Target::Invoice(invoice)),
        (None, Some(event)) => Some(Target::Event(event)),
        (None, None) => {
            let message = "it is empty, and has to be filled in, unless the column event is";
            row.fault("invoice", message.to_owned());
            None
        }
        (Some(_), Some(_)) => {
            let message = "money is for an invoice or for an event; leave one of the two empty";
            row.fault("event", message.to_owned());
            None
        }
    }
}
