//! Events as other calendars get them.

use api_types::{CustomerId, EventId, EventStatus, EventSummary, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::detail::one;
use super::list::longest;
use super::summary::summaries;
use crate::db::entities::events::{Column, Entity};
use crate::db::{DbError, ReadTx, Terms, stored};

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;
/// For how many days an event that is over stays in a feed.
const DAYS_BACK: i64 = 90;
/// For how many days an event that does not take place any more stays in a feed, so that every
/// calendar reads that it was cancelled.
const DAYS_CANCELLED: i64 = 60;
/// How many events a feed has at most.
const MOST: u64 = 1_000;

/// An event as another calendar gets it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What a list says of it.
    pub event: EventSummary,
    /// The provider's words about it.
    pub note: Option<String>,
    /// How often it was changed in a way that other calendars have to show.
    pub sequence: i64,
    /// When it last was.
    pub changed_at: Timestamp,
}

/// The customer's event with an id; `None` where there is none or it is somebody else's.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn entry(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &EventId,
    terms: &Terms,
) -> Result<Option<Entry>, DbError> {
    let Some((event, row)) = one(tx, customer, id, terms).await? else {
        return Ok(None);
    };
    Ok(Some(Entry {
        event,
        note: row.note,
        sequence: row.sequence,
        changed_at: stored::instant(row.changed_at)?,
    }))
}

/// The events of a feed: those of the last 90 days and all later ones, the first to begin first.
/// Those that do not take place any more stay in it for 60 days after their last change.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn entries(
    tx: &ReadTx,
    customer: &CustomerId,
    terms: &Terms,
) -> Result<Vec<Entry>, DbError> {
    let days_ago = |days: i64| terms.now.as_millis() - days * DAY_MILLIS;
    let begun_by = days_ago(DAYS_BACK) - longest(tx, customer).await?;
    let takes_place = "events.status NOT IN ('declined', 'cancelled', 'expired')";
    let rows = Entity::find()
        .filter(Column::CustomerId.eq(customer.as_str()))
        .filter(Column::StartsAt.gte(begun_by))
        .filter(Column::EndsAt.gte(days_ago(DAYS_BACK)))
        .filter(Expr::cust_with_values(
            format!("({takes_place} OR events.changed_at >= ?)"),
            [days_ago(DAYS_CANCELLED)],
        ))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(MOST)
        .all(tx.conn())
        .await?;
    let events = summaries(tx, rows.clone(), terms).await?;
    let each = rows.into_iter().zip(events).map(|(row, event)| {
        Ok(Entry {
            // The provider's reason why not is for the page; others see that it is not.
            note: row.note.filter(|_| event.status != EventStatus::Declined),
            event,
            sequence: row.sequence,
            changed_at: stored::instant(row.changed_at)?,
        })
    });
    each.collect()
}
