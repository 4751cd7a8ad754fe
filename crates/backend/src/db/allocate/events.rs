//! Money that is kept for events which are not invoiced yet, and what becomes of it.

use api_types::{EventId, InvoiceId, Money, PaymentId, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::release::take_out;
use super::room::{payment_row, room, room_for_event};
use super::{Target, take};
use crate::db::entities::allocations::{Column, Entity};
use crate::db::{DbError, WriteTx, stored};

/// Keeps money of a payment for an event: at most `at_most`, at most what the payment has left, and
/// at most what is still unpaid of the fee. Returns how much was kept.
///
/// # Errors
/// [`DbError::Refused`] if there is no such payment, its customer has no such event, or the
/// currencies differ, [`DbError::Unreadable`] if a stored value cannot be read,
/// [`DbError::TooLarge`] if a sum of amounts is beyond its bound; otherwise as the database fails.
pub async fn to_event(
    tx: &WriteTx,
    payment: &PaymentId,
    event: &EventId,
    at_most: Money,
    at: Timestamp,
) -> Result<Money, DbError> {
    let room = room_for_event(tx, payment, event).await?;
    let target = Target::Event(event.clone());
    take(tx, payment, &target, room, at_most, at).await
}

/// Applies anew what is kept for an event that has changed, the oldest first: to the invoice that
/// the event is on now, else to the event as long as it takes place, up to its fee. The rest is
/// credit, and so is money of another currency than the event has now.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn event_changed(
    tx: &WriteTx,
    event: &EventId,
    invoice: Option<&InvoiceId>,
    now: Timestamp,
) -> Result<(), DbError> {
    let of_event = Column::EventId.eq(event.as_str());
    let rows = Entity::find()
        .filter(of_event.clone())
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    take_out(tx, of_event, &rows).await?;
    for row in rows {
        let payment = stored::parse(&row.payment_id)?;
        let currency = payment_row(tx, &payment).await?.currency;
        let amount = stored::money(row.amount_minor, &currency)?;
        let (target, room, at) = match invoice {
            Some(invoice) => {
                let room = room(tx, &payment, invoice).await;
                (Target::Invoice(invoice.clone()), room, now)
            }
            None => {
                let room = room_for_event(tx, &payment, event).await;
                (Target::Event(event.clone()), room, stored::instant(row.at)?)
            }
        };
        match room {
            Ok(room) => {
                take(tx, &payment, &target, room, amount, at).await?;
            }
            // What is of another currency by now has no place for it.
            Err(DbError::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
