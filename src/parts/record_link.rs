//! Where a record of the account can be looked at.

use api_types::Record;

use crate::route::Route;

/// The page of a record.
pub fn record_href(record: &Record) -> Option<String> {
    let route = match record {
        Record::Invoice { invoice } => Route::Invoice(invoice.clone()),
        Record::Payment { payment } => Route::Payment(payment.clone()),
        Record::CreditNote { credit_note } => Route::CreditNote(credit_note.clone()),
        Record::Event { event } => Route::Event(event.clone()),
    };
    Some(route.href())
}
