//! What repeated writes are answered from. What it means is decided in
//! `http::idempotency`; here are only rows.

use api_types::{CustomerId, Timestamp};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::entities::idempotency::{ActiveModel, Column, Entity};
use super::{DbError, ReadTx, WriteTx};

/// Whose key it is, and for which endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyScope {
    /// Who is signed in.
    pub customer: CustomerId,
    /// For whom the request is.
    pub person: CustomerId,
    /// The endpoint, with the id in its path where there is one.
    pub route: String,
    /// The key that the caller chose.
    pub key: String,
}

/// What the first request with a key has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The hash of its body.
    pub body_hash: String,
    /// The id of what it has made.
    pub made: Option<String>,
    /// Its answer: status and JSON. There is none if the process died before it was given.
    pub answer: Option<(u16, String)>,
}

/// What has been kept under a key since an instant.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn find(
    tx: &ReadTx,
    scope: &KeyScope,
    since: Timestamp,
) -> Result<Option<Kept>, DbError> {
    let id = (
        scope.customer.to_string(),
        scope.person.to_string(),
        scope.route.clone(),
        scope.key.clone(),
    );
    let row = Entity::find_by_id(id)
        .filter(Column::CreatedAt.gte(since.as_millis()))
        .one(tx.conn())
        .await?;
    Ok(row.map(|row| Kept {
        body_hash: row.body_hash,
        made: row.made,
        answer: row
            .status
            .and_then(|status| u16::try_from(status).ok())
            .zip(row.answer),
    }))
}

/// Stores the id of what a request has made, in the transaction that makes it.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn mark(
    tx: &WriteTx,
    scope: &KeyScope,
    body_hash: &str,
    made: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let row = ActiveModel {
        made: Set(Some(made.to_owned())),
        ..row(scope, body_hash, now)
    };
    put(tx, row, &[Column::Made]).await
}

/// Stores the answer of a request: its status and JSON.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn answer(
    tx: &WriteTx,
    scope: &KeyScope,
    body_hash: &str,
    (status, json): (u16, &str),
    now: Timestamp,
) -> Result<(), DbError> {
    let row = ActiveModel {
        status: Set(Some(i32::from(status))),
        answer: Set(Some(json.to_owned())),
        ..row(scope, body_hash, now)
    };
    put(tx, row, &[Column::Status, Column::Answer]).await
}

fn row(scope: &KeyScope, body_hash: &str, now: Timestamp) -> ActiveModel {
    ActiveModel {
        customer_id: Set(scope.customer.to_string()),
        person: Set(scope.person.to_string()),
        route: Set(scope.route.clone()),
        key: Set(scope.key.clone()),
        body_hash: Set(body_hash.to_owned()),
        created_at: Set(now.as_millis()),
        ..Default::default()
    }
}

/// Inserts a row; where there is one already, only these columns change.
async fn put(tx: &WriteTx, row: ActiveModel, columns: &[Column]) -> Result<(), DbError> {
    let key = [
        Column::CustomerId,
        Column::Person,
        Column::Route,
        Column::Key,
    ];
    let known = OnConflict::columns(key)
        .update_columns(columns.iter().copied())
        .to_owned();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Deletes what was kept before an instant. Returns how many rows that were.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn purge(tx: &WriteTx, before: Timestamp) -> Result<u64, DbError> {
    let deleted = Entity::delete_many()
        .filter(Column::CreatedAt.lt(before.as_millis()))
        .exec(tx.conn())
        .await?;
    Ok(deleted.rows_affected)
}
