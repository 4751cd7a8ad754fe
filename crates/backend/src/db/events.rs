//! Events: appointments and whatever else takes place.

use api_types::{CustomerId, Day, EventId, InvoiceId, Money, Timestamp};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, Iterable, QuerySelect};

use super::entities::events::{ActiveModel, Column, Entity};
use super::{DbError, ReadTx, WriteTx, stored};

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventStatus {
    /// It is to take place, or nobody has said yet that it did.
    Booked,
    /// The customer was there.
    Attended,
    /// The customer was not there.
    NoShow,
    /// It does not take place.
    Cancelled,
}

impl EventStatus {
    /// Every state, with its word in files and in the database.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Booked, "booked"),
        (Self::Attended, "attended"),
        (Self::NoShow, "no_show"),
        (Self::Cancelled, "cancelled"),
    ];

    fn stored(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Attended => "attended",
            Self::NoShow => "no_show",
            Self::Cancelled => "cancelled",
        }
    }
}

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
    /// Where.
    pub location: Option<String>,
    /// Where, if it is on a screen.
    pub video_url: Option<String>,
    /// Who takes part.
    pub people: Option<String>,
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
}

/// Whose event it is; `None` where there is none.
pub async fn owner(tx: &ReadTx, id: &EventId) -> Result<Option<CustomerId>, DbError> {
    let owner: Option<String> = Entity::find_by_id(id.as_str())
        .select_only()
        .column(Column::CustomerId)
        .into_tuple()
        .one(tx.conn())
        .await?;
    stored::parsed_option(owner.as_deref())
}

/// Adds an event, or changes a known one.
pub async fn put(tx: &WriteTx, new: &NewEvent) -> Result<(), DbError> {
    let money = new.fee.or(new.deposit);
    let row = ActiveModel {
        id: Set(new.id.to_string()),
        customer_id: Set(new.customer.to_string()),
        service: Set(new.service.clone()),
        title: Set(new.title.clone()),
        starts_at: Set(new.starts_at.as_millis()),
        ends_at: Set(new.ends_at.as_millis()),
        zone: Set(new.zone.clone()),
        location: Set(new.location.clone()),
        video_url: Set(new.video_url.clone()),
        people: Set(new.people.clone()),
        status: Set(new.status.stored().to_owned()),
        fee_minor: Set(new.fee.map(|fee| fee.minor())),
        deposit_minor: Set(new.deposit.map(|deposit| deposit.minor())),
        currency: Set(money.map(|money| money.currency().to_string())),
        deposit_due_on: Set(new.deposit_due_on.map(|day| day.to_string())),
        invoice_id: Set(new.invoice.as_ref().map(ToString::to_string)),
    };
    let known = OnConflict::column(Column::Id)
        .update_columns(Column::iter())
        .to_owned();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}
