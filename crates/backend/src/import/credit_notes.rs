//! credit_notes.csv

use std::collections::BTreeMap;

use api_types::{CreditNoteId, Currency, Day, InvoiceId, Money, Timestamp};
use jiff::tz::TimeZone;

use super::cells;
use super::fault::Faults;
use super::shift::{self, Shift};
use super::table::{Found, Shape, Table};

/// The file.
pub const SHAPE: Shape = Shape {
    file: "credit_notes.csv",
    needed: &[
        "id",
        "invoice",
        "number",
        "issued_on",
        "net",
        "tax",
        "total",
        "reason",
    ],
    optional: &[],
    printed: &["number", "reason"],
};

/// A credit note. Its invoice may be known from before, so the currency of the amounts is not
/// known until that has been looked up.
#[derive(Clone, Debug)]
pub struct NewCredit {
    /// The provider's own id.
    pub id: CreditNoteId,
    /// The invoice that it takes back a part of.
    pub invoice: InvoiceId,
    /// The number on the document.
    pub number: String,
    /// The day on the document.
    pub issued_on: Day,
    /// When that day began.
    pub issued_at: Timestamp,
    /// Why.
    pub reason: String,
    /// Before tax, as it is written.
    pub net: String,
    /// Tax, as it is written.
    pub tax: String,
    /// Both together, as it is written.
    pub total: String,
}

/// The column that is wrong, and why.
pub type WrongAmount = (&'static str, String);

impl NewCredit {
    /// Net and tax in the invoice's currency, if they fit each other and the total.
    ///
    /// # Errors
    /// [`WrongAmount`] if one of the three is no amount of the currency, the total is not more than
    /// zero, or net and tax do not add up to it.
    pub fn amounts(&self, currency: Currency) -> Result<(Money, Money), WrongAmount> {
        let read = |column, text: &str| {
            cells::money(text, currency)
                .map_err(|why| (column, format!("{why}; here stands \"{text}\"")))
        };
        let net = read("net", &self.net)?;
        let tax = read("tax", &self.tax)?;
        let total = read("total", &self.total)?;
        if !total.is_positive() {
            return Err(("total", "it has to be more than zero".to_owned()));
        }
        if net.checked_add(tax) != Ok(total) {
            let message = format!("it is {total:?}, but net and tax are {net:?} and {tax:?}");
            return Err(("total", message));
        }
        Ok((net, tax))
    }
}

/// Reads the rows.
pub fn read(
    table: &Table,
    shift: Shift,
    zone: &TimeZone,
    faults: &mut Faults,
) -> Vec<Found<NewCredit>> {
    let mut lines = BTreeMap::new();
    table.rows(faults, |row| {
        let as_written = |text: &str| Ok::<_, String>(text.to_owned());
        let id = row.need("id", CreditNoteId::parse);
        let invoice = row.need("invoice", InvoiceId::parse);
        let number = row.need("number", cells::line);
        let issued_on = row.need("issued_on", |text| shift.day(text));
        let reason = row.need("reason", cells::text);
        let net = row.need("net", as_written);
        let tax = row.need("tax", as_written);
        let total = row.need("total", as_written);
        let (id, issued_on) = (id?, issued_on?);
        if let Some(line) = lines.insert(id.clone(), row.line()) {
            let message = format!("credit note {id} stands in line {line} already");
            row.fault("id", message);
        }
        Some(NewCredit {
            id,
            invoice: invoice?,
            number: number?,
            issued_on,
            issued_at: shift::start_of(issued_on, zone)?,
            reason: reason?,
            net: net?,
            tax: tax?,
            total: total?,
        })
    })
}
