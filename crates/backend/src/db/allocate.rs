//! Which money pays for which invoice. This is the only writer of allocations and of
//! the columns that sum them up, so the columns are always what the sums are.
//!
//! A completed payment's allocations are what an invoice's `paid` is made of, a pending
//! one's what its `on_its_way` is made of. What is not allocated is credit.

use std::cmp::{max, min};
use std::collections::VecDeque;

use api_types::{Currency, CustomerId, DocumentState, InvoiceId, Money, PaymentId, PaymentStatus};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement,
};

use super::entities::{allocations, invoices, payments};
use super::{DbError, ReadTx, WriteTx, balance, stored};

/// Which payments have something left: the words of the index that holds only these.
const FREE: &str = "status = 'completed' AND allocated_minor <> total_minor";

/// What stands between a payment and an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// What the payment has left.
    pub left: Money,
    /// What the invoice has open for it: for money that is still pending, less what pending
    /// money holds already. Zero for an invoice that is void, replaced or paid.
    pub open: Money,
}

/// How much a payment could pay for an invoice.
pub async fn room(tx: &ReadTx, payment: &PaymentId, invoice: &InvoiceId) -> Result<Room, DbError> {
    let from = payment_row(tx, payment).await?;
    let to = invoice_row(tx, invoice).await?;
    if from.customer_id != to.customer_id {
        return Err(refused(payment, invoice, "belong to different customers"));
    }
    if from.currency != to.currency {
        return Err(refused(payment, invoice, "are of different currencies"));
    }
    Ok(Room {
        left: stored::money(max(0, left_of(&from)), &from.currency)?,
        open: stored::money(max(0, open_for(&from, &to)), &from.currency)?,
    })
}

/// Lets a payment pay for an invoice: as much as is asked for, as the payment has left, and
/// as the invoice has open. Returns how much that was.
pub async fn to_invoice(
    tx: &WriteTx,
    payment: &PaymentId,
    invoice: &InvoiceId,
    at_most: Money,
) -> Result<Money, DbError> {
    let room = room(tx, payment, invoice).await?;
    if room.left.currency() != at_most.currency() {
        return Err(refused(
            payment,
            invoice,
            "are of another currency than the amount",
        ));
    }
    let could = min(room.left.minor(), room.open.minor());
    let taken = max(0, min(at_most.minor(), could));
    if taken > 0 {
        let row = allocations::ActiveModel {
            payment_id: Set(payment.to_string()),
            invoice_id: Set(invoice.to_string()),
            amount_minor: Set(taken),
        };
        // A payment that comes to the same invoice again adds to what it pays there.
        let again = OnConflict::columns([
            allocations::Column::PaymentId,
            allocations::Column::InvoiceId,
        ])
        .value(
            allocations::Column::AmountMinor,
            Expr::col((allocations::Entity, allocations::Column::AmountMinor)).add(taken),
        )
        .to_owned();
        allocations::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(tx.conn())
            .await?;
        sum_up_payment(tx, payment).await?;
        sum_up_invoice(tx, invoice).await?;
    }
    Ok(Money::from_minor(taken, at_most.currency()))
}

/// Whether a payment pays for an invoice.
pub async fn exists(
    tx: &ReadTx,
    payment: &PaymentId,
    invoice: &InvoiceId,
) -> Result<bool, DbError> {
    let key = (payment.to_string(), invoice.to_string());
    let row = allocations::Entity::find_by_id(key).one(tx.conn()).await?;
    Ok(row.is_some())
}

/// Lets a payment pay for several invoices, in the order given, each up to its amount.
/// Returns what each of them still wants; what was not taken of the payment stays with it,
/// as credit once it has completed.
pub async fn to_invoices(
    tx: &WriteTx,
    payment: &PaymentId,
    items: &[(InvoiceId, Money)],
) -> Result<Vec<(InvoiceId, Money)>, DbError> {
    let mut wanting = Vec::new();
    for (invoice, at_most) in items {
        let taken = to_invoice(tx, payment, invoice, *at_most).await?;
        let rest = at_most.minor() - taken.minor();
        if rest > 0 {
            let rest = Money::from_minor(rest, at_most.currency());
            wanting.push((invoice.clone(), rest));
        }
    }
    Ok(wanting)
}

/// Lets credit pay for invoices, in the order given, each up to its amount, with the oldest
/// money first. Uses at most `at_most`, and never more than the account has. Returns how
/// much was used.
pub async fn use_credit(
    tx: &WriteTx,
    customer: &CustomerId,
    items: &[(InvoiceId, Money)],
    at_most: Money,
) -> Result<Money, DbError> {
    let currency = at_most.currency();
    // Purchases lower the credit without being allocated, so single payments may have
    // more left than the account has.
    let credit = balance::pool(tx, customer, currency).await?;
    let usable = max(0, min(at_most.minor(), credit));
    let mut left = usable;
    let mut purse = money_left(tx, customer, currency).await?;
    for (invoice, amount) in items {
        let mut wanted = min(amount.minor(), left);
        while wanted > 0
            && let Some((payment, free)) = purse.front_mut()
        {
            let part = Money::from_minor(min(wanted, *free), currency);
            let taken = to_invoice(tx, payment, invoice, part).await?.minor();
            (*free, wanted, left) = (*free - taken, wanted - taken, left - taken);
            if *free == 0 {
                purse.pop_front();
            }
            if taken < part.minor() {
                // The invoice takes no more; the next one may.
                break;
            }
        }
    }
    Ok(Money::from_minor(usable - left, currency))
}

