//! Any calendar at any moment: every event is in one half, pages and counts agree, and every
//! filter finds what the events themselves say.

mod drawn;

use std::collections::BTreeSet;

use api_types::{
    AllDay, CalendarQuery, Cursor, CustomerId, Day, EventFilters, EventList, EventPage, EventQuery,
    EventStatus, EventSummary, Timestamp,
};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use self::drawn::{Drawn, drawn, portal_with};
use super::portal::{Portal, id, terms};
use crate::db::{DbError, Terms, balance, events, home};

const TODAY: &str = "2026-11-21";
const SERVICES: [&str; 3] = ["Massage", "Physio", "Yoga; slow"];

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
    assert!(history.iter().rev().is_sorted_by_key(key));
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
    check_home(&portal, &upcoming, &every).await;
    check_days(&portal, &every, pick).await;
}

fn event_pending(event: &EventSummary) -> bool {
    let money = event.money.as_ref();
    money.is_some_and(|money| money.on_its_way.is_positive())
}

/// Home and My Account say the same.
async fn check_home(portal: &Portal, upcoming: &[EventSummary], every: &[EventSummary]) {
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
    let next = balance.next_unpaid.map(|next| (next.event, next.all_day));
    assert_eq!(next, payable.map(|event| (event.id.clone(), event.all_day)));
    for service in &home.services {
        let begun = every.iter().filter(|event| {
            use EventStatus::{Attended, Booked, NoShow};
            matches!(event.status, Attended | Booked | NoShow) && event.starts_at <= terms.now
        });
        let since = (service.since, service.since_all_day);
        assert_eq!(since, first_of(&service.service, begun), "{service:?}");
        let next = (service.next_at, service.next_all_day);
        let coming = first_of(&service.service, upcoming.iter());
        assert_eq!(next, coming, "{service:?}");
    }
}

/// When the first of a service's events begins. Of several that begin at once, one with hours.
fn first_of<'a>(
    service: &str,
    events: impl Iterator<Item = &'a EventSummary>,
) -> (Option<Timestamp>, Option<AllDay>) {
    let of_service = events.filter(|event| event.service == service);
    let first = of_service.min_by_key(|event| {
        let has_days = event.all_day.is_some();
        (event.starts_at, has_days, event.id.clone())
    });
    (
        first.map(|event| event.starts_at),
        first.and_then(|event| event.all_day),
    )
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
