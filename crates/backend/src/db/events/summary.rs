//! From rows to events as a list shows them: the one way, so that no two screens say
//! different things about one event.

use std::collections::{BTreeMap, BTreeSet};

use api_types::{AllDay, EventStatus, EventSummary};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement};

use super::money::{self, Sums};
use crate::db::entities::events::Model;
use crate::db::entities::{checkout_items, invoices};
use crate::db::stored::sum_sql;
use crate::db::{DbError, ReadTx, Terms, stored};

/// No database takes any number of values at once.
const AT_ONCE: usize = 500;

/// Events as a list shows them, in the order of their rows.
pub(in crate::db) async fn summaries(
    tx: &ReadTx,
    rows: Vec<Model>,
    terms: &Terms,
) -> Result<Vec<EventSummary>, DbError> {
    let sums = sums(tx, &rows).await?;
    let invoices = invoices(tx, &rows).await?;
    let locked = locked(tx, &rows).await?;
    let each = rows.into_iter().map(|row| {
        let of_row = sums.get(&row.id).copied().unwrap_or_default();
        let invoice = row.invoice_id.as_ref().and_then(|id| invoices.get(id));
        let status = status(&row, of_row, locked.contains(&row.id), terms);
        let money = money::of_event(&row, status, of_row, invoice, terms)?;
        Ok(EventSummary {
            id: stored::parse(&row.id)?,
            starts_at: stored::instant(row.starts_at)?,
            ends_at: stored::instant(row.ends_at)?,
            all_day: all_day(row.first_on.as_deref(), row.last_on.as_deref())?,
            status,
            hold_until: match status {
                EventStatus::Held => row.hold_until.map(stored::instant).transpose()?,
                _ => None,
            },
            people: row.people.lines().map(str::to_owned).collect(),
            confirmed_at: row.confirmed_at.map(stored::instant).transpose()?,
            service: row.service,
            title: row.title,
            zone: row.zone,
            location: row.location,
            video: row.video,
            video_url: row.video_url,
            needs_confirmation: row.needs_confirmation,
            money,
        })
    });
    each.collect()
}

/// The days of an event that has no hours.
///
/// # Errors
/// [`DbError::Unreadable`] if one of the days cannot be read.
pub fn all_day(first: Option<&str>, last: Option<&str>) -> Result<Option<AllDay>, DbError> {
    let days = first.zip(last).map(|(first, last)| {
        Ok::<_, DbError>(AllDay {
            first: stored::parse(first)?,
            last: stored::parse(last)?,
        })
    });
    days.transpose()
}

/// How an event stands, as `state` has it for the database: what was held and has run out is
/// expired, whether or not that has been written.
fn status(row: &Model, sums: Sums, locked: bool, terms: &Terms) -> EventStatus {
    let status = EventStatus::from_word(&row.status);
    let over = row
        .hold_until
        .is_some_and(|until| until <= terms.now.as_millis());
    if status == EventStatus::Held && over && !locked && sums.pending == 0 {
        EventStatus::Expired
    } else {
        status
    }
}

#[derive(FromQueryResult)]
struct SumRow {
    event_id: String,
    held: i64,
    pending: i64,
}

#[derive(FromQueryResult)]
struct RefundedRow {
    event_id: String,
    refunded: i64,
}

/// What pays for each event ahead, and what of that went back.
async fn sums(tx: &ReadTx, rows: &[Model]) -> Result<BTreeMap<String, Sums>, DbError> {
    let mut sums = BTreeMap::new();
    let backend = tx.conn().get_database_backend();
    for some in rows.chunks(AT_ONCE) {
        let places: Vec<_> = (1..=some.len()).map(|n| format!("${n}")).collect();
        let held = sum_sql!("CASE WHEN payments.status = 'completed' THEN amount_minor ELSE 0 END");
        let pending =
            sum_sql!("CASE WHEN payments.status = 'pending' THEN amount_minor ELSE 0 END");
        let sql = format!(
            "SELECT event_id, {held} AS held, {pending} AS pending
            FROM allocations JOIN payments ON payments.id = payment_id
            WHERE event_id IN ({}) GROUP BY event_id",
            places.join(", ")
        );
        let ids = some.iter().map(|row| row.id.as_str().into());
        let statement = Statement::from_sql_and_values(backend, sql, ids);
        for row in SumRow::find_by_statement(statement).all(tx.conn()).await? {
            let of_row = Sums {
                held: row.held,
                pending: row.pending,
                refunded: 0,
            };
            sums.insert(row.event_id, of_row);
        }
        let sum = sum_sql!("amount_minor");
        let sql = format!(
            "SELECT event_id, {sum} AS refunded
            FROM allocation_reversals AS reversal
            WHERE event_id IN ({}) AND at >= (
                SELECT COALESCE(MAX(allocations.at), 0)
                FROM allocations JOIN payments ON payments.id = payment_id
                WHERE allocations.event_id = reversal.event_id
                    AND payments.status = 'completed'
            ) GROUP BY event_id",
            places.join(", ")
        );
        let ids = some.iter().map(|row| row.id.as_str().into());
        let statement = Statement::from_sql_and_values(backend, sql, ids);
        let rows = RefundedRow::find_by_statement(statement);
        for row in rows.all(tx.conn()).await? {
            sums.entry(row.event_id)
                .or_insert_with(Sums::default)
                .refunded = row.refunded;
        }
    }
    Ok(sums)
}

/// The invoices that the events are on.
async fn invoices(
    tx: &ReadTx,
    rows: &[Model],
) -> Result<BTreeMap<String, invoices::Model>, DbError> {
    let ids: BTreeSet<_> = rows
        .iter()
        .filter_map(|r| r.invoice_id.as_deref())
        .collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let mut found = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let rows = invoices::Entity::find()
            .filter(invoices::Column::Id.is_in(some.iter().copied()))
            .all(tx.conn())
            .await?;
        found.extend(rows.into_iter().map(|row| (row.id.clone(), row)));
    }
    Ok(found)
}

/// The held events that a checkout holds: their time does not run out.
async fn locked(tx: &ReadTx, rows: &[Model]) -> Result<BTreeSet<String>, DbError> {
    let held = EventStatus::Held.as_str();
    let ids: Vec<_> = rows.iter().filter(|row| row.status == held).collect();
    let mut locked = BTreeSet::new();
    for some in ids.chunks(AT_ONCE) {
        let keys = some.iter().map(|row| format!("event:{}", row.id));
        let items = checkout_items::Entity::find()
            .filter(checkout_items::Column::Locked.eq(true))
            .filter(checkout_items::Column::ItemKey.is_in(keys))
            .all(tx.conn())
            .await?;
        locked.extend(items.into_iter().filter_map(|item| item.event_id));
    }
    Ok(locked)
}
