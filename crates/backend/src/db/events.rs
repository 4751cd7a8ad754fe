//! Events: appointments and whatever else takes place.

use api_types::{CustomerId, Day, EventId, InvoiceId, Money, Timestamp};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, Iterable,
    QueryFilter, QuerySelect, Statement,
};

use super::entities::events::{ActiveModel, Column, Entity};
use super::{DbError, ReadTx, WriteTx, allocate, stored};

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
    /// Whether the provider waits for the customer's word.
    pub needs_confirmation: bool,
    /// When the customer confirmed to come.
    pub confirmed_at: Option<Timestamp>,
}

/// What an event costs, and what of that is there already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFee {
    /// What it is.
    pub title: String,
    /// What it costs, if anything.
    pub fee: Option<Money>,
    /// The invoice that it is on by now.
    pub invoice: Option<InvoiceId>,
    /// Whether it can be paid ahead: it is booked, and not invoiced yet.
    pub is_payable: bool,
    /// Whether money can be kept for it: it is not cancelled, and not invoiced yet.
    pub can_hold: bool,
    /// Completed money that is kept for it, in minor units.
    pub held: i64,
    /// Pending money for it, in minor units.
    pub pending: i64,
}

impl EventFee {
    /// What of the fee nothing has paid and nothing is on its way to; `None` where the event
    /// cannot be paid ahead.
    pub fn unpaid(&self) -> Option<Money> {
        let fee = self.fee.filter(|_| self.is_payable)?;
        let minor = fee.minor() - self.held - self.pending;
        Some(Money::from_minor(minor.max(0), fee.currency()))
    }
}

#[derive(FromQueryResult)]
struct FeeRow {
    title: String,
    status: String,
    fee_minor: Option<i64>,
    currency: Option<String>,
    invoice_id: Option<String>,
    held: i64,
    pending: i64,
}

/// What a customer's event costs; `None` where there is none, or it is somebody else's.
pub async fn fee(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &EventId,
) -> Result<Option<EventFee>, DbError> {
    let sql = "SELECT title, status, fee_minor, currency, invoice_id,
            (SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT)
                FROM allocations JOIN payments ON payments.id = payment_id
                WHERE event_id = events.id AND payments.status = 'completed') AS held,
            (SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT)
                FROM allocations JOIN payments ON payments.id = payment_id
                WHERE event_id = events.id AND payments.status = 'pending') AS pending
        FROM events WHERE id = $1 AND customer_id = $2";
    let backend = tx.conn().get_database_backend();
    let values = [id.as_str().into(), customer.as_str().into()];
    let statement = Statement::from_sql_and_values(backend, sql, values);
    let row = FeeRow::find_by_statement(statement).one(tx.conn()).await?;
    let Some(row) = row else { return Ok(None) };
    let fee = row.fee_minor.zip(row.currency.as_deref());
    let fee = fee.map(|(minor, currency)| stored::money(minor, currency));
    let is = |status: EventStatus| row.status == status.stored();
    Ok(Some(EventFee {
        fee: fee.transpose()?.filter(Money::is_positive),
        is_payable: is(EventStatus::Booked) && row.invoice_id.is_none(),
        can_hold: !is(EventStatus::Cancelled) && row.invoice_id.is_none(),
        invoice: stored::parsed_option(row.invoice_id.as_deref())?,
        title: row.title,
        held: row.held,
        pending: row.pending,
    }))
}

/// Notes that a customer confirmed to come, and returns when that was, and whether it is new:
/// the first time counts. `None` where the event is cancelled.
pub async fn confirm(
    tx: &WriteTx,
    id: &EventId,
    now: Timestamp,
) -> Result<Option<(Timestamp, bool)>, DbError> {
    let changed = Entity::update_many()
        .col_expr(Column::ConfirmedAt, Expr::value(now.as_millis()))
        .filter(Column::Id.eq(id.as_str()))
        .filter(Column::ConfirmedAt.is_null())
        .filter(Column::Status.ne(EventStatus::Cancelled.stored()))
        .exec(tx.conn())
        .await?;
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    let takes_place = row.filter(|row| row.status != EventStatus::Cancelled.stored());
    let confirmed = takes_place.and_then(|row| row.confirmed_at);
    let Some(at) = confirmed.map(stored::instant).transpose()? else {
        return Ok(None);
    };
    Ok(Some((at, changed.rows_affected > 0)))
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

/// Adds an event, or changes a known one. What is kept for it moves to the invoice that it is
/// on now, and is credit once it is cancelled. What the customer confirmed stays confirmed.
pub async fn put(tx: &WriteTx, new: &NewEvent, now: Timestamp) -> Result<(), DbError> {
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
        needs_confirmation: Set(new.needs_confirmation),
        confirmed_at: Set(new.confirmed_at.map(Timestamp::as_millis)),
    };
    let stays =
        |column: &Column| !matches!(column, Column::ConfirmedAt if new.confirmed_at.is_none());
    let known = OnConflict::column(Column::Id)
        .update_columns(Column::iter().filter(stays))
        .to_owned();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    allocate::event_changed(tx, &new.id, new.invoice.as_ref(), now).await
}
