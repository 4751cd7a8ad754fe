//! payments.csv

use std::collections::BTreeMap;

use api_types::{
    Currency, CustomerId, FailureCode, MethodId, MethodKind, Money, PaidBy, PaymentId, PaymentKind,
    PaymentStatus, Timestamp,
};
use jiff::tz::TimeZone;

use super::cells;
use super::fault::Faults;
use super::shift::Shift;
use super::table::{Cells, Found, Shape, Table};
use crate::db::payments::{NewPayment, ProviderPayment, public_part};

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
    optional: &[
        "method",
        "failure",
        "kind",
        "surcharge",
        "refund_of",
        "gateway",
        "provider_id",
    ],
    printed: &[],
};

const STATUSES: [(PaymentStatus, &str); 3] = [
    (PaymentStatus::Pending, "pending"),
    (PaymentStatus::Cancelled, "cancelled"),
    (PaymentStatus::Completed, "completed"),
];

const KINDS: [(PaymentKind, &str); 3] = [
    (PaymentKind::Payment, "payment"),
    (PaymentKind::Purchase, "purchase"),
    (PaymentKind::Refund, "refund"),
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
    (zone, gateways): (&TimeZone, &[String]),
    faults: &mut Faults,
) -> Vec<Found<NewPayment>> {
    let mut lines = BTreeMap::new();
    table.rows(faults, |row| {
        let new = payment(row, shift, (zone, gateways))?;
        if let Some(line) = lines.insert(new.id.clone(), row.line()) {
            row.fault(
                "id",
                format!("payment {} stands in line {line} already", new.id),
            );
        }
        Some(new)
    })
}

fn payment(
    row: &mut Cells<'_>,
    shift: Shift,
    (zone, gateways): (&TimeZone, &[String]),
) -> Option<NewPayment> {
    let id = row.need("id", PaymentId::parse);
    let customer = row.need("customer", CustomerId::parse);
    let created_at = row.need("created_at", |text| shift.instant(text, zone));
    let completed_at = row.may("completed_at", |text| shift.instant(text, zone));
    let status = row.need("status", |text| cells::word(text, &STATUSES));
    let description = row.need("description", cells::text);
    row.warn_unwritable("description", public_part);
    let method = row.may("method", MethodId::parse);
    let failure = row.may("failure", |text| cells::word(text, &FAILURES));
    let refund_of = row.may("refund_of", PaymentId::parse);
    let provider = provider(row, gateways);
    let money = money(row);
    let (created_at, completed_at) = (created_at?, completed_at?);
    let (status, failure) = (status?, failure?);
    fitting(row, status, created_at, completed_at, failure)?;
    let (money, refund_of, method) = (money?, refund_of?, method?);
    if provider.as_ref().is_some_and(Option::is_some) && money.kind == PaymentKind::Purchase {
        let message = "no payment provider tells of a purchase; leave it empty, or make the kind \
                       refund";
        row.fault("provider_id", message.to_owned());
        return None;
    }
    if refund_of.is_some() && money.kind != PaymentKind::Refund {
        let message = "only a refund gives a payment back; leave it empty, or make the kind refund";
        row.fault("refund_of", message.to_owned());
        return None;
    }
    Some(NewPayment {
        id: id?,
        customer: customer?,
        kind: money.kind,
        created_at,
        completed_at,
        total: money.total,
        surcharge: money.surcharge,
        status,
        description: description?,
        paid_by: method.as_ref().and_then(paid_by),
        method,
        reference: None,
        refund_of,
        failure,
        checkout: None,
        provider: provider?,
    })
}

/// How the payment provider knows the money, if it reports the money too.
fn provider(row: &mut Cells<'_>, gateways: &[String]) -> Option<Option<ProviderPayment>> {
    let gateway = row.may("gateway", |text| gateway(text, gateways));
    let id = row.may("provider_id", cells::line);
    let (empty, filled) = match (gateway?, id?) {
        (Some(gateway), Some(id)) => return Some(Some(ProviderPayment { gateway, id })),
        (None, None) => return Some(None),
        (None, Some(_)) => ("gateway", "provider_id"),
        (Some(_), None) => ("provider_id", "gateway"),
    };
    let message = format!("it is empty, and {filled} is not; fill in both, or neither");
    row.fault(empty, message);
    None
}

/// A gateway as the settings name it: by another name the money would never be seen as the same.
fn gateway(text: &str, gateways: &[String]) -> Result<String, String> {
    let name = cells::line(text)?;
    if gateways.contains(&name) {
        return Ok(name);
    }
    Err(match gateways {
        [] => "the settings have no gateway in [gateways], so no payment provider tells of it; \
               leave gateway and provider_id empty, or set the gateway up"
            .to_owned(),
        known => format!(
            "the settings name no such gateway; they have {}",
            known.join(", ")
        ),
    })
}

/// How it was paid as customers see it, if the method has the name of a kind; any other name is
/// the provider's own.
fn paid_by(method: &MethodId) -> Option<PaidBy> {
    let kind = MethodKind::from_word(method.as_str());
    (kind != MethodKind::Unknown).then_some(PaidBy {
        kind,
        label: None,
        option: None,
    })
}

/// The figures of a row.
struct Figures {
    kind: PaymentKind,
    total: Money,
    surcharge: Money,
}

fn money(row: &mut Cells<'_>) -> Option<Figures> {
    let currency = row.need("currency", Currency::parse)?;
    let total = row.need("total", |text| cells::money(text, currency));
    let surcharge = row.may("surcharge", |text| cells::no_less_than_zero(text, currency));
    let kind = row.may("kind", |text| cells::word(text, &KINDS));
    let (total, kind) = (total?, kind?);
    let surcharge = surcharge?.unwrap_or(Money::zero(currency));
    let kind = kind.unwrap_or(if total.is_negative() {
        PaymentKind::Purchase
    } else {
        PaymentKind::Payment
    });
    let wrong = match kind {
        _ if total.is_zero() => Some((
            "total",
            "it is zero; money from the customer is more, a purchase or refund is less",
        )),
        PaymentKind::Payment if total.is_negative() => Some((
            "kind",
            "money from the customer is positive; a purchase or a refund is negative",
        )),
        PaymentKind::Purchase | PaymentKind::Refund if total.is_positive() => Some((
            "total",
            "a purchase or a refund is negative; money from the customer is a payment",
        )),
        _ if surcharge.is_positive() && surcharge.minor() >= total.minor() => Some((
            "surcharge",
            "it is a part of the total, and less than it; leave it empty where there is none",
        )),
        _ => None,
    };
    if let Some((column, message)) = wrong {
        row.fault(column, message.to_owned());
        return None;
    }
    Some(Figures {
        kind,
        total,
        surcharge,
    })
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
