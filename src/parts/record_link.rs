//! Where a record of the account can be looked at.

use api_types::Record;

use crate::route::Route;

/// The page of a record; an event has none yet.
pub fn record_href(record: &Record) -> Option<String> {
    let route = match record {
        Record::Invoice { invoice } => Route::Invoice(invoice.clone()),
        Record::Payment { payment } => Route::Payment(payment.clone()),
        Record::CreditNote { credit_note } => Route::CreditNote(credit_note.clone()),
        Record::Event { .. } => return None,
    };
    Some(route.href())
}
