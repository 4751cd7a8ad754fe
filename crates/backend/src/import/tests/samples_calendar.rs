//! The calendar of the samples shows everything that a calendar can, and what can be asked
//! for, on whatever day they are taken in.

use std::collections::BTreeMap;

use api_types::{
    BookingMode, Event, EventFilters, EventList, EventMoneyState, EventQuery, EventStatus,
    EventSummary, OfferedTimes, TimesQuery,
};

use super::samples::{DAYS, demo};
use crate::db::tests::portal::{Portal, day, id, money, terms};
use crate::db::{Terms, booking, events, home};
use crate::settings::{CalendarSettings, Requests};

/// The terms of a day on which offered times are booked at once.
fn booking_on(today: &str) -> Terms {
    Terms {
        calendar: CalendarSettings {
            requests: Requests::Book,
            ..CalendarSettings::default()
        },
        ..terms(today)
    }
}

async fn all(portal: &Portal, list: EventList, today: &str) -> BTreeMap<String, EventSummary> {
    let query = EventQuery {
        limit: Some(200),
        ..EventQuery::of(list, &EventFilters::default(), None)
    };
    let page = portal
        .db
        .read(async |tx| events::list(tx, &id("brennan"), &query, &terms(today)).await);
    let events = page.await.unwrap().data.into_iter();
    events.map(|event| (event.id.to_string(), event)).collect()
}

async fn one(portal: &Portal, event: &str, today: &str) -> Event {
    let (customer, event) = (id("brennan"), id(event));
    let found = portal
        .db
        .read(async |tx| events::find(tx, &customer, &event, &terms(today)).await);
    found.await.unwrap().unwrap()
}

/// What a customer can have of a service in the next two weeks.
async fn offered(
    portal: &Portal,
    customer: &str,
    service: (&str, bool),
    today: &str,
) -> OfferedTimes {
    let query = TimesQuery {
        service: service.0.to_owned(),
        video: service.1,
        from: day(today),
        to: day(today).plus(14).unwrap(),
        zone: "Europe/Dublin".to_owned(),
        moving: None,
    };
    let (customer, terms) = (id(customer), booking_on(today));
    let times = portal
        .db
        .read(async |tx| booking::times(tx, &customer, &query, &terms).await);
    times.await.unwrap()
}

#[tokio::test]
async fn the_first_calendar_has_events_of_every_kind() {
    for today in DAYS {
        let portal = demo(today).await;
        let upcoming = all(&portal, EventList::Upcoming, today).await;
        let history = all(&portal, EventList::History, today).await;
        assert_eq!((upcoming.len(), history.len()), (26, 16), "on {today}");
        for (event, days) in [("E-1201", 3), ("E-1214", 1), ("E-1215", 12)] {
            let all_day = upcoming[event].all_day.unwrap();
            assert_eq!(all_day.last.days_since(all_day.first) + 1, days, "{event}");
        }
        assert_eq!(upcoming["E-1203"].status, EventStatus::Requested);
        assert_eq!(history["E-1204"].status, EventStatus::Declined);
        assert_eq!(history["E-1213"].status, EventStatus::Cancelled);
        assert!(one(&portal, "E-1204", today).await.note.is_some());
        let awaited = &upcoming["E-1205"];
        assert_eq!((awaited.video, &awaited.video_url), (true, &None));
        assert!(upcoming["E-1209"].video_url.is_some());
        assert_eq!(upcoming["E-1210"].zone, "Asia/Tokyo");
        let state = |event: &str| upcoming[event].money.as_ref().map(|of| of.state);
        assert_eq!(state("E-1102"), Some(EventMoneyState::DepositDue));
        assert_eq!(state("E-1216"), Some(EventMoneyState::Overdue));
        assert_eq!(state("E-1208"), None);
        let (talk, massage) = (&upcoming["E-1208"], &upcoming["E-1207"]);
        assert!(talk.starts_at < massage.ends_at && massage.starts_at < talk.ends_at);
        let assessment = one(&portal, "E-1102", today).await;
        let to_complete: Vec<_> = assessment
            .documents
            .iter()
            .map(|link| link.to_complete)
            .collect();
        assert_eq!(to_complete, [Some(true), None]);
        assert_eq!(assessment.referrals.len(), 1);
    }
}

#[tokio::test]
async fn what_comes_next_on_the_first_account_is_a_session_to_confirm_and_to_pay() {
    for today in DAYS {
        let portal = demo(today).await;
        let customer = id("brennan");
        let home = portal
            .db
            .read(async |tx| home::read(tx, &customer, &terms(today)).await);
        let home = home.await.unwrap();
        assert_eq!(home.next_event.unwrap().id, id("E-1014"));
        assert_eq!((home.upcoming, home.attended), (26, 12), "on {today}");
        let balance = portal.balance("brennan", today).await;
        let unpaid = balance.next_unpaid.unwrap();
        assert_eq!(unpaid.event, id("E-1014"));
        assert_eq!(unpaid.pay.amount, money("65.00 EUR"));
    }
}

#[tokio::test]
async fn everything_offered_can_be_had_within_two_weeks_by_everybody() {
    for today in DAYS {
        let portal = demo(today).await;
        for service in [
            ("Physiotherapy", false),
            ("Physiotherapy", true),
            ("Assessment", false),
            ("Hydrotherapy", false),
            ("Sports massage", false),
            ("Advice call", true),
        ] {
            let first = offered(&portal, "brennan", service, today).await;
            let second = offered(&portal, "watanabe", service, today).await;
            let days = first.days.iter().filter(|day| second.days.contains(day));
            assert!(
                days.count() >= 2,
                "{service:?} on {today}: both can race for a time"
            );
        }
        let by_video = offered(&portal, "brennan", ("Advice call", false), today).await;
        assert!(by_video.days.is_empty(), "it is offered by video alone");
    }
}

#[tokio::test]
async fn a_deposit_a_known_customer_and_a_free_service_are_told_in_advance() {
    let portal = demo(DAYS[0]).await;
    let choices = async |customer: &str| {
        let (customer, terms) = (id(customer), booking_on(DAYS[0]));
        let choices = portal
            .db
            .read(async |tx| booking::choices(tx, &customer, &terms).await);
        choices.await.unwrap()
    };
    let of_brennan = choices("brennan").await;
    assert_eq!(of_brennan.attendees, ["Cormac Brennan", "Róisín Brennan"]);
    assert_eq!(of_brennan.reason, None);
    let of = |name: &str| {
        let mut services = of_brennan.services.iter();
        services.find(|service| service.service == name).unwrap()
    };
    assert_eq!(of("Assessment").mode, BookingMode::Deposit);
    assert_eq!(of("Assessment").deposit, Some(money("40.00 EUR")));
    assert_eq!(of("Physiotherapy").mode, BookingMode::Book);
    assert_eq!(of("Advice call").fee, None);
    assert_eq!(of("Treatment abroad").fee, Some(money("9000 JPY")));
    let others = choices("watanabe").await.services;
    assert!(
        others
            .iter()
            .all(|service| service.service != "Treatment abroad")
    );
    assert_eq!(others.len(), of_brennan.services.len() - 1);
}
