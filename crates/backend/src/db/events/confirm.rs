//! The customer's confirmation that they come, or came.

use api_types::{CustomerId, EventId, EventStatus, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::db::entities::events::{Column, Entity};
use crate::db::{DbError, ReadTx, WriteTx, stored};

/// What a customer can confirm: what is booked, and what is over, whatever became of it.
const CONFIRMABLE: [EventStatus; 3] = [
    EventStatus::Booked,
    EventStatus::Attended,
    EventStatus::NoShow,
];

/// Whether a customer can say of an event that they come, or came.
pub(super) fn can_be_confirmed(status: EventStatus) -> bool {
    CONFIRMABLE.contains(&status)
}

/// Stores that a customer confirmed to come, or to have come. Returns when that was and whether it
/// is new, since the first time counts; `None` if there is no such event or it cannot be confirmed.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn confirm(
    tx: &WriteTx,
    id: &EventId,
    now: Timestamp,
) -> Result<Option<(Timestamp, bool)>, DbError> {
    let changed = Entity::update_many()
        .col_expr(Column::ConfirmedAt, Expr::value(now.as_millis()))
        .filter(Column::Id.eq(id.as_str()))
        .filter(Column::ConfirmedAt.is_null())
        .filter(Column::Status.is_in(CONFIRMABLE.map(EventStatus::as_str)))
        .exec(tx.conn())
        .await?;
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    let row = row.filter(|row| can_be_confirmed(EventStatus::from_word(&row.status)));
    let confirmed = row.and_then(|row| row.confirmed_at);
    let Some(at) = confirmed.map(stored::instant).transpose()? else {
        return Ok(None);
    };
    Ok(Some((at, changed.rows_affected > 0)))
}

/// Whose event it is; `None` where there is none.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn owner(tx: &ReadTx, id: &EventId) -> Result<Option<CustomerId>, DbError> {
    let owner: Option<String> = Entity::find_by_id(id.as_str())
        .select_only()
        .column(Column::CustomerId)
        .into_tuple()
        .one(tx.conn())
        .await?;
    stored::parsed_option(owner.as_deref())
}
