//! How much a payment could pay for something.

use api_types::{DocumentState, EventId, InvoiceId, Money, PaymentId, PaymentStatus};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::db::entities::{invoices, payments};
use crate::db::{DbError, ReadTx, events, stored};

/// What a payment has left, and what is open of the thing that it could pay for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// What the payment has left, without what went back as its provider has reported.
    pub left: Money,
    /// What is open for it: for money that is still pending, less what pending money holds
    /// already. Zero for an invoice that is void, replaced or paid, and for an event that is
    /// cancelled or invoiced.
    pub open: Money,
}

/// How much a payment could pay for an invoice.
///
/// # Errors
/// [`DbError::Refused`] if there is no such payment or invoice, or they differ in customer or
/// currency, [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a
/// sum of amounts is beyond its bound; otherwise as the database fails.
pub async fn room(tx: &ReadTx, payment: &PaymentId, invoice: &InvoiceId) -> Result<Room, DbError> {
    let from = payment_row(tx, payment).await?;
    let to = invoice_row(tx, invoice).await?;
    let refused =
        |why: &str| DbError::Refused(format!("payment {payment} and invoice {invoice} {why}"));
    if from.customer_id != to.customer_id {
        return Err(refused("belong to different customers"));
    }
    if from.currency != to.currency {
        return Err(refused("are of different currencies"));
    }
    Ok(Room {
        left: left_to_pay(tx, &from).await?,
        open: stored::money(open_for(&from, &to).max(0), &from.currency)?,
    })
}

/// What credit notes have taken back of an invoice; nothing of one that is void or replaced.
///
/// # Errors
///
/// [`DbError::Refused`] where there is no such invoice.
pub async fn credit_notes_total(tx: &ReadTx, invoice: &InvoiceId) -> Result<Money, DbError> {
    let row = invoice_row(tx, invoice).await?;
    let is_open = row.document == DocumentState::Open.as_str();
    stored::money(if is_open { row.credited_minor } else { 0 }, &row.currency)
}

/// How much of a payment could be kept for an event.
///
/// # Errors
/// [`DbError::Refused`] if there is no such payment, its customer has no such event, or the
/// currencies differ, [`DbError::Unreadable`] if a stored value cannot be read,
/// [`DbError::TooLarge`] if a sum of amounts is beyond its bound; otherwise as the database fails.
pub async fn room_for_event(
    tx: &ReadTx,
    payment: &PaymentId,
    event: &EventId,
) -> Result<Room, DbError> {
    let from = payment_row(tx, payment).await?;
    let refused =
        |why: &str| DbError::Refused(format!("payment {payment} and event {event} {why}"));
    let customer = stored::parse(&from.customer_id)?;
    let Some(to) = events::fee(tx, &customer, event).await? else {
        return Err(refused("belong to different customers"));
    };
    let left = left_to_pay(tx, &from).await?;
    let Some(fee) = to.fee.filter(|_| to.can_hold) else {
        let open = Money::zero(left.currency());
        return Ok(Room { left, open });
    };
    if fee.currency() != left.currency() {
        return Err(refused("are of different currencies"));
    }
    let open = if from.status == PaymentStatus::Pending.as_str() {
        fee.minor() - to.held - to.pending
    } else {
        fee.minor() - to.held
    };
    let open = Money::from_minor(open.max(0), left.currency());
    Ok(Room { left, open })
}

/// What a payment can pay with: what it has left, less the refunds and lost disputes that its
/// provider has reported. The price of the way to pay is the last part of these. What went back
/// only as an import says does not change allocations, which are as the import gives them.
async fn left_to_pay(tx: &ReadTx, payment: &payments::Model) -> Result<Money, DbError> {
    let gone = provider_refunds(tx, &stored::parse(&payment.id)?).await?;
    let price = price_in(payment, gone);
    let left = stored::sum([left_of(payment), -gone, price])?;
    stored::money(left.max(0), &payment.currency)
}

/// How much of a payment went back as its provider has reported, in minor units.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub async fn provider_refunds(tx: &ReadTx, payment: &PaymentId) -> Result<i64, DbError> {
    let rows = payments::Entity::find()
        .filter(payments::Column::RefundOf.eq(payment.as_str()))
        .filter(payments::Column::Status.eq(PaymentStatus::Completed.as_str()))
        .filter(payments::Column::Gateway.is_not_null())
        .filter(payments::Column::OnlyImported.eq(false))
        .all(tx.conn())
        .await?;
    stored::sum(rows.iter().map(|row| -row.total_minor))
}

pub(super) fn left_of(payment: &payments::Model) -> i64 {
    if payment.status == PaymentStatus::Cancelled.as_str() {
        return 0;
    }
    payment.total_minor - payment.surcharge_minor + payment.surcharge_back_minor
        - payment.allocated_minor
        - payment.held_minor
}

fn open_for(payment: &payments::Model, invoice: &invoices::Model) -> i64 {
    if invoice.document != DocumentState::Open.as_str() {
        return 0;
    }
    let remaining = invoice.total_minor - invoice.credited_minor - invoice.paid_minor;
    if payment.status == PaymentStatus::Pending.as_str() {
        remaining - invoice.pending_minor
    } else {
        remaining
    }
}

pub(super) async fn payment_row(tx: &ReadTx, id: &PaymentId) -> Result<payments::Model, DbError> {
    let row = payments::Entity::find_by_id(id.as_str())
        .one(tx.conn())
        .await?;
    row.ok_or_else(|| DbError::Refused(format!("there is no payment {id}")))
}

async fn invoice_row(tx: &ReadTx, id: &InvoiceId) -> Result<invoices::Model, DbError> {
    let row = invoices::Entity::find_by_id(id.as_str())
        .one(tx.conn())
        .await?;
    row.ok_or_else(|| DbError::Refused(format!("there is no invoice {id}")))
}

/// How much of what has gone back of a payment is the price of the way to pay, in minor units.
pub(in crate::db) fn price_in(of: &payments::Model, refunded: i64) -> i64 {
    (refunded - (of.total_minor - of.surcharge_minor)).clamp(0, of.surcharge_minor)
}
