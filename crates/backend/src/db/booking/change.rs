//! Whether an event can be moved or cancelled, and what that costs: as it is read, and once
//! more in the transaction that does it.

use std::time::Duration;

use api_types::{
    CancelTerms, CustomerId, EventId, EventStatus, Money, NotChangeable, RescheduleTerms, Timestamp,
};
use sea_orm::EntityTrait;

use super::error::BookingError;
use super::holds;
use super::search::{self, Wanted};
use crate::db::entities::events::{Entity, Model};
use crate::db::events::{self, EventFee};
use crate::db::{DbError, ReadTx, Terms, locks, stored};
use crate::settings::CancelRules;

/// Why an event cannot be changed at all, if so, and what money there is for it.
struct Standing {
    reason: Option<NotChangeable>,
    fee: EventFee,
}

/// A customer's event.
pub(super) async fn row(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &EventId,
) -> Result<Model, BookingError> {
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await;
    let row = row.map_err(DbError::from)?;
    row.filter(|row| row.customer_id == customer.as_str())
        .ok_or(BookingError::NotFound)
}

/// Whether an event can be moved.
pub(in crate::db) async fn reschedule_terms(
    tx: &ReadTx,
    row: &Model,
    terms: &Terms,
) -> Result<RescheduleTerms, DbError> {
    let standing = standing(tx, row, terms).await?;
    let Some(rules) = terms.calendar.reschedule else {
        let reason = unchangeable(standing.reason).unwrap_or(NotChangeable::Off);
        return Ok(RescheduleTerms {
            allowed: false,
            reason: Some(reason),
            until: None,
            left: None,
        });
    };
    let until = before(row, rules.before);
    let moves = u32::try_from(row.moves).unwrap_or(u32::MAX);
    let left = rules.most.map(|most| most.saturating_sub(moves));
    let reason = match standing.reason {
        Some(reason) => Some(reason),
        None if left == Some(0) => Some(NotChangeable::TooOften),
        None if until.is_some_and(|until| until <= terms.now) => Some(NotChangeable::TooLate),
        None if !has_offers(tx, row, terms).await? => Some(NotChangeable::NotOffered),
        None => None,
    };
    Ok(RescheduleTerms {
        allowed: reason.is_none(),
        until: until.filter(|_| unchangeable(reason).is_none()),
        left: left.filter(|_| unchangeable(reason).is_none()),
        reason,
    })
}

/// Whether an event can be cancelled, and what becomes of its money.
pub(in crate::db) async fn cancel_terms(
    tx: &ReadTx,
    row: &Model,
    terms: &Terms,
) -> Result<CancelTerms, DbError> {
    let standing = standing(tx, row, terms).await?;
    let rules = terms.calendar.cancel;
    let off = rules.is_none().then_some(NotChangeable::Off);
    let reason = unchangeable(standing.reason).or(off).or(standing.reason);
    let (Some(rules), None) = (rules, reason) else {
        return Ok(CancelTerms {
            allowed: false,
            reason,
            free_until: None,
            charge: None,
            returned: None,
            owed: None,
        });
    };
    let late = late_charge(row, &standing.fee, rules)?;
    let free_until = match late {
        Some(_) => before(row, rules.free_before),
        None => Some(stored::instant(row.starts_at)?),
    };
    let is_free = free_until.is_some_and(|until| terms.now < until);
    let charge = late.filter(|_| !is_free);
    let (charged, held) = (charge.map_or(0, |charge| charge.minor()), standing.fee.held);
    let money = |minor: i64| {
        let currency = standing.fee.fee.map(|fee| fee.currency());
        currency.map(|currency| Money::from_minor(minor.max(0), currency))
    };
    Ok(CancelTerms {
        allowed: true,
        reason: None,
        free_until,
        charge,
        returned: money(held - charged).filter(|_| held > 0),
        owed: money(charged - held).filter(Money::is_positive),
    })
}

/// What it costs to cancel late: of what is only asked for or held, nothing.
fn late_charge(row: &Model, fee: &EventFee, rules: CancelRules) -> Result<Option<Money>, DbError> {
    let is_booked = EventStatus::from_word(&row.status) == EventStatus::Booked;
    let Some(fee) = fee.fee.filter(|_| is_booked) else {
        return Ok(None);
    };
    let hundredfold = i128::from(fee.minor()) * i128::from(rules.late_percent);
    // A half is rounded up.
    let charge = i64::try_from((hundredfold + 50) / 100).map_err(|_| stored::too_large())?;
    Ok(Some(Money::from_minor(charge, fee.currency())).filter(Money::is_positive))
}

async fn standing(tx: &ReadTx, row: &Model, terms: &Terms) -> Result<Standing, DbError> {
    let (customer, id) = (stored::parse(&row.customer_id)?, stored::parse(&row.id)?);
    let fee = events::fee(tx, &customer, &id).await?;
    let fee = fee.ok_or_else(|| DbError::Unreadable(format!("event {id} has gone")))?;
    let status = EventStatus::from_word(&row.status);
    let has_begun = row.starts_at <= terms.now.as_millis();
    let reason = if holds::has_lapsed(tx, &id, terms.now).await? || !status.takes_its_time() {
        Some(NotChangeable::Ended)
    } else if has_begun || !status.is_live() {
        Some(NotChangeable::Over)
    } else if fee.invoice.is_some() {
        Some(NotChangeable::Invoiced)
    } else if fee.pending > 0 || locks::on_event(tx, &id).await?.is_some() {
        Some(NotChangeable::Paying)
    } else {
        None
    };
    Ok(Standing { reason, fee })
}

/// What no setting of the provider's could change.
fn unchangeable(reason: Option<NotChangeable>) -> Option<NotChangeable> {
    reason.filter(|reason| matches!(reason, NotChangeable::Ended | NotChangeable::Over))
}

async fn has_offers(tx: &ReadTx, row: &Model, terms: &Terms) -> Result<bool, DbError> {
    let (customer, id) = (stored::parse(&row.customer_id)?, stored::parse(&row.id)?);
    let wanted = Wanted {
        customer: &customer,
        service: &row.service,
        video: row.video,
        moving: Some(&id),
    };
    search::is_offered(tx, wanted, terms).await
}

/// So long before it begins.
fn before(row: &Model, by: Duration) -> Option<Timestamp> {
    Some(Timestamp::from_millis(row.starts_at)?.minus(by))
}
