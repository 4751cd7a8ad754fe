//! What the balance and an invoice say, and what `Pay My Balance` would pay.

use api_types::{Currency, CustomerId, MoneyState, NotPayable, PaymentStatus, Timestamp};
use jiff::tz::TimeZone;

use super::portal::{Portal, at, day, id, invoice, money, payment, terms};
use crate::clock::day_in;
use crate::db::balance::Quote;
use crate::db::{DbError, allocate, balance, customers, invoices, payments};

const TODAY: &str = "2026-11-21";

fn now() -> Timestamp {
    at("2026-11-21T10:00:00Z")
}

async fn quote(portal: &Portal, customer: &str, currency: &str) -> Quote {
    let (customer, currency): (CustomerId, Currency) = (id(customer), id(currency));
    portal
        .db
        .read(async |tx| balance::quote(tx, &customer, currency, day(TODAY)).await)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_is_owed_counts_only_completed_money() {
    let portal = Portal::with(&["ann"]).await;
    portal
        .issue(&invoice("late", "ann", "100.00 EUR", "2026-11-20"))
        .await;
    portal
        .issue(&invoice("soon", "ann", "60.00 EUR", "2026-12-01"))
        .await;
    let done = payment("p1", "ann", "30.00 EUR", PaymentStatus::Completed);
    portal.pay(&done, &[("late", "30.00 EUR")]).await;
    let way = payment("p2", "ann", "20.00 EUR", PaymentStatus::Pending);
    portal.pay(&way, &[("soon", "20.00 EUR")]).await;
    let no = payment("p3", "ann", "99.00 EUR", PaymentStatus::Cancelled);
    portal.pay(&no, &[]).await;

    let of = portal.balance_in("ann", "EUR", TODAY).await;
    assert_eq!(of.owed, money("130.00 EUR"));
    assert_eq!(of.overdue, money("70.00 EUR"));
    assert_eq!(of.credit, money("0.00 EUR"));
    assert_eq!(of.on_its_way, money("20.00 EUR"));
    assert_eq!(of.net, money("-130.00 EUR"));
    assert!(of.pay.allowed);
    assert_eq!(of.pay.amount, money("110.00 EUR"));

    let quote = quote(&portal, "ann", "EUR").await;
    assert_eq!(quote.total, of.pay.amount);
    let items: Vec<_> = quote
        .items
        .iter()
        .map(|item| (item.number.as_str(), item.amount))
        .collect();
    assert_eq!(
        items,
        [("late", money("70.00 EUR")), ("soon", money("40.00 EUR"))]
    );
}

#[tokio::test]
async fn currencies_never_meet_and_what_is_due_first_stands_first() {
    let portal = Portal::with(&["ann"]).await;
    portal
        .issue(&invoice("yen", "ann", "1200 JPY", "2026-11-22"))
        .await;
    portal
        .issue(&invoice("euro", "ann", "5.00 EUR", "2026-12-22"))
        .await;
    let dinar = payment("p1", "ann", "1.250 KWD", PaymentStatus::Completed);
    portal.pay(&dinar, &[]).await;

    let balance = portal.balance("ann", TODAY).await;
    let codes: Vec<_> = balance
        .currencies
        .iter()
        .map(|of| of.currency.to_string())
        .collect();
    assert_eq!(codes, ["JPY", "EUR", "KWD"]);
    assert_eq!(balance.currencies[2].credit, money("1.250 KWD"));
}

#[tokio::test]
async fn an_account_that_never_moved_has_no_currencies() {
    let portal = Portal::with(&["ann"]).await;
    assert!(portal.balance("ann", TODAY).await.currencies.is_empty());
}

#[tokio::test]
async fn an_invoice_is_overdue_from_the_day_after_its_due_day_in_the_portals_zone() {
    let portal = Portal::with(&["ann"]).await;
    portal
        .issue(&invoice("inv", "ann", "10.00 EUR", "2026-11-21"))
        .await;
    let zone = TimeZone::get("Pacific/Auckland").unwrap();
    // Midnight in Auckland, which is 13 hours ahead of UTC in November.
    for (now, overdue) in [
        ("2026-11-21T10:59:59.999Z", false),
        ("2026-11-21T11:00:00Z", true),
    ] {
        let today = day_in(at(now), &zone).to_string();
        assert_eq!(
            portal.invoice("ann", "inv", &today).await.overdue,
            overdue,
            "{now}"
        );
        let of = portal.balance_in("ann", "EUR", &today).await;
        assert_eq!(of.overdue.is_positive(), overdue, "{now}");
    }
}

#[tokio::test]
async fn each_reason_for_not_paying_an_invoice_is_told() {
    let portal = Portal::with(&["ann"]).await;
    for (name, total) in [
        ("open", "10.00 EUR"),
        ("paid", "10.00 EUR"),
        ("way", "10.00 EUR"),
        ("dinar", "1.000 KWD"),
    ] {
        portal
            .issue(&invoice(name, "ann", total, "2026-12-01"))
            .await;
    }
    let mut void = invoice("void", "ann", "10.00 EUR", "2026-12-01");
    void.document = api_types::DocumentState::Void;
    portal.issue(&void).await;
    let done = payment("p1", "ann", "12.00 EUR", PaymentStatus::Completed);
    portal
        .pay(&done, &[("paid", "10.00 EUR"), ("open", "2.00 EUR")])
        .await;
    let way = payment("p2", "ann", "10.00 EUR", PaymentStatus::Pending);
    portal.pay(&way, &[("way", "10.00 EUR")]).await;

    for (name, state, reason, amount) in [
        ("open", MoneyState::PartPaid, None, "8.00 EUR"),
        ("paid", MoneyState::Paid, Some(NotPayable::Paid), "0.00 EUR"),
        (
            "way",
            MoneyState::Pending,
            Some(NotPayable::Pending),
            "0.00 EUR",
        ),
        (
            "void",
            MoneyState::Unpaid,
            Some(NotPayable::Void),
            "0.00 EUR",
        ),
        (
            "dinar",
            MoneyState::Unpaid,
            Some(NotPayable::NoMethod),
            "1.000 KWD",
        ),
    ] {
        let invoice = portal.invoice("ann", name, TODAY).await;
        assert_eq!(invoice.state, state, "{name}");
        assert_eq!(invoice.pay.reason, reason, "{name}");
        assert_eq!(invoice.pay.allowed, reason.is_none(), "{name}");
        assert_eq!(invoice.pay.amount, money(amount), "{name}");
    }
}

#[tokio::test]
async fn purchases_use_up_credit_and_are_owed_beyond_it() {
    let portal = Portal::with(&["ann"]).await;
    portal
        .issue(&invoice("inv", "ann", "10.00 EUR", "2026-12-01"))
        .await;
    portal
        .pay(
            &payment("p1", "ann", "5.00 EUR", PaymentStatus::Completed),
            &[],
        )
        .await;
    portal
        .pay(
            &payment("p2", "ann", "-8.00 EUR", PaymentStatus::Completed),
            &[],
        )
        .await;

    let of = portal.balance_in("ann", "EUR", TODAY).await;
    assert_eq!(
        (of.owed, of.credit),
        (money("13.00 EUR"), money("0.00 EUR"))
    );
    let quote = quote(&portal, "ann", "EUR").await;
    assert_eq!(quote.account, money("3.00 EUR"));
    assert_eq!(
        (quote.total, of.pay.amount),
        (money("13.00 EUR"), money("13.00 EUR"))
    );
}

#[tokio::test]
async fn credit_lowers_what_the_balance_asks_for_or_covers_it() {
    let portal = Portal::with(&["ann"]).await;
    portal
        .issue(&invoice("inv", "ann", "10.00 EUR", "2026-12-01"))
        .await;
    portal
        .pay(
            &payment("p1", "ann", "4.00 EUR", PaymentStatus::Completed),
            &[],
        )
        .await;
    let of = portal.balance_in("ann", "EUR", TODAY).await;
    assert_eq!(
        (of.pay.amount, of.credit_covers),
        (money("6.00 EUR"), false)
    );
    assert_eq!(quote(&portal, "ann", "EUR").await.credit, money("4.00 EUR"));

    portal
        .pay(
            &payment("p2", "ann", "7.00 EUR", PaymentStatus::Completed),
            &[],
        )
        .await;
    let of = portal.balance_in("ann", "EUR", TODAY).await;
    assert!(of.credit_covers && !of.pay.allowed);
    let quote = quote(&portal, "ann", "EUR").await;
    assert_eq!(
        (quote.total, quote.credit),
        (money("0.00 EUR"), money("10.00 EUR"))
    );

    let items = [(id("inv"), money("10.00 EUR"))];
    let used = portal
        .write(async |tx| allocate::use_credit(tx, &id("ann"), &items, quote.credit, now()).await)
        .await;
    assert_eq!(used, money("10.00 EUR"));
    let of = portal.balance_in("ann", "EUR", TODAY).await;
    assert_eq!((of.owed, of.credit), (money("0.00 EUR"), money("1.00 EUR")));
    // The oldest money was used first, so the rest is the newer payment's.
    let newer = portal.payment("ann", "p2").await;
    assert_eq!(newer.allocations[0].amount, money("6.00 EUR"));
}

#[tokio::test]
async fn pending_money_for_nothing_in_particular_is_not_asked_for_again() {
    let portal = Portal::with(&["ann"]).await;
    portal
        .issue(&invoice("first", "ann", "10.00 EUR", "2026-12-01"))
        .await;
    portal
        .issue(&invoice("last", "ann", "10.00 EUR", "2026-12-02"))
        .await;
    portal
        .pay(
            &payment("p1", "ann", "-2.00 EUR", PaymentStatus::Completed),
            &[],
        )
        .await;
    portal
        .pay(
            &payment("p2", "ann", "5.00 EUR", PaymentStatus::Pending),
            &[],
        )
        .await;
    let of = portal.balance_in("ann", "EUR", TODAY).await;
    let quote = quote(&portal, "ann", "EUR").await;
    assert_eq!(
        (of.pay.amount, quote.total),
        (money("17.00 EUR"), money("17.00 EUR"))
    );
    assert_eq!(quote.account, money("0.00 EUR"));
    assert_eq!(quote.items[1].amount, money("7.00 EUR"));
}

#[tokio::test]
async fn pending_money_completes_into_what_is_left_of_its_place() {
    let portal = Portal::with(&["ann"]).await;
    portal
        .issue(&invoice("inv", "ann", "10.00 EUR", "2026-12-01"))
        .await;
    let way = payment("way", "ann", "10.00 EUR", PaymentStatus::Pending);
    portal.pay(&way, &[("inv", "10.00 EUR")]).await;
    let cash = payment("cash", "ann", "4.00 EUR", PaymentStatus::Completed);
    portal.pay(&cash, &[("inv", "4.00 EUR")]).await;

    let items = [(id("inv"), money("10.00 EUR"))];
    let complete = async || {
        portal
            .write(async |tx| {
                let arrived = payments::Arrived {
                    total: money("10.00 EUR"),
                    surcharge: money("0.00 EUR"),
                };
                let first = payments::complete(tx, &way.id, now(), arrived, None).await?;
                if first {
                    allocate::to_invoices(tx, &way.id, &items, now()).await?;
                }
                Ok(first)
            })
            .await
    };
    assert!(complete().await);
    assert!(
        !complete().await,
        "the second report of the same money changes nothing"
    );
    let of = portal.balance_in("ann", "EUR", TODAY).await;
    assert_eq!((of.owed, of.credit), (money("0.00 EUR"), money("4.00 EUR")));
    assert_eq!(
        portal.invoice("ann", "inv", TODAY).await.state,
        MoneyState::Paid
    );
}

#[tokio::test]
async fn a_cancelled_payment_pays_for_nothing_any_more() {
    let portal = Portal::with(&["ann"]).await;
    portal
        .issue(&invoice("inv", "ann", "10.00 EUR", "2026-12-01"))
        .await;
    let way = payment("way", "ann", "10.00 EUR", PaymentStatus::Pending);
    portal.pay(&way, &[("inv", "10.00 EUR")]).await;
    portal
        .write(async |tx| payments::cancel(tx, &way.id, None).await)
        .await;
    let invoice = portal.invoice("ann", "inv", TODAY).await;
    assert_eq!(
        (invoice.state, invoice.money.on_its_way),
        (MoneyState::Unpaid, money("0.00 EUR"))
    );
    assert!(portal.payment("ann", "way").await.allocations.is_empty());
}

#[tokio::test]
async fn an_invoice_of_somebody_else_does_not_exist() {
    let portal = Portal::with(&["ann", "bob"]).await;
    portal
        .issue(&invoice("inv", "ann", "10.00 EUR", "2026-12-01"))
        .await;
    let terms = terms(TODAY);
    let found = portal
        .db
        .read(async |tx| invoices::find(tx, &id("bob"), &id("inv"), &terms).await);
    assert_eq!(found.await.unwrap(), None);
    let theirs = payment("p1", "bob", "10.00 EUR", PaymentStatus::Completed);
    portal.pay(&theirs, &[]).await;
    let refused = portal.db.write(async |tx| {
        allocate::to_invoice(tx, &id("p1"), &id("inv"), money("10.00 EUR"), now()).await
    });
    assert!(matches!(refused.await, Err(DbError::Refused(_))));
}

#[tokio::test]
async fn every_change_raises_the_customers_version_by_one() {
    let portal = Portal::with(&["ann"]).await;
    let before = portal.balance("ann", TODAY).await.version;
    let raised = portal
        .write(async |tx| customers::touch(tx, &id("ann")).await)
        .await;
    assert_eq!(raised, before + 1);
    assert_eq!(portal.balance("ann", TODAY).await.version, raised);
}

#[tokio::test]
async fn what_fails_half_way_leaves_nothing_behind() {
    let portal = Portal::with(&["ann"]).await;
    let new = invoice("inv", "ann", "10.00 EUR", "2026-12-01");
    let failed: Result<(), DbError> = portal
        .db
        .write(async |tx| {
            invoices::put(tx, &new, at("2026-11-21T12:00:00Z")).await?;
            Err(DbError::Refused("no".to_owned()))
        })
        .await;
    assert!(failed.is_err());
    assert!(portal.balance("ann", TODAY).await.currencies.is_empty());
}
