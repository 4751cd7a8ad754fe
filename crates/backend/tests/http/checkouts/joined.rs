//! What an import brings and what the payment provider tells, told again and again, with money
//! that goes back or comes twice in between: it counts once, in whichever order.

use api_types::{CheckoutStatus, EntryKind, MoneyState, PaymentStepKind};
use backend::db::reviews::{Resolution, ReviewKind};
use backend::payments::reviews::resolve;
use backend::settings::Requests;
use serde_json::json;

use super::changing::with_ways;
use super::imported::ten_went_back_once;
use super::refunds_disputes::{money, paid, refund, tells, to_review};
use super::reversals::history;
use super::settling::{posted, status};
use super::superseded::{story, two_pages};
use test_support::{
    CheckoutSite, SignedIn, bring, charge, euro, faults_of, for_invoice, payment_row, refund_row,
};

/// Why there is something to look into.
pub async fn kinds(site: &CheckoutSite) -> Vec<ReviewKind> {
    let reviews = to_review(site).await;
    let mut kinds: Vec<_> = reviews.iter().map(|review| review.found.kind).collect();
    kinds.sort_by_key(|kind| kind.as_str());
    kinds
}

/// The provider tells the same again, some times.
pub async fn again(site: &CheckoutSite, times: usize) {
    let reference = site.gateway.reference();
    for n in 0..times {
        site.notify(&format!("evt_again_{n}"), &reference).await;
    }
}

/// A row of the whole of `INV-1` and what it pays for, by the provider's name for the money.
fn whole(site: &CheckoutSite) -> (String, String) {
    let row = payment_row("45.00", &charge(site));
    (row, "P-77,INV-1,45.00".to_owned())
}

async fn bring_whole(
    site: &CheckoutSite,
    update: bool,
    (row, allocation): &(String, String),
) -> String {
    let files = [
        ("payments.csv", row.as_str()),
        ("allocations.csv", allocation.as_str()),
    ];
    bring(site, update, &files).await.unwrap().to_string()
}

#[tokio::test]
async fn less_than_was_asked_for_is_applied_once_however_often_it_is_told() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let row = payment_row("40.00", &charge(&site));
    bring(&site, false, &[("payments.csv", &row)])
        .await
        .unwrap();
    site.gateway.pay(&site.gateway.reference(), "40.00");
    site.return_from_provider().await;
    let one = ada.payments().await.remove(0);
    let told = story(&ada, &one.id).await;
    let version = ada.checkout(&checkout).await.version;
    again(&site, 2).await;
    assert_eq!(story(&ada, &one.id).await, told);
    assert_eq!(ada.checkout(&checkout).await.version, version);
    tells(&site, json!({"refunds": [refund("re_1", "40.00")]})).await;
    again(&site, 2).await;
    let invoice = ada.invoice("INV-1").await;
    assert_eq!(invoice.money.remaining.minor(), 4500);
    assert_eq!(ada.in_euro().await.net.minor(), -4500);
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Failed);
    assert_eq!(kinds(&site).await, []);
    // As another amount it is not what was booked, so somebody has to look.
    site.gateway.pay(&site.gateway.reference(), "45.00");
    again(&site, 2).await;
    assert_eq!(kinds(&site).await, [ReviewKind::Unreadable]);
    assert_eq!(ada.in_euro().await.net.minor(), -4500);
}

#[tokio::test]
async fn less_than_was_asked_for_is_looked_into_where_the_import_does_not_say_that_it_came() {
    for mended in [false, true] {
        let site = CheckoutSite::with_invoice().await;
        let ada = site.ada().await;
        let checkout = ada.pay_invoice().await;
        let pending = |total: &str| {
            let row = payment_row(total, &charge(&site));
            row.replace("2026-11-20T10:00,2026-11-20T10:00", "2026-11-20T10:00,")
                .replace("completed", "pending")
        };
        site.gateway.pay(&site.gateway.reference(), "40.00");
        if mended {
            let row = pending("39.00");
            bring(&site, false, &[("payments.csv", &row)])
                .await
                .unwrap();
            site.return_from_provider().await;
        }
        let row = pending("40.00");
        bring(&site, mended, &[("payments.csv", &row)])
            .await
            .unwrap();
        site.return_from_provider().await;
        again(&site, 2).await;
        assert_eq!(status(&ada, &checkout).await, CheckoutStatus::NeedsReview);
        assert_eq!(kinds(&site).await, [ReviewKind::Mismatch], "{mended}");
        assert_eq!(ada.in_euro().await.on_its_way.minor(), 4000);
    }
}

#[tokio::test]
async fn less_than_was_asked_for_pays_that_much_once_its_row_is_mended() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    for (total, update) in [("39.00", false), ("40.00", true)] {
        let row = payment_row(total, &charge(&site));
        bring(&site, update, &[("payments.csv", &row)])
            .await
            .unwrap();
        site.gateway.pay(&site.gateway.reference(), "40.00");
        site.return_from_provider().await;
    }
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Failed);
    assert_eq!(ada.invoice("INV-1").await.money.remaining.minor(), 500);
}

