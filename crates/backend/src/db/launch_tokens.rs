//! Launch tokens, as hashes: each leads to the payment provider once.

use api_types::{AttemptId, CheckoutId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::entities::launch_tokens::{ActiveModel, Column, Entity};
use super::{DbError, ReadTx, WriteTx, stored};

/// A launch token that has neither expired nor been spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaunchToken {
    /// The checkout that it leads to.
    pub checkout: CheckoutId,
    /// The attempt that a launch page has asked for with it before: the one that the checkout
    /// was at by then.
    pub asked_for: Option<AttemptId>,
}

/// Adds a token.
///
/// # Errors
/// [`DbError::Taken`] if there is such a token already; otherwise as the database fails.
pub async fn insert(
    tx: &WriteTx,
    token_hash: &str,
    checkout: &CheckoutId,
    expires_at: Timestamp,
) -> Result<(), DbError> {
    let row = ActiveModel {
        token_hash: Set(token_hash.to_owned()),
        checkout_id: Set(checkout.to_string()),
        expires_at: Set(expires_at.as_millis()),
        asked_at: Set(None),
        spent_at: Set(None),
        attempt_id: Set(None),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// The token, if it has neither expired nor been spent.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn find(
    tx: &ReadTx,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<LaunchToken>, DbError> {
    let row = Entity::find_by_id(token_hash)
        .filter(Column::ExpiresAt.gt(now.as_millis()))
        .filter(Column::SpentAt.is_null())
        .one(tx.conn())
        .await?;
    row.map(|row| {
        Ok(LaunchToken {
            checkout: stored::parse(&row.checkout_id)?,
            asked_for: stored::parsed_option(row.attempt_id.as_deref())?,
        })
    })
    .transpose()
}

/// Stores that a launch page has used a token to ask for an attempt.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn record_use(
    tx: &WriteTx,
    token_hash: &str,
    attempt: &AttemptId,
    now: Timestamp,
) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::AskedAt, Expr::value(now.as_millis()))
        .col_expr(Column::AttemptId, Expr::value(attempt.as_str()))
        .filter(Column::TokenHash.eq(token_hash))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Marks a token as spent. Returns `false` if it was spent already.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn spend(tx: &WriteTx, token_hash: &str, now: Timestamp) -> Result<bool, DbError> {
    let spent = Entity::update_many()
        .col_expr(Column::SpentAt, Expr::value(now.as_millis()))
        .filter(Column::TokenHash.eq(token_hash))
        .filter(Column::SpentAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(spent.rows_affected > 0)
}

/// Whether a launch page has asked for an attempt, with any token.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn launched(tx: &ReadTx, attempt: &AttemptId) -> Result<bool, DbError> {
    let asked = Entity::find()
        .filter(Column::AttemptId.eq(attempt.as_str()))
        .count(tx.conn())
        .await?;
    Ok(asked > 0)
}

/// The checkout that a token was made for, even if the token has expired or been spent.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn made_for(tx: &ReadTx, token_hash: &str) -> Result<Option<CheckoutId>, DbError> {
    let row = Entity::find_by_id(token_hash).one(tx.conn()).await?;
    row.map(|row| stored::parse(&row.checkout_id)).transpose()
}

/// Deletes the tokens that expired before an instant. Returns how many those were.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn purge(tx: &WriteTx, before: Timestamp) -> Result<u64, DbError> {
    let deleted = Entity::delete_many()
        .filter(Column::ExpiresAt.lt(before.as_millis()))
        .exec(tx.conn())
        .await?;
    Ok(deleted.rows_affected)
}
