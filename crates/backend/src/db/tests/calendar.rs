//! Any calendar at any moment: every event is in one half, pages and counts agree, and every
//! filter finds what the events themselves say.

use std::collections::BTreeSet;

use api_types::{
    CalendarQuery, Cursor, CustomerId, Day, EventFilters, EventList, EventPage, EventQuery,
    EventStatus, EventSummary, PaymentStatus, Timestamp,
};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel as _};

use super::portal::{Portal, at, id, invoice, money, payment, terms};
use crate::clock::day_in;
use crate::db::entities::{checkout_items, checkouts, events as rows};
use crate::db::{DbError, Terms, allocate, balance, events, home, payments};

const TODAY: &str = "2026-11-21";
const SERVICES: [&str; 3] = ["Massage", "Physio", "Yoga; slow"];
const ZONES: [&str; 3] = ["Europe/Dublin", "America/New_York", "Pacific/Kiritimati"];

/// An event, told by numbers.
#[derive(Clone, Debug)]
struct Drawn {
    /// When it begins, in quarters of an hour from now.
    begins: i64,
    /// How many quarters it lasts.
    lasts: i64,
    all_day: bool,
    zone: usize,
    service: usize,
    status: usize,
    /// When its time runs out, in minutes from now.
    holds: i64,
    fee: Option<i64>,
    deposit: Option<i64>,
    invoiced: bool,
    paid: i64,
    pending: i64,
    locked: bool,
}

