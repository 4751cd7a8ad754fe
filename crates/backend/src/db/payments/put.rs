//! Adds and changes payments that are imported, and posts them to the ledger.

use api_types::{Currency, CustomerId, Money, PaymentId, PaymentStatus, Timestamp};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, Iterable, QueryFilter, QuerySelect};

use super::write::{self, NewPayment};
use crate::db::allocate::Target;
use crate::db::entities::payments::{Column, Entity};
use crate::db::ledger::{self, Entry, EntryKind};
use crate::db::{DbError, ReadTx, WriteTx, allocate, stored};

/// Whose payment it is and in which currency; `None` where there is none.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn owner(tx: &ReadTx, id: &PaymentId) -> Result<Option<(CustomerId, Currency)>, DbError> {
    let owner: Option<(String, String)> = Entity::find_by_id(id.as_str())
        .select_only()
        .column(Column::CustomerId)
        .column(Column::Currency)
        .into_tuple()
        .one(tx.conn())
        .await?;
    owner
        .map(|(customer, currency)| Ok((stored::parse(&customer)?, stored::parse(&currency)?)))
        .transpose()
}

/// The state of a payment; `None` where there is none.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn status(tx: &ReadTx, id: &PaymentId) -> Result<Option<PaymentStatus>, DbError> {
    let status: Option<String> = Entity::find_by_id(id.as_str())
        .select_only()
        .column(Column::Status)
        .into_tuple()
        .one(tx.conn())
        .await?;
    Ok(status.as_deref().map(PaymentStatus::from_word))
}

/// The state of a payment and its total; `None` where there is none.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn standing(
    tx: &ReadTx,
    id: &PaymentId,
) -> Result<Option<(PaymentStatus, Money)>, DbError> {
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    row.map(|row| {
        let total = stored::money(row.total_minor, &row.currency)?;
        Ok((PaymentStatus::from_word(&row.status), total))
    })
    .transpose()
}

/// What of a payment pays for something, and what pays for nothing yet. The method's price is in
/// neither.
///
/// # Errors
/// [`DbError::Refused`] if there is no such payment, [`DbError::Unreadable`] if its currency cannot
/// be read, [`DbError::TooLarge`] if a sum of amounts is beyond its bound; otherwise as the
/// database fails.
pub async fn applied_and_left(tx: &ReadTx, id: &PaymentId) -> Result<(Money, Money), DbError> {
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    let row = row.ok_or_else(|| DbError::Refused(format!("there is no payment {id}")))?;
    let applied = stored::sum([row.allocated_minor, row.held_minor])?;
    let left = stored::sum([row.total_minor, -row.surcharge_minor, -applied])?;
    let money = |minor| stored::money(minor, &row.currency);
    Ok((money(applied)?, money(left)?))
}

/// The method's price as a part of a payment; `None` if there is no such payment.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn surcharge(tx: &ReadTx, id: &PaymentId) -> Result<Option<Money>, DbError> {
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    row.map(|row| stored::money(row.surcharge_minor, &row.currency))
        .transpose()
}

/// When a payment completed, or else was started; `None` where there is none.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn moved_at(tx: &ReadTx, id: &PaymentId) -> Result<Option<Timestamp>, DbError> {
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    let moved = row.map(|row| row.completed_at.unwrap_or(row.created_at));
    moved.map(stored::instant).transpose()
}

/// What the customer has to write on the transfer, if the payment is one.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn reference(tx: &ReadTx, id: &PaymentId) -> Result<Option<String>, DbError> {
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    Ok(row.and_then(|row| row.reference))
}

/// Adds a payment, or changes a known one of the same customer and currency. A changed one goes on
/// paying for what it paid for, unless it is cancelled.
///
/// # Errors
/// [`DbError::Refused`] if the payment was made in the portal, since only its provider can change
/// it, or if it can no longer pay for all that it paid for; [`DbError::Taken`] if another payment
/// has the provider's id, [`DbError::TooLarge`] if an amount or a sum is beyond its bound,
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn put(tx: &WriteTx, new: &NewPayment, now: Timestamp) -> Result<(), DbError> {
    let known = Entity::find_by_id(new.id.as_str()).one(tx.conn()).await?;
    let Some(known) = known else {
        write::insert(tx, new).await?;
        return mark_imported(tx, new).await;
    };
    if known.checkout_id.is_some() || (known.gateway.is_some() && !known.only_imported) {
        return Err(DbError::Refused(
            "it was made in the portal, and only its payment provider can change it; \
             take the row out"
                .to_owned(),
        ));
    }
    let paid_for = allocate::release(tx, &new.id).await?;
    // Nothing is allocated at this point, so the whole row can be written anew.
    let known = OnConflict::column(Column::Id)
        .update_columns(Column::iter())
        .to_owned();
    Entity::insert(write::row(new))
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    mark_imported(tx, new).await?;
    if new.status != PaymentStatus::Cancelled {
        let at = new.completed_at.unwrap_or(now);
        let wanting = allocate::to_each(tx, &new.id, &paid_for, at).await?;
        if let Some((target, rest)) = wanting.first() {
            let what = match target {
                Target::Invoice(invoice) => format!("invoice {invoice}"),
                Target::Event(event) => format!("event {event}"),
            };
            return Err(DbError::Refused(format!(
                "it pays for {what}, and {rest:?} of that would have no place; \
                 give its new allocations in allocations.csv too"
            )));
        }
    }
    post_change(tx, new, now).await
}

/// Marks a payment with a provider's id as known from the import only, until its payment provider
/// reports it.
async fn mark_imported(tx: &WriteTx, new: &NewPayment) -> Result<(), DbError> {
    if new.provider.is_none() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::OnlyImported, Expr::value(true))
        .filter(Column::Id.eq(new.id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

async fn post_change(tx: &WriteTx, new: &NewPayment, now: Timestamp) -> Result<(), DbError> {
    let Some(posted) = ledger::posted_for_payment(tx, &new.id).await? else {
        return write::post_completed(tx, new).await;
    };
    let moves = new
        .completed_at
        .map_or(0, |_| new.total.minor() - new.surcharge.minor());
    let entry = Entry {
        customer: &new.customer,
        at: now,
        kind: EntryKind::Adjustment,
        amount: Money::from_minor(stored::sum([moves, -posted])?, new.total.currency()),
        invoice: None,
        payment: Some(&new.id),
        credit_note: None,
    };
    ledger::post(tx, entry).await
}