#[tokio::test]
async fn money_that_went_back_is_not_applied_again_by_the_files() {
    for (back, state) in [
        ("45.00", MoneyState::Refunded),
        ("10.00", MoneyState::PartRefunded),
    ] {
        for is_told_first in [true, false] {
            let site = CheckoutSite::with_invoice().await;
            let ada = site.ada().await;
            ada.pay_invoice().await;
            let files = whole(&site);
            if !is_told_first {
                bring_whole(&site, false, &files).await;
            }
            site.gateway.pay(&site.gateway.reference(), "45.00");
            tells(&site, json!({"refunds": [refund("re_1", back)]})).await;
            if is_told_first {
                bring_whole(&site, false, &files).await;
            }
            for _ in 0..2 {
                let invoice = ada.invoice("INV-1").await;
                let paid: Vec<_> = invoice.payments.iter().map(|p| p.amount.minor()).collect();
                assert_eq!(
                    (invoice.state, &paid[..], invoice.refunds.len()),
                    (state, &[4500][..], 1),
                    "{back} {is_told_first}"
                );
                let owed = ada.in_euro().await.owed;
                assert_eq!(format!("{owed:?}"), format!("{back} EUR"));
                bring_whole(&site, true, &files).await;
            }
        }
    }
}

#[tokio::test]
async fn what_is_left_of_a_payment_is_without_what_the_provider_told_to_have_gone_back() {
    let (site, _) = paid().await;
    let ada = site.ada().await;
    tells(&site, json!({"refunds": [refund("re_1", "10.00")]})).await;
    site.add_invoice("ada", "INV-2", "2026-12-20", 1000).await;
    let row = payment_row("45.00", &charge(&site));
    let files = [
        ("payments.csv", row.as_str()),
        ("allocations.csv", "P-77,INV-2,10.00"),
    ];
    let refused = bring(&site, false, &files).await.unwrap_err().to_string();
    assert!(refused.contains("has only 0.00 EUR left"), "{refused}");
    assert_eq!(ada.in_euro().await.owed.minor(), 2000);
}

#[tokio::test]
async fn other_money_of_the_same_attempt_is_booked_too() {
    let came = async |amount: &str| {
        let site = CheckoutSite::with_invoice().await;
        let ada = site.ada().await;
        let checkout = ada.pay_invoice().await;
        let reference = site.gateway.reference();
        site.gateway.pay(&reference, "40.00");
        site.return_from_provider().await;
        let review = to_review(&site).await[0].id.clone();
        let at = (Requests::Off, site.app.now());
        resolve(site.app.db(), &review, (Resolution::Taken, None), at)
            .await
            .unwrap();
        assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Failed);
        site.gateway.pay(&reference, amount);
        site.gateway.say(&reference, json!({"payment_id": "ch_B"}));
        again(&site, 2).await;
        let stands = status(&ada, &checkout).await;
        let mut booked = Vec::new();
        for payment in ada.payments().await {
            booked.push(posted(&site, &payment.id).await);
        }
        booked.sort_unstable();
        let credit = ada.in_euro().await.credit.minor();
        (stands, booked, credit, kinds(&site).await)
    };
    assert_eq!(
        came("45.00").await,
        (
            CheckoutStatus::Paid,
            vec![Some(4000), Some(4500)],
            4000,
            vec![ReviewKind::SecondPayment]
        )
    );
    assert_eq!(
        came("44.00").await,
        (
            CheckoutStatus::NeedsReview,
            vec![None, Some(4000)],
            0,
            vec![ReviewKind::Mismatch]
        )
    );
}

#[tokio::test]
async fn the_same_files_again_are_taken_when_the_provider_has_told_of_them() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    ada.pay_invoice().await;
    let (came, allocation) = whole(&site);
    let back = refund_row("-10.00", "P-77", "re_1");
    let files = (format!("{came}\n{back}"), allocation);
    bring_whole(&site, false, &files).await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    tells(&site, json!({"refunds": [refund("re_1", "10.00")]})).await;
    ten_went_back_once(&site, &ada).await;
    let summary = bring_whole(&site, true, &files).await;
    assert_eq!(summary, "payments: 0 added, 2 changed\n");
    ten_went_back_once(&site, &ada).await;
    let known = faults_of(&site, false, &came).await;
    assert!(known[0].contains("P-77 is known already"), "{known:?}");
    // What the provider told counts in what is left to give back.
    let more = back
        .replace("R-77", "R-78")
        .replace("-10.00", "-40.00")
        .replace("re_1", "re_2");
    let rows = format!("{came}\n{back}\n{more}");
    let beyond = faults_of(&site, true, &rows).await;
    assert!(
        beyond[0].contains("35.00 EUR of payment P-77 is left"),
        "{beyond:?}"
    );
}

/// A site where Ada pays `INV-1` with 0.98 for the way to pay, which has not come yet.
async fn pays_a_price(site: &CheckoutSite) -> SignedIn<'_> {
    let ada = site.ada().await;
    let mut body = for_invoice("INV-1", euro("45.98"));
    body["method"] = json!("express");
    ada.create(&body).await;
    ada
}

