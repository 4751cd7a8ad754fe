//! Leafing through lists visits every row once, on and back.

use api_types::{
    Cursor, InvoiceFilter, InvoiceQuery, InvoiceSort, Page, PaymentQuery, PaymentSort,
    PaymentStatus,
};

use super::portal::{Portal, at, day, id, invoice, payment, terms};
use crate::db::{DbError, invoices, payments};

const TODAY: &str = "2026-11-21";

async fn invoice_page(
    portal: &Portal,
    asked: InvoiceQuery,
    cursor: Option<Cursor>,
) -> Page<String> {
    let query = InvoiceQuery {
        cursor,
        limit: Some(7),
        ..asked
    };
    let page = portal
        .db
        .read(async |tx| invoices::list(tx, &id("ann"), &query, &terms(TODAY)).await)
        .await
        .unwrap();
    names(page, |row| row.id.to_string())
}

fn sorted(sort: InvoiceSort) -> InvoiceQuery {
    InvoiceQuery {
        sort: Some(sort),
        currency: Some(id("EUR")),
        ..InvoiceQuery::default()
    }
}

fn outstanding() -> InvoiceQuery {
    InvoiceQuery {
        state: Some(InvoiceFilter::Outstanding),
        ..InvoiceQuery::default()
    }
}

async fn payment_page(
    portal: &Portal,
    asked: PaymentQuery,
    cursor: Option<Cursor>,
) -> Page<String> {
    let query = PaymentQuery {
        cursor,
        limit: Some(7),
        ..asked
    };
    let page = portal
        .db
        .read(async |tx| payments::list(tx, &id("ann"), &query, &terms(TODAY)).await)
        .await
        .unwrap();
    names(page, |row| row.id.to_string())
}

fn names<T>(page: Page<T>, name: impl Fn(&T) -> String) -> Page<String> {
    Page {
        data: page.data.iter().map(name).collect(),
        next_cursor: page.next_cursor,
        previous_cursor: page.previous_cursor,
        version: page.version,
    }
}

/// Leafs to the end and back to the start; both ways have to give the same rows.
async fn leaf_through(read: impl AsyncFn(Option<Cursor>) -> Page<String>) -> Vec<String> {
    let mut page = read(None).await;
    assert_eq!(
        page.previous_cursor, None,
        "nothing stands before the first page"
    );
    let mut on = vec![page.data.clone()];
    while let Some(next) = page.next_cursor.clone() {
        page = read(Some(next)).await;
        on.push(page.data.clone());
    }
    let mut back = vec![page.data.clone()];
    while let Some(previous) = page.previous_cursor.clone() {
        page = read(Some(previous)).await;
        back.push(page.data.clone());
    }
    back.reverse();
    assert_eq!(on, back);
    on.concat()
}

async fn portal_with_rows() -> Portal {
    let portal = Portal::with(&["ann", "bob"]).await;
    for n in 0..40 {
        // Several of a day, so that the id decides, and in no order.
        let mut new = invoice(
            &format!("inv-{:02}", n * 7 % 40),
            "ann",
            "10.00 EUR",
            "2026-12-01",
        );
        new.issued_on = day(&format!("2026-10-{:02}", n % 5 + 1));
        new.due_on = day(&format!("2026-11-{:02}", n % 3 + 20));
        portal.issue(&new).await;
        let status = [PaymentStatus::Completed, PaymentStatus::Pending][n % 2];
        let mut new = payment(&format!("pay-{:02}", n * 7 % 40), "ann", "1.00 EUR", status);
        new.created_at = at(&format!("2026-10-{:02}T10:00:00Z", n % 5 + 1));
        portal.pay(&new, &[]).await;
    }
    portal
        .issue(&invoice("bobs", "bob", "10.00 EUR", "2026-12-01"))
        .await;
    portal
}

#[tokio::test]
async fn every_invoice_comes_once_on_and_once_back() {
    let portal = portal_with_rows().await;
    let paid = payment("paid", "ann", "10.00 EUR", PaymentStatus::Completed);
    portal.pay(&paid, &[("inv-00", "10.00 EUR")]).await;

    let all =
        leaf_through(async |cursor| invoice_page(&portal, InvoiceQuery::default(), cursor).await)
            .await;
    assert_eq!(all.len(), 40);
    let open =
        leaf_through(async |cursor| invoice_page(&portal, outstanding(), cursor).await).await;
    assert_eq!(open.len(), 39);
    let mut once = all.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), 40, "no invoice comes twice");
    assert!(!open.contains(&"inv-00".to_owned()) && !all.contains(&"bobs".to_owned()));
}

#[tokio::test]
async fn every_order_has_the_same_rows_in_another_order() {
    let portal = portal_with_rows().await;
    for sort in InvoiceSort::ALL {
        let asked = sorted(*sort);
        let page = async |cursor| invoice_page(&portal, asked.clone(), cursor).await;
        let mut all = leaf_through(page).await;
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 40, "{sort:?}");
    }
    for sort in PaymentSort::ALL {
        let asked = PaymentQuery {
            sort: Some(*sort),
            from: Some(day("2026-10-02")),
            to: Some(day("2026-11-30")),
            ..PaymentQuery::default()
        };
        let page = async |cursor| payment_page(&portal, asked.clone(), cursor).await;
        let mut all = leaf_through(page).await;
        all.sort();
        all.dedup();
        // The pending ones of the first of October are none of these days.
        assert_eq!(all.len(), 36, "{sort:?}");
    }
}

#[tokio::test]
async fn every_payment_comes_once_on_and_once_back() {
    let portal = portal_with_rows().await;
    let all =
        leaf_through(async |cursor| payment_page(&portal, PaymentQuery::default(), cursor).await)
            .await;
    let mut once = all.clone();
    once.sort();
    once.dedup();
    assert_eq!((all.len(), once.len()), (40, 40));
    // Completed ones are placed by when they completed, which is the latest here.
    assert!(all[..20].iter().all(|name| {
        let n: usize = name["pay-".len()..].parse().unwrap();
        // 7 * 23 = 161 = 1 (mod 40): undoes the shuffling above.
        (n * 23 % 40).is_multiple_of(2)
    }));
}

#[tokio::test]
async fn a_row_that_comes_in_front_shifts_nothing() {
    let portal = portal_with_rows().await;
    let first = invoice_page(&portal, InvoiceQuery::default(), None).await;
    let expected = invoice_page(&portal, InvoiceQuery::default(), first.next_cursor.clone())
        .await
        .data;
    let mut new = invoice("new", "ann", "10.00 EUR", "2026-12-01");
    new.issued_on = day("2026-11-20");
    portal.issue(&new).await;
    let second = invoice_page(&portal, InvoiceQuery::default(), first.next_cursor).await;
    assert_eq!(second.data, expected);
}

#[tokio::test]
async fn a_cursor_of_another_list_or_of_nobodys_is_refused() {
    let portal = portal_with_rows().await;
    let theirs = payment_page(&portal, PaymentQuery::default(), None)
        .await
        .next_cursor
        .unwrap();
    let other = invoice_page(&portal, outstanding(), None)
        .await
        .next_cursor
        .unwrap();
    for cursor in [theirs, other, Cursor(String::new()), Cursor("x".repeat(99))] {
        let query = InvoiceQuery {
            cursor: Some(cursor.clone()),
            ..InvoiceQuery::default()
        };
        let refused = portal
            .db
            .read(async |tx| invoices::list(tx, &id("ann"), &query, &terms(TODAY)).await)
            .await;
        assert!(matches!(refused, Err(DbError::BadCursor)), "{cursor:?}");
    }
}
