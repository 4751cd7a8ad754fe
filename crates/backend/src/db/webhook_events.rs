//! Notifications of payment providers that have come, by the providers' own ids.
//! They are kept to tell a repeated one in the logs; what a notification does
//! is harmless however often it comes.

use api_types::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::entities::webhook_events::{ActiveModel, Column, Entity};
use super::{DbError, WriteTx};

/// Keeps a notification; `false` if it has come before.
pub async fn received(
    tx: &WriteTx,
    gateway: &str,
    event_id: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let row = ActiveModel {
        gateway: Set(gateway.to_owned()),
        event_id: Set(event_id.to_owned()),
        received_at: Set(now.as_millis()),
    };
    let known = OnConflict::columns([Column::Gateway, Column::EventId])
        .do_nothing()
        .to_owned();
    let added = Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await;
    match added {
        Ok(_) => Ok(true),
        Err(sea_orm::DbErr::RecordNotInserted) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Forgets those from before an instant. Providers repeat for days, not for months.
pub async fn purge(tx: &WriteTx, before: Timestamp) -> Result<u64, DbError> {
    let deleted = Entity::delete_many()
        .filter(Column::ReceivedAt.lt(before.as_millis()))
        .exec(tx.conn())
        .await?;
    Ok(deleted.rows_affected)
}
