//! The customer's services, from events and invoices.

use std::collections::BTreeMap;

use api_types::{CustomerId, ServiceOverview, Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::db::events::{all_day, upcoming_sql};
use crate::db::{DbError, ReadTx, Terms, stored};

#[derive(FromQueryResult)]
struct OfEvents {
    service: String,
    since: Option<i64>,
    since_first_on: Option<String>,
    since_last_on: Option<String>,
    attended: i64,
    upcoming: i64,
    next_at: Option<i64>,
    next_first_on: Option<String>,
    next_last_on: Option<String>,
    next_zone: Option<String>,
}

/// What is still to come is what `Upcoming` has.
fn of_events(now: Timestamp) -> String {
    let coming = upcoming_sql(now);
    let began = "status IN ('booked', 'attended', 'no_show') AND starts_at <= $2";
    // Of several events that begin at once, one that has hours tells when.
    let of_first = |column: &str| {
        format!(
            "(SELECT {column} FROM events WHERE customer_id = $1 AND service = summed.service
            AND starts_at = since AND {began} ORDER BY first_on IS NOT NULL, id LIMIT 1)"
        )
    };
    let of_next = |column: &str| {
        format!(
            "(SELECT {column} FROM events WHERE customer_id = $1 AND service = summed.service
            AND starts_at = next_at AND {coming} ORDER BY first_on IS NOT NULL, id LIMIT 1)"
        )
    };
    let (since_first_on, since_last_on) = (of_first("first_on"), of_first("last_on"));
    let (next_first_on, next_last_on) = (of_next("first_on"), of_next("last_on"));
    let next_zone = of_next("zone");
    format!(
        "SELECT service, since, attended, upcoming, next_at,
        {since_first_on} AS since_first_on, {since_last_on} AS since_last_on,
        {next_first_on} AS next_first_on, {next_last_on} AS next_last_on,
        {next_zone} AS next_zone
    FROM (
        SELECT service,
            MIN(CASE WHEN {began}
                THEN starts_at END) AS since,
            COUNT(CASE WHEN status = 'attended' THEN 1 END) AS attended,
            COUNT(CASE WHEN {coming} THEN 1 END) AS upcoming,
            MIN(CASE WHEN {coming} THEN starts_at END) AS next_at
        FROM events WHERE customer_id = $1 GROUP BY service
    ) AS summed"
    )
}

#[derive(FromQueryResult)]
struct OfInvoices {
    service: String,
}

/// One search of the index per service, however many invoices there are.
const OF_INVOICES: &str = "WITH RECURSIVE invoiced (service) AS (
        SELECT MIN(service) FROM invoices WHERE customer_id = $1 AND service IS NOT NULL
        UNION ALL
        SELECT (SELECT MIN(service) FROM invoices
            WHERE customer_id = $1 AND service IS NOT NULL AND service > invoiced.service)
        FROM invoiced WHERE service IS NOT NULL
    )
    SELECT service FROM invoiced WHERE service IS NOT NULL";

/// The customer's services, by their names.
pub(super) async fn of(
    tx: &ReadTx,
    customer: &CustomerId,
    terms: &Terms,
) -> Result<Vec<ServiceOverview>, DbError> {
    let conn = tx.conn();
    let backend = conn.get_database_backend();
    let id = customer.as_str();
    let mut services = BTreeMap::new();
    let statement = Statement::from_sql_and_values(backend, OF_INVOICES, [id.into()]);
    for OfInvoices { service } in OfInvoices::find_by_statement(statement).all(conn).await? {
        let without_events = ServiceOverview {
            service: service.clone(),
            since: None,
            since_all_day: None,
            attended: 0,
            upcoming: 0,
            next_at: None,
            next_all_day: None,
            next_zone: None,
        };
        services.insert(service, without_events);
    }
    let values = [id.into(), terms.now.as_millis().into()];
    let statement = Statement::from_sql_and_values(backend, of_events(terms.now), values);
    for row in OfEvents::find_by_statement(statement).all(conn).await? {
        services.insert(row.service.clone(), overview(row)?);
    }
    Ok(services.into_values().collect())
}

fn overview(row: OfEvents) -> Result<ServiceOverview, DbError> {
    let count = |number| u32::try_from(number).map_err(|_| stored::too_large());
    Ok(ServiceOverview {
        since: row.since.map(stored::instant).transpose()?,
        since_all_day: all_day(row.since_first_on.as_deref(), row.since_last_on.as_deref())?,
        attended: count(row.attended)?,
        upcoming: count(row.upcoming)?,
        next_at: row.next_at.map(stored::instant).transpose()?,
        next_all_day: all_day(row.next_first_on.as_deref(), row.next_last_on.as_deref())?,
        next_zone: row.next_zone,
        service: row.service,
    })
}
