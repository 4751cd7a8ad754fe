//! Calendars drawn by numbers, and their rows: of every status, in several zones, with and
//! without hours, money, an invoice, a checkout.

use api_types::{Day, EventStatus, PaymentStatus, Timestamp};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel as _};

use super::{SERVICES, TODAY};
use crate::clock::day_in;
use crate::db::entities::{checkout_items, checkouts, events as rows};
use crate::db::tests::portal::{Portal, id, invoice, money, payment, terms};
use crate::db::{allocate, payments};

const ZONES: [&str; 3] = ["Europe/Dublin", "America/New_York", "Pacific/Kiritimati"];

/// An event, told by numbers.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    /// When it begins, in quarters of an hour from now.
    begins: i64,
    /// How many quarters it lasts.
    lasts: i64,
    all_day: bool,
    zone: usize,
    service: usize,
    pub(super) status: usize,
    /// When its time runs out, in minutes from now.
    pub(super) holds: i64,
    fee: Option<i64>,
    deposit: Option<i64>,
    invoiced: bool,
    paid: i64,
    pending: i64,
    pub(super) locked: bool,
}

pub(super) fn drawn() -> impl Strategy<Value = Drawn> {
    let time = (
        -400..400_i64,
        0..150_i64,
        any::<bool>(),
        0..3_usize,
        0..3_usize,
    );
    let money = (
        prop::option::of(1..200_i64),
        prop::option::of(1..100_i64),
        prop::bool::weighted(0.2),
        prop_oneof![2 => Just(0), 1 => 1..200_i64],
        prop_oneof![2 => Just(0), 1 => 1..200_i64],
    );
    (
        time,
        0..8_usize,
        -20..20_i64,
        money,
        prop::bool::weighted(0.2),
    )
        .prop_map(
            |((begins, lasts, all_day, zone, service), status, holds, money, locked)| {
                let (fee, deposit, invoiced, paid, pending) = money;
                let (all_day, locked) = (all_day && lasts % 3 == 0, locked && !invoiced);
                Drawn {
                    begins,
                    lasts,
                    all_day,
                    zone,
                    service,
                    status,
                    holds,
                    fee,
                    deposit,
                    invoiced,
                    paid,
                    pending,
                    locked,
                }
            },
        )
}

pub(super) async fn portal_with(all: &[Drawn]) -> Portal {
    let portal = Portal::with(&["ann", "bob"]).await;
    portal
        .issue(&invoice("inv", "ann", "1.00 EUR", "2026-11-01"))
        .await;
    portal
        .issue(&invoice("part", "ann", "9.00 EUR", "2026-12-01"))
        .await;
    let paid = payment("pays-inv", "ann", "1.00 EUR", PaymentStatus::Completed);
    portal.pay(&paid, &[("inv", "1.00 EUR")]).await;
    for (number, drawn) in all.iter().enumerate() {
        add(&portal, number, drawn).await;
    }
    // Somebody else's calendar is in nobody's way.
    if let Some(first) = all.first() {
        let mut theirs = row(900, first);
        theirs.customer_id = "bob".to_owned();
        theirs.invoice_id = None;
        insert(&portal, theirs).await;
    }
    portal
}

async fn insert(portal: &Portal, row: rows::Model) {
    portal
        .write(async |tx| {
            rows::Entity::insert(row.into_active_model())
                .exec_without_returning(tx.conn())
                .await?;
            Ok(())
        })
        .await;
}

