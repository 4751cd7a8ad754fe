//! What belongs to a checkout, a payment or an invoice, and the ledger entries for it: for support
//! alone. Nothing that is read here is a secret that opens anything.

use std::str::FromStr;

use api_types::{CheckoutId, InvoiceId, Money, PaymentId, Timestamp};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entities::{allocations, checkout_items, checkouts, entries, payments};
use super::{DbError, ReadTx, stored};

/// An entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// When.
    pub at: Timestamp,
    /// Of what kind, by its word.
    pub kind: String,
    /// How much.
    pub amount: Money,
    /// The balance after it.
    pub balance: Money,
    /// The invoice that it is about.
    pub invoice: Option<String>,
    /// The payment that it is about.
    pub payment: Option<String>,
}

/// The part of a payment that pays for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocated {
    /// When.
    pub at: Timestamp,
    /// The payment.
    pub payment: PaymentId,
    /// The invoice or event that it pays for.
    pub to: String,
    /// How much.
    pub amount: Money,
}

/// The checkouts that are or were for an invoice, the oldest first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn checkouts_of_invoice(tx: &ReadTx, id: &InvoiceId) -> Result<Vec<CheckoutId>, DbError> {
    let ids: Vec<String> = checkout_items::Entity::find()
        .select_only()
        .column(checkout_items::Column::CheckoutId)
        .distinct()
        .filter(checkout_items::Column::InvoiceId.eq(id.as_str()))
        .into_tuple()
        .all(tx.conn())
        .await?;
    let ids: Vec<String> = checkouts::Entity::find()
        .select_only()
        .column(checkouts::Column::Id)
        .filter(checkouts::Column::Id.is_in(ids))
        .order_by_asc(checkouts::Column::CreatedAt)
        .into_tuple()
        .all(tx.conn())
        .await?;
    parse_all(&ids)
}

/// The payments that a checkout became, and their refunds.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn payments_of_checkout(tx: &ReadTx, id: &CheckoutId) -> Result<Vec<PaymentId>, DbError> {
    let own = payments::Column::CheckoutId.eq(id.as_str());
    let ids = payment_ids(tx, Condition::all().add(own)).await?;
    let back = payments::Column::RefundOf.is_in(ids.iter().map(PaymentId::as_str));
    let back = payment_ids(tx, Condition::all().add(back)).await?;
    Ok(ids.into_iter().chain(back).collect())
}

/// The payments that an invoice is paid by.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn payments_of_invoice(tx: &ReadTx, id: &InvoiceId) -> Result<Vec<PaymentId>, DbError> {
    let ids: Vec<String> = allocations::Entity::find()
        .select_only()
        .column(allocations::Column::PaymentId)
        .distinct()
        .filter(allocations::Column::InvoiceId.eq(id.as_str()))
        .into_tuple()
        .all(tx.conn())
        .await?;
    parse_all(&ids)
}

/// The ledger entries of payments and of an invoice, in order.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn ledger_entries(
    tx: &ReadTx,
    of_payments: &[PaymentId],
    of_invoice: Option<&InvoiceId>,
) -> Result<Vec<Moved>, DbError> {
    let payments = of_payments.iter().map(PaymentId::as_str);
    let mut either = Condition::any().add(entries::Column::PaymentId.is_in(payments));
    if let Some(invoice) = of_invoice {
        either = either.add(entries::Column::InvoiceId.eq(invoice.as_str()));
    }
    let rows = entries::Entity::find()
        .filter(either)
        .order_by_asc(entries::Column::At)
        .order_by_asc(entries::Column::Id)
        .all(tx.conn())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Moved {
                at: stored::instant(row.at)?,
                amount: stored::money(row.amount_minor, &row.currency)?,
                balance: stored::money(row.balance_minor, &row.currency)?,
                kind: row.kind,
                invoice: row.invoice_id,
                payment: row.payment_id,
            })
        })
        .collect()
}

/// What payments pay for, payment by payment, each in the order in which it was allocated.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn allocated(tx: &ReadTx, of_payments: &[PaymentId]) -> Result<Vec<Allocated>, DbError> {
    let mut all = Vec::new();
    for payment in of_payments {
        let currency: Option<String> = payments::Entity::find_by_id(payment.as_str())
            .select_only()
            .column(payments::Column::Currency)
            .into_tuple()
            .one(tx.conn())
            .await?;
        let currency = currency.unwrap_or_default();
        let rows = allocations::Entity::find()
            .filter(allocations::Column::PaymentId.eq(payment.as_str()))
            .order_by_asc(allocations::Column::Id)
            .all(tx.conn())
            .await?;
        for row in rows {
            let invoice = row.invoice_id.map(|id| format!("invoice {id}"));
            let event = row.event_id.map(|id| format!("event {id}"));
            all.push(Allocated {
                at: stored::instant(row.at)?,
                amount: stored::money(row.amount_minor, &currency)?,
                payment: payment.clone(),
                to: invoice.or(event).unwrap_or_default(),
            });
        }
    }
    Ok(all)
}

async fn payment_ids(tx: &ReadTx, which: Condition) -> Result<Vec<PaymentId>, DbError> {
    let ids: Vec<String> = payments::Entity::find()
        .select_only()
        .column(payments::Column::Id)
        .filter(which)
        .order_by_asc(payments::Column::CreatedAt)
        .into_tuple()
        .all(tx.conn())
        .await?;
    parse_all(&ids)
}

fn parse_all<T: FromStr>(ids: &[String]) -> Result<Vec<T>, DbError>
where
    T::Err: std::fmt::Display,
{
    ids.iter().map(|id| stored::parse(id)).collect()
}
