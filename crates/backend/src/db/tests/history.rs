//! History, statement and the entries of the balance's figures add up, whatever has happened
//! and in whatever order it was posted.

use api_types::{
    Currency, CustomerId, Day, EntryKind, Figure, FigureEntry, FigureQuery, HistoryEntry,
    HistoryOrder, HistoryQuery, Page, PaymentStatus, Record, StatementQuery,
};
use proptest::prelude::*;

use super::account_commands::{AccountCommand, CURRENCIES, TODAY, command, portal_after};
use super::portal::{Portal, at, day, id, invoice, money, payment, terms};
use crate::db::{balance, history};

/// Every entry that a query finds, leafed through by small pages.
async fn all(portal: &Portal, query: &HistoryQuery) -> Vec<HistoryEntry> {
    let mut query = HistoryQuery {
        limit: Some(3),
        ..query.clone()
    };
    let mut found = Vec::new();
    loop {
        let page: Page<HistoryEntry> = portal
            .db
            .read(async |tx| history::list(tx, &id("ann"), &query, &terms(TODAY)).await)
            .await
            .unwrap();
        found.extend(page.data);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return found;
        }
    }
}

async fn statement(portal: &Portal, query: &StatementQuery) -> api_types::Statement {
    portal
        .db
        .read(async |tx| history::statement(tx, &id("ann"), query, &terms(TODAY)).await)
        .await
        .unwrap()
        .unwrap()
}

async fn figure(portal: &Portal, figure: Figure, currency: Currency) -> Vec<FigureEntry> {
    let (customer, mut cursor, mut found): (CustomerId, _, _) = (id("ann"), None, Vec::new());
    loop {
        let query = FigureQuery {
            figure,
            currency,
            cursor,
            limit: Some(2),
        };
        let page = portal
            .db
            .read(async |tx| balance::entries(tx, &customer, &query, &terms(TODAY)).await)
            .await
            .unwrap();
        found.extend(page.data);
        cursor = page.next_cursor;
        if cursor.is_none() {
            return found;
        }
    }
}

fn sum(entries: &[HistoryEntry]) -> i64 {
    entries.iter().map(|entry| entry.amount.minor()).sum()
}

/// Opening, entries and closing of a statement, and each running balance between them.
async fn hold_statement(portal: &Portal, from: Day, to: Day) {
    let query = StatementQuery {
        from,
        to,
        currency: None,
    };
    for sums in statement(portal, &query).await.currencies {
        let entries = all(
            portal,
            &HistoryQuery {
                from: Some(from),
                to: Some(to),
                currency: Some(sums.currency),
                order: Some(HistoryOrder::Oldest),
                ..HistoryQuery::default()
            },
        )
        .await;
        let mut stands_at = sums.opening.minor();
        for entry in &entries {
            assert!(from <= entry.on && entry.on <= to, "{entry:?}");
            stands_at += entry.amount.minor();
            assert_eq!(entry.balance.minor(), stands_at, "{entry:?}");
        }
        assert_eq!(sums.closing.minor(), stands_at, "{sums:?}");
        for of_kind in &sums.sums {
            let of_kind_too: Vec<_> = entries
                .iter()
                .filter(|entry| entry.kind == of_kind.kind)
                .cloned()
                .collect();
            assert_eq!(of_kind.sum.minor(), sum(&of_kind_too), "{of_kind:?}");
            assert!(!of_kind_too.is_empty());
        }
        let in_kinds: i64 = sums.sums.iter().map(|of| of.sum.minor()).sum();
        assert_eq!(in_kinds, sum(&entries), "no kind is left out");
    }
}

/// Each figure of the balance is the sum of its entries, and `net` is the last balance.
async fn hold_figures(portal: &Portal) {
    for of in portal.balance("ann", TODAY).await.currencies {
        for (name, is) in [
            (Figure::Owed, of.owed),
            (Figure::Overdue, of.overdue),
            (Figure::Credit, of.credit),
            (Figure::Held, of.held),
            (Figure::OnItsWay, of.on_its_way),
        ] {
            let entries = figure(portal, name, of.currency).await;
            let sum: i64 = entries.iter().map(|entry| entry.amount.minor()).sum();
            assert_eq!(sum, is.minor(), "{name:?} of {of:?}: {entries:?}");
        }
        let newest = all(
            portal,
            &HistoryQuery {
                currency: Some(of.currency),
                ..HistoryQuery::default()
            },
        )
        .await;
        // Where money is only on its way, nothing has moved yet.
        let last = newest.first().map_or(0, |entry| entry.balance.minor());
        assert_eq!(last, of.net.minor(), "the last balance against {of:?}");
    }
}

