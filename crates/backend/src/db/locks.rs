//! Which of a customer's own checkouts holds something, so that no other one can.

use std::collections::BTreeMap;

use api_types::{CheckoutId, Currency, CustomerId, EventId, InvoiceId};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use super::{DbError, ReadTx, stored};

#[derive(FromQueryResult)]
struct Lock {
    checkout_id: String,
    currency: String,
}

/// The checkout that holds an invoice.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn on_invoice(tx: &ReadTx, invoice: &InvoiceId) -> Result<Option<CheckoutId>, DbError> {
    on_item(tx, &format!("invoice:{invoice}")).await
}

/// The checkout that holds an event.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn on_event(tx: &ReadTx, event: &EventId) -> Result<Option<CheckoutId>, DbError> {
    on_item(tx, &format!("event:{event}")).await
}

async fn on_item(tx: &ReadTx, key: &str) -> Result<Option<CheckoutId>, DbError> {
    let sql = "SELECT checkout_id, currency
        FROM checkout_items JOIN checkouts ON checkouts.id = checkout_id
        WHERE locked AND item_key = $1";
    let locks = read(tx, sql, key).await?;
    Ok(locks.into_iter().next().map(|(checkout, _)| checkout))
}

#[derive(FromQueryResult)]
struct LockedInvoice {
    checkout_id: String,
    invoice_id: String,
}

/// The customer's invoices that are held, and the checkout that holds each.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn on_invoices(
    tx: &ReadTx,
    customer: &CustomerId,
) -> Result<BTreeMap<InvoiceId, CheckoutId>, DbError> {
    let sql = "SELECT checkout_id, checkout_items.invoice_id
        FROM checkouts JOIN checkout_items ON checkout_id = checkouts.id
        WHERE customer_id = $1
            AND status IN ('created', 'open', 'confirming', 'needs_review')
            AND locked AND checkout_items.invoice_id IS NOT NULL";
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [customer.as_str().into()]);
    let locks = LockedInvoice::find_by_statement(statement);
    let locks = locks.all(tx.conn()).await?;
    locks
        .iter()
        .map(|lock| {
            let invoice = stored::parse(&lock.invoice_id)?;
            Ok((invoice, stored::parse(&lock.checkout_id)?))
        })
        .collect()
}

/// Per currency, the newest checkout that holds something that `Pay My Balance` would pay.
/// Checkouts for events and for money on the account are left out.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn by_currency(
    tx: &ReadTx,
    customer: &CustomerId,
) -> Result<BTreeMap<Currency, CheckoutId>, DbError> {
    let sql = "SELECT checkouts.id AS checkout_id, currency FROM checkouts
        WHERE customer_id = $1
            AND status IN ('created', 'open', 'confirming', 'needs_review')
            AND kind NOT IN ('account', 'event', 'deposit')
            AND EXISTS (SELECT 1 FROM checkout_items
                WHERE checkout_id = checkouts.id AND locked)
        ORDER BY created_at, checkouts.id";
    let locks = read(tx, sql, customer.as_str()).await?;
    // Of several of one currency, the last one stays.
    Ok(locks
        .into_iter()
        .map(|(checkout, currency)| (currency, checkout))
        .collect())
}

async fn read(tx: &ReadTx, sql: &str, of: &str) -> Result<Vec<(CheckoutId, Currency)>, DbError> {
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [of.into()]);
    let locks = Lock::find_by_statement(statement).all(tx.conn()).await?;
    locks
        .iter()
        .map(|lock| {
            let checkout = stored::parse(&lock.checkout_id)?;
            Ok((checkout, stored::parse(&lock.currency)?))
        })
        .collect()
}
