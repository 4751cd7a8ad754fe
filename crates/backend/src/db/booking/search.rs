//! Which times can be had: what is offered, less what is closed, taken, too soon or too far.

use std::sync::Arc;

use api_types::{CustomerId, Day, EventId, Timestamp};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement,
};

use super::offer::{Offer, Span, offers};
use crate::db::entities::closures;
use crate::db::events::lapsed_sql;
use crate::db::{DbError, ReadTx, Terms};

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// By whom.
    pub customer: &'a CustomerId,
    /// Of which service.
    pub service: &'a str,
    /// Whether as a video session.
    pub video: bool,
    /// The customer's own event that is to be moved: its present time counts as free.
    pub moving: Option<&'a EventId>,
}

/// A time that can be had.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub span: Span,
    pub offer: Arc<Offer>,
}

/// Everything that decides which times can be had.
#[derive(Debug)]
pub(super) struct Search {
    offers: Vec<Arc<Offer>>,
    closed: Vec<(Option<String>, Span)>,
    taken: Vec<(String, Span)>,
    own: Vec<Span>,
    /// When a time may begin.
    bookable: Span,
}

impl Search {
    /// Reads all of it from one snapshot, so that its parts agree.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] if a stored value cannot be read or the last bookable day is beyond
    /// the calendar, [`DbError::TooLarge`] if an amount is beyond its bound; otherwise as the
    /// database fails.
    pub async fn read(tx: &ReadTx, wanted: Wanted<'_>, terms: &Terms) -> Result<Self, DbError> {
        let bookable = bookable(terms)?;
        let offers = offered_to(tx, wanted, terms).await?;
        // A time may begin just before the last moment, and lasts then.
        let longest = offers.iter().map(|offer| offer.minutes).max().unwrap_or(0);
        let all = Span {
            from: bookable.from,
            to: bookable.to + longest * 60_000,
        };
        Ok(Self {
            closed: read_closures(tx, all).await?,
            taken: read_taken_times(tx, wanted, all, terms.now).await?,
            own: own(tx, wanted, all, terms.now).await?,
            offers: offers.into_iter().map(Arc::new).collect(),
            bookable,
        })
    }

    /// The times that begin in a span and can be had, in order; of several offers of one
    /// person for the same time, the first.
    pub fn slots(&self, within: Span) -> Vec<Slot> {
        let within = within.and(self.bookable);
        let mut slots: Vec<_> = self
            .offers
            .iter()
            .flat_map(|offer| {
                let times = offer.within(within).into_iter();
                let free = times.filter(|span| self.is_free(&offer.person, *span));
                free.map(|span| Slot {
                    span,
                    offer: offer.clone(),
                })
            })
            .collect();
        let place = |slot: &Slot| (slot.span.from, slot.offer.person.clone());
        slots.sort_by_key(place);
        slots.dedup_by_key(|slot| place(slot));
        slots
    }

    /// The time that somebody offers at an instant, if it can be had.
    pub fn slot(&self, person: &str, starts_at: Timestamp) -> Option<Slot> {
        let from = starts_at.as_millis();
        let instant = Span { from, to: from + 1 };
        let mut slots = self.slots(instant).into_iter();
        slots.find(|slot| slot.offer.person == person)
    }

    /// The first time from an instant on, which is in milliseconds since 1970.
    pub fn first_from(&self, from: i64) -> Option<Slot> {
        const AT_ONCE: i64 = 28 * 24 * 60 * 60_000;
        let mut from = from.max(self.bookable.from);
        while from < self.bookable.to {
            let to = from + AT_ONCE;
            let first = self.slots(Span { from, to }).into_iter().next();
            if first.is_some() {
                return first;
            }
            from = to;
        }
        None
    }

    /// When a time may begin.
    pub fn bookable(&self) -> Span {
        self.bookable
    }

    fn is_free(&self, person: &str, span: Span) -> bool {
        let mut closed = self.closed.iter();
        let mut taken = self.taken.iter();
        let mut own = self.own.iter();
        !closed.any(|(of, closed)| {
            of.as_deref().is_none_or(|of| of == person) && closed.overlaps(span)
        }) && !taken.any(|(of, taken)| of == person && taken.overlaps(span))
            && !own.any(|own| own.overlaps(span))
    }
}

/// From the lead on, until the end of the last day by the portal's zone.
fn bookable(terms: &Terms) -> Result<Span, DbError> {
    let last = terms.today.plus(terms.calendar.horizon_days.into());
    let last: Day = last.ok_or_else(|| DbError::Unreadable("the calendar ends".to_owned()))?;
    Ok(Span {
        from: terms.now.plus(terms.calendar.lead).as_millis(),
        to: terms.end_of(last)?,
    })
}

