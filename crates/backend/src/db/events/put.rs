//! Events that the provider adds or changes.

use api_types::{AllDay, CustomerId, Day, EventId, EventStatus, InvoiceId, Money, Timestamp};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, Iterable, PaginatorTrait, QueryFilter};

use super::standing::Standing;
use crate::db::entities::events::{ActiveModel, Column, Entity, Model};
use crate::db::{DbError, ReadTx, WriteTx, allocate};

/// An event to add or to change.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// The provider's own id.
    pub id: EventId,
    /// Whose it is.
    pub customer: CustomerId,
    /// What kind of thing it is, as the provider calls it.
    pub service: String,
    /// Its title.
    pub title: String,
    /// When it starts.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// The IANA name of the zone whose clock the people there look at.
    pub zone: String,
    /// Its days, where it has no hours; `starts_at` and `ends_at` are then midnights in `zone`.
    pub all_day: Option<AllDay>,
    /// Where.
    pub location: Option<String>,
    /// Whether it is a video session.
    pub video: bool,
    /// Where that is, once there is an address.
    pub video_url: Option<String>,
    /// Who takes part beside the customer.
    pub people: Vec<String>,
    /// Whose time it takes: the person of an offer.
    pub host: Option<String>,
    /// What became of it.
    pub status: EventStatus,
    /// What it costs.
    pub fee: Option<Money>,
    /// What is to be paid before it, in the same currency.
    pub deposit: Option<Money>,
    /// The last day to pay that.
    pub deposit_due_on: Option<Day>,
    /// The invoice that it is on.
    pub invoice: Option<InvoiceId>,
    /// Whether the provider waits for the customer's word.
    pub needs_confirmation: bool,
    /// When the customer confirmed to come.
    pub confirmed_at: Option<Timestamp>,
    /// The provider's words about it.
    pub note: Option<String>,
}

/// Adds an event, or changes a known one. What is kept for it moves to the invoice that it is on
/// now, and is credit once the event is cancelled. What the customer confirmed stays confirmed. If
/// other calendars have to show the change, its sequence number rises (RFC 5545, SEQUENCE).
///
/// # Errors
/// [`DbError::Taken`] if its host has another event then that was requested in the portal;
/// nothing is written then, and the transaction may go on.
/// [`DbError::TooLarge`] if an amount is beyond its bound, [`DbError::Unreadable`] if a stored
/// value cannot be read; otherwise as the database fails.
pub async fn put(tx: &WriteTx, new: &NewEvent, now: Timestamp) -> Result<(), DbError> {
    let money = new.fee.or(new.deposit);
    let old = Entity::find_by_id(new.id.as_str()).one(tx.conn()).await?;
    let (sequence, changed_at) = match &old {
        Some(old) if changes_other_calendars(old, new) => (old.sequence + 1, now.as_millis()),
        Some(old) => (old.sequence, old.changed_at),
        None => (0, now.as_millis()),
    };
    let was_asked_for = old.as_ref().is_some_and(|old| old.requested_at.is_some());
    if was_asked_for && is_time_taken(tx, new).await? {
        return Err(DbError::Taken(format!("the time of event {}", new.id)));
    }
    let row = ActiveModel {
        id: Set(new.id.to_string()),
        customer_id: Set(new.customer.to_string()),
        service: Set(new.service.clone()),
        title: Set(new.title.clone()),
        starts_at: Set(new.starts_at.as_millis()),
        ends_at: Set(new.ends_at.as_millis()),
        zone: Set(new.zone.clone()),
        location: Set(new.location.clone()),
        first_on: Set(new.all_day.map(|days| days.first.to_string())),
        last_on: Set(new.all_day.map(|days| days.last.to_string())),
        video: Set(new.video),
        video_url: Set(new.video_url.clone()),
        people: Set(new.people.join("\n")),
        host: Set(new.host.clone()),
        status: Set(new.status.as_str().to_owned()),
        fee_minor: Set(new.fee.map(|fee| fee.minor())),
        deposit_minor: Set(new.deposit.map(|deposit| deposit.minor())),
        currency: Set(money.map(|money| money.currency().to_string())),
        deposit_due_on: Set(new.deposit_due_on.map(|day| day.to_string())),
        invoice_id: Set(new.invoice.as_ref().map(ToString::to_string)),
        needs_confirmation: Set(new.needs_confirmation),
        confirmed_at: Set(new.confirmed_at.map(Timestamp::as_millis)),
        note: Set(new.note.clone()),
        sequence: Set(sequence),
        changed_at: Set(changed_at),
        ..Default::default()
    };
    let stays = |column: &Column| match column {
        Column::ConfirmedAt => new.confirmed_at.is_some(),
        // What came about in the portal is not the provider's to say.
        Column::CustomerNote | Column::RequestedAt | Column::Moves => false,
        _ => true,
    };
    let known = OnConflict::column(Column::Id)
        .update_columns(Column::iter().filter(stays))
        .to_owned();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    allocate::event_changed(tx, &new.id, new.invoice.as_ref(), now).await
}

/// Whether another event that was asked for takes the host's time, which is refused by reading it:
/// a transaction whose statement has failed cannot go on in every database.
async fn is_time_taken(tx: &ReadTx, new: &NewEvent) -> Result<bool, DbError> {
    let takes_time = [
        EventStatus::Requested,
        EventStatus::Held,
        EventStatus::Booked,
    ];
    let (Some(host), true) = (&new.host, takes_time.contains(&new.status)) else {
        return Ok(false);
    };
    let others = Entity::find()
        .filter(Column::Host.eq(host.as_str()))
        .filter(Column::StartsAt.eq(new.starts_at.as_millis()))
        .filter(Column::RequestedAt.is_not_null())
        .filter(Column::Status.is_in(takes_time.map(EventStatus::as_str)))
        .filter(Column::Id.ne(new.id.as_str()));
    Ok(others.count(tx.conn()).await? > 0)
}

/// Whether other calendars show something else of an event than it is now.
fn changes_other_calendars(old: &Model, new: &NewEvent) -> bool {
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let standing = Standing::of(EventStatus::from_word(&old.status));
    let place = old.location != new.location || old.video_url != new.video_url;
    let time = (old.starts_at, old.ends_at) != (new.starts_at.as_millis(), new.ends_at.as_millis())
        || old.zone != new.zone
        || old.first_on != day(new.all_day.map(|days| days.first))
        || old.last_on != day(new.all_day.map(|days| days.last));
    old.title != new.title || place || time || standing != Standing::of(new.status)
}