#[tokio::test]
async fn the_price_of_the_way_to_pay_is_none_of_the_customers_in_either_order() {
    for (is_told_first, surcharge) in [(true, ""), (false, ""), (true, "0.98"), (false, "0.98")] {
        let site = with_ways().await;
        let ada = pays_a_price(&site).await;
        let row = format!("{}{surcharge}", payment_row("45.98", &charge(&site)));
        let files = (row, "P-77,INV-1,45.00".to_owned());
        if !is_told_first {
            bring_whole(&site, false, &files).await;
        }
        site.gateway.pay(&site.gateway.reference(), "45.98");
        site.return_from_provider().await;
        if is_told_first {
            bring_whole(&site, false, &files).await;
        }
        let (came, _) = money(&ada).await;
        assert_eq!(came.surcharge.minor(), 98, "{is_told_first} {surcharge:?}");
        let figures = ada.in_euro().await;
        assert_eq!((figures.credit.minor(), figures.owed.minor()), (0, 0));
        assert_eq!(kinds(&site).await, []);
        let mut moved = history(&ada).await;
        moved.retain(|(kind, _)| *kind != EntryKind::Invoice);
        moved.sort_by_key(|(_, minor)| -minor);
        let expected = [(EntryKind::Payment, 4598), (EntryKind::Surcharge, -98)];
        assert_eq!(moved, expected, "{is_told_first} {surcharge:?}");
        bring_whole(&site, true, &files).await;
        assert!(ada.in_euro().await.net.is_zero());
    }
}

#[tokio::test]
async fn a_price_that_a_row_gave_and_took_back_is_taken_once() {
    let site = with_ways().await;
    let ada = pays_a_price(&site).await;
    for (surcharge, update) in [("0.98", false), ("", true)] {
        let row = format!("{}{surcharge}", payment_row("45.98", &charge(&site)));
        bring(&site, update, &[("payments.csv", &row)])
            .await
            .unwrap();
    }
    site.gateway.pay(&site.gateway.reference(), "45.98");
    site.return_from_provider().await;
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
    assert!(ada.in_euro().await.net.is_zero());
}

#[tokio::test]
async fn allocations_leave_the_price_of_the_way_to_pay_alone() {
    let site = with_ways().await;
    site.add_invoice("ada", "INV-2", "2026-12-20", 1000).await;
    let ada = pays_a_price(&site).await;
    let row = payment_row("45.98", &charge(&site));
    let allocations = "P-77,INV-1,45.00\nP-77,INV-2,0.98".to_owned();
    bring_whole(&site, false, &(row, allocations)).await;
    site.gateway.pay(&site.gateway.reference(), "45.98");
    site.return_from_provider().await;
    let figures = ada.in_euro().await;
    assert_eq!((figures.owed.minor(), figures.net.minor()), (1000, -1000));
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
}

#[tokio::test]
async fn another_price_of_the_way_to_pay_is_a_fault_or_looked_into() {
    for is_told_first in [true, false] {
        let site = with_ways().await;
        pays_a_price(&site).await;
        let row = format!("{}0.50", payment_row("45.98", &charge(&site)));
        if is_told_first {
            site.gateway.pay(&site.gateway.reference(), "45.98");
            site.return_from_provider().await;
            let told = faults_of(&site, false, &row).await;
            assert!(
                told[0].contains("0.98 EUR of it for the way to pay"),
                "{told:?}"
            );
        } else {
            bring(&site, false, &[("payments.csv", &row)])
                .await
                .unwrap();
            site.gateway.pay(&site.gateway.reference(), "45.98");
            site.return_from_provider().await;
            assert_eq!(kinds(&site).await, [ReviewKind::ImportDiffers]);
        }
    }
}

#[tokio::test]
async fn money_that_comes_by_a_second_page_is_looked_into_whoever_brings_it_first() {
    for is_told_first in [true, false] {
        let site = with_ways().await;
        let ada = site.ada().await;
        let (checkout, old, new) = two_pages(&site, &ada).await;
        site.gateway.pay(&old, "45.00");
        site.notify("evt_1", &old).await;
        let row = payment_row("45.98", &format!("ch_{new}"));
        let files = [("payments.csv", row.as_str())];
        if !is_told_first {
            bring(&site, false, &files).await.unwrap();
        }
        let version = ada.checkout(&checkout).await.version;
        site.gateway.pay(&new, "45.98");
        for event in ["evt_2", "evt_3"] {
            site.notify(event, &new).await;
        }
        assert_eq!(ada.checkout(&checkout).await.version, version + 1);
        if is_told_first {
            bring(&site, false, &files).await.unwrap();
        }
        assert_eq!(kinds(&site).await, [ReviewKind::SecondPayment]);
        let first = ada.checkout(&checkout).await.payment.unwrap();
        let all = ada.payments().await;
        let second = all.iter().find(|payment| payment.id != first).unwrap();
        let told = story(&ada, &second.id).await;
        let ends = [
            (PaymentStepKind::Confirmed, None),
            (PaymentStepKind::Credited, Some(4500)),
        ];
        assert_eq!(told[told.len() - 2..], ends, "{is_told_first}");
        assert_eq!(ada.in_euro().await.credit.minor(), 4500);
    }
}
