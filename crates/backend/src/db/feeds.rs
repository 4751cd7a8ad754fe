//! Feeds of customers' calendars. They are found by the hash of the secret in their address,
//! never by the secret.

use std::time::Duration;

use api_types::{CustomerId, Feed, Timestamp};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter};

use super::entities::feeds::{ActiveModel, Column, Entity, Model};
use super::{DbError, ReadTx, WriteTx, stored};

/// How often it is noted at most that a feed was read.
const NOTED_EVERY: Duration = Duration::from_hours(1);

/// A customer's feed.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn of_customer(tx: &ReadTx, customer: &CustomerId) -> Result<Option<Feed>, DbError> {
    let row = Entity::find_by_id(customer.as_str()).one(tx.conn()).await?;
    row.map(|row| feed(&row)).transpose()
}

/// The feed whose secret has this hash, and whose it is.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn by_hash(tx: &ReadTx, hash: &str) -> Result<Option<(CustomerId, Feed)>, DbError> {
    let row = Entity::find()
        .filter(Column::TokenHash.eq(hash))
        .one(tx.conn())
        .await?;
    let found = row.map(|row| Ok((stored::parse(&row.customer_id)?, feed(&row)?)));
    found.transpose()
}

/// Makes a customer's feed. It replaces the one that there was.
///
/// # Errors
/// [`DbError::Taken`] if another feed has a secret with this hash; otherwise as the database fails.
pub async fn put(
    tx: &WriteTx,
    customer: &CustomerId,
    hash: &str,
    due_days: bool,
    now: Timestamp,
) -> Result<(), DbError> {
    let row = ActiveModel {
        customer_id: Set(customer.to_string()),
        token_hash: Set(hash.to_owned()),
        due_days: Set(due_days),
        created_at: Set(now.as_millis()),
        read_at: Set(None),
    };
    let before = OnConflict::column(Column::CustomerId)
        .update_columns([
            Column::TokenHash,
            Column::DueDays,
            Column::CreatedAt,
            Column::ReadAt,
        ])
        .to_owned();
    Entity::insert(row)
        .on_conflict(before)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Ends a customer's feed. Returns whether there was one.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn delete(tx: &WriteTx, customer: &CustomerId) -> Result<bool, DbError> {
    let deleted = Entity::delete_by_id(customer.as_str())
        .exec(tx.conn())
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// Whether it is to be noted that a feed is read.
pub fn is_to_be_noted(feed: &Feed, now: Timestamp) -> bool {
    feed.read_at.is_none_or(|at| now.since(at) >= NOTED_EVERY)
}

/// Stores when a feed was read, once an hour at most. That changes nothing of the customer's
/// account, so its version stays.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn note_read(tx: &WriteTx, hash: &str, now: Timestamp) -> Result<(), DbError> {
    let long_ago = Condition::any()
        .add(Column::ReadAt.is_null())
        .add(Column::ReadAt.lte(now.minus(NOTED_EVERY).as_millis()));
    Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(now.as_millis()))
        .filter(Column::TokenHash.eq(hash))
        .filter(long_ago)
        .exec(tx.conn())
        .await?;
    Ok(())
}

fn feed(row: &Model) -> Result<Feed, DbError> {
    Ok(Feed {
        created_at: stored::instant(row.created_at)?,
        due_days: row.due_days,
        read_at: row.read_at.map(stored::instant).transpose()?,
    })
}
