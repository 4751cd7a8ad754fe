//! What is offered week by week: the provider's own rows, put in as they come.

use api_types::{Day, Money, Weekday};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, Iterable, PaginatorTrait, QueryFilter, QueryOrder,
};

use super::entities::offers::{ActiveModel, Column, Entity, Model};
use super::{DbError, ReadTx, WriteTx};

/// The weekly times of one person for one service, to add or to change.
#[derive(Clone, Debug)]
pub struct NewOffer {
    /// The provider's own id.
    pub id: String,
    /// What is offered.
    pub service: String,
    /// Whose time it is.
    pub person: String,
    /// On which day of the week.
    pub weekday: Weekday,
    /// From when on, in minutes since midnight by the clock of `zone`.
    pub from_minute: u16,
    /// Until when, in minutes since midnight; the last event ends then or before.
    pub to_minute: u16,
    /// The IANA name of the zone whose clock is meant.
    pub zone: String,
    /// How long an event lasts, in minutes.
    pub minutes: u16,
    /// How far the beginnings are apart, in minutes.
    pub every_minutes: u16,
    /// Where; `None` where it is offered by video alone.
    pub location: Option<String>,
    /// Whether it is offered by video.
    pub video: bool,
    /// What an event costs.
    pub fee: Option<Money>,
    /// What is to be paid for a time to be booked, in the same currency.
    pub deposit: Option<Money>,
    /// The first day on which it holds.
    pub first_on: Option<Day>,
    /// The last day on which it holds.
    pub last_on: Option<Day>,
    /// Whether it is only for customers who have had the service.
    pub known_only: bool,
}

/// Adds an offer, or changes a known one.
///
/// # Errors
/// [`DbError::TooLarge`] if fee or deposit is beyond its bound; otherwise as the database fails.
pub async fn put(tx: &WriteTx, new: &NewOffer) -> Result<(), DbError> {
    let money = new.fee.or(new.deposit);
    let row = ActiveModel {
        id: Set(new.id.clone()),
        service: Set(new.service.clone()),
        person: Set(new.person.clone()),
        weekday: Set(new.weekday.number().into()),
        from_minute: Set(new.from_minute.into()),
        to_minute: Set(new.to_minute.into()),
        zone: Set(new.zone.clone()),
        minutes: Set(new.minutes.into()),
        every_minutes: Set(new.every_minutes.into()),
        location: Set(new.location.clone()),
        video: Set(new.video),
        fee_minor: Set(new.fee.map(|fee| fee.minor())),
        deposit_minor: Set(new.deposit.map(|deposit| deposit.minor())),
        currency: Set(money.map(|money| money.currency().to_string())),
        first_on: Set(new.first_on.map(|day| day.to_string())),
        last_on: Set(new.last_on.map(|day| day.to_string())),
        known_only: Set(new.known_only),
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

/// Whether there is an offer of that id.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn exists(tx: &ReadTx, id: &str) -> Result<bool, DbError> {
    let row = Entity::find_by_id(id).one(tx.conn()).await?;
    Ok(row.is_some())
}

/// Whether anything is offered by somebody of that name.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn has_person(tx: &ReadTx, name: &str) -> Result<bool, DbError> {
    let rows = Entity::find().filter(Column::Person.eq(name));
    Ok(rows.count(tx.conn()).await? > 0)
}

/// The id of another offer of the same service with another length or price, if neither has ended.
/// Customers see length and price before they choose a time, so a service has one of each.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn at_odds(tx: &ReadTx, id: &str, today: Day) -> Result<Option<String>, DbError> {
    let has_ended = |row: &Model| {
        let last = row.last_on.as_ref();
        last.is_some_and(|last| *last < today.to_string())
    };
    let this = Entity::find_by_id(id).one(tx.conn()).await?;
    let Some(this) = this.filter(|row| !has_ended(row)) else {
        return Ok(None);
    };
    let others = Entity::find()
        .filter(Column::Service.eq(&this.service))
        .filter(Column::Id.ne(id))
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    let terms = |row: &Model| {
        let price = (row.fee_minor, row.deposit_minor, row.currency.clone());
        (row.minutes, price)
    };
    let mut others = others.into_iter();
    let other = others.find(|other| !has_ended(other) && terms(other) != terms(&this));
    Ok(other.map(|other| other.id))
}
