//! Every order of every list is found by one search of an index.

use api_types::{
    CustomerId, EventFilters, EventList, EventQuery, EventStatus, HistoryQuery, InvoiceFilter,
    InvoiceQuery, InvoiceSort, PaymentQuery, PaymentSort, PaymentStatus,
};
use sea_orm::{DbBackend, QueryTrait, Statement};

use super::cursor::{Direction, read, write};
use super::*;
use crate::db::tests::Portal;
use crate::db::tests::portal::{day, id, terms};
use crate::db::{events, history, invoices, payments};

const TODAY: &str = "2026-11-21";

/// Every line of the database's plan, the first being how it finds the rows.
async fn plan<E: EntityTrait>(portal: &Portal, select: Select<E>) -> String {
    let Statement { sql, values, .. } = select.build(DbBackend::Sqlite);
    portal
        .db
        .read(async |tx| {
            let values = values.into_iter().flat_map(|values| values.0);
            let sql = format!("EXPLAIN QUERY PLAN {sql}");
            let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
            let rows = tx.conn().query_all_raw(statement).await?;
            let lines: Result<Vec<String>, _> =
                rows.iter().map(|row| row.try_get("", "detail")).collect();
            Ok::<_, DbError>(lines?.join("\n"))
        })
        .await
        .unwrap()
}

/// A page deep in a list, on and back, begins with one search of an index and sorts nothing.
async fn hold_to_one_search<E: EntityTrait>(
    portal: &Portal,
    keyset: &Keyset<E>,
    select: Select<E>,
    what: &str,
) {
    let place = match (keyset.key.1, keyset.id.1) {
        (KeyType::Day, _) => (TODAY.into(), "x".into()),
        (KeyType::Text, _) => ("HC".into(), "x".into()),
        (KeyType::Number, KeyType::Number) => (5.into(), 5.into()),
        (KeyType::Number, _) => (5.into(), "x".into()),
    };
    for back in [false, true] {
        let deep = keyset.beyond(select.clone(), back, Some(place.clone()));
        let plan = plan(portal, deep.limit(51)).await;
        assert!(plan.starts_with("SEARCH"), "{what}: {plan}");
        assert!(
            plan.contains(",id)") || plan.contains(",seq)"),
            "{what}: {plan}"
        );
        assert!(!plan.contains("TEMP B-TREE"), "{what}: {plan}");
    }
}

#[tokio::test]
async fn a_page_deep_in_any_order_of_invoices_is_found_by_one_search() {
    let portal = Portal::empty().await;
    let customer: CustomerId = id("ann");
    let states = std::iter::once(None).chain(InvoiceFilter::ALL.iter().copied().map(Some));
    for state in states {
        for sort in InvoiceSort::ALL {
            let query = InvoiceQuery {
                state,
                sort: Some(*sort),
                currency: Some(id("EUR")),
                service: Some("Physio".to_owned()),
                search: Some("hc".to_owned()),
                from: Some(day("2026-01-01")),
                to: Some(day(TODAY)),
                ..InvoiceQuery::default()
            };
            let rows = invoices::matching(&customer, &query, &terms(TODAY));
            let what = format!("{state:?} {sort:?}");
            let keyset = invoices::keyset(*sort, &query);
            hold_to_one_search(&portal, &keyset, rows, &what).await;
        }
    }
}

#[tokio::test]
async fn a_page_deep_in_any_order_of_payments_is_found_by_one_search() {
    let portal = Portal::empty().await;
    let customer: CustomerId = id("ann");
    for status in [
        None,
        Some(PaymentStatus::Pending),
        Some(PaymentStatus::Completed),
    ] {
        for sort in PaymentSort::ALL {
            let query = PaymentQuery {
                status,
                sort: Some(*sort),
                currency: Some(id("EUR")),
                search: Some("card".to_owned()),
                from: Some(day("2026-01-01")),
                to: Some(day(TODAY)),
                ..PaymentQuery::default()
            };
            let rows = payments::matching(&customer, &query, &terms(TODAY)).unwrap();
            let what = format!("{status:?} {sort:?}");
            let keyset = payments::keyset(*sort, &query, &terms(TODAY)).unwrap();
            hold_to_one_search(&portal, &keyset, rows, &what).await;
        }
    }
}

#[tokio::test]
async fn a_page_deep_in_the_history_is_found_by_one_search() {
    let portal = Portal::empty().await;
    let customer: CustomerId = id("ann");
    let all = HistoryQuery::default();
    let filtered = HistoryQuery {
        from: Some(day("2026-01-01")),
        to: Some(day(TODAY)),
        currency: Some(id("EUR")),
        service: Some("Physio".to_owned()),
        ..HistoryQuery::default()
    };
    for query in [all, filtered] {
        let selection = history::Selection::of_history(&customer, &query, &terms(TODAY));
        let selection = selection.unwrap();
        let rows = selection.rows_of_any_day();
        for newest_first in [true, false] {
            let keyset = selection.keyset(newest_first);
            hold_to_one_search(&portal, &keyset, rows.clone(), &format!("{query:?}")).await;
        }
    }
}

#[tokio::test]
async fn a_page_deep_in_either_half_of_the_calendar_is_found_by_one_search() {
    let portal = Portal::empty().await;
    let customer: CustomerId = id("ann");
    let filtered = EventFilters {
        service: Some("Physio".to_owned()),
        status: Some(EventStatus::Held),
        from: Some(day("2026-01-01")),
        to: Some(day(TODAY)),
        unpaid: true,
    };
    for filters in [EventFilters::default(), filtered] {
        for list in [EventList::Upcoming, EventList::History] {
            let query = EventQuery::of(list, &filters, None);
            let (rows, keyset) = events::half(&customer, &query, 3_600_000, &terms(TODAY)).unwrap();
            hold_to_one_search(&portal, &keyset, rows, &format!("{query:?}")).await;
        }
    }
}

#[test]
fn a_key_may_be_any_text() {
    let place = Place {
        key: "HC 9 on b".to_owned(),
        id: "x-1".to_owned(),
    };
    let cursor = write("list", Direction::On, &place);
    assert_eq!(read("list", &cursor).unwrap(), (Direction::On, place));
    assert!(matches!(read("lists", &cursor), Err(DbError::BadCursor)));
}
