//! Further ids of payment providers that belong to an attempt, by which notifications name it.

use api_types::AttemptId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::entities::provider_ids::{ActiveModel, Column, Entity};
use super::{DbError, ReadTx, WriteTx, stored};

/// Stores that an id of a kind belongs to an attempt. The first attempt of the gateway that has it
/// keeps it.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn add(
    tx: &WriteTx,
    gateway: &str,
    (kind, id): (&str, &str),
    attempt: &AttemptId,
) -> Result<(), DbError> {
    let row = ActiveModel {
        gateway: Set(gateway.to_owned()),
        kind: Set(kind.to_owned()),
        id: Set(id.to_owned()),
        attempt_id: Set(attempt.to_string()),
    };
    let known = OnConflict::columns([Column::Gateway, Column::Kind, Column::Id])
        .do_nothing()
        .to_owned();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// The attempt that an id of a kind belongs to.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn find(
    tx: &ReadTx,
    gateway: &str,
    (kind, id): (&str, &str),
) -> Result<Option<AttemptId>, DbError> {
    let key = (gateway.to_owned(), kind.to_owned(), id.to_owned());
    let row = Entity::find_by_id(key).one(tx.conn()).await?;
    row.map(|row| stored::parse(&row.attempt_id)).transpose()
}

/// The ids of an attempt, each with its kind.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn of_attempt(
    tx: &ReadTx,
    attempt: &AttemptId,
) -> Result<Vec<(String, String)>, DbError> {
    let rows = Entity::find()
        .filter(Column::AttemptId.eq(attempt.as_str()))
        .order_by_asc(Column::Kind)
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.id)).collect())
}
