//! Moving an event to another offered time.

use api_types::{CustomerId, EventId, RescheduleEvent};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::change::{reschedule_terms, row};
use super::error::BookingError;
use super::search::{Search, Wanted};
use crate::db::entities::events::{Column, Entity, Model};
use crate::db::{DbError, Terms, WriteTx};

/// Moves an event to another offered time. Its service, its money and its attendees stay.
///
/// # Errors
/// [`BookingError::NotFound`] if the customer has no such event, [`BookingError::NotChangeable`] if
/// it cannot be moved now, [`BookingError::TimeTaken`] if the time is not free or not offered,
/// [`BookingError::Broken`] if the database fails or a stored value cannot be read.
pub async fn reschedule(
    tx: &WriteTx,
    customer: &CustomerId,
    id: &EventId,
    to: &RescheduleEvent,
    terms: &Terms,
) -> Result<(), BookingError> {
    let known = row(tx, customer, id).await?;
    if !reschedule_terms(tx, &known, terms).await?.allowed {
        return Err(BookingError::NotChangeable);
    }
    let wanted = Wanted {
        customer,
        service: &known.service,
        video: known.video,
        moving: Some(id),
    };
    let search = Search::read(tx, wanted, terms).await?;
    let slot = search.slot(&to.person, to.starts_at);
    let slot = slot.ok_or(BookingError::TimeTaken)?;
    let offer = &slot.offer;
    let location = offer.location.clone().filter(|_| !known.video);
    let moved = Entity::update_many()
        .col_expr(Column::StartsAt, Expr::value(slot.span.from))
        .col_expr(Column::EndsAt, Expr::value(slot.span.to))
        // What is moved to an offered time has hours, whatever it had before.
        .col_expr(Column::FirstOn, Expr::value(None::<String>))
        .col_expr(Column::LastOn, Expr::value(None::<String>))
        .col_expr(Column::Zone, Expr::value(offer.zone_name.as_str()))
        .col_expr(Column::Location, Expr::value(location))
        .col_expr(Column::Host, Expr::value(offer.person.as_str()))
        .col_expr(Column::People, Expr::value(people(&known, &offer.person)))
        .col_expr(Column::ConfirmedAt, Expr::value(confirmed(&known)))
        .col_expr(Column::Moves, Expr::col(Column::Moves).add(1))
        .col_expr(Column::Sequence, Expr::col(Column::Sequence).add(1))
        .col_expr(Column::ChangedAt, Expr::value(terms.now.as_millis()))
        .filter(Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await;
    match moved.map_err(DbError::from) {
        Ok(_) => Ok(()),
        Err(DbError::Taken(_)) => Err(BookingError::TimeTaken),
        Err(error) => Err(error.into()),
    }
}

/// Who takes part: whoever's time it takes now, in the place of whoever's it took.
fn people(known: &Model, person: &str) -> String {
    let mut people = vec![person];
    let others = known
        .people
        .lines()
        .filter(|name| Some(*name) != known.host.as_deref() && *name != person);
    people.extend(others);
    people.join("\n")
}

/// The customer's word was for another time.
fn confirmed(known: &Model) -> Option<i64> {
    known.confirmed_at.filter(|_| !known.needs_confirmation)
}
