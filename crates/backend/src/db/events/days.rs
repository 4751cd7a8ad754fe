//! The events of some days by a zone, for a month or a week.

use api_types::{
    CalendarDays, CalendarQuery, CustomerId, Day, EventFilters, EventSummary, PlacedEvent,
};
use jiff::tz::TimeZone;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use super::list::{ZONES_APART_MILLIS, longest, of_kind, services};
use super::place::{self, place};
use super::summary::summaries;
use crate::clock::day_in;
use crate::db::entities::events::Column;
use crate::db::{DbError, ReadTx, Terms, customers};

/// The events that touch the days asked for, by the days of a zone.
///
/// # Errors
/// [`DbError::Unreadable`] if there is no such customer, a day has no beginning or no end in the
/// zone, or a stored value cannot be read; [`DbError::TooLarge`] if an amount is beyond its bound;
/// otherwise as the database fails.
pub async fn days(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &CalendarQuery,
    zone: &TimeZone,
    terms: &Terms,
) -> Result<CalendarDays, DbError> {
    let (events, cut) = touching(tx, customer, query, zone, terms).await?;
    let events = events.into_iter().map(|event| {
        let place = place(event.starts_at, event.ends_at, event.all_day, zone);
        PlacedEvent {
            event,
            first_on: place.first_on,
            last_on: place.last_on,
            from_minute: place.from_minute,
            to_minute: place.to_minute,
        }
    });
    Ok(CalendarDays {
        days: place::days(query.from, query.to, zone),
        events: events.collect(),
        cut,
        today: day_in(terms.now, zone),
        services: services(tx, customer).await?,
        as_of: terms.now,
        version: customers::version(tx, customer).await?,
    })
}

/// The first events of the days, and whether there are more.
async fn touching(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &CalendarQuery,
    zone: &TimeZone,
    terms: &Terms,
) -> Result<(Vec<EventSummary>, bool), DbError> {
    let beyond = |day: Day| DbError::Unreadable(format!("{day} has no beginning or no end"));
    let start = place::start(query.from.date(), zone).ok_or_else(|| beyond(query.from))?;
    let end = place::end(query.to.date(), zone).ok_or_else(|| beyond(query.to))?;
    let (start, end) = (start.as_millisecond(), end.as_millisecond());
    let begun_by = start - longest(tx, customer).await? - ZONES_APART_MILLIS;
    let filters = EventFilters {
        service: query.service.clone(),
        status: query.status,
        unpaid: query.unpaid,
        ..EventFilters::default()
    };
    // An event that lasts no time is still on the day on which it is.
    let touches = "CASE WHEN events.first_on IS NULL
        THEN events.starts_at < ? AND (events.ends_at > ? OR events.starts_at >= ?)
        ELSE events.first_on <= ? AND events.last_on >= ? END";
    let values: [sea_orm::Value; 5] = [
        end.into(),
        start.into(),
        start.into(),
        query.to.to_string().into(),
        query.from.to_string().into(),
    ];
    let most = CalendarDays::MOST_EVENTS;
    let mut rows = of_kind(customer, &filters, terms)
        .filter(Column::StartsAt.gte(begun_by))
        .filter(Column::StartsAt.lt(end.saturating_add(ZONES_APART_MILLIS)))
        .filter(Expr::cust_with_values(touches, values))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(u64::from(most) + 1)
        .all(tx.conn())
        .await?;
    let cut = rows.len() > most as usize;
    rows.truncate(most as usize);
    Ok((summaries(tx, rows, terms).await?, cut))
}
