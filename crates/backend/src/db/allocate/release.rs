//! Money is taken away again from what it pays for: then it is credit, or on its way to
//! nothing in particular.

use std::collections::BTreeSet;

use api_types::{InvoiceId, Money, PaymentId, PaymentStatus, Timestamp};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::room::payment_row;
use super::{Target, sums};
use crate::db::entities::allocations::{Column, Entity, Model};
use crate::db::{DbError, WriteTx, stored};

/// Takes a payment away from everything that it pays for, and returns what that was,
/// the first due first.
///
/// # Errors
/// [`DbError::Refused`] if there is no such payment, [`DbError::Unreadable`] if a stored value
/// cannot be read; otherwise as the database fails.
pub async fn release(tx: &WriteTx, payment: &PaymentId) -> Result<Vec<(Target, Money)>, DbError> {
    let currency = stored::parse(&payment_row(tx, payment).await?.currency)?;
    let of_payment = Column::PaymentId.eq(payment.as_str());
    let rows = Entity::find()
        .filter(of_payment.clone())
        .order_by_asc(Expr::cust(
            "(SELECT due_on FROM invoices WHERE id = invoice_id)",
        ))
        .order_by_asc(Column::InvoiceId)
        .order_by_asc(Column::EventId)
        .all(tx.conn())
        .await?;
    take_out(tx, of_payment, &rows).await?;
    rows.iter()
        .map(|row| Ok((target(row)?, Money::from_minor(row.amount_minor, currency))))
        .collect()
}

/// Takes every payment away from an invoice: what completed money paid for it is credit.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn release_invoice(tx: &WriteTx, invoice: &InvoiceId) -> Result<(), DbError> {
    let of_invoice = Column::InvoiceId.eq(invoice.as_str());
    let rows = Entity::find()
        .filter(of_invoice.clone())
        .all(tx.conn())
        .await?;
    take_out(tx, of_invoice, &rows).await
}

/// Takes money away from an invoice until no more than `most` pays for it: pending money first,
/// then what was applied last. It is called before the invoice becomes smaller.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn release_beyond(tx: &WriteTx, invoice: &InvoiceId, most: Money) -> Result<(), DbError> {
    let rows = Entity::find()
        .filter(Column::InvoiceId.eq(invoice.as_str()))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .all(tx.conn())
        .await?;
    let mut beyond = stored::sum(rows.iter().map(|row| row.amount_minor))? - most.minor();
    let mut pending_first = Vec::new();
    for row in rows {
        let status = payment_row(tx, &stored::parse(&row.payment_id)?)
            .await?
            .status;
        pending_first.push((status != PaymentStatus::Pending.as_str(), row));
    }
    pending_first.sort_by_key(|(is_there, _)| *is_there);
    for (_, row) in pending_first {
        if beyond <= 0 {
            break;
        }
        let less = row.amount_minor.min(beyond);
        beyond -= less;
        lessen(tx, &row, less).await?;
    }
    Ok(())
}

/// Takes up to `most` away from an invoice of what was applied later than `at`, so that `payment`,
/// which was applied then, has its place: what was applied last first. Completed money makes
/// room for completed money, pending for pending.
///
/// # Errors
///
/// [`DbError`] where the database fails or there is no such payment.
pub async fn release_later(
    tx: &WriteTx,
    invoice: &InvoiceId,
    payment: &PaymentId,
    at: Timestamp,
    most: Money,
) -> Result<(), DbError> {
    let status = payment_row(tx, payment).await?.status;
    let rows = Entity::find()
        .filter(Column::InvoiceId.eq(invoice.as_str()))
        .filter(Column::At.gt(at.as_millis()))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .all(tx.conn())
        .await?;
    let mut wanted = most.minor();
    for row in rows {
        let other = payment_row(tx, &stored::parse(&row.payment_id)?).await?;
        if wanted <= 0 || other.status != status {
            continue;
        }
        let less = row.amount_minor.min(wanted);
        wanted -= less;
        lessen(tx, &row, less).await?;
    }
    Ok(())
}

/// Takes a payment away from what it pays for until it pays for no more than `most`: what was
/// applied last first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn release_down_to(
    tx: &WriteTx,
    payment: &PaymentId,
    most: Money,
) -> Result<(), DbError> {
    let rows = Entity::find()
        .filter(Column::PaymentId.eq(payment.as_str()))
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .all(tx.conn())
        .await?;
    let mut beyond = stored::sum(rows.iter().map(|row| row.amount_minor))? - most.minor();
    for row in rows {
        if beyond <= 0 {
            break;
        }
        let less = row.amount_minor.min(beyond);
        beyond -= less;
        lessen(tx, &row, less).await?;
    }
    Ok(())
}

/// Takes `less` minor units away from an allocation.
pub(super) async fn lessen(tx: &WriteTx, row: &Model, less: i64) -> Result<(), DbError> {
    let this = Column::Id.eq(row.id);
    if less == row.amount_minor {
        return take_out(tx, this, std::slice::from_ref(row)).await;
    }
    Entity::update_many()
        .col_expr(Column::AmountMinor, Expr::value(row.amount_minor - less))
        .filter(this)
        .exec(tx.conn())
        .await?;
    sum_up(tx, std::slice::from_ref(row)).await
}

/// Deletes allocations, and sums up what they stood between.
pub(super) async fn take_out(
    tx: &WriteTx,
    which: SimpleExpr,
    rows: &[Model],
) -> Result<(), DbError> {
    Entity::delete_many().filter(which).exec(tx.conn()).await?;
    sum_up(tx, rows).await
}

async fn sum_up(tx: &WriteTx, rows: &[Model]) -> Result<(), DbError> {
    let payments: BTreeSet<_> = rows.iter().map(|row| row.payment_id.as_str()).collect();
    let invoices: BTreeSet<_> = rows
        .iter()
        .filter_map(|row| row.invoice_id.as_deref())
        .collect();
    for payment in payments {
        sums::of_payment(tx, &stored::parse(payment)?).await?;
    }
    for invoice in invoices {
        sums::of_invoice(tx, &stored::parse(invoice)?).await?;
    }
    Ok(())
}

fn target(row: &Model) -> Result<Target, DbError> {
    match (row.invoice_id.as_deref(), row.event_id.as_deref()) {
        (Some(invoice), _) => Ok(Target::Invoice(stored::parse(invoice)?)),
        (None, Some(event)) => Ok(Target::Event(stored::parse(event)?)),
        (None, None) => Err(DbError::Unreadable(format!("allocation {}", row.id))),
    }
}
