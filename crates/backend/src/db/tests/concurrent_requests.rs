//! A time is had by one, whatever anybody does and however many want it at once.

use api_types::{CustomerId, EventStatus, RescheduleEvent};
use proptest::prelude::*;
use sea_orm::{EntityTrait, QueryOrder};
use tokio::task::JoinSet;

use super::calendar_commands::{
    CalendarCommand, SERVICES, command, monday, offer_mondays, perform, request, taken, terms_at,
    time_of,
};
use super::portal::{Portal, id};
use crate::db::booking::{self, BookingError};
use crate::db::entities::events::{Column, Entity, Model};
use crate::db::{DbError, ReadTx, customers};
use crate::settings::Requests;

const CUSTOMERS: [&str; 3] = ["ann", "bob", "cyd"];

async fn portal_after(commands: &[CalendarCommand]) -> Portal {
    let portal = Portal::with(&CUSTOMERS).await;
    offer_mondays(&portal).await;
    for (nth, command) in commands.iter().enumerate() {
        let done = portal
            .db
            .write(async |tx| perform(tx, nth, command, &CUSTOMERS).await);
        match done.await {
            Ok(()) | Err(DbError::Refused(_)) => {}
            Err(error) => panic!("{command:?}: {error}"),
        }
    }
    portal
}

fn overlap(one: &Model, other: &Model) -> bool {
    one.starts_at < other.ends_at && other.starts_at < one.ends_at
}

fn hold_apart(live: &[Model]) {
    for (nth, one) in live.iter().enumerate() {
        for other in &live[nth + 1..] {
            let shares = one.host == other.host || one.customer_id == other.customer_id;
            assert!(!(shares && overlap(one, other)), "{one:?}\n{other:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn nobody_has_two_events_at_once_that_were_asked_for(
        commands in prop::collection::vec(command(CUSTOMERS.len()), 1..30)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let portal = portal_after(&commands).await;
            let now = time_of(commands.len());
            let live = portal.db.read(async |tx: &ReadTx| taken(tx, now).await).await.unwrap();
            hold_apart(&live);
            for row in live {
                // What is held is exactly what has a time until which it is.
                let is_held = row.status == EventStatus::Held.as_str();
                assert_eq!(is_held, row.hold_until.is_some(), "{row:?}");
            }
        });
    }
}

/// Without this, the property above could hold because nothing ever comes about.
#[tokio::test]
async fn what_is_asked_for_comes_about() {
    let ask = |service| CalendarCommand::Ask {
        who: 0,
        service,
        person: 1,
        quarter: 0,
    };
    let commands = [
        ask(0),
        CalendarCommand::Pay {
            event: 0,
            euro: 20,
            pending: false,
        },
        CalendarCommand::Move {
            event: 0,
            person: 0,
            quarter: 4,
        },
        ask(1),
        CalendarCommand::Cancel { event: 1 },
        CalendarCommand::Answer {
            event: 0,
            yes: false,
        },
    ];
    let status = async |commands: &[CalendarCommand]| -> Vec<String> {
        let portal = portal_after(commands).await;
        let read = async |tx: &ReadTx| {
            let rows = Entity::find().order_by_asc(Column::Id).all(tx.conn()).await;
            Ok::<_, DbError>(rows?)
        };
        let rows = portal.db.read(read).await.unwrap();
        rows.into_iter().map(|row| row.status).collect()
    };
    for (done, expected) in [
        (1, vec!["held"]),
        (2, vec!["requested"]),
        (4, vec!["requested", "requested"]),
        (5, vec!["requested", "cancelled"]),
        (6, vec!["declined", "cancelled"]),
    ] {
        assert_eq!(status(&commands[..done]).await, expected, "after {done}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_fifty_who_ask_at_once_one_has_the_time() {
    let names: Vec<_> = (0..50).map(|nth| format!("c{nth}")).collect();
    let portal = Portal::with(&names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    offer_mondays(&portal).await;
    let mut asking = JoinSet::new();
    for (nth, name) in names.iter().enumerate() {
        let (db, who): (_, CustomerId) = (portal.db.clone(), id(name));
        // Every third wants a quarter of an hour later, which is no longer free either.
        let command = request(SERVICES[1], "Dr Reyes", monday(i64::from(nth % 3 == 0)));
        asking.spawn(async move {
            let terms = terms_at(time_of(0), Requests::Book);
            let event = id(&format!("e{nth}"));
            db.write(async |tx| {
                booking::ask(tx, &who, &event, &command, &terms).await?;
                Ok::<_, BookingError>(customers::touch(tx, &who).await?)
            })
            .await
        });
    }
    let answers = asking.join_all().await;
    let had = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(had, 1);
    for answer in answers.into_iter().filter_map(Result::err) {
        assert!(matches!(answer, BookingError::TimeTaken), "{answer}");
    }
    let live = portal
        .db
        .read(async |tx: &ReadTx| taken(tx, time_of(0)).await)
        .await
        .unwrap();
    assert_eq!(live.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_one_who_asks_and_one_who_moves_one_has_the_time() {
    for round in 0..8 {
        let portal = Portal::with(&["ann", "bob"]).await;
        offer_mondays(&portal).await;
        let terms = terms_at(time_of(0), Requests::Book);
        let first = request(SERVICES[1], "Dr Reyes", monday(8));
        portal
            .db
            .write(async |tx| booking::ask(tx, &id("ann"), &id("first"), &first, &terms).await)
            .await
            .unwrap();
        let wanted = monday(round % 3);
        let asking = {
            let (db, terms) = (portal.db.clone(), terms.clone());
            let command = request(SERVICES[1], "Dr Reyes", wanted);
            tokio::spawn(async move {
                db.write(async |tx| {
                    booking::ask(tx, &id("bob"), &id("other"), &command, &terms).await
                })
                .await
            })
        };
        let moving = {
            let (db, terms) = (portal.db.clone(), terms.clone());
            let to = RescheduleEvent {
                person: "Dr Reyes".to_owned(),
                starts_at: monday(1),
            };
            tokio::spawn(async move {
                db.write(async |tx| {
                    booking::reschedule(tx, &id("ann"), &id("first"), &to, &terms).await
                })
                .await
            })
        };
        let (asked, moved) = (asking.await.unwrap(), moving.await.unwrap());
        assert!(asked.is_ok() != moved.is_ok(), "{asked:?} {moved:?}");
        let live = portal
            .db
            .read(async |tx: &ReadTx| taken(tx, time_of(0)).await)
            .await
            .unwrap();
        hold_apart(&live);
    }
}

#[tokio::test]
async fn the_database_itself_refuses_a_second_event_at_the_same_time() {
    use crate::db::entities::events::ActiveModel;
    use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, IntoActiveModel as _};
    let portal = Portal::with(&["ann", "bob"]).await;
    offer_mondays(&portal).await;
    let terms = terms_at(time_of(0), Requests::Book);
    let command = request(SERVICES[1], "Dr Reyes", monday(0));
    portal
        .db
        .write(async |tx| booking::ask(tx, &id("ann"), &id("first"), &command, &terms).await)
        .await
        .unwrap();
    let second = portal
        .db
        .write(async |tx| {
            let row = Entity::find_by_id("first").one(tx.conn()).await?.unwrap();
            let row = ActiveModel {
                id: Set("second".to_owned()),
                customer_id: Set("bob".to_owned()),
                ..row.into_active_model().reset_all()
            };
            Entity::insert(row)
                .exec_without_returning(tx.conn())
                .await
                .map_err(DbError::from)
        })
        .await;
    assert!(matches!(second, Err(DbError::Taken(_))), "{second:?}");
}