fn drawn() -> impl Strategy<Value = Drawn> {
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

async fn portal_with(all: &[Drawn]) -> Portal {
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

async fn page(portal: &Portal, query: EventQuery) -> EventPage {
    let customer: CustomerId = id("ann");
    let terms = terms(TODAY);
    let read = async |tx: &_| events::list(tx, &customer, &query, &terms).await;
    portal.db.read(read).await.unwrap()
}

/// A half from its first page to its last, and its count.
async fn half(portal: &Portal, list: EventList, filters: &EventFilters) -> Vec<EventSummary> {
    let mut found = Vec::new();
    let mut cursor: Option<Cursor> = None;
    loop {
        let mut query = EventQuery::of(list, filters, cursor);
        query.limit = Some(4);
        let page = page(portal, query).await;
        found.extend(page.data);
        let count = match list {
            EventList::Upcoming => page.upcoming,
            _ => page.history,
        };
        match page.next_cursor {
            Some(next) => cursor = Some(next),
            None => {
                assert_eq!(usize::try_from(count).unwrap(), found.len(), "{filters:?}");
                return found;
            }
        }
    }
}

async fn halves(portal: &Portal, filters: &EventFilters) -> [Vec<EventSummary>; 2] {
    [
        half(portal, EventList::Upcoming, filters).await,
        half(portal, EventList::History, filters).await,
    ]
}

/// Whether an event fits some filters, by what it says itself.
fn fits(event: &EventSummary, filters: &EventFilters, terms: &Terms) -> bool {
    let last_moment = event
        .ends_at
        .as_millis()
        .max(event.starts_at.as_millis() + 1)
        - 1;
    let (first, last) = match event.all_day {
        Some(days) => (days.first, days.last),
        None => (
            terms.day_of(event.starts_at),
            terms.day_of(Timestamp::from_millis(last_moment).unwrap()),
        ),
    };
    let balance = event.money.as_ref().map(|money| money.balance);
    filters
        .service
        .as_ref()
        .is_none_or(|of| *of == event.service)
        && filters.status.is_none_or(|of| of == event.status)
        && filters.from.is_none_or(|from| last >= from)
        && filters.to.is_none_or(|to| first <= to)
        && (!filters.unpaid || balance.is_some_and(|balance| balance.is_positive()))
}

fn all_filters(pick: usize) -> Vec<EventFilters> {
    let day = |n: usize| Some(Day::parse(&format!("2026-11-{:02}", 17 + n % 9)).unwrap());
    let mut all = vec![
        EventFilters {
            unpaid: true,
            ..Default::default()
        },
        EventFilters {
            service: Some(SERVICES[pick % 3].to_owned()),
            ..Default::default()
        },
        EventFilters {
            from: day(pick),
            ..Default::default()
        },
        EventFilters {
            to: day(pick),
            ..Default::default()
        },
        EventFilters {
            from: day(pick),
            to: day(pick + pick % 2),
            unpaid: pick.is_multiple_of(2),
            ..Default::default()
        },
    ];
    all.extend(EventStatus::ALL.iter().map(|status| EventFilters {
        status: Some(*status),
        ..Default::default()
    }));
    all
}

fn ids(events: &[EventSummary]) -> Vec<String> {
    events.iter().map(|event| event.id.to_string()).collect()
}

async fn check_halves(all: &[Drawn], pick: usize) {
    let portal = portal_with(all).await;
    let terms = terms(TODAY);
    let [upcoming, history] = halves(&portal, &EventFilters::default()).await;
    let mut every: Vec<_> = upcoming.iter().chain(&history).cloned().collect();
    let once: BTreeSet<_> = ids(&every).into_iter().collect();
    assert_eq!(
        (once.len(), every.len()),
        (all.len(), all.len()),
        "each is there once"
    );
    let key = |event: &EventSummary| (event.starts_at, event.id.clone());
    assert!(upcoming.is_sorted_by_key(key));
    assert!(history.iter().rev().is_sorted_by_key(|event| key(event)));
    for event in &every {
        let coming = event.status.is_live() && event.ends_at > terms.now;
        assert_eq!(upcoming.contains(event), coming, "{event:?}");
        assert_eq!(
            event.hold_until.is_some(),
            event.status == EventStatus::Held
        );
        let drawn = &all[event.id.as_str()[2..].parse::<usize>().unwrap()];
        let was_held = EventStatus::ALL[drawn.status] == EventStatus::Held;
        let kept = drawn.holds > 0 || drawn.locked || event_pending(event);
        if was_held
            && event
                .money
                .as_ref()
                .is_some_and(|money| money.invoice.is_none())
        {
            assert!(kept, "{event:?} has run out");
        }
    }
    for filters in all_filters(pick) {
        let found = halves(&portal, &filters).await;
        for (found, of) in found.iter().zip([&upcoming, &history]) {
            let fitting = of.iter().filter(|event| fits(event, &filters, &terms));
            let expected: Vec<_> = fitting.cloned().collect();
            assert_eq!(ids(found), ids(&expected), "{filters:?}");
        }
    }
    every.sort_by_key(key);
    check_home(&portal, &upcoming).await;
    check_days(&portal, &every, pick).await;
}

fn event_pending(event: &EventSummary) -> bool {
    let money = event.money.as_ref();
    money.is_some_and(|money| money.on_its_way.is_positive())
}

/// Home and My Account say the same.
async fn check_home(portal: &Portal, upcoming: &[EventSummary]) {
    let customer: CustomerId = id("ann");
    let terms = terms(TODAY);
    let (home, balance) = portal
        .db
        .read(async |tx| {
            let home = home::read(tx, &customer, &terms).await?;
            Ok::<_, DbError>((home, balance::read(tx, &customer, &terms).await?))
        })
        .await
        .unwrap();
    assert_eq!(home.next_event.as_ref(), upcoming.first());
    assert_eq!(usize::try_from(home.upcoming).unwrap(), upcoming.len());
    let payable = upcoming.iter().find(|event| {
        let money = event.money.as_ref().filter(|money| money.invoice.is_none());
        let unpaid = money.map_or(0, |money| money.balance.minor() - money.on_its_way.minor());
        event.status != EventStatus::Requested && event.starts_at > terms.now && unpaid > 0
    });
    let next = balance.next_unpaid.map(|next| next.event);
    assert_eq!(next, payable.map(|event| event.id.clone()));
}

/// The days have just the events that touch them.
async fn check_days(portal: &Portal, every: &[EventSummary], pick: usize) {
    let customer: CustomerId = id("ann");
    let terms = terms(TODAY);
    let zone_name = ["Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York"][pick % 3];
    let zone = TimeZone::get(zone_name).unwrap();
    let day = |n: usize| Day::parse(&format!("2026-11-{n:02}")).unwrap();
    let (from, to) = (day(18 + pick % 4), day(21 + pick % 4));
    let query = CalendarQuery::of(from, to, zone_name, &EventFilters::default());
    let read = async |tx: &_| events::days(tx, &customer, &query, &zone, &terms).await;
    let found = portal.db.read(read).await.unwrap();
    let of_zone = Terms { zone, ..terms };
    let within = EventFilters {
        from: Some(from),
        to: Some(to),
        ..Default::default()
    };
    let touching = every.iter().filter(|event| fits(event, &within, &of_zone));
    let expected: Vec<_> = touching.map(|event| event.id.to_string()).collect();
    let placed: Vec<_> = found
        .events
        .iter()
        .map(|of| of.event.id.to_string())
        .collect();
    assert_eq!(placed, expected);
    for place in &found.events {
        assert!(place.first_on <= to && place.last_on >= from, "{place:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn every_event_is_in_one_half_and_every_filter_agrees_with_it(
        all in prop::collection::vec(drawn(), 0..24),
        pick in 0..12_usize,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(check_halves(&all, pick));
    }
}
