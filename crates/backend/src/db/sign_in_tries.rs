//! How often signing in has failed, by hashed subject. What that means is
//! decided in `limits::login_throttle`; here are only rows.

use api_types::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

use super::entities::sign_in_tries::{ActiveModel, Column, Entity};
use super::{DbError, ReadTx, WriteTx, stored};

/// What is remembered of one subject: a pair of account and address, or one of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    /// Failures in a row, counting tries that are still being checked.
    pub failures: u32,
    /// The last try.
    pub last_at: Timestamp,
    /// Before this, no try is looked at.
    pub next_at: Timestamp,
    /// When it last succeeded.
    pub succeeded_at: Option<Timestamp>,
}

/// What is remembered of a subject.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn find(tx: &ReadTx, subject: &str) -> Result<Option<Tries>, DbError> {
    let Some(row) = Entity::find_by_id(subject).one(tx.conn()).await? else {
        return Ok(None);
    };
    Ok(Some(Tries {
        failures: u32::try_from(row.failures).unwrap_or(u32::MAX),
        last_at: stored::instant(row.last_at)?,
        next_at: stored::instant(row.next_at)?,
        succeeded_at: row.succeeded_at.map(stored::instant).transpose()?,
    }))
}

/// Stores the tries of a subject in place of the earlier ones.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn put(tx: &WriteTx, subject: &str, tries: &Tries) -> Result<(), DbError> {
    let row = ActiveModel {
        subject: Set(subject.to_owned()),
        failures: Set(i64::from(tries.failures)),
        last_at: Set(tries.last_at.as_millis()),
        next_at: Set(tries.next_at.as_millis()),
        succeeded_at: Set(tries.succeeded_at.map(Timestamp::as_millis)),
    };
    let known = OnConflict::column(Column::Subject)
        .update_columns([
            Column::Failures,
            Column::LastAt,
            Column::NextAt,
            Column::SucceededAt,
        ])
        .to_owned();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Deletes the subjects whose last try was before an instant; those that have signed in stay until
/// `succeeded_before`. Returns how many those were.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn purge(
    tx: &WriteTx,
    tried_before: Timestamp,
    succeeded_before: Timestamp,
) -> Result<u64, DbError> {
    let done_with = Column::SucceededAt
        .is_null()
        .or(Column::SucceededAt.lt(succeeded_before.as_millis()));
    let deleted = Entity::delete_many()
        .filter(Column::LastAt.lt(tried_before.as_millis()))
        .filter(done_with)
        .exec(tx.conn())
        .await?;
    Ok(deleted.rows_affected)
}
