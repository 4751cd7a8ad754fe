//! What customers request of their calendar, for tests that let anything happen in any order.

use std::time::Duration;

use api_types::{
    CustomerId, EventId, EventStatus, PaymentId, PaymentStatus, RequestEvent, RescheduleEvent,
    SendMessage, Timestamp, Weekday,
};
use proptest::prelude::*;
use sea_orm::{EntityTrait, QueryOrder};

use super::portal::{Portal, at, id, money, payment, terms};
use crate::db::booking::{self, BookingError, Charge};
use crate::db::entities::events::{Column, Entity, Model};
use crate::db::offers::{self, NewOffer};
use crate::db::{DbError, ReadTx, Terms, WriteTx, allocate, events, payments};
use crate::settings::{CalendarSettings, CancelRules, Requests, RescheduleRules};

const TODAY: &str = "2026-11-21";
/// What is offered: with a deposit and without one, and one for nothing.
pub(super) const SERVICES: [&str; 3] = ["Counselling", "Physiotherapy", "A first talk"];
const PEOPLE: [&str; 2] = ["Dr Okafor", "Dr Reyes"];

/// Something that a customer or the provider does. Numbers pick customers, times and rows;
/// what is refused must leave nothing behind.
#[derive(Clone, Debug)]
pub(super) enum CalendarCommand {
    Ask {
        who: usize,
        service: usize,
        person: usize,
        quarter: i64,
    },
    Move {
        event: usize,
        person: usize,
        quarter: i64,
    },
    Cancel {
        event: usize,
    },
    Pay {
        event: usize,
        euro: i64,
        pending: bool,
    },
    Come {
        payment: usize,
    },
    Answer {
        event: usize,
        yes: bool,
    },
    Write {
        event: usize,
    },
    Lapse,
}

pub(super) fn command(customers: usize) -> impl Strategy<Value = CalendarCommand> {
    let (row, person, quarter) = (0..12_usize, 0..2_usize, 0..12_i64);
    prop_oneof![
        6 => (0..customers, 0..3_usize, person.clone(), quarter.clone()).prop_map(
            |(who, service, person, quarter)| CalendarCommand::Ask { who, service, person, quarter }),
        3 => (row.clone(), person, quarter)
            .prop_map(|(event, person, quarter)| CalendarCommand::Move { event, person, quarter }),
        2 => row.clone().prop_map(|event| CalendarCommand::Cancel { event }),
        3 => (row.clone(), 1..120_i64, any::<bool>())
            .prop_map(|(event, euro, pending)| CalendarCommand::Pay { event, euro, pending }),
        1 => row.clone().prop_map(|payment| CalendarCommand::Come { payment }),
        1 => (row.clone(), any::<bool>()).prop_map(|(event, yes)| CalendarCommand::Answer { event, yes }),
        1 => row.prop_map(|event| CalendarCommand::Write { event }),
        1 => Just(CalendarCommand::Lapse),
    ]
}

/// Everybody offers everything on Mondays from 9 to 12, and each quarter of an hour.
pub(super) async fn offer_mondays(portal: &Portal) {
    for (service, deposit) in SERVICES.into_iter().zip([Some("20.00 EUR"), None, None]) {
        for person in PEOPLE {
            let fee = (service != "A first talk").then(|| money("65.00 EUR"));
            let new = NewOffer {
                id: format!("{service} {person}"),
                service: service.to_owned(),
                person: person.to_owned(),
                weekday: Weekday::Monday,
                from_minute: 9 * 60,
                to_minute: 12 * 60,
                zone: "Europe/Dublin".to_owned(),
                minutes: 45,
                every_minutes: 15,
                location: Some("Quay Street".to_owned()),
                video: false,
                fee,
                deposit: deposit.map(money),
                first_on: None,
                last_on: None,
                known_only: false,
            };
            portal.write(async |tx| offers::put(tx, &new).await).await;
        }
    }
}

/// What can be done at an instant: nearly everything, and cancelling always costs a half.
pub(super) fn terms_at(now: Timestamp, requests: Requests) -> Terms {
    Terms {
        now,
        calendar: CalendarSettings {
            requests,
            lead: Duration::ZERO,
            most_open: 50,
            hold: Duration::from_secs(20 * 60),
            cancel: Some(CancelRules {
                free_before: Duration::from_secs(72 * 3600),
                late_percent: 50,
            }),
            reschedule: Some(RescheduleRules {
                before: Duration::from_secs(3600),
                most: None,
            }),
            discussion: true,
            ..CalendarSettings::default()
        },
        ..terms(TODAY)
    }
}

/// Seven minutes a command, so that held times run out while others go on.
pub(super) fn time_of(nth: usize) -> Timestamp {
    let minutes = i64::try_from(nth).unwrap() * 7;
    let start = at(&format!("{TODAY}T12:00:00Z"));
    Timestamp::from_millis(start.as_millis() + minutes * 60_000).unwrap()
}

/// Does what somebody requests.
pub(super) async fn perform(
    tx: &WriteTx,
    nth: usize,
    command: &CalendarCommand,
    customers: &[&str],
) -> Result<(), DbError> {
    // Half of the time the provider answers first.
    let requests = [Requests::Book, Requests::Ask][nth % 2];
    let terms = terms_at(time_of(nth), requests);
    booking::let_lapse(tx, terms.now).await?;
    match *command {
        CalendarCommand::Pay {
            event,
            euro,
            pending,
        } => pay(tx, nth, (event, euro, pending), &terms).await,
        CalendarCommand::Come { payment } => come(tx, payment, &terms).await,
        CalendarCommand::Answer { event, yes } => match nth_event(tx, event).await? {
            Some((_, event)) if yes => booking::accept(tx, &event, None, terms.now).await,
            Some((_, event)) => booking::decline(tx, &event, Some("No"), terms.now).await,
            None => Ok(()),
        },
        _ => {
            let done = in_the_portal(tx, nth, command, customers, &terms).await;
            done.map_err(|error| match error {
                BookingError::Broken(error) => error,
                refused => DbError::Refused(refused.to_string()),
            })
        }
    }
}