/// The row of a drawn event.
fn row(number: usize, drawn: &Drawn) -> rows::Model {
    let now = terms(TODAY).now;
    let quarter = |n: i64| Timestamp::from_millis(now.as_millis() + n * 900_000).unwrap();
    let zone_name = ZONES[drawn.zone];
    let zone = TimeZone::get(zone_name).unwrap();
    let (mut from, mut to) = (quarter(drawn.begins), quarter(drawn.begins + drawn.lasts));
    let mut days = None;
    if drawn.all_day {
        let (first, last) = (day_in(from, &zone), day_in(to, &zone));
        let midnight = |day: Day| day.date().to_zoned(zone.clone()).unwrap().timestamp();
        from = midnight(first).into();
        to = midnight(last.date().tomorrow().unwrap().into()).into();
        days = Some((first, last));
    }
    let status = EventStatus::ALL[drawn.status];
    rows::Model {
        id: format!("E-{number:02}"),
        customer_id: "ann".to_owned(),
        service: SERVICES[drawn.service].to_owned(),
        title: "A visit".to_owned(),
        starts_at: from.as_millis(),
        ends_at: to.as_millis(),
        zone: zone_name.to_owned(),
        first_on: days.map(|(first, _)| first.to_string()),
        last_on: days.map(|(_, last)| last.to_string()),
        location: None,
        video: false,
        video_url: None,
        people: String::new(),
        host: None,
        status: status.as_str().to_owned(),
        hold_until: (status == EventStatus::Held).then(|| now.as_millis() + drawn.holds * 60_000),
        fee_minor: drawn.fee,
        deposit_minor: drawn.deposit,
        currency: Some("EUR".to_owned()),
        deposit_due_on: drawn
            .deposit
            .map(|on| format!("2026-11-{:02}", on % 28 + 1)),
        invoice_id: drawn
            .invoiced
            .then(|| ["inv", "part"][number % 2].to_owned()),
        needs_confirmation: false,
        confirmed_at: None,
        note: None,
        customer_note: None,
        requested_at: None,
        moves: 0,
        sequence: 0,
        changed_at: now.as_millis(),
    }
}

async fn add(portal: &Portal, number: usize, drawn: &Drawn) {
    let row = row(number, drawn);
    let event = row.id.clone();
    insert(portal, row).await;
    for (kind, minor, status) in [
        ("paid", drawn.paid, PaymentStatus::Completed),
        ("sent", drawn.pending, PaymentStatus::Pending),
    ] {
        if minor == 0 {
            continue;
        }
        let cents = format!("{}.{:02} EUR", minor / 100, minor % 100);
        let new = payment(&format!("{kind}-{number}"), "ann", &cents, status);
        portal
            .write(async |tx| {
                payments::insert(tx, &new).await?;
                let of = (&new.id, &id(&event));
                allocate::to_event(tx, of.0, of.1, money(&cents), new.created_at).await
            })
            .await;
    }
    if drawn.locked {
        lock(portal, &event).await;
    }
}

/// A checkout that is open on an event.
async fn lock(portal: &Portal, event: &str) {
    let checkout = checkouts::ActiveModel {
        id: Set(format!("co-{event}")),
        customer_id: Set("ann".to_owned()),
        kind: Set("event".to_owned()),
        event_id: Set(Some(event.to_owned())),
        currency: Set("EUR".to_owned()),
        total_minor: Set(1),
        surcharge_minor: Set(0),
        credit_minor: Set(0),
        method: Set("card".to_owned()),
        method_kind: Set("card".to_owned()),
        description: Set("A visit".to_owned()),
        status: Set("open".to_owned()),
        created_at: Set(0),
        expires_at: Set(1),
        updated_at: Set(0),
        ..Default::default()
    };
    let item = checkout_items::ActiveModel {
        checkout_id: Set(format!("co-{event}")),
        position: Set(0),
        item_key: Set(format!("event:{event}")),
        event_id: Set(Some(event.to_owned())),
        invoice_id: Set(None),
        amount_minor: Set(1),
        locked: Set(true),
    };
    portal
        .write(async |tx| {
            checkouts::Entity::insert(checkout)
                .exec_without_returning(tx.conn())
                .await?;
            checkout_items::Entity::insert(item)
                .exec_without_returning(tx.conn())
                .await?;
            Ok(())
        })
        .await;
}
