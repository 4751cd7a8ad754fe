//! Asking for an offered time.

use std::collections::BTreeSet;

use api_types::{CustomerId, EventId, EventStatus, Money, RequestEvent};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::choices::{attendees, open};
use super::error::BookingError;
use super::search::{Search, Slot, Wanted};
use crate::db::entities::events::{ActiveModel, Entity};
use crate::db::{DbError, Terms, WriteTx};
use crate::settings::Requests;

/// Adds an event at a time that is free: booked, requested, or held for its deposit. The caller has
/// to write the times that have run out before ([`super::let_lapse`]).
///
/// # Errors
/// [`BookingError::Off`] if requests are switched off, [`BookingError::Field`] if the note is too
/// long or an attendee is unknown or named twice, [`BookingError::NotChangeable`] if the customer
/// has as many open requests as may be, [`BookingError::TimeTaken`] if the time is not free or not
/// offered, [`BookingError::TermsChanged`] if the fee is not the one displayed,
/// [`BookingError::Broken`] if the database fails or a stored value cannot be read.
pub async fn ask(
    tx: &WriteTx,
    customer: &CustomerId,
    id: &EventId,
    request: &RequestEvent,
    terms: &Terms,
) -> Result<(), BookingError> {
    if terms.calendar.requests == Requests::Off {
        return Err(BookingError::Off);
    }
    let characters = request
        .note
        .as_deref()
        .map_or(0, |note| note.chars().count());
    if characters > RequestEvent::MOST_NOTE_CHARACTERS {
        return Err(BookingError::Field("note", "too_long"));
    }
    let choices = attendees(tx, customer).await?;
    let different: BTreeSet<_> = request.attendees.iter().collect();
    let known = different.iter().all(|name| choices.contains(name));
    if !known || different.len() != request.attendees.len() {
        return Err(BookingError::Field("attendees", "invalid"));
    }
    if open(tx, customer, terms.now).await? >= terms.calendar.most_open {
        return Err(BookingError::NotChangeable);
    }
    let wanted = Wanted {
        customer,
        service: &request.service,
        video: request.video,
        moving: None,
    };
    let search = Search::read(tx, wanted, terms).await?;
    let slot = search.slot(&request.person, request.starts_at);
    let slot = slot.ok_or(BookingError::TimeTaken)?;
    if slot.offer.fee != request.displayed_fee {
        return Err(BookingError::TermsChanged);
    }
    let row = new_row(id, customer, request, &slot, terms)?;
    let added = Entity::insert(row).exec_without_returning(tx.conn()).await;
    match added.map_err(DbError::from) {
        Ok(_) => Ok(()),
        Err(DbError::Taken(_)) => Err(BookingError::TimeTaken),
        Err(error) => Err(error.into()),
    }
}

fn new_row(
    id: &EventId,
    customer: &CustomerId,
    request: &RequestEvent,
    slot: &Slot,
    terms: &Terms,
) -> Result<ActiveModel, DbError> {
    let offer = &slot.offer;
    let (status, hold_until) = match (offer.deposit, terms.calendar.requests) {
        (Some(_), _) => (
            EventStatus::Held,
            Some(terms.now.plus(terms.calendar.hold).as_millis()),
        ),
        (None, Requests::Book) => (EventStatus::Booked, None),
        (None, _) => (EventStatus::Requested, None),
    };
    let people = std::iter::once(&offer.person).chain(&request.attendees);
    let people: Vec<_> = people.map(String::as_str).collect();
    let note = request
        .note
        .as_deref()
        .map(str::trim)
        .filter(|n| !n.is_empty());
    let now = terms.now.as_millis();
    Ok(ActiveModel {
        id: Set(id.to_string()),
        customer_id: Set(customer.to_string()),
        service: Set(offer.service.clone()),
        title: Set(offer.service.clone()),
        starts_at: Set(slot.span.from),
        ends_at: Set(slot.span.to),
        zone: Set(offer.zone_name.clone()),
        location: Set(offer.location.clone().filter(|_| !request.video)),
        video: Set(request.video),
        people: Set(people.join("\n")),
        host: Set(Some(offer.person.clone())),
        status: Set(status.as_str().to_owned()),
        hold_until: Set(hold_until),
        fee_minor: Set(offer.fee.map(|fee| fee.minor())),
        deposit_minor: Set(offer.deposit.map(|deposit| deposit.minor())),
        currency: Set(offer.fee.map(|fee: Money| fee.currency().to_string())),
        needs_confirmation: Set(false),
        customer_note: Set(note.map(str::to_owned)),
        requested_at: Set(Some(now)),
        moves: Set(0),
        sequence: Set(0),
        changed_at: Set(now),
        ..Default::default()
    })
}
