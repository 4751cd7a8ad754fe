//! Notifications of payment providers that have come, by the providers' own ids. Each is kept
//! before anything is done about it, and looked at again until what it names has been read;
//! what a notification does is harmless however often it comes.

use api_types::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entities::webhook_events::{ActiveModel, Column, Entity, Model};
use super::{DbError, ReadTx, WriteTx, stored};

/// A notification as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookEvent {
    /// The gateway that it came through.
    pub gateway: String,
    /// The provider's id of it.
    pub event_id: String,
    /// What it calls the payment that it is about.
    pub reference: EventReference,
    /// When it first came.
    pub received_at: Timestamp,
    /// Whether it has been dealt with.
    pub is_done: bool,
}

/// What a notification calls the payment that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventReference {
    /// The word for what the id is of, if it is the provider's; `None` if it is our own.
    pub kind: Option<String>,
    /// The id.
    pub id: String,
}

impl EventReference {
    /// Our own id.
    pub fn own(id: &str) -> Self {
        Self {
            kind: None,
            id: id.to_owned(),
        }
    }
}

/// Stores a notification and when it is to be looked at again. Returns `false` if it has come
/// before.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn record_received(
    tx: &WriteTx,
    gateway: &str,
    (event_id, reference): (&str, &EventReference),
    now: Timestamp,
    next_try_at: Timestamp,
) -> Result<bool, DbError> {
    let row = ActiveModel {
        gateway: Set(gateway.to_owned()),
        event_id: Set(event_id.to_owned()),
        received_at: Set(now.as_millis()),
        reference: Set(Some(reference.id.clone())),
        reference_kind: Set(reference.kind.clone()),
        next_try_at: Set(Some(next_try_at.as_millis())),
    };
    let known = OnConflict::columns([Column::Gateway, Column::EventId])
        .do_nothing()
        .to_owned();
    let added = Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(added > 0)
}

/// The notifications that have to be looked at now, at most `most`, the longest due first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn due(tx: &ReadTx, now: Timestamp, most: u64) -> Result<Vec<WebhookEvent>, DbError> {
    let rows = Entity::find()
        .filter(Column::NextTryAt.lte(now.as_millis()))
        .order_by_asc(Column::NextTryAt)
        .limit(most)
        .all(tx.conn())
        .await?;
    rows.into_iter().map(event).collect()
}

/// The notifications that are about a payment by one of its ids, the oldest first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn naming(
    tx: &ReadTx,
    gateway: &str,
    reference: &EventReference,
) -> Result<Vec<WebhookEvent>, DbError> {
    let of_kind = match &reference.kind {
        Some(kind) => Column::ReferenceKind.eq(kind.as_str()),
        None => Column::ReferenceKind.is_null(),
    };
    let rows = Entity::find()
        .filter(Column::Gateway.eq(gateway))
        .filter(Column::Reference.eq(reference.id.as_str()))
        .filter(of_kind)
        .order_by_asc(Column::ReceivedAt)
        .order_by_asc(Column::EventId)
        .all(tx.conn())
        .await?;
    rows.into_iter().map(event).collect()
}

/// Has a notification looked at again at an instant; `None` is never.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn try_next_at(
    tx: &WriteTx,
    gateway: &str,
    event_id: &str,
    at: Option<Timestamp>,
) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::NextTryAt, Expr::value(at.map(Timestamp::as_millis)))
        .filter(Column::Gateway.eq(gateway))
        .filter(Column::EventId.eq(event_id))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Deletes the notifications from before an instant. Returns how many those were. Providers repeat
/// for days, not for months.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn purge(tx: &WriteTx, before: Timestamp) -> Result<u64, DbError> {
    let deleted = Entity::delete_many()
        .filter(Column::ReceivedAt.lt(before.as_millis()))
        .exec(tx.conn())
        .await?;
    Ok(deleted.rows_affected)
}

fn event(row: Model) -> Result<WebhookEvent, DbError> {
    Ok(WebhookEvent {
        received_at: stored::instant(row.received_at)?,
        is_done: row.next_try_at.is_none(),
        reference: EventReference {
            kind: row.reference_kind,
            id: row.reference.unwrap_or_default(),
        },
        gateway: row.gateway,
        event_id: row.event_id,
    })
}
