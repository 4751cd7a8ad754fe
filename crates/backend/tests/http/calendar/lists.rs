//! `Upcoming` and `History`, their options, and what they know of the clock.

use api_types::{AllDay, Day, EventMoneyState, EventPage, EventStatus, Home};
use backend::db::events::NewEvent;

use super::{event, put, with_events};
use test_support::{SignedIn, Site, euros, problem};

async fn page(ada: &SignedIn<'_>, query: &str) -> EventPage {
    let answer = ada.get(&format!("/api/v1/events?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {answer:?}");
    answer.json()
}

async fn ids(ada: &SignedIn<'_>, query: &str) -> Vec<String> {
    let page = page(ada, query).await;
    page.data.iter().map(|of| of.id.to_string()).collect()
}

#[tokio::test]
async fn what_is_to_come_stands_first_first_and_the_rest_last_first() {
    let site = with_events().await;
    let ada = site.signed_in("ada").await;
    let coming = page(&ada, "list=upcoming").await;
    assert_eq!((coming.upcoming, coming.history), (3, 2));
    assert_eq!(ids(&ada, "list=upcoming").await, ["E-2", "E-3", "E-5"]);
    assert_eq!(ids(&ada, "list=history").await, ["E-4", "E-1"]);
    assert_eq!(coming.services, ["Physiotherapy"]);
    let home: Home = ada.get("/api/v1/home").await.json();
    assert_eq!(home.upcoming, 3);
    assert_eq!(home.next_event.as_ref(), coming.data.first());

    let ben = site.signed_in("ben").await;
    let nothing = page(&ben, "list=upcoming").await;
    assert_eq!((nothing.upcoming, nothing.history), (0, 0));
    assert_eq!(nothing.services, Vec::<String>::new());
}

#[tokio::test]
async fn an_event_is_history_the_moment_it_ends_and_no_answer_is_kept_beyond_it() {
    let site = with_events().await;
    let ada = site.signed_in("ada").await;
    let path = "/api/v1/events?list=upcoming";
    let first = ada.get(path).await;
    let known = [("if-none-match", first.header("etag"))];
    assert_eq!(ada.get_with(path, &known).await.status, 304);
    site.advance(29);
    assert_eq!(ids(&ada, "list=upcoming").await, ["E-2", "E-3", "E-5"]);
    site.advance(1);
    let later = ada.get_with(path, &known).await;
    assert_eq!(later.status, 200, "half past twelve it is over");
    assert_eq!(ids(&ada, "list=history").await, ["E-4", "E-2", "E-1"]);
    let home = ada.get("/api/v1/home").await.json::<Home>();
    assert_eq!(
        (home.upcoming, home.next_event.unwrap().id.as_str()),
        (2, "E-3")
    );
}

#[tokio::test]
async fn options_narrow_both_halves_and_are_counted() {
    let site = with_events().await;
    let massage = NewEvent {
        service: "Massage".to_owned(),
        fee: None,
        ..event("M-1", "2026-11-25T10:00:00Z")
    };
    put(&site, &massage).await;
    let camp = NewEvent {
        all_day: Some(AllDay {
            first: Day::parse("2026-12-04").unwrap(),
            last: Day::parse("2026-12-06").unwrap(),
        }),
        fee: None,
        ends_at: "2026-12-07T00:00:00Z".parse().unwrap(),
        ..event("C-1", "2026-12-04T00:00:00Z")
    };
    put(&site, &camp).await;
    let ada = site.signed_in("ada").await;
    for (query, upcoming, history) in [
        ("service=Massage", vec!["M-1"], vec![]),
        ("status=cancelled", vec![], vec!["E-4"]),
        ("status=requested", vec!["E-5"], vec![]),
        ("unpaid=true", vec!["E-2", "E-3", "E-5"], vec!["E-1"]),
        ("from=2026-12-06&to=2026-12-06", vec!["C-1"], vec![]),
        ("to=2026-11-24", vec!["E-2"], vec!["E-1"]),
        (
            "from=2026-12-02&to=2026-12-03&service=Physiotherapy",
            vec![],
            vec!["E-4"],
        ),
    ] {
        let found = page(&ada, &format!("list=history&{query}")).await;
        let counts = (found.upcoming as usize, found.history as usize);
        assert_eq!(counts, (upcoming.len(), history.len()), "{query}");
        assert_eq!(found.services, ["Massage", "Physiotherapy"], "{query}");
        assert_eq!(
            ids(&ada, &format!("list=upcoming&{query}")).await,
            upcoming,
            "{query}"
        );
        assert_eq!(
            ids(&ada, &format!("list=history&{query}")).await,
            history,
            "{query}"
        );
    }
    for (query, expected) in [
        ("list=upcoming&from=soon", problem(422, "invalid")),
        ("list=upcoming&status=luck", problem(422, "invalid")),
        ("list=upcoming&cursor=x", problem(422, "invalid")),
        ("", problem(422, "invalid")),
    ] {
        let answer = ada.get(&format!("/api/v1/events?{query}")).await;
        assert_eq!(answer.code(), expected, "{query}");
    }
}

#[tokio::test]
async fn pages_follow_each_other_on_and_back() {
    let site = Site::open().await;
    for number in 0..5 {
        let starts_at = format!("2026-12-0{}T10:00:00Z", number / 2 + 1);
        put(&site, &event(&format!("E-{number}"), &starts_at)).await;
    }
    let ada = site.signed_in("ada").await;
    let first = page(&ada, "list=upcoming&limit=2").await;
    assert_eq!(first.previous_cursor, None);
    let next = first.next_cursor.clone().unwrap().0;
    let second = page(&ada, &format!("list=upcoming&limit=2&cursor={next}")).await;
    assert_eq!(second.upcoming, 5);
    let on: Vec<_> = second.data.iter().map(|of| of.id.to_string()).collect();
    assert_eq!(on, ["E-2", "E-3"]);
    let back = second.previous_cursor.unwrap().0;
    let again = page(&ada, &format!("list=upcoming&limit=2&cursor={back}")).await;
    assert_eq!(again.data, first.data);
    // A cursor of one half is none of the other.
    let other = ada
        .get(&format!("/api/v1/events?list=history&cursor={next}"))
        .await;
    assert_eq!(other.code(), problem(422, "invalid"));
}

#[tokio::test]
async fn every_entry_says_what_of_its_money_is_there() {
    let site = Site::open().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    let deposit = |due_on: &str| NewEvent {
        deposit: Some(euros("20.00")),
        deposit_due_on: Some(due_on.parse().unwrap()),
        ..event("x", "2026-12-01T10:00:00Z")
    };
    let all = [
        event("A-1", "2026-12-01T10:00:00Z"),
        NewEvent {
            id: "A-2".parse().unwrap(),
            ..deposit("2026-11-21")
        },
        NewEvent {
            id: "A-3".parse().unwrap(),
            ..deposit("2026-11-20")
        },
        NewEvent {
            fee: None,
            ..event("A-4", "2026-12-01T10:00:00Z")
        },
        NewEvent {
            invoice: Some("INV-1".parse().unwrap()),
            ..event("A-5", "2026-12-01T10:00:00Z")
        },
        NewEvent {
            status: EventStatus::Cancelled,
            ..event("A-6", "2026-12-01T10:00:00Z")
        },
    ];
    for new in &all {
        put(&site, new).await;
    }
    let ada = site.signed_in("ada").await;
    let mut rows = page(&ada, "list=upcoming").await.data;
    rows.extend(page(&ada, "list=history").await.data);
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            row.money
                .as_ref()
                .map(|money| (money.balance.minor(), money.state))
        })
        .collect();
    assert_eq!(
        told,
        [
            Some((6500, EventMoneyState::Unpaid)),
            Some((6500, EventMoneyState::DepositDue)),
            Some((6500, EventMoneyState::Overdue)),
            None,
            // It is the invoice that is owed now, not the fee.
            Some((4500, EventMoneyState::Overdue)),
            None,
        ]
    );
    let invoice = rows[4].money.as_ref().unwrap().invoice.clone().unwrap();
    assert_eq!((invoice.number.as_str(), invoice.overdue), ("INV-1", true));
}
