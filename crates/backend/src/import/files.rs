//! The files of a folder, read and checked as far as they can be by themselves.

use std::path::Path;

use jiff::tz::TimeZone;

use super::Options;
use super::allocations::{self, NewAllocation};
use super::credit_notes::{self, NewCredit};
use super::event_links::NewPaper;
use super::fault::Faults;
use super::shift::Shift;
use super::table::{Found, Shape, Table, Unreadable};
use super::{closures, customers, event_links, events, invoices, lines, offers, payments};
use crate::db::closures::NewClosure;
use crate::db::customers::Customer;
use crate::db::events::NewEvent;
use crate::db::invoices::NewInvoice;
use crate::db::offers::NewOffer;
use crate::db::payments::NewPayment;

const SHAPES: [&Shape; 10] = [
    &customers::SHAPE,
    &invoices::SHAPE,
    &lines::SHAPE,
    &credit_notes::SHAPE,
    &payments::SHAPE,
    &allocations::SHAPE,
    &events::SHAPE,
    &event_links::SHAPE,
    &offers::SHAPE,
    &closures::SHAPE,
];

/// What the files hold.
pub struct Files {
    /// customers.csv
    pub customers: Vec<Found<Customer>>,
    /// invoices.csv with invoice_lines.csv
    pub invoices: Vec<Found<NewInvoice>>,
    /// credit_notes.csv
    pub credit_notes: Vec<Found<NewCredit>>,
    /// payments.csv
    pub payments: Vec<Found<NewPayment>>,
    /// allocations.csv
    pub allocations: Vec<Found<NewAllocation>>,
    /// events.csv
    pub events: Vec<Found<NewEvent>>,
    /// event_links.csv
    pub event_links: Vec<Found<NewPaper>>,
    /// offers.csv
    pub offers: Vec<Found<NewOffer>>,
    /// closures.csv
    pub closures: Vec<Found<NewClosure>>,
}

impl Files {
    /// Reads the folder. What is wrong is noted, and then what is returned is only a part.
    pub fn read(folder: &Path, shift: Shift, options: &Options, faults: &mut Faults) -> Self {
        let Options { zone, gateways, .. } = options;
        check_names(folder, faults);
        let mut table = |shape| Table::read(folder, shape, faults);
        let [
            customers,
            invoices,
            lines,
            credit_notes,
            payments,
            allocations,
            events,
            event_links,
            offers,
            closures,
        ] = SHAPES.map(&mut table);
        let invoices = read_invoices(invoices, lines, shift, zone, faults);
        // What cannot be read has its fault already.
        let [customers, credit_notes, payments, allocations, events] =
            [customers, credit_notes, payments, allocations, events].map(read_table);
        let [event_links, offers, closures] = [event_links, offers, closures].map(read_table);
        Self {
            customers: customers.map_or_else(Vec::new, |t| customers::read(&t, faults)),
            invoices,
            credit_notes: credit_notes
                .map_or_else(Vec::new, |t| credit_notes::read(&t, shift, zone, faults)),
            payments: payments.map_or_else(Vec::new, |t| {
                payments::read(&t, shift, (zone, gateways), faults)
            }),
            allocations: allocations.map_or_else(Vec::new, |t| allocations::read(&t, faults)),
            events: events.map_or_else(Vec::new, |t| events::read(&t, shift, faults)),
            event_links: event_links.map_or_else(Vec::new, |t| event_links::read(&t, faults)),
            offers: offers.map_or_else(Vec::new, |t| offers::read(&t, shift, faults)),
            closures: closures.map_or_else(Vec::new, |t| closures::read(&t, shift, faults)),
        }
    }
}

fn read_table(table: Result<Option<Table>, Unreadable>) -> Option<Table> {
    table.ok().flatten()
}

/// The invoices with their lines. Where one of the two files cannot be read, nothing is known to
/// be wrong with the other one for that.
fn read_invoices(
    invoices: Result<Option<Table>, Unreadable>,
    lines: Result<Option<Table>, Unreadable>,
    shift: Shift,
    zone: &TimeZone,
    faults: &mut Faults,
) -> Vec<Found<NewInvoice>> {
    let Ok(invoices) = invoices else {
        return Vec::new();
    };
    let mut invoices = invoices.map_or_else(invoices::Invoices::default, |table| {
        invoices::read(&table, shift, zone, faults)
    });
    let lines = match lines {
        Ok(Some(table)) => lines::read(&table, &invoices, faults),
        Ok(None) => lines::Lines::default(),
        Err(Unreadable) => lines::Lines::unknown(),
    };
    lines::join(&mut invoices, lines, faults);
    invoices.rows
}

/// Notes files with other names, so that one with a misspelt name is not ignored silently.
fn check_names(folder: &Path, faults: &mut Faults) {
    let names: Vec<&str> = SHAPES.iter().map(|shape| shape.file).collect();
    let known = names.join(", ");
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(why) => {
            let folder = folder.display().to_string();
            faults.in_file(&folder, format!("the folder cannot be read: {why}"));
            return;
        }
    };
    let mut found = false;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if names.contains(&name.as_str()) {
            found = true;
        } else if name.to_lowercase().ends_with(".csv") {
            let message = format!("it is none of the files that an import reads: {known}");
            faults.in_file(&name, message);
        }
    }
    if !found {
        let folder = folder.display().to_string();
        faults.in_file(&folder, format!("the folder has none of the files {known}"));
    }
}