/// Takes a payment away from everything that it pays for, and returns what that was,
/// the first due first.
pub async fn release(
    tx: &WriteTx,
    payment: &PaymentId,
) -> Result<Vec<(InvoiceId, Money)>, DbError> {
    let currency = stored::parsed(&payment_row(tx, payment).await?.currency)?;
    let of_payment = allocations::Column::PaymentId.eq(payment.as_str());
    let rows = allocations::Entity::find()
        .filter(of_payment.clone())
        .order_by_asc(Expr::cust(
            "(SELECT due_on FROM invoices WHERE id = invoice_id)",
        ))
        .order_by_asc(allocations::Column::InvoiceId)
        .all(tx.conn())
        .await?;
    delete(tx, of_payment).await?;
    sum_up_payment(tx, payment).await?;
    let mut released = Vec::new();
    for row in rows {
        let invoice = stored::parsed(&row.invoice_id)?;
        sum_up_invoice(tx, &invoice).await?;
        released.push((invoice, Money::from_minor(row.amount_minor, currency)));
    }
    Ok(released)
}

/// Takes every payment away from an invoice: what completed money paid for it is credit.
pub async fn release_invoice(tx: &WriteTx, invoice: &InvoiceId) -> Result<(), DbError> {
    let of_invoice = allocations::Column::InvoiceId.eq(invoice.as_str());
    let rows = allocations::Entity::find()
        .filter(of_invoice.clone())
        .all(tx.conn())
        .await?;
    delete(tx, of_invoice).await?;
    sum_up_invoice(tx, invoice).await?;
    for row in rows {
        sum_up_payment(tx, &stored::parsed(&row.payment_id)?).await?;
    }
    Ok(())
}

fn left_of(payment: &payments::Model) -> i64 {
    if payment.status == PaymentStatus::Cancelled.as_str() {
        return 0;
    }
    payment.total_minor - payment.allocated_minor
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

/// The completed payments that are not wholly allocated, the oldest first, with what each
/// has left.
async fn money_left(
    tx: &WriteTx,
    customer: &CustomerId,
    currency: Currency,
) -> Result<VecDeque<(PaymentId, i64)>, DbError> {
    let rows = payments::Entity::find()
        .filter(payments::Column::CustomerId.eq(customer.as_str()))
        .filter(payments::Column::Currency.eq(currency.code()))
        .filter(Expr::cust(FREE))
        .filter(payments::Column::TotalMinor.gt(0))
        .order_by_asc(payments::Column::CompletedAt)
        .order_by_asc(payments::Column::Id)
        .all(tx.conn())
        .await?;
    rows.iter()
        .map(|row| Ok((stored::parsed(&row.id)?, left_of(row))))
        .collect()
}

async fn sum_up_payment(tx: &WriteTx, payment: &PaymentId) -> Result<(), DbError> {
    let sql = "UPDATE payments SET allocated_minor = (
            SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT)
            FROM allocations WHERE payment_id = payments.id
        ) WHERE id = $1";
    run(tx, sql, payment.as_str()).await
}

async fn sum_up_invoice(tx: &WriteTx, invoice: &InvoiceId) -> Result<(), DbError> {
    let sql = "UPDATE invoices SET
        paid_minor = (
            SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT)
            FROM allocations JOIN payments ON payments.id = payment_id
            WHERE invoice_id = invoices.id AND status = 'completed'
        ),
        pending_minor = (
            SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT)
            FROM allocations JOIN payments ON payments.id = payment_id
            WHERE invoice_id = invoices.id AND status = 'pending'
        ) WHERE id = $1";
    run(tx, sql, invoice.as_str()).await
}

async fn run(tx: &WriteTx, sql: &str, id: &str) -> Result<(), DbError> {
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [id.into()]);
    tx.conn().execute_raw(statement).await?;
    Ok(())
}

async fn delete(tx: &WriteTx, which: Expr) -> Result<(), DbError> {
    allocations::Entity::delete_many()
        .filter(which)
        .exec(tx.conn())
        .await?;
    Ok(())
}

async fn payment_row(tx: &ReadTx, id: &PaymentId) -> Result<payments::Model, DbError> {
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

fn refused(payment: &PaymentId, invoice: &InvoiceId, why: &str) -> DbError {
    DbError::Refused(format!("payment {payment} and invoice {invoice} {why}"))
}
