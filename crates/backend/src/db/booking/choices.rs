//! What a customer can ask for, whatever times are free.

use std::collections::BTreeMap;

use api_types::{BookingChoices, BookingMode, CustomerId, NotBookable, ServiceOffer, Timestamp};
use sea_orm::{ConnectionTrait, EntityTrait, Statement};

use super::error::BookingError;
use super::offer::{Offer, offers};
use super::search::is_known;
use crate::db::entities::customers::Entity;
use crate::db::events::lapsed_sql;
use crate::db::{DbError, ReadTx, Terms, customers};
use crate::settings::Requests;

/// What a customer can ask for: services, attendees, and how many requests are open.
///
/// # Errors
/// [`BookingError::Off`] if requests are switched off, [`BookingError::Broken`] if there is no such
/// customer, a stored value cannot be read, or the database fails.
pub async fn choices(
    tx: &ReadTx,
    customer: &CustomerId,
    terms: &Terms,
) -> Result<BookingChoices, BookingError> {
    if terms.calendar.requests == Requests::Off {
        return Err(BookingError::Off);
    }
    let services = services(tx, customer, terms).await?;
    let open = open(tx, customer, terms.now).await?;
    let most_open = terms.calendar.most_open;
    let reason = if services.is_empty() {
        Some(NotBookable::NothingOffered)
    } else if open >= most_open {
        Some(NotBookable::TooMany)
    } else {
        None
    };
    Ok(BookingChoices {
        services,
        attendees: attendees(tx, customer).await?,
        open,
        most_open,
        reason,
        version: customers::version(tx, customer).await?,
    })
}

/// How many requests and held times a customer has. What nobody has answered until it was
/// over is none of them.
pub(super) async fn open(
    tx: &ReadTx,
    customer: &CustomerId,
    now: Timestamp,
) -> Result<u32, DbError> {
    let sql = format!(
        "SELECT COUNT(*) AS open FROM events
        WHERE customer_id = $1 AND status IN ('requested', 'held') AND ends_at > $2
            AND requested_at IS NOT NULL AND NOT {}",
        lapsed_sql(now)
    );
    let backend = tx.conn().get_database_backend();
    let values = [customer.as_str().into(), now.as_millis().into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let row = tx.conn().query_one_raw(statement).await?;
    let open: i64 = row.map_or(Ok(0), |row| row.try_get("", "open"))?;
    Ok(u32::try_from(open).unwrap_or(u32::MAX))
}

/// Who may come along, in the provider's own words.
pub(super) async fn attendees(tx: &ReadTx, customer: &CustomerId) -> Result<Vec<String>, DbError> {
    let row = Entity::find_by_id(customer.as_str()).one(tx.conn()).await?;
    let names = row.map(|row| row.attendees).unwrap_or_default();
    Ok(names.lines().map(str::to_owned).collect())
}

async fn services(
    tx: &ReadTx,
    customer: &CustomerId,
    terms: &Terms,
) -> Result<Vec<ServiceOffer>, DbError> {
    let mut by_name: BTreeMap<String, Vec<Offer>> = BTreeMap::new();
    for offer in offers(tx, None).await? {
        if offer.holds_from(terms.today) {
            by_name
                .entry(offer.service.clone())
                .or_default()
                .push(offer);
        }
    }
    let mut services = Vec::new();
    for (service, mut offers) in by_name {
        let only_known = offers.iter().any(|offer| offer.known_only);
        if only_known && !is_known(tx, customer, &service, terms.now).await? {
            offers.retain(|offer| !offer.known_only);
        }
        services.extend(service_offer(&offers, terms));
    }
    Ok(services)
}

/// A service as customers see it. The import makes sure that all offers of a service that hold
/// on the same days agree in length and price.
fn service_offer(offers: &[Offer], terms: &Terms) -> Option<ServiceOffer> {
    let first = offers.first()?;
    let minutes = |length: std::time::Duration| u32::try_from(length.as_secs() / 60).ok();
    let hold = minutes(terms.calendar.hold).filter(|_| first.deposit.is_some());
    let free = terms
        .calendar
        .cancel
        .and_then(|rules| minutes(rules.free_before));
    Some(ServiceOffer {
        service: first.service.clone(),
        minutes: u32::try_from(first.minutes).unwrap_or(u32::MAX),
        in_person: offers.iter().any(|offer| offer.location.is_some()),
        video: offers.iter().any(|offer| offer.video),
        fee: first.fee,
        deposit: first.deposit,
        hold_minutes: hold,
        mode: match (first.deposit, terms.calendar.requests) {
            (Some(_), _) => BookingMode::Deposit,
            (None, Requests::Book) => BookingMode::Book,
            (None, _) => BookingMode::Ask,
        },
        free_cancel_hours: free.map(|minutes| minutes / 60),
    })
}
