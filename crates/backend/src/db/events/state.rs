//! How an event stands at a moment. A time that was kept for a deposit runs out by the clock
//! alone, so that reading says so before anybody has written it.

use api_types::{CustomerId, EventStatus, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::entities::events::{Column, Entity};
use crate::db::stored::sum_sql;
use crate::db::{DbError, ReadTx};

/// What of a row of `events` has run out: it was held, its time is over, no checkout holds it
/// and no money is on its way to it.
pub(in crate::db) fn lapsed_sql(now: Timestamp) -> String {
    format!(
        "(events.status = 'held' AND events.hold_until <= {now}
            AND NOT EXISTS (SELECT 1 FROM checkout_items
                WHERE locked AND item_key = 'event:' || events.id)
            AND NOT EXISTS (SELECT 1 FROM allocations
                JOIN payments ON payments.id = allocations.payment_id
                WHERE allocations.event_id = events.id AND payments.status = 'pending'))",
        now = now.as_millis()
    )
}

/// What can still take place, by its status.
fn live_sql(now: Timestamp) -> String {
    let lapsed = lapsed_sql(now);
    format!("(events.status IN ('requested', 'held', 'booked') AND NOT {lapsed})")
}

/// What is not over and can still take place: `Upcoming`. Everything else is `History`.
pub(in crate::db) fn upcoming_sql(now: Timestamp) -> String {
    let live = live_sql(now);
    format!("(events.ends_at > {} AND {live})", now.as_millis())
}

/// The rows of one status, as they are read at a moment.
pub(super) fn with_status(status: EventStatus, now: Timestamp) -> Expr {
    let lapsed = lapsed_sql(now);
    let sql = match status {
        EventStatus::Held => format!("(events.status = 'held' AND NOT {lapsed})"),
        EventStatus::Expired => format!("(events.status = 'expired' OR {lapsed})"),
        // The word of a status that nobody knows is on no row.
        other => return Expr::cust_with_values("events.status = ?", [other.as_str()]),
    };
    Expr::cust(sql)
}

/// The rows whose money has a balance, as their summaries say: that of their invoice, or what
/// nothing has been paid of the fee.
pub(super) fn unpaid(now: Timestamp) -> Expr {
    let lapsed = lapsed_sql(now);
    let paid = sum_sql!("allocations.amount_minor");
    Expr::cust(format!(
        "((events.invoice_id IS NULL AND events.fee_minor > 0
            AND events.status IN ('requested', 'held', 'booked', 'attended', 'no_show')
            AND NOT {lapsed}
            AND events.fee_minor > (SELECT {paid}
                FROM allocations JOIN payments ON payments.id = allocations.payment_id
                WHERE allocations.event_id = events.id AND payments.status = 'completed'))
        OR EXISTS (SELECT 1 FROM invoices WHERE invoices.id = events.invoice_id
            AND invoices.document = 'open'
            AND invoices.total_minor > invoices.paid_minor + invoices.credited_minor))"
    ))
}

/// When the last time ran out that a customer's event is still stored as held for, in milliseconds
/// since 1970. What was read before that may be out of date.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn run_out_last(
    tx: &ReadTx,
    customer: &CustomerId,
    now: Timestamp,
) -> Result<Option<i64>, DbError> {
    let last: Option<Option<i64>> = Entity::find()
        .select_only()
        .column(Column::HoldUntil)
        .filter(Column::CustomerId.eq(customer.as_str()))
        .filter(Expr::cust("status = 'held'"))
        .filter(Column::HoldUntil.lte(now.as_millis()))
        .order_by_desc(Column::HoldUntil)
        .into_tuple()
        .one(tx.conn())
        .await?;
    Ok(last.flatten())
}

/// When the last event of a customer's began, in milliseconds since 1970.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn begun_last(
    tx: &ReadTx,
    customer: &CustomerId,
    now: Timestamp,
) -> Result<Option<i64>, DbError> {
    let last: Option<i64> = Entity::find()
        .select_only()
        .column(Column::StartsAt)
        .filter(Column::CustomerId.eq(customer.as_str()))
        .filter(Column::StartsAt.lte(now.as_millis()))
        .order_by_desc(Column::StartsAt)
        .into_tuple()
        .one(tx.conn())
        .await?;
    Ok(last)
}
