//! A refund takes money away from what its payment had paid for, and gives it back there if it
//! fails. What was taken is remembered, so that an invoice can say that its money went back.
//!
//! A payment keeps paying for what it was applied to first, up to what is left of it: so it does
//! not matter in which order refunds are reported and fail.

use std::collections::BTreeSet;

use api_types::{Money, PaymentId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

use super::release::lessen;
use super::room::{payment_row, room, room_for_event};
use super::{Target, sums, take};
use crate::db::entities::allocation_reversals::{ActiveModel, Column, Entity, Model};
use crate::db::entities::allocations;
use crate::db::{DbError, ReadTx, WriteTx, events, stored};

/// Takes a payment away from what it pays for until it pays for no more than `most`: what was
/// applied last first. What is taken is stored as taken by `refund`.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn reverse_down_to(
    tx: &WriteTx,
    payment: &PaymentId,
    most: Money,
    refund: &PaymentId,
    now: Timestamp,
) -> Result<(), DbError> {
    let rows = allocations::Entity::find()
        .filter(allocations::Column::PaymentId.eq(payment.as_str()))
        .order_by_desc(allocations::Column::At)
        .order_by_desc(allocations::Column::Id)
        .all(tx.conn())
        .await?;
    let mut beyond = stored::sum(rows.iter().map(|row| row.amount_minor))? - most.minor();
    for row in rows {
        if beyond <= 0 {
            break;
        }
        let less = row.amount_minor.min(beyond);
        beyond -= less;
        let reversal = ActiveModel {
            refund_id: Set(refund.to_string()),
            payment_id: Set(payment.to_string()),
            invoice_id: Set(row.invoice_id.clone()),
            event_id: Set(row.event_id.clone()),
            amount_minor: Set(less),
            applied_at: Set(row.at),
            at: Set(now.as_millis()),
            ..Default::default()
        };
        // It is there before the sums are reckoned.
        Entity::insert(reversal)
            .exec_without_returning(tx.conn())
            .await?;
        lessen(tx, &row, less).await?;
    }
    Ok(())
}

/// Whether money of a payment went back that it had paid for something with.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub async fn has_gone_back(
    tx: &ReadTx,
    payment: &PaymentId,
    target: &Target,
) -> Result<bool, DbError> {
    let of_target = match target {
        Target::Invoice(invoice) => Column::InvoiceId.eq(invoice.as_str()),
        Target::Event(event) => Column::EventId.eq(event.as_str()),
    };
    let rows = Entity::find()
        .filter(Column::PaymentId.eq(payment.as_str()))
        .filter(of_target);
    Ok(rows.count(tx.conn()).await? > 0)
}

/// Lets a payment pay for as much as `most` again after `refund` has failed: the money goes back to
/// what it was taken from, starting with what it had been applied to first. If there is no room any
/// more, it is credit. What stays taken is stored as taken by `heir`, another refund of the payment
/// that has not failed.
///
/// # Errors
/// [`DbError::Refused`] if there is no such payment or `most` is in another currency,
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn restore_up_to(
    tx: &WriteTx,
    payment: &PaymentId,
    most: Money,
    refund: &PaymentId,
    heir: Option<&PaymentId>,
) -> Result<(), DbError> {
    let of = payment_row(tx, payment).await?;
    let mut back = (most.minor() - of.allocated_minor - of.held_minor).max(0);
    // What was taken last had been applied first.
    let rows = Entity::find()
        .filter(Column::PaymentId.eq(payment.as_str()))
        .order_by_asc(Column::AppliedAt)
        .order_by_desc(Column::Id)
        .all(tx.conn())
        .await?;
    for row in &rows {
        let part = row.amount_minor.min(back);
        back -= part;
        lessen_reversal(tx, row, part).await?;
        if part > 0 {
            give(tx, payment, row, Money::from_minor(part, most.currency())).await?;
        }
    }
    if let Some(heir) = heir {
        Entity::update_many()
            .col_expr(Column::RefundId, Expr::value(heir.as_str()))
            .filter(Column::RefundId.eq(refund.as_str()))
            .exec(tx.conn())
            .await?;
    } else {
        Entity::delete_many()
            .filter(Column::RefundId.eq(refund.as_str()))
            .exec(tx.conn())
            .await?;
    }
    let invoices: BTreeSet<_> = rows
        .iter()
        .filter_map(|row| row.invoice_id.as_deref())
        .collect();
    for invoice in invoices {
        sums::of_invoice(tx, &stored::parse(invoice)?).await?;
    }
    Ok(())
}

async fn lessen_reversal(tx: &WriteTx, row: &Model, less: i64) -> Result<(), DbError> {
    let this = Column::Id.eq(row.id);
    if less == row.amount_minor {
        Entity::delete_many().filter(this).exec(tx.conn()).await?;
    } else if less > 0 {
        Entity::update_many()
            .col_expr(Column::AmountMinor, Expr::value(row.amount_minor - less))
            .filter(this)
            .exec(tx.conn())
            .await?;
    }
    Ok(())
}

/// Gives money to what it was taken from, as if it had never been away. An event may be on an
/// invoice by now.
async fn give(tx: &WriteTx, payment: &PaymentId, row: &Model, part: Money) -> Result<(), DbError> {
    let at = stored::instant(row.applied_at)?;
    let target = match (row.invoice_id.as_deref(), row.event_id.as_deref()) {
        (Some(invoice), _) => Target::Invoice(stored::parse(invoice)?),
        (None, Some(event)) => {
            let event = stored::parse(event)?;
            let customer = stored::parse(&payment_row(tx, payment).await?.customer_id)?;
            let fee = events::fee(tx, &customer, &event).await?;
            match fee.and_then(|fee| fee.invoice) {
                Some(invoice) => Target::Invoice(invoice),
                None => Target::Event(event),
            }
        }
        (None, None) => return Err(DbError::Unreadable(format!("reversal {}", row.id))),
    };
    let room = match &target {
        Target::Invoice(invoice) => room(tx, payment, invoice).await,
        Target::Event(event) => room_for_event(tx, payment, event).await,
    };
    match room {
        Ok(room) => take(tx, payment, &target, room, part, at).await.map(drop),
        // What is of another currency by now has no place for it.
        Err(DbError::Refused(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
