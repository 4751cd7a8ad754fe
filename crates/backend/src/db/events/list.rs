//! `Upcoming` and `History`: every event is in exactly one of them, and both are paged through in
//! the order in which events begin.

use std::marker::PhantomData;

use api_types::{CustomerId, EventFilters, EventList, EventPage, EventQuery, EventSummary};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, Select, Statement,
};

use super::state::{unpaid, upcoming_sql, with_status};
use super::summary::summaries;
use crate::db::entities::events::{Column, Entity, Model};
use crate::db::keyset::{KeyType, Keyset, Place};
use crate::db::{DbError, ReadTx, Terms, customers, stored};

/// Midnights of one day are at most this many milliseconds apart, whatever the zones are.
pub(super) const ZONES_APART_MILLIS: i64 = 48 * 60 * 60 * 1000;

/// A page of one half of the customer's calendar.
///
/// # Errors
/// [`DbError::BadCursor`] if the cursor is not of this list, [`DbError::Unreadable`] if there is no
/// such customer or a stored value cannot be read, [`DbError::TooLarge`] if a sum of amounts is
/// beyond its bound or there are too many events to count; otherwise as the database fails.
pub async fn list(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &EventQuery,
    terms: &Terms,
) -> Result<EventPage, DbError> {
    let longest = longest(tx, customer).await?;
    let filters = query.filters();
    let all = matching(customer, &filters, terms)?;
    let in_all = all.clone().count(tx.conn()).await?;
    let upcoming = all
        .filter(Column::StartsAt.gte(terms.now.as_millis() - longest))
        .filter(Expr::cust(upcoming_sql(terms.now)))
        .count(tx.conn())
        .await?;
    let (select, keyset) = half(customer, query, longest, terms)?;
    let rows = keyset
        .page(tx.conn(), select, query.cursor.as_ref(), query.limit, place)
        .await?;
    let (rows, next_cursor, previous_cursor) = rows.apart();
    Ok(EventPage {
        data: summaries(tx, rows, terms).await?,
        next_cursor,
        previous_cursor,
        upcoming: count(upcoming)?,
        history: count(in_all.saturating_sub(upcoming))?,
        services: services(tx, customer).await?,
        as_of: terms.now,
        version: customers::version(tx, customer).await?,
    })
}

/// The first event of `Upcoming`.
pub(in crate::db) async fn next(
    tx: &ReadTx,
    customer: &CustomerId,
    terms: &Terms,
) -> Result<Option<EventSummary>, DbError> {
    let begun_by = terms.now.as_millis() - longest(tx, customer).await?;
    let row = Entity::find()
        .filter(Column::CustomerId.eq(customer.as_str()))
        .filter(Column::StartsAt.gte(begun_by))
        .filter(Expr::cust(upcoming_sql(terms.now)))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .one(tx.conn())
        .await?;
    let events = summaries(tx, row.into_iter().collect(), terms).await?;
    Ok(events.into_iter().next())
}

/// The events that fit some filters, in no order yet.
fn matching(
    customer: &CustomerId,
    filters: &EventFilters,
    terms: &Terms,
) -> Result<Select<Entity>, DbError> {
    let mut select = of_kind(customer, filters, terms);
    if let Some(from) = filters.from {
        let start = terms.start_of(from)?;
        // An event that lasts no time is still on the day on which it is.
        let sql = "CASE WHEN events.last_on IS NULL
            THEN events.ends_at > ? OR events.starts_at >= ? ELSE events.last_on >= ? END";
        let values = [start.into(), start.into(), from.to_string().into()];
        select = select.filter(Expr::cust_with_values::<_, sea_orm::Value, _>(sql, values));
    }
    if let Some(to) = filters.to {
        let sql = "CASE WHEN events.first_on IS NULL
            THEN events.starts_at < ? ELSE events.first_on <= ? END";
        let values = [terms.end_of(to)?.into(), to.to_string().into()];
        select = select.filter(Expr::cust_with_values::<_, sea_orm::Value, _>(sql, values));
    }
    Ok(select)
}