/// What is offered to a customer of what they want.
async fn offered_to(tx: &ReadTx, wanted: Wanted<'_>, terms: &Terms) -> Result<Vec<Offer>, DbError> {
    let mut offers = offers(tx, Some(wanted.service)).await?;
    offers.retain(|offer| {
        let fits = if wanted.video {
            offer.video
        } else {
            offer.location.is_some()
        };
        fits && offer.holds_from(terms.today)
    });
    let only_known = offers.iter().any(|offer| offer.known_only);
    if only_known && !is_known(tx, wanted.customer, wanted.service, terms.now).await? {
        offers.retain(|offer| !offer.known_only);
    }
    Ok(offers)
}

/// Whether something is offered to a customer of what they want, free or not.
pub(super) async fn is_offered(
    tx: &ReadTx,
    wanted: Wanted<'_>,
    terms: &Terms,
) -> Result<bool, DbError> {
    Ok(!offered_to(tx, wanted, terms).await?.is_empty())
}

/// Whether a customer has had a service.
pub(super) async fn is_known(
    tx: &ReadTx,
    customer: &CustomerId,
    service: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let sql = "SELECT 1 AS found FROM events
        WHERE customer_id = $1 AND service = $2
            AND (status = 'attended' OR (status = 'booked' AND ends_at <= $3)) LIMIT 1";
    let values = [
        customer.as_str().into(),
        service.into(),
        now.as_millis().into(),
    ];
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    Ok(tx.conn().query_one_raw(statement).await?.is_some())
}

async fn read_closures(tx: &ReadTx, within: Span) -> Result<Vec<(Option<String>, Span)>, DbError> {
    let overlap = Condition::all()
        .add(closures::Column::StartsAt.lt(within.to))
        .add(closures::Column::EndsAt.gt(within.from));
    let rows = closures::Entity::find().filter(overlap);
    let rows = rows.all(tx.conn()).await?.into_iter();
    let span = |row: closures::Model| {
        let (from, to) = (row.starts_at, row.ends_at);
        (row.person, Span { from, to })
    };
    Ok(rows.map(span).collect())
}

#[derive(FromQueryResult)]
struct Busy {
    host: Option<String>,
    starts_at: i64,
    ends_at: i64,
}

/// When the people who offer what is wanted have an event, whosever it is.
async fn read_taken_times(
    tx: &ReadTx,
    wanted: Wanted<'_>,
    within: Span,
    now: Timestamp,
) -> Result<Vec<(String, Span)>, DbError> {
    let lapsed = lapsed_sql(now);
    let sql = format!(
        "SELECT host, starts_at, ends_at FROM events
        WHERE host IN (SELECT person FROM offers WHERE service = $1)
            AND starts_at < $2 AND ends_at > $3 AND id <> $4
            AND status IN ('requested', 'held', 'booked', 'attended', 'no_show')
            AND NOT {lapsed}"
    );
    let busy = busy(tx, &sql, wanted.service, within, wanted.moving).await?;
    Ok(busy
        .into_iter()
        .filter_map(|(host, span)| Some((host?, span)))
        .collect())
}

/// When the customer has an event.
async fn own(
    tx: &ReadTx,
    wanted: Wanted<'_>,
    within: Span,
    now: Timestamp,
) -> Result<Vec<Span>, DbError> {
    let lapsed = lapsed_sql(now);
    let sql = format!(
        "SELECT host, starts_at, ends_at FROM events
        WHERE customer_id = $1 AND starts_at < $2 AND ends_at > $3 AND id <> $4
            AND status IN ('requested', 'held', 'booked') AND NOT {lapsed}"
    );
    let busy = busy(tx, &sql, wanted.customer.as_str(), within, wanted.moving).await?;
    Ok(busy.into_iter().map(|(_, span)| span).collect())
}

async fn busy(
    tx: &ReadTx,
    sql: &str,
    of: &str,
    within: Span,
    moving: Option<&EventId>,
) -> Result<Vec<(Option<String>, Span)>, DbError> {
    let values = [
        of.into(),
        within.to.into(),
        within.from.into(),
        moving.map_or("", EventId::as_str).into(),
    ];
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let rows = Busy::find_by_statement(statement).all(tx.conn()).await?;
    let span = |row: Busy| {
        let (from, to) = (row.starts_at, row.ends_at);
        (row.host, Span { from, to })
    };
    Ok(rows.into_iter().map(span).collect())
}
