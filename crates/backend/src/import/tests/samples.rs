//! The samples of the demo hold what their README promises, on whatever day they are taken in.

use std::path::Path;

use api_types::{Day, InvoiceQuery, MoneyState, NotPayable, PaymentQuery};

use super::{Options, import, options};
use crate::clock::Clock;
use crate::db::tests::portal::{Portal, at, id, money, terms};
use crate::db::{invoices, payments};

/// The day that the files are written for, and two others: in winter and in summer time.
pub(super) const DAYS: [&str; 3] = ["2026-11-21", "2027-02-14", "2027-07-30"];

pub(super) async fn demo(today: &str) -> Portal {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/harbour-clinic");
    let sign_in = std::fs::read_to_string(samples.join("sign_in.json")).unwrap();
    let sign_in: serde_json::Value = serde_json::from_str(&sign_in).unwrap();
    let options = Options {
        anchor: Some(Day::parse(sign_in["anchor"].as_str().unwrap()).unwrap()),
        clock: Clock::standing_at(at(&format!("{today}T00:30:00Z"))),
        ..options()
    };
    let portal = Portal::empty().await;
    let imported = import(&portal.db, &samples, &options).await;
    if let Err(refused) = imported {
        panic!("{refused}");
    }
    portal
}

#[tokio::test]
async fn the_first_account_owes_something_of_every_kind() {
    for today in DAYS {
        let portal = demo(today).await;
        let euro = portal.balance_in("brennan", "EUR", today).await;
        assert_eq!(euro.owed, money("670.74 EUR"));
        assert_eq!(euro.overdue, money("299.60 EUR"));
        assert_eq!(euro.on_its_way, money("60.00 EUR"));
        assert_eq!(euro.pay.amount, money("610.74 EUR"));
        let yen = portal.balance_in("brennan", "JPY", today).await;
        assert_eq!(
            (yen.owed, yen.overdue),
            (money("19800 JPY"), money("0 JPY"))
        );
        let dinar = portal.balance_in("brennan", "KWD", today).await;
        assert_eq!(
            (dinar.overdue, dinar.credit),
            (money("38.250 KWD"), money("5.000 KWD"))
        );
        let peso = portal.balance_in("brennan", "PHP", today).await;
        assert_eq!(
            (peso.owed, peso.credit),
            (money("1344.00 PHP"), money("0.00 PHP"))
        );
        for (invoice, state, overdue) in [
            ("HC-0311", MoneyState::Unpaid, true),
            ("HC-0352", MoneyState::PartPaid, true),
            ("HC-0388", MoneyState::Unpaid, false),
            ("HC-0401", MoneyState::Unpaid, false),
            ("HC-0247", MoneyState::Paid, false),
            ("HC-0271", MoneyState::Paid, false),
            ("HCP-001", MoneyState::Paid, false),
            ("HCK-007", MoneyState::PartPaid, true),
        ] {
            let found = portal.invoice("brennan", invoice, today).await;
            assert_eq!(
                (found.state, found.overdue),
                (state, overdue),
                "{invoice} on {today}"
            );
        }
    }
}

#[tokio::test]
async fn the_other_accounts_are_as_the_readme_says() {
    let today = DAYS[0];
    let portal = demo(today).await;
    let kenji = portal.balance_in("watanabe", "JPY", today).await;
    assert_eq!(kenji.pay.reason, Some(NotPayable::Pending));
    let lena = portal.balance_in("hartmann", "EUR", today).await;
    assert!(lena.credit_covers && lena.owed.is_positive());
    let noor = portal.balance_in("alsabah", "KWD", today).await;
    assert_eq!(
        (noor.owed, noor.credit),
        (money("0.000 KWD"), money("0.000 KWD"))
    );
    assert!(
        portal
            .balance("lindqvist", today)
            .await
            .currencies
            .is_empty()
    );
    let ronan = portal.invoice("daly", "HC-0340", today).await;
    assert_eq!(ronan.pay.reason, Some(NotPayable::Void));
    let long = portal.balance_in("hohenwart", "EUR", today).await;
    assert_eq!(long.credit, money("25.00 EUR"));
}

#[tokio::test]
async fn the_long_account_has_hundreds_of_rows() {
    let portal = demo(DAYS[0]).await;
    let mut rows = 0;
    let mut query = PaymentQuery {
        limit: Some(200),
        ..PaymentQuery::default()
    };
    loop {
        let page = portal
            .db
            .read(async |tx| payments::list(tx, &id("hohenwart"), &query, &terms(DAYS[0])).await)
            .await
            .unwrap();
        rows += page.data.len();
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            break;
        }
    }
    assert_eq!(rows, 300);
    let query = InvoiceQuery {
        limit: Some(200),
        ..InvoiceQuery::default()
    };
    let page = portal
        .db
        .read(async |tx| invoices::list(tx, &id("hohenwart"), &query, &terms(DAYS[0])).await);
    assert_eq!(page.await.unwrap().data.len(), 120);
}

#[tokio::test]
async fn nothing_is_paid_in_the_future() {
    for today in DAYS {
        let portal = demo(today).await;
        let midnight = at(&format!("{today}T00:00:00Z"));
        for customer in [
            "brennan",
            "watanabe",
            "hartmann",
            "alsabah",
            "daly",
            "hohenwart",
        ] {
            let query = PaymentQuery::default();
            let page = portal
                .db
                .read(async |tx| payments::list(tx, &id(customer), &query, &terms(today)).await);
            let newest = page.await.unwrap().data.remove(0);
            assert!(
                newest.completed_at.unwrap_or(newest.created_at) < midnight,
                "{newest:?}"
            );
        }
    }
}