/// What customers do by themselves.
async fn in_the_portal(
    tx: &WriteTx,
    nth: usize,
    command: &CalendarCommand,
    customers: &[&str],
    terms: &Terms,
) -> Result<(), BookingError> {
    if let CalendarCommand::Ask {
        who,
        service,
        person,
        quarter,
    } = *command
    {
        let command = request(SERVICES[service], PEOPLE[person], monday(quarter));
        let event = id(&format!("w{nth}"));
        return booking::ask(tx, &id(customers[who]), &event, &command, terms).await;
    }
    let (CalendarCommand::Move { event, .. }
    | CalendarCommand::Cancel { event }
    | CalendarCommand::Write { event }) = *command
    else {
        return Ok(());
    };
    let Some((who, event)) = nth_event(tx, event).await? else {
        return Ok(());
    };
    match *command {
        CalendarCommand::Move {
            person, quarter, ..
        } => {
            let to = RescheduleEvent {
                person: PEOPLE[person].to_owned(),
                starts_at: monday(quarter),
            };
            booking::reschedule(tx, &who, &event, &to, terms).await
        }
        CalendarCommand::Cancel { .. } => cancel(tx, nth, (&who, &event), terms).await,
        _ => {
            let message = SendMessage {
                subject: "A question".to_owned(),
                text: "What do I bring?".to_owned(),
            };
            booking::send(tx, &who, &event, &message, terms).await
        }
    }
}

/// A request for a time, as a page sends it.
pub(super) fn request(service: &str, person: &str, starts_at: Timestamp) -> RequestEvent {
    RequestEvent {
        service: service.to_owned(),
        person: person.to_owned(),
        starts_at,
        video: false,
        attendees: Vec::new(),
        note: None,
        displayed_fee: (service != "A first talk").then(|| money("65.00 EUR")),
    }
}

/// A quarter of an hour of the next Monday morning.
pub(super) fn monday(quarter: i64) -> Timestamp {
    let nine = at("2026-11-23T09:00:00Z");
    Timestamp::from_millis(nine.as_millis() + quarter * 15 * 60_000).unwrap()
}

/// The events that were asked for and take their time, as rows.
pub(super) async fn taken(tx: &ReadTx, now: Timestamp) -> Result<Vec<Model>, DbError> {
    let mut rows = Entity::find().all(tx.conn()).await?;
    let mut live = Vec::new();
    rows.retain(|row| {
        row.requested_at.is_some() && EventStatus::from_word(&row.status).takes_its_time()
    });
    for row in rows {
        if !booking::has_lapsed(tx, &id(&row.id), now).await? {
            live.push(row);
        }
    }
    Ok(live)
}

async fn cancel(
    tx: &WriteTx,
    nth: usize,
    (who, event): (&CustomerId, &EventId),
    terms: &Terms,
) -> Result<(), BookingError> {
    let found = events::find(tx, who, event, terms).await?.unwrap();
    let charge = Charge {
        payment: id(&format!("c{nth}")),
        told: found.cancel.charge,
    };
    let describe = |title: &str| format!("Late: {title}");
    booking::cancel(tx, who, event, &charge, describe, terms).await
}

/// Money for an event, as it comes out of a checkout.
async fn pay(
    tx: &WriteTx,
    nth: usize,
    (event, euro, pending): (usize, i64, bool),
    terms: &Terms,
) -> Result<(), DbError> {
    let Some((who, event)) = nth_event(tx, event).await? else {
        return Ok(());
    };
    let status = match pending {
        true => PaymentStatus::Pending,
        false => PaymentStatus::Completed,
    };
    let amount = format!("{euro}.00 EUR");
    let new = payment(&format!("d{nth}"), who.as_str(), &amount, status);
    payments::insert(tx, &new).await?;
    allocate::to_event(tx, &new.id, &event, new.total, terms.now).await?;
    booking::secure(tx, &who, &event, terms.calendar.requests, terms.now).await
}

/// The money of a payment that was on its way to an event has come.
async fn come(tx: &WriteTx, nth: usize, terms: &Terms) -> Result<(), DbError> {
    use crate::db::entities::allocations::{Column, Entity};
    use sea_orm::{ColumnTrait, QueryFilter};
    let rows = Entity::find().filter(Column::EventId.is_not_null());
    let rows = rows.order_by_asc(Column::Id).all(tx.conn()).await?;
    let Some(row) = nth.checked_rem(rows.len()).map(|nth| &rows[nth]) else {
        return Ok(());
    };
    let (from, event): (PaymentId, EventId) =
        (id(&row.payment_id), id(row.event_id.as_ref().unwrap()));
    let (who, _) = payments::owner(tx, &from).await?.unwrap();
    let (_, total) = payments::standing(tx, &from).await?.unwrap();
    let arrived = payments::Arrived {
        total,
        surcharge: api_types::Money::zero(total.currency()),
    };
    if payments::complete(tx, &from, terms.now, arrived, None).await? {
        allocate::to_event(tx, &from, &event, total, terms.now).await?;
    }
    booking::secure(tx, &who, &event, terms.calendar.requests, terms.now).await
}

async fn nth_event(tx: &ReadTx, nth: usize) -> Result<Option<(CustomerId, EventId)>, DbError> {
    let rows = Entity::find()
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    let row = nth.checked_rem(rows.len()).map(|nth| &rows[nth]);
    Ok(row.map(|row| (id(&row.customer_id), id(&row.id))))
}
