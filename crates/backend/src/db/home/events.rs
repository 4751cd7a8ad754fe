//! Single events as a list shows them.

use api_types::{CustomerId, EventStatus, EventSummary, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::entities::events::{Column, Entity, Model};
use crate::db::{DbError, ReadTx, stored};

/// The next event that is not over.
pub(super) async fn next(
    tx: &ReadTx,
    customer: &CustomerId,
    now: Timestamp,
) -> Result<Option<EventSummary>, DbError> {
    let row = Entity::find()
        .filter(Column::CustomerId.eq(customer.as_str()))
        .filter(Column::Status.eq("booked"))
        .filter(Column::EndsAt.gt(now.as_millis()))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .one(tx.conn())
        .await?;
    row.map(summary).transpose()
}

/// The events that the provider waits for the customer's word on, the next first, and how
/// many there are in all.
pub(super) async fn to_confirm(
    tx: &ReadTx,
    customer: &CustomerId,
    now: Timestamp,
    most: u64,
) -> Result<(Vec<EventSummary>, u64), DbError> {
    let rows = Entity::find()
        .filter(Column::CustomerId.eq(customer.as_str()))
        .filter(Column::Status.eq("booked"))
        .filter(Column::NeedsConfirmation.eq(true))
        .filter(Column::ConfirmedAt.is_null())
        .filter(Column::StartsAt.gt(now.as_millis()));
    let count = rows.clone().count(tx.conn()).await?;
    let rows = rows
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(tx.conn())
        .await?;
    let events = rows.into_iter().map(summary).collect::<Result<_, _>>()?;
    Ok((events, count))
}

fn summary(row: Model) -> Result<EventSummary, DbError> {
    Ok(EventSummary {
        id: stored::parsed(&row.id)?,
        service: row.service,
        title: row.title,
        starts_at: stored::instant(row.starts_at)?,
        ends_at: stored::instant(row.ends_at)?,
        zone: row.zone,
        all_day: None,
        status: EventStatus::from_word(&row.status),
        hold_until: row.hold_until.map(stored::instant).transpose()?,
        location: row.location,
        video: row.video,
        video_url: row.video_url,
        people: row.people.lines().map(str::to_owned).collect(),
        needs_confirmation: row.needs_confirmation,
        money: None,
        confirmed_at: row.confirmed_at.map(stored::instant).transpose()?,
    })
}
