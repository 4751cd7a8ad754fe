//! Times that are kept for their deposit: until it is paid, or until they run out.

use std::collections::BTreeMap;

use api_types::{CustomerId, EventId, EventStatus, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};

use crate::db::entities::events::{Column, Entity};
use crate::db::events::{fee, lapsed_sql};
use crate::db::{DbError, ReadTx, WriteTx, allocate, customers, stored};
use crate::settings::Requests;

/// Whether the time of an event was held and has run out, whether or not that is stored.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn has_lapsed(tx: &ReadTx, id: &EventId, now: Timestamp) -> Result<bool, DbError> {
    let sql = format!(
        "SELECT 1 AS found FROM events WHERE id = $1 AND {}",
        lapsed_sql(now)
    );
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [id.as_str().into()]);
    Ok(tx.conn().query_one_raw(statement).await?.is_some())
}

/// Whether any held time has run out of which that is not stored yet.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn some_lapsed(tx: &ReadTx, now: Timestamp) -> Result<bool, DbError> {
    let sql = format!(
        "SELECT 1 AS found FROM events WHERE {} LIMIT 1",
        lapsed_sql(now)
    );
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_string(backend, sql);
    Ok(tx.conn().query_one_raw(statement).await?.is_some())
}

/// Stores of all held times that have run out that they are expired: what was paid for them is
/// credit. Returns the customers concerned and their new versions.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn let_lapse(tx: &WriteTx, now: Timestamp) -> Result<BTreeMap<CustomerId, u64>, DbError> {
    let lapsed: Vec<(String, String)> = Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::CustomerId)
        .filter(Expr::cust(lapsed_sql(now)))
        .order_by_asc(Column::HoldUntil)
        .into_tuple()
        .all(tx.conn())
        .await?;
    let mut versions = BTreeMap::new();
    for (id, customer) in lapsed {
        let (id, customer) = (stored::parse(&id)?, stored::parse(&customer)?);
        become_of(tx, &id, EventStatus::Expired, now).await?;
        let version = customers::touch(tx, &customer).await?;
        versions.insert(customer, version);
    }
    Ok(versions)
}

/// Stores of one event that its held time has run out, if it has. The caller raises the customer's
/// version.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn let_one_lapse(tx: &WriteTx, id: &EventId, now: Timestamp) -> Result<(), DbError> {
    if has_lapsed(tx, id, now).await? {
        become_of(tx, id, EventStatus::Expired, now).await?;
    }
    Ok(())
}

/// Books a held event once its deposit is paid, or makes it a request if the provider has to accept
/// first. It is called in the transaction that books the money.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn secure(
    tx: &WriteTx,
    customer: &CustomerId,
    id: &EventId,
    requests: Requests,
    now: Timestamp,
) -> Result<(), DbError> {
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    let is_held = row.is_some_and(|row| row.status == EventStatus::Held.as_str());
    let Some(found) = fee(tx, customer, id).await?.filter(|_| is_held) else {
        return Ok(());
    };
    let wanted = found.deposit.or(found.fee).map_or(0, |money| money.minor());
    if found.held < wanted {
        return Ok(());
    }
    let status = match requests {
        Requests::Ask => EventStatus::Requested,
        // What was held before asking was switched off was offered to be booked.
        Requests::Book | Requests::Off => EventStatus::Booked,
    };
    become_of(tx, id, status, now).await
}

/// Gives an event another status and raises its sequence number, so that other calendars show the
/// change. Money that is kept for what does not take place is credit.
pub(super) async fn become_of(
    tx: &WriteTx,
    id: &EventId,
    status: EventStatus,
    now: Timestamp,
) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(status.as_str()))
        .col_expr(Column::HoldUntil, Expr::value(None::<i64>))
        .col_expr(Column::Sequence, Expr::col(Column::Sequence).add(1))
        .col_expr(Column::ChangedAt, Expr::value(now.as_millis()))
        .filter(Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    if status.takes_its_time() {
        return Ok(());
    }
    allocate::event_changed(tx, id, None, now).await
}