/// Filters leave out entries, and never change one.
async fn hold_filters(portal: &Portal) {
    let whole = all(portal, &HistoryQuery::default()).await;
    for currency in CURRENCIES {
        let of_currency: Vec<_> = whole
            .iter()
            .filter(|entry| entry.amount.currency().code() == currency)
            .cloned()
            .collect();
        let query = HistoryQuery {
            currency: Some(id(currency)),
            ..HistoryQuery::default()
        };
        assert_eq!(all(portal, &query).await, of_currency);
    }
    let query = HistoryQuery {
        outstanding: true,
        ..HistoryQuery::default()
    };
    let outstanding: Vec<_> = whole
        .iter()
        .filter(|entry| entry.outstanding.is_some_and(|left| left.is_positive()))
        .cloned()
        .collect();
    assert_eq!(all(portal, &query).await, outstanding);
    let mut oldest = all(
        portal,
        &HistoryQuery {
            order: Some(HistoryOrder::Oldest),
            ..HistoryQuery::default()
        },
    )
    .await;
    oldest.reverse();
    assert_eq!(oldest, whole);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn statement_history_and_figures_always_add_up(
        commands in prop::collection::vec(command(), 1..40),
        days in (1..29_u8, 1..29_u8),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let november = |on: u8| day(&format!("2026-11-{on:02}"));
        let (from, to) = (days.0.min(days.1), days.0.max(days.1));
        runtime.block_on(async {
            let portal = portal_after(&commands).await;
            hold_statement(&portal, november(from), november(to)).await;
            hold_statement(&portal, day("2000-01-01"), day("2100-01-01")).await;
            hold_figures(&portal).await;
            hold_filters(&portal).await;
        });
    }

    #[test]
    fn the_order_of_posting_does_not_matter(
        days in prop::collection::vec(1..29_u8, 2..12),
        shuffled in any::<prop::sample::Index>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let commands: Vec<_> = days
            .iter()
            .map(|on| AccountCommand::Issue { currency: 0, minor: i64::from(*on) * 100, on: *on })
            .collect();
        let mut turned = commands.clone();
        turned.rotate_left(shuffled.index(commands.len()));
        runtime.block_on(async {
            let mut stands = Vec::new();
            for commands in [&commands, &turned] {
                let entries = all(&portal_after(commands).await, &HistoryQuery::default()).await;
                // Entries of one instant stand in the order in which they came.
                let mut by_day: Vec<_> = entries.iter().map(|entry| (entry.on, entry.balance.minor())).collect();
                by_day.dedup_by_key(|(on, _)| *on);
                stands.push(by_day);
            }
            prop_assert_eq!(&stands[0], &stands[1]);
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn an_entry_says_what_it_is_about() {
    let portal = Portal::with(&["ann"]).await;
    let mut new = invoice("inv", "ann", "40.00 EUR", "2026-12-01");
    new.service = Some("Physio".to_owned());
    portal.issue(&new).await;
    let mut paid = payment("p1", "ann", "10.50 EUR", PaymentStatus::Completed);
    paid.surcharge = money("0.50 EUR");
    paid.description = "By card # till 3".to_owned();
    portal.pay(&paid, &[("inv", "10.00 EUR")]).await;

    let entries = all(&portal, &HistoryQuery::default()).await;
    let told: Vec<_> = entries
        .iter()
        .map(|entry| (entry.kind, entry.description.as_str(), entry.balance))
        .collect();
    assert_eq!(
        told,
        [
            (EntryKind::Surcharge, "By card", money("-30.00 EUR")),
            (EntryKind::Payment, "By card", money("-29.50 EUR")),
            (EntryKind::Invoice, "Treatment", money("-40.00 EUR")),
        ]
    );
    assert_eq!(entries[2].number.as_deref(), Some("inv"));
    assert_eq!(entries[2].outstanding, Some(money("30.00 EUR")));
    let about = Record::Invoice { invoice: id("inv") };
    assert_eq!(entries[2].record, Some(about));

    let of_service = |service: &str| HistoryQuery {
        service: Some(service.to_owned()),
        ..HistoryQuery::default()
    };
    // What pays for the service is of the service.
    assert_eq!(all(&portal, &of_service("Physio")).await, entries);
    assert_eq!(all(&portal, &of_service("Massage")).await, []);
}

#[tokio::test]
async fn a_day_begins_and_ends_by_the_portals_zone() {
    let portal = Portal::with(&["ann"]).await;
    // Half past midnight of the first of July in Dublin.
    let mut paid = payment("p1", "ann", "10.00 EUR", PaymentStatus::Completed);
    paid.created_at = at("2026-06-30T23:30:00Z");
    paid.completed_at = Some(paid.created_at);
    portal.pay(&paid, &[]).await;
    for (on, found) in [("2026-06-30", 0), ("2026-07-01", 1)] {
        let query = HistoryQuery {
            from: Some(day(on)),
            to: Some(day(on)),
            ..HistoryQuery::default()
        };
        assert_eq!(all(&portal, &query).await.len(), found, "{on}");
    }
}
