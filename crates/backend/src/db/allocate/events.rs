//! Money that is kept for events which are not invoiced yet, and what becomes of it.

use api_types::{EventId, InvoiceId, Money, PaymentId, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::release::take_out;
use super::room::{payment_row, room, room_for_event};
use super::{Target, take};
use crate::db::entities::allocations::{Column, Entity};
use crate::db::{DbError, WriteTx, stored};

/// Keeps money of a payment for an event: as much as is asked for, as the payment has left,
/// and as nothing has paid of the fee yet. Returns how much that was.
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

/// An event has changed, so what is kept for it is given its place anew, the oldest first:
/// with the invoice that the event is on now, else with the event as long as it takes place,
/// up to its fee. The rest is credit.
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
        let payment = stored::parsed(&row.payment_id)?;
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
