//! `Pay For My Next Unpaid Event`: which event that is, and what can be paid of it.

use api_types::{CustomerId, EventId, Money, NotPayable, Payable, Timestamp, UnpaidEvent};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::db::events::{all_day, lapsed_sql};
use crate::db::stored::sum_sql;
use crate::db::{DbError, ReadTx, Terms, locks, stored};

#[derive(FromQueryResult)]
struct EventRow {
    id: String,
    service: String,
    title: String,
    starts_at: i64,
    first_on: Option<String>,
    last_on: Option<String>,
    zone: String,
    currency: String,
    unpaid: i64,
}

/// What pays for events is summed up for one after the other until one is found, so only
/// the events before it are looked at. A time that is kept for a deposit can be paid for too.
fn next(now: Timestamp) -> String {
    let lapsed = lapsed_sql(now);
    let paid = sum_sql!("amount_minor");
    format!(
        "SELECT id, service, title, starts_at, first_on, last_on, zone, currency, unpaid FROM (
        SELECT *, fee_minor - (
            SELECT {paid}
            FROM allocations JOIN payments ON payments.id = payment_id
            WHERE event_id = events.id AND payments.status <> 'cancelled'
        ) AS unpaid
        FROM events
        WHERE customer_id = $1 AND status IN ('held', 'booked') AND invoice_id IS NULL
            AND fee_minor > 0 AND starts_at > $2 AND NOT {lapsed}
    ) WHERE unpaid > 0 ORDER BY starts_at, id LIMIT 1"
    )
}

/// The next event of which a part of the fee is neither paid nor on its way, and that is not
/// invoiced.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn find(
    tx: &ReadTx,
    customer: &CustomerId,
    terms: &Terms,
) -> Result<Option<UnpaidEvent>, DbError> {
    let backend = tx.conn().get_database_backend();
    let values = [customer.as_str().into(), terms.now.as_millis().into()];
    let statement = Statement::from_sql_and_values(backend, next(terms.now), values);
    let row = EventRow::find_by_statement(statement)
        .one(tx.conn())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let event: EventId = stored::parse(&row.id)?;
    let checkout = locks::on_event(tx, &event).await?;
    let currency = stored::parse(&row.currency)?;
    let reason = if checkout.is_some() {
        Some(NotPayable::CheckoutOpen)
    } else if !terms.takes(currency) {
        Some(NotPayable::NoMethod)
    } else {
        None
    };
    Ok(Some(UnpaidEvent {
        event,
        service: row.service,
        title: row.title,
        starts_at: stored::instant(row.starts_at)?,
        all_day: all_day(row.first_on.as_deref(), row.last_on.as_deref())?,
        zone: row.zone,
        pay: Payable {
            allowed: reason.is_none(),
            reason,
            amount: Money::from_minor(row.unpaid, currency),
            least: None,
        },
        checkout,
    }))
}
