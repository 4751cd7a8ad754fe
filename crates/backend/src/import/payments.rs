//! payments.csv

use std::collections::BTreeMap;

use api_types::{
    Currency, CustomerId, FailureCode, MethodId, Money, PaymentId, PaymentStatus, Timestamp,
};
use jiff::tz::TimeZone;

use super::cells;
use super::fault::Faults;
use super::shift::Shift;
use super::table::{Cells, Found, Shape, Table};
use crate::db::payments::NewPayment;

/// The file.
pub const SHAPE: Shape = Shape {
    file: "payments.csv",
    needed: &[
        "id",
        "customer",
        "created_at",
        "completed_at",
        "total",
        "currency",
        "status",
        "description",
    ],
    optional: &["method", "failure"],
};

const STATUSES: [(PaymentStatus, &str); 3] = [
    (PaymentStatus::Pending, "pending"),
    (PaymentStatus::Cancelled, "cancelled"),
    (PaymentStatus::Completed, "completed"),
];

const FAILURES: [(FailureCode, &str); 5] = [
    (FailureCode::CardDeclined, "card_declined"),
    (FailureCode::InsufficientFunds, "insufficient_funds"),
    (FailureCode::ExpiredCard, "expired_card"),
    (FailureCode::ProviderError, "provider_error"),
    (FailureCode::TimedOut, "timed_out"),
];

/// Reads the rows.
pub fn read(
    table: &Table,
    shift: Shift,
    zone: &TimeZone,
    faults: &mut Faults,
) -> Vec<Found<NewPayment>> {
    let mut lines = BTreeMap::new();
    table.rows(faults, |row| {
        let new = payment(row, shift, zone)?;
        if let Some(line) = lines.insert(new.id.clone(), row.line()) {
            row.fault(
                "id",
                format!("payment {} stands in line {line} already", new.id),
            );
        }
        Some(new)
    })
}

fn payment(row: &mut Cells<'_>, shift: Shift, zone: &TimeZone) -> Option<NewPayment> {
    let id = row.need("id", PaymentId::parse);
    let customer = row.need("customer", CustomerId::parse);
    let created_at = row.need("created_at", |text| shift.instant(text, zone));
    let completed_at = row.may("completed_at", |text| shift.instant(text, zone));
    let status = row.need("status", |text| cells::word(text, &STATUSES));
    let description = row.need("description", cells::line);
    let method = row.may("method", MethodId::parse);
    let failure = row.may("failure", |text| cells::word(text, &FAILURES));
    let total = total(row);
    let (created_at, completed_at) = (created_at?, completed_at?);
    let (status, failure) = (status?, failure?);
    fitting(row, status, created_at, completed_at, failure)?;
    Some(NewPayment {
        id: id?,
        customer: customer?,
        created_at,
        completed_at,
        total: total?,
        status,
        description: description?,
        method: method?,
        failure,
        checkout: None,
        provider: None,
    })
}

fn total(row: &mut Cells<'_>) -> Option<Money> {
    let currency = row.need("currency", Currency::parse)?;
    let total = row.need("total", |text| cells::money(text, currency))?;
    if total.is_zero() {
        let message = "it is zero; money from the customer is more, a purchase is less";
        row.fault("total", message.to_owned());
        return None;
    }
    Some(total)
}

/// Notes what does not fit the status; `None` where anything does not.
fn fitting(
    row: &mut Cells<'_>,
    status: PaymentStatus,
    created_at: Timestamp,
    completed_at: Option<Timestamp>,
    failure: Option<FailureCode>,
) -> Option<()> {
    let completed = status == PaymentStatus::Completed;
    let wrong = match completed_at {
        None if completed => Some(("completed_at", "a completed payment says when it completed")),
        Some(_) if !completed => Some((
            "completed_at",
            "only a completed payment has it; leave it empty, or make the status completed",
        )),
        Some(at) if at < created_at => Some(("completed_at", "it completed before it was started")),
        _ if failure.is_some() && status != PaymentStatus::Cancelled => Some((
            "failure",
            "only a cancelled payment has a failure; leave it empty",
        )),
        _ => None,
    };
    match wrong {
        Some((column, message)) => {
            row.fault(column, message.to_owned());
            None
        }
        None => Some(()),
    }
}
