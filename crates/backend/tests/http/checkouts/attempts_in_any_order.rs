//! Whatever two pages of one checkout say, in whatever order, doubled or lost: each movement
//! of money has one entry, the sum is right, and nothing goes back from paid.

use api_types::{CheckoutStatus, CustomerId, PaymentStatus};
use backend::db::{DbError, ReadTx, ledger};
use proptest::prelude::*;
use serde_json::json;

use super::changing::with_ways;
use super::settling::posted;
use super::superseded::two_pages;
use test_support::{Behaviour, CheckoutSite};

/// What a page says from now on.
const WORDS: [&str; 6] = [
    "open",
    "processing",
    "failed",
    "cancelled",
    "expired",
    "half_paid",
];

/// Report of one of the two pages, and how often it is heard: not at all, once, or more.
#[derive(Clone, Debug)]
struct Report {
    of_newer: bool,
    /// `None` where it is paid.
    word: Option<&'static str>,
    heard: usize,
}

fn report() -> impl Strategy<Value = Report> {
    let word = prop_oneof![
        2 => prop::sample::select(WORDS.to_vec()).prop_map(Some),
        1 => Just(None),
    ];
    (any::<bool>(), word, 0_usize..3).prop_map(|(of_newer, word, heard)| Report {
        of_newer,
        word,
        heard,
    })
}

async fn entries(site: &CheckoutSite) -> u64 {
    let ada = CustomerId::parse("ada").unwrap();
    let read = async |tx: &ReadTx| ledger::count(tx, &ada).await;
    let count: Result<_, DbError> = site.app.db().read(read).await;
    count.unwrap()
}

async fn told_in_this_order(all: &[Report]) {
    let site = with_ways().await;
    let ada = site.ada().await;
    let (checkout, older, newer) = two_pages(&site, &ada).await;
    site.gateway.mood(Behaviour::CannotCancel);
    let mut paid = [false, false];
    for (n, report) in all.iter().enumerate() {
        let (reference, total) = if report.of_newer {
            (&newer, "45.98")
        } else {
            (&older, "45.00")
        };
        match report.word {
            Some(word) => site
                .gateway
                .say(reference, json!({"status": word, "attempts": 1})),
            None => site.gateway.pay(reference, total),
        }
        for _ in 0..report.heard {
            site.notify(&format!("evt_{n}"), reference).await;
        }
        paid[usize::from(report.of_newer)] |= report.heard > 0 && report.word.is_none();
        let now = ada.checkout(&checkout).await;
        let is_paid = now.status == CheckoutStatus::Paid;
        assert_eq!(
            is_paid,
            paid[0] || paid[1],
            "{:?} after {report:?}",
            now.status
        );
    }
    let payments = ada.payments().await;
    let mut there = 0;
    for payment in &payments {
        if payment.status == PaymentStatus::Completed {
            there += 1;
            assert_eq!(posted(&site, &payment.id).await, Some(4500));
        } else {
            assert_eq!(posted(&site, &payment.id).await, None);
        }
    }
    let came = i64::from(paid[0]) + i64::from(paid[1]);
    assert_eq!(there, came);
    assert_eq!(ada.in_euro().await.net.minor(), (came - 1) * 4500);
    // The invoice, each payment, and the price of the newer way.
    let expected = 1 + u64::from(paid[0]) + 2 * u64::from(paid[1]);
    assert_eq!(entries(&site).await, expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn each_movement_of_money_is_booked_once_and_paid_stays_paid(
        all in prop::collection::vec(report(), 1..9),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(told_in_this_order(&all));
    }
}
