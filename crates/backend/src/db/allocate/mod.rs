//! Which money pays for what. This is the only writer of allocations and of the columns
//! that sum them up, so the columns are always what the sums are.
//!
//! A completed payment's allocations are what an invoice's `paid` is made of, a pending
//! one's what its `on_its_way` is made of. Money for an event that is not invoiced yet is
//! held for it, and moves to the invoice that comes. What is not allocated is credit.

mod credit;
mod due;
mod events;
mod release;
mod reversals;
mod room;
mod sums;

use std::cmp::{max, min};

use api_types::{EventId, InvoiceId, Money, PaymentId, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::entities::allocations::{ActiveModel, Column, Entity};
use super::{DbError, ReadTx, WriteTx};

pub use credit::use_credit;
pub use due::to_what_is_due;
pub use events::{event_changed, to_event};
pub use release::{release, release_beyond, release_down_to, release_invoice, release_later};
pub use reversals::{has_gone_back, restore_up_to, reverse_down_to};
pub(in crate::db) use room::price_in;
pub use room::{Room, credit_notes_total, provider_refunds, room, room_for_event};

/// What a part of a payment pays for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// An invoice.
    Invoice(InvoiceId),
    /// An event that is not invoiced yet.
    Event(EventId),
}

/// Lets a payment pay for an invoice: at most `at_most`, at most what the payment has left, and at
/// most what the invoice has open. Returns how much that was.
///
/// # Errors
/// [`DbError::Refused`] if there is no such payment or invoice, they belong to different customers,
/// or the currencies differ, [`DbError::Unreadable`] if a stored value cannot be read,
/// [`DbError::TooLarge`] if a sum of amounts is beyond its bound; otherwise as the database fails.
pub async fn to_invoice(
    tx: &WriteTx,
    payment: &PaymentId,
    invoice: &InvoiceId,
    at_most: Money,
    at: Timestamp,
) -> Result<Money, DbError> {
    let room = room(tx, payment, invoice).await?;
    let target = Target::Invoice(invoice.clone());
    take(tx, payment, &target, room, at_most, at).await
}

/// Lets a payment pay for something, as [`to_invoice`] and [`to_event`] do.
///
/// # Errors
/// As [`to_invoice`] and [`to_event`].
pub async fn to(
    tx: &WriteTx,
    payment: &PaymentId,
    target: &Target,
    at_most: Money,
    at: Timestamp,
) -> Result<Money, DbError> {
    match target {
        Target::Invoice(invoice) => to_invoice(tx, payment, invoice, at_most, at).await,
        Target::Event(event) => to_event(tx, payment, event, at_most, at).await,
    }
}

/// Lets a payment pay for several things, in the order given, each up to its amount. Returns what
/// each of them is still short of. What is not used of the payment stays with it, as credit once it
/// has completed.
///
/// # Errors
/// As [`to_invoice`] and [`to_event`].
pub async fn to_each(
    tx: &WriteTx,
    payment: &PaymentId,
    items: &[(Target, Money)],
    at: Timestamp,
) -> Result<Vec<(Target, Money)>, DbError> {
    let mut wanting = Vec::new();
    for (target, at_most) in items {
        let taken = to(tx, payment, target, *at_most, at).await?;
        let rest = at_most.minor() - taken.minor();
        if rest > 0 {
            let rest = Money::from_minor(rest, at_most.currency());
            wanting.push((target.clone(), rest));
        }
    }
    Ok(wanting)
}

/// Does what [`to_each`] does, for invoices alone.
///
/// # Errors
/// As [`to_invoice`].
pub async fn to_invoices(
    tx: &WriteTx,
    payment: &PaymentId,
    items: &[(InvoiceId, Money)],
    at: Timestamp,
) -> Result<Vec<(Target, Money)>, DbError> {
    let items: Vec<_> = items
        .iter()
        .map(|(invoice, amount)| (Target::Invoice(invoice.clone()), *amount))
        .collect();
    to_each(tx, payment, &items, at).await
}

/// Whether a payment pays for something.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn exists(tx: &ReadTx, payment: &PaymentId, target: &Target) -> Result<bool, DbError> {
    let of_target = match target {
        Target::Invoice(invoice) => Column::InvoiceId.eq(invoice.as_str()),
        Target::Event(event) => Column::EventId.eq(event.as_str()),
    };
    let rows = Entity::find()
        .filter(Column::PaymentId.eq(payment.as_str()))
        .filter(of_target);
    Ok(rows.count(tx.conn()).await? > 0)
}

async fn take(
    tx: &WriteTx,
    payment: &PaymentId,
    target: &Target,
    room: Room,
    at_most: Money,
    at: Timestamp,
) -> Result<Money, DbError> {
    let currency = at_most.currency();
    if room.left.currency() != currency {
        let why = format!("payment {payment} is of another currency than the amount");
        return Err(DbError::Refused(why));
    }
    let could = min(room.left.minor(), room.open.minor());
    let taken = max(0, min(at_most.minor(), could));
    if taken > 0 {
        write(tx, payment, target, taken, at).await?;
        sums::of_payment(tx, payment).await?;
        if let Target::Invoice(invoice) = target {
            sums::of_invoice(tx, invoice).await?;
        }
    }
    Ok(Money::from_minor(taken, currency))
}

/// A payment that comes to the same thing again adds to what it pays there.
async fn write(
    tx: &WriteTx,
    payment: &PaymentId,
    target: &Target,
    minor: i64,
    at: Timestamp,
) -> Result<(), DbError> {
    let (invoice, event) = match target {
        Target::Invoice(invoice) => (Some(invoice.to_string()), None),
        Target::Event(event) => (None, Some(event.to_string())),
    };
    let to = match target {
        Target::Invoice(_) => Column::InvoiceId,
        Target::Event(_) => Column::EventId,
    };
    let again = OnConflict::columns([Column::PaymentId, to])
        .value(
            Column::AmountMinor,
            Expr::col((Entity, Column::AmountMinor)).add(minor),
        )
        .value(Column::At, at.as_millis())
        .to_owned();
    let row = ActiveModel {
        payment_id: Set(payment.to_string()),
        invoice_id: Set(invoice),
        event_id: Set(event),
        amount_minor: Set(minor),
        at: Set(at.as_millis()),
        ..Default::default()
    };
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}
