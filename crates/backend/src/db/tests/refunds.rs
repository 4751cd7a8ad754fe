//! Refunds and their failing, told in any order: a payment pays for what it was applied to
//! first, up to what is left of it, and the account's sum says the same.

use std::collections::BTreeMap;

use api_types::{AllocatedTo, Money, MoneyState, PaymentStatus};
use proptest::prelude::*;

use super::portal::{Portal, at, day, id, invoice, money, payment};
use crate::db::allocate;
use crate::db::credit_notes::{self, NewCreditNote};
use crate::db::payments::{self, GivenBack, ProviderPayment};

const TODAY: &str = "2026-11-21";

/// Refunds of 50.00 EUR that pay 20.00 and 25.00 for two invoices, and whether each fails.
type Refunds = Vec<(i64, bool)>;

fn refunds() -> impl Strategy<Value = Refunds> {
    prop::collection::vec((1_i64..3000, any::<bool>()), 1..6)
}

async fn tell(portal: &Portal, n: usize, cents: i64, has_failed: bool) {
    let given = GivenBack {
        provider: ProviderPayment {
            gateway: "sandbox".to_owned(),
            id: format!("re_{n}"),
        },
        amount: Money::from_minor(cents, id("EUR")),
        at: None,
        by_dispute: false,
    };
    let now = at("2026-11-20T10:00:00Z");
    portal
        .write(async |tx| {
            let paid = id("p1");
            match has_failed {
                true => payments::fail_refund(tx, &paid, &given, now).await,
                false => payments::give_back(tx, &paid, &given, now).await,
            }
        })
        .await;
}

/// What the payment pays for each invoice.
async fn pays(portal: &Portal) -> BTreeMap<String, i64> {
    let paid = portal.payment("ann", "p1").await;
    let parts = paid.allocations.iter().filter_map(|part| match &part.to {
        AllocatedTo::Invoice { number, .. } => Some((number.clone(), part.amount.minor())),
        AllocatedTo::Event { .. } => None,
    });
    parts.collect()
}

async fn told_in_this_order(refunds: &Refunds, order: &[(usize, bool)]) {
    let portal = Portal::with(&["ann"]).await;
    portal
        .issue(&invoice("i1", "ann", "20.00 EUR", "2026-12-01"))
        .await;
    portal
        .issue(&invoice("i2", "ann", "25.00 EUR", "2026-12-01"))
        .await;
    let paid = payment("p1", "ann", "50.00 EUR", PaymentStatus::Completed);
    portal
        .pay(&paid, &[("i1", "20.00 EUR"), ("i2", "25.00 EUR")])
        .await;
    for (which, has_failed) in order {
        let n = which % refunds.len();
        let (cents, fails) = refunds[n];
        tell(&portal, n, cents, *has_failed && fails).await;
    }
    for (n, (cents, fails)) in refunds.iter().enumerate() {
        tell(&portal, n, *cents, *fails).await;
    }
    let standing = refunds.iter().filter(|(_, fails)| !fails);
    let gone: i64 = standing.map(|(cents, _)| cents).sum();
    let left = (5000 - gone).max(0);
    let (first, second) = (left.min(2000), (left - 2000).clamp(0, 2500));
    let expected = [("i1", first), ("i2", second)];
    let expected = expected.into_iter().filter(|(_, cents)| *cents > 0);
    let expected: BTreeMap<_, _> = expected
        .map(|(name, cents)| (name.to_owned(), cents))
        .collect();
    assert_eq!(pays(&portal).await, expected);
    assert_eq!(portal.ledger_sum("ann", "EUR").await, 500 - gone);
    for (name, total, paid) in [("i1", 2000, first), ("i2", 2500, second)] {
        let invoice = portal.invoice("ann", name, TODAY).await;
        let state = match paid {
            0 => MoneyState::Refunded,
            _ if paid == total => MoneyState::Paid,
            _ => MoneyState::PartRefunded,
        };
        assert_eq!(invoice.state, state, "{name}");
        assert_eq!(invoice.money.refunded.minor(), total - paid);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_payment_pays_first_what_it_paid_first(
        refunds in refunds(),
        order in prop::collection::vec((0_usize..6, any::<bool>()), 0..12),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(told_in_this_order(&refunds, &order));
    }
}

#[tokio::test]
async fn an_invoice_that_was_refunded_and_credited_in_full_owes_nothing_and_says_so() {
    let portal = Portal::with(&["ann"]).await;
    portal
        .issue(&invoice("i1", "ann", "20.00 EUR", "2026-11-10"))
        .await;
    let paid = payment("p1", "ann", "20.00 EUR", PaymentStatus::Completed);
    portal.pay(&paid, &[("i1", "20.00 EUR")]).await;
    tell(&portal, 1, 2000, false).await;
    let owed = portal.invoice("ann", "i1", TODAY).await;
    assert_eq!(owed.state, MoneyState::Refunded);
    assert_eq!(owed.money.remaining, money("20.00 EUR"));
    assert!(owed.pay.allowed && owed.overdue);
    let note = NewCreditNote {
        id: id("c1"),
        invoice: id("i1"),
        number: "c1".to_owned(),
        issued_on: day("2026-11-21"),
        issued_at: at("2026-11-21T00:00:00Z"),
        reason: "Given back".to_owned(),
        net: money("20.00 EUR"),
        tax: money("0.00 EUR"),
    };
    let now = at("2026-11-21T09:00:00Z");
    portal
        .write(async |tx| credit_notes::put(tx, &note, now).await)
        .await;
    let credited = portal.invoice("ann", "i1", TODAY).await;
    assert_eq!(credited.state, MoneyState::Refunded);
    assert!(credited.money.remaining.is_zero() && !credited.pay.allowed);
    assert!(portal.balance_in("ann", "EUR", TODAY).await.net.is_zero());
}

#[tokio::test]
async fn credit_is_used_of_money_that_is_there_and_not_of_what_went_back() {
    let portal = Portal::with(&["ann"]).await;
    for (name, total) in [("i1", "20.00 EUR"), ("i2", "10.00 EUR")] {
        portal
            .issue(&invoice(name, "ann", total, "2026-12-01"))
            .await;
    }
    let paid = payment("p1", "ann", "20.00 EUR", PaymentStatus::Completed);
    portal.pay(&paid, &[("i1", "20.00 EUR")]).await;
    tell(&portal, 1, 1000, false).await;
    // Credit that came later pays for the other invoice.
    let later = payment("p2", "ann", "10.00 EUR", PaymentStatus::Completed);
    portal.pay(&later, &[]).await;
    let used = portal
        .write(async |tx| {
            let items = [(id("i2"), money("10.00 EUR"))];
            let now = at("2026-11-20T12:00:00Z");
            allocate::use_credit(tx, &id("ann"), &items, money("10.00 EUR"), now).await
        })
        .await;
    assert_eq!(used, money("10.00 EUR"));
    assert_eq!(
        pays(&portal).await,
        BTreeMap::from([("i1".to_owned(), 1000)])
    );
    let later = portal.payment("ann", "p2").await;
    assert_eq!(later.allocations.len(), 1);
    // So a refund that fails finds its place, and one that comes takes no more than it is.
    tell(&portal, 1, 1000, true).await;
    assert_eq!(
        pays(&portal).await,
        BTreeMap::from([("i1".to_owned(), 2000)])
    );
    assert!(portal.balance_in("ann", "EUR", TODAY).await.net.is_zero());
}
