//! The offered times as the wire has them: by days of the zone that was asked for.

use api_types::{CustomerId, Day, OfferedDay, OfferedTime, OfferedTimes, TimesQuery, Timestamp};
use jiff::tz::TimeZone;

use super::error::BookingError;
use super::offer::Span;
use super::search::{Search, Slot, Wanted};
use crate::clock::day_in;
use crate::db::entities::events::Model;
use crate::db::{DbError, ReadTx, Terms, customers, stored};
use crate::settings::Requests;
use crate::zones::zone_named;

/// The times of a service, or of the event that is to be moved: then that event's service, and
/// whether it is a video session, replace what the query says.
///
/// # Errors
/// [`BookingError::Field`] if the zone is unknown, the last day is before the first, or there are
/// too many days, [`BookingError::Off`] if requests, or moving events, are switched off,
/// [`BookingError::NotFound`] if the customer has no such event to move, [`BookingError::Broken`]
/// if there is no such customer, a stored value cannot be read, or the database fails.
pub async fn times(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &TimesQuery,
    terms: &Terms,
) -> Result<OfferedTimes, BookingError> {
    let zone = zone_named(&query.zone).map_err(|_| BookingError::Field("zone", "invalid"))?;
    let days = query.to.days_since(query.from);
    if days < 0 {
        return Err(BookingError::Field("to", "too_small"));
    }
    if days > i64::from(TimesQuery::MOST_DAYS) {
        return Err(BookingError::Field("to", "too_large"));
    }
    let moved = find_moved_event(tx, customer, query, terms).await?;
    let wanted = Wanted {
        customer,
        service: moved.as_ref().map_or(&query.service, |row| &row.service),
        video: moved.as_ref().map_or(query.video, |row| row.video),
        moving: query.moving.as_ref(),
    };
    let search = Search::read(tx, wanted, terms).await?;
    let asked = Span {
        from: start_of(query.from, &zone),
        to: end_of(query.to, &zone),
    };
    let next = search.first_from(asked.to);
    let day = |millis: i64| Ok::<_, DbError>(day_in(stored::instant(millis)?, &zone));
    Ok(OfferedTimes {
        days: by_days(search.slots(asked), wanted.video, &zone)?,
        next_on: next.map(|slot| day(slot.span.from)).transpose()?,
        last_on: day(search.bookable().to - 1)?,
        today: day_in(terms.now, &zone),
        version: customers::version(tx, customer).await?,
    })
}

/// The event that is to be moved. Nothing is answered about what is switched off.
async fn find_moved_event(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &TimesQuery,
    terms: &Terms,
) -> Result<Option<Model>, BookingError> {
    let is_on = match query.moving {
        Some(_) => terms.calendar.reschedule.is_some(),
        None => terms.calendar.requests != Requests::Off,
    };
    if !is_on {
        return Err(BookingError::Off);
    }
    match &query.moving {
        Some(event) => super::change::row(tx, customer, event).await.map(Some),
        None => Ok(None),
    }
}

fn by_days(slots: Vec<Slot>, video: bool, zone: &TimeZone) -> Result<Vec<OfferedDay>, DbError> {
    let mut days: Vec<OfferedDay> = Vec::new();
    for slot in slots {
        let time = OfferedTime {
            starts_at: stored::instant(slot.span.from)?,
            ends_at: stored::instant(slot.span.to)?,
            person: slot.offer.person.clone(),
            location: slot.offer.location.clone().filter(|_| !video),
            zone: slot.offer.zone_name.clone(),
        };
        let day = day_in(time.starts_at, zone);
        match days.last_mut().filter(|last| last.day == day) {
            Some(last) => last.times.push(time),
            None => days.push(OfferedDay {
                day,
                times: vec![time],
            }),
        }
    }
    Ok(days)
}

/// When a day begins, in milliseconds since 1970. One that begins after the last instant there is
/// begins at [`i64::MAX`].
fn start_of(day: Day, zone: &TimeZone) -> i64 {
    let start = day.date().to_zoned(zone.clone());
    start.map_or(i64::MAX, |start| {
        Timestamp::from(start.timestamp()).as_millis()
    })
}

fn end_of(day: Day, zone: &TimeZone) -> i64 {
    // Nothing comes after the last day that there is.
    day.plus(1).map_or(i64::MAX, |next| start_of(next, zone))
}
