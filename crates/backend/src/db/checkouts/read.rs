//! Reads checkouts and what they pay for.

use api_types::{
    CheckoutFor, CheckoutId, CheckoutStatus, CustomerId, DocumentState, FailureCode, Money,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{Checkout, Item};
use crate::db::entities::{checkout_items, checkouts, invoices};
use crate::db::{DbError, ReadTx, stored};

/// What is not over yet, as the index `checkouts_live` has it.
const LIVE: [CheckoutStatus; 4] = [
    CheckoutStatus::Created,
    CheckoutStatus::Open,
    CheckoutStatus::Confirming,
    CheckoutStatus::NeedsReview,
];

/// The checkout with an id, whosever it is.
pub async fn find(tx: &ReadTx, id: &CheckoutId) -> Result<Option<Checkout>, DbError> {
    let row = checkouts::Entity::find_by_id(id.as_str())
        .one(tx.conn())
        .await?;
    row.map(checkout).transpose()
}

/// A customer's checkouts that are not over, the newest first.
pub async fn live(tx: &ReadTx, customer: &CustomerId) -> Result<Vec<Checkout>, DbError> {
    let rows = checkouts::Entity::find()
        .filter(checkouts::Column::CustomerId.eq(customer.as_str()))
        .filter(checkouts::Column::Status.is_in(LIVE.map(CheckoutStatus::as_str)))
        .order_by_desc(checkouts::Column::CreatedAt)
        .order_by_desc(checkouts::Column::Id)
        .all(tx.conn())
        .await?;
    rows.into_iter().map(checkout).collect()
}

/// What a checkout pays for, the first due first. Credit that it uses is not among them.
pub async fn items(tx: &ReadTx, of: &Checkout) -> Result<Vec<Item>, DbError> {
    let rows = checkout_items::Entity::find()
        .filter(checkout_items::Column::CheckoutId.eq(of.id.as_str()))
        .order_by_asc(checkout_items::Column::Position)
        .all(tx.conn())
        .await?;
    let ids = rows.iter().filter_map(|row| row.invoice_id.as_deref());
    let invoices = invoices::Entity::find()
        .filter(invoices::Column::Id.is_in(ids))
        .all(tx.conn())
        .await?;
    let currency = of.total.currency();
    let mut items = Vec::new();
    for row in rows
        .iter()
        .filter(|row| !row.item_key.starts_with("credit:"))
    {
        let invoice = row.invoice_id.as_ref();
        let invoice = invoice.and_then(|id| invoices.iter().find(|of| of.id == *id));
        items.push(Item {
            invoice: stored::parsed_option(row.invoice_id.as_deref())?,
            number: invoice.map(|of| of.number.clone()),
            amount: Money::from_minor(row.amount_minor, currency),
            remaining: invoice.map(|of| Money::from_minor(remaining(of), currency)),
        });
    }
    Ok(items)
}

fn remaining(invoice: &invoices::Model) -> i64 {
    if invoice.document == DocumentState::Open.as_str() {
        invoice.total_minor - invoice.paid_minor - invoice.credited_minor
    } else {
        0
    }
}

fn checkout(row: checkouts::Model) -> Result<Checkout, DbError> {
    let currency = stored::parsed(&row.currency)?;
    let pays_for = match stored::parsed_option(row.invoice_id.as_deref())? {
        Some(invoice) => CheckoutFor::Invoice { invoice },
        None => CheckoutFor::Balance { currency },
    };
    Ok(Checkout {
        id: stored::parsed(&row.id)?,
        customer: stored::parsed(&row.customer_id)?,
        pays_for,
        total: Money::from_minor(row.total_minor, currency),
        credit: Money::from_minor(row.credit_minor, currency),
        method: stored::parsed(&row.method)?,
        description: row.description,
        status: status(&row.status)?,
        failure: row.failure.as_deref().map(FailureCode::from_word),
        payment: stored::parsed_option(row.payment_id.as_deref())?,
        created_at: stored::instant(row.created_at)?,
        expires_at: stored::instant(row.expires_at)?,
    })
}

fn status(word: &str) -> Result<CheckoutStatus, DbError> {
    match CheckoutStatus::from_word(word) {
        CheckoutStatus::Unknown => Err(DbError::Unreadable(format!("checkout status {word}"))),
        known => Ok(known),
    }
}
