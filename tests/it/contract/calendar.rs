//! The calendar as guest, as customer, and as somebody else, who sees their own.

use std::collections::BTreeSet;

use api_client::Method;
use api_types::{
    API_BASE, CalendarQuery, Code, CreateFeed, Day, EventFilters, EventId, EventList, EventQuery,
    EventStatus, EventSummary,
};
use futures_util::StreamExt;

use super::{Caller, Provider, refused};
use test_support::sample_data::{CUSTOMER, EMPTY_CUSTOMER, OTHER_CUSTOMER};

async fn half(caller: &Caller, list: EventList, filters: &EventFilters) -> Vec<EventSummary> {
    let mut query = EventQuery::of(list, filters, None);
    query.limit = Some(7);
    let mut found = Vec::new();
    loop {
        let page = caller.events(&query).await.unwrap();
        found.extend(page.data);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            let count = match list {
                EventList::Upcoming => page.upcoming,
                _ => page.history,
            };
            assert_eq!(usize::try_from(count).unwrap(), found.len());
            return found;
        }
    }
}

async fn all(caller: &Caller, filters: &EventFilters) -> Vec<EventSummary> {
    let mut all = half(caller, EventList::Upcoming, filters).await;
    all.extend(half(caller, EventList::History, filters).await);
    all
}

fn ids(events: &[EventSummary]) -> BTreeSet<EventId> {
    events.iter().map(|event| event.id.clone()).collect()
}

#[tokio::test]
async fn every_event_stands_in_one_half_and_is_its_customers_alone() {
    let provider = Provider::open().await;
    let (customer, other) = (
        provider.signed_in(&CUSTOMER).await,
        provider.signed_in(&OTHER_CUSTOMER).await,
    );
    let mine = all(&customer, &EventFilters::default()).await;
    assert_eq!(ids(&mine).len(), mine.len(), "none comes twice");
    assert!(mine.len() > 20, "the samples have {} events", mine.len());
    let home = customer.home().await.unwrap();
    let upcoming = half(&customer, EventList::Upcoming, &EventFilters::default()).await;
    assert_eq!(usize::try_from(home.upcoming).unwrap(), upcoming.len());
    assert_eq!(home.next_event.as_ref(), upcoming.first());

    let theirs = all(&other, &EventFilters::default()).await;
    assert!(ids(&mine).is_disjoint(&ids(&theirs)));
    let event = customer.event(&mine[0].id).await.unwrap();
    assert_eq!(event.event, mine[0]);
    assert_eq!(refused(other.event(&mine[0].id).await), Code::NotFound);
    let empty = provider.signed_in(&EMPTY_CUSTOMER).await;
    assert_eq!(all(&empty, &EventFilters::default()).await, vec![]);
    let guest = provider.guest();
    let query = EventQuery::of(EventList::Upcoming, &EventFilters::default(), None);
    assert_eq!(refused(guest.events(&query).await), Code::SignedOut);
    assert_eq!(refused(guest.event(&mine[0].id).await), Code::SignedOut);
}

#[tokio::test]
async fn options_find_what_the_events_say() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let every = all(&customer, &EventFilters::default()).await;
    let unpaid = EventFilters {
        unpaid: true,
        ..EventFilters::default()
    };
    let owes = |event: &&EventSummary| {
        let money = event.money.as_ref();
        money.is_some_and(|money| money.balance.is_positive())
    };
    let expected: BTreeSet<_> = every.iter().filter(owes).map(|of| of.id.clone()).collect();
    assert!(!expected.is_empty() && expected.len() < every.len());
    assert_eq!(ids(&all(&customer, &unpaid).await), expected);
    for status in EventStatus::ALL {
        let filters = EventFilters {
            status: Some(*status),
            ..EventFilters::default()
        };
        let found = all(&customer, &filters).await;
        let said = every.iter().filter(|event| event.status == *status);
        assert_eq!(found.len(), said.count(), "{status:?}");
    }
    let query = EventQuery::of(EventList::Upcoming, &EventFilters::default(), None);
    for service in customer.events(&query).await.unwrap().services {
        let filters = EventFilters {
            service: Some(service.clone()),
            ..EventFilters::default()
        };
        let found = all(&customer, &filters).await;
        assert!(!found.is_empty(), "{service}");
        assert!(found.iter().all(|event| event.service == service));
    }
}