/// The events that fit some filters, their days aside.
pub(super) fn of_kind(
    customer: &CustomerId,
    filters: &EventFilters,
    terms: &Terms,
) -> Select<Entity> {
    let mut select = Entity::find().filter(Column::CustomerId.eq(customer.as_str()));
    if let Some(service) = &filters.service {
        select = select.filter(Column::Service.eq(service.as_str()));
    }
    if let Some(status) = filters.status {
        select = select.filter(with_status(status, terms.now));
    }
    if filters.unpaid {
        select = select.filter(unpaid(terms.now));
    }
    select
}

/// The rows of a half, and the keyset that pages through them. What goes on now began at most
/// `longest` milliseconds ago, which is how long the longest event lasts. The days of the filters
/// bound what is looked at, loosely: an event without hours begins at the midnight of its own zone.
pub(in crate::db) fn half(
    customer: &CustomerId,
    query: &EventQuery,
    longest: i64,
    terms: &Terms,
) -> Result<(Select<Entity>, Keyset<Entity>), DbError> {
    let filters = query.filters();
    let coming = upcoming_sql(terms.now);
    let (name, descending, condition, from) = match query.list {
        EventList::History => ("events-history", true, format!("NOT {coming}"), None),
        _ => {
            let begun_by = terms.now.as_millis() - longest;
            ("events-upcoming", false, coming, Some(begun_by))
        }
    };
    let first = filters.from.map(|day| terms.start_of(day)).transpose()?;
    let first = first.map(|first| first - longest - ZONES_APART_MILLIS);
    let last = filters.to.map(|day| terms.end_of(day)).transpose()?;
    let last = last.map(|last| last.saturating_add(ZONES_APART_MILLIS));
    let select = matching(customer, &filters, terms)?.filter(Expr::cust(condition));
    let keyset = Keyset {
        name,
        key: (Expr::col(Column::StartsAt), KeyType::Number),
        id: (Expr::col(Column::Id), KeyType::Text),
        descending,
        of: PhantomData,
        from: from.max(first).map(Into::into),
        before: last.map(Into::into),
    };
    Ok((select, keyset))
}

fn place(row: &Model) -> Place {
    Place {
        key: row.starts_at.to_string(),
        id: row.id.clone(),
    }
}

#[derive(FromQueryResult)]
struct Longest {
    millis: Option<i64>,
}

/// How long the customer's longest event is, in milliseconds: what goes on at a moment began
/// no earlier than that.
pub(super) async fn longest(tx: &ReadTx, customer: &CustomerId) -> Result<i64, DbError> {
    let sql = "SELECT MAX(ends_at - starts_at) AS millis FROM events WHERE customer_id = $1";
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [customer.as_str().into()]);
    let row = Longest::find_by_statement(statement).one(tx.conn()).await?;
    Ok(row.and_then(|row| row.millis).unwrap_or_default())
}

#[derive(FromQueryResult)]
struct Named {
    service: String,
}

/// One search of the index per service, however many events there are.
const SERVICES: &str = "WITH RECURSIVE had (service) AS (
        SELECT MIN(service) FROM events WHERE customer_id = $1
        UNION ALL
        SELECT (SELECT MIN(service) FROM events WHERE customer_id = $1 AND service > had.service)
        FROM had WHERE service IS NOT NULL
    )
    SELECT service FROM had WHERE service IS NOT NULL";

/// Every service that the customer has events of, by name.
pub(super) async fn services(tx: &ReadTx, customer: &CustomerId) -> Result<Vec<String>, DbError> {
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, SERVICES, [customer.as_str().into()]);
    let rows = Named::find_by_statement(statement).all(tx.conn()).await?;
    Ok(rows.into_iter().map(|row| row.service).collect())
}

fn count(number: u64) -> Result<u32, DbError> {
    u32::try_from(number).map_err(|_| stored::too_large())
}