#[tokio::test]
async fn days_hold_the_events_that_touch_them() {
    let provider = Provider::open().await;
    let customer = provider.signed_in(&CUSTOMER).await;
    let today = customer
        .calendar(&around("2026-01-01"))
        .await
        .unwrap()
        .today;
    let query = around(&today.to_string());
    let days = customer.calendar(&query).await.unwrap();
    assert_eq!(days.days.first().unwrap().day, query.from);
    assert_eq!(days.days.last().unwrap().day, query.to);
    assert!(!days.cut && !days.events.is_empty(), "{days:?}");
    for place in &days.events {
        assert!(place.first_on <= query.to && place.last_on >= query.from);
        let event = customer.event(&place.event.id).await.unwrap();
        assert_eq!(event.event, place.event);
    }
    let elsewhere = CalendarQuery {
        zone: "Nowhere/Land".to_owned(),
        ..query.clone()
    };
    assert_eq!(refused(customer.calendar(&elsewhere).await), Code::Invalid);
    let guest = provider.guest();
    assert_eq!(refused(guest.calendar(&query).await), Code::SignedOut);
    let empty = provider.signed_in(&EMPTY_CUSTOMER).await;
    assert_eq!(empty.calendar(&query).await.unwrap().events, vec![]);
}

/// Four weeks from a day on.
fn around(day: &str) -> CalendarQuery {
    let from = Day::parse(day).unwrap();
    let to = from.date().checked_add(jiff::Span::new().days(28)).unwrap();
    let no_filters = EventFilters::default();
    CalendarQuery::of(from, to.into(), "Europe/Dublin", &no_filters)
}

#[tokio::test]
async fn a_file_and_a_feed_are_for_other_calendars() {
    let provider = Provider::open().await;
    let (customer, other) = (
        provider.signed_in(&CUSTOMER).await,
        provider.signed_in(&OTHER_CUSTOMER).await,
    );
    let upcoming = half(&customer, EventList::Upcoming, &EventFilters::default()).await;
    let id = &upcoming[0].id;
    let mut chunks = customer
        .event_ics(id)
        .await
        .unwrap_or_else(|e| panic!("{e}"));
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        bytes.extend(chunk.unwrap());
    }
    let file = String::from_utf8(bytes).unwrap();
    assert!(
        file.contains(&format!("UID:{id}@localhost:8080\r\n")),
        "{file}"
    );
    let theirs = other.event_ics(id).await;
    assert_eq!(theirs.err().unwrap().code(), Some(Code::NotFound));

    let request = CreateFeed { due_days: true };
    assert_eq!(customer.feed().await.unwrap().feed, None);
    let new = customer.create_feed(&request).await.unwrap();
    assert_eq!(customer.feed().await.unwrap().feed, Some(new.feed));
    assert_eq!(
        other.feed().await.unwrap().feed,
        None,
        "it is the customer's own"
    );
    let (status, feed) = read(&provider, &new.url.0).await;
    assert_eq!(status, 200);
    assert!(
        feed.contains(&format!("UID:{id}@localhost:8080\r\n")),
        "{feed}"
    );
    assert!(feed.contains("UID:due-"), "{feed}");
    assert_eq!(customer.end_feed().await.unwrap().feed, None);
    assert_eq!(read(&provider, &new.url.0).await.0, 404);
    let guest = provider.guest();
    assert_eq!(refused(guest.feed().await), Code::SignedOut);
    assert_eq!(refused(guest.create_feed(&request).await), Code::SignedOut);
    assert_eq!(refused(guest.end_feed().await), Code::SignedOut);
}

/// Reads an address as another calendar does.
async fn read(provider: &Provider, url: &str) -> (u16, String) {
    let path = url.strip_prefix("http://localhost:8080").unwrap();
    let path = path.strip_prefix(API_BASE).unwrap();
    let answer = provider.ask(Method::Get, path, None).await;
    (answer.status, answer.body)
}
