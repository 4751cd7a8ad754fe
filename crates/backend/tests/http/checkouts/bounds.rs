//! How much may be paid at once, and what becomes of money that is more than can be kept.

use std::collections::BTreeSet;

use api_types::{CheckoutStatus, Money, PaymentStatus, Portal, Problem};
use axum::http::StatusCode;
use backend::db::reviews::{Resolution, Review, ReviewKind};
use backend::payments::reviews;
use backend::settings::Settings;
use serde_json::{Value, json};

use super::changing::by;
use super::methods::on_account;
use test_support::{
    CheckoutSite, FakeGateway, SignedIn, euro, euros, for_balance, for_invoice, open_site, problem,
    with_all_methods,
};

async fn site_with(change: impl FnOnce(&mut Settings)) -> CheckoutSite {
    let gateway = FakeGateway::open().await;
    let site = open_site(&gateway.url(), |settings| {
        with_all_methods(settings);
        change(settings);
    })
    .await;
    CheckoutSite { site, gateway }
}

/// A site that takes 800.00 EUR at once, where Ada owes 500.00 twice.
async fn owing_much() -> CheckoutSite {
    let site = site_with(|settings| {
        let most = euros("800.00");
        settings.checkout_limits.most.insert(most.currency(), most);
    })
    .await;
    for (id, due_on) in [("INV-1", "2026-11-18"), ("INV-2", "2026-11-20")] {
        site.add_invoice("ada", id, due_on, 50_000).await;
    }
    site
}

/// The largest amount that the refusal names.
async fn named_bound(ada: &SignedIn<'_>, body: &Value) -> Option<Money> {
    let answer = ada.ask(body).await;
    assert_eq!(answer.code(), problem(422, "invalid"), "{body}");
    let problem: Problem = answer.json();
    let error = &problem.field_errors["amount"];
    assert_eq!(error.code, "too_large");
    error.bound
}

/// Every answer about the account is there.
async fn account_answers(ada: &SignedIn<'_>) {
    for path in [
        "/api/v1/balance",
        "/api/v1/history",
        "/api/v1/statement?from=2026-11-01&to=2026-11-30",
        "/api/v1/payments",
        "/api/v1/home",
    ] {
        assert_eq!(ada.get(path).await.status, StatusCode::OK, "{path}");
    }
}

async fn all_reviews(site: &CheckoutSite) -> Vec<Review> {
    reviews::list(site.app.db(), true).await.unwrap()
}

async fn resolve(site: &CheckoutSite, id: &str, how: Resolution) -> Result<(), String> {
    let app = &site.app;
    let at = (app.settings().calendar.requests, app.now());
    let done = reviews::resolve(app.db(), id, (how, None), at).await;
    done.map(|_| ()).map_err(|error| error.to_string())
}

#[tokio::test]
async fn no_more_is_asked_for_at_once_than_the_portal_takes() {
    let site = owing_much().await;
    let ada = site.ada().await;
    for amount in ["800.01", "10000000000000.00"] {
        let body = on_account("card", &euro(amount), &euro(amount));
        assert_eq!(named_bound(&ada, &body).await, Some(euros("800.00")));
    }
    // What no amount can be is refused before anything is looked up.
    for amount in ["92233720368547758.07", "99999999999999999999.00"] {
        let body = on_account("card", &euro(amount), &euro("45.00"));
        let most = euros("10000000000000.00");
        assert_eq!(named_bound(&ada, &body).await, Some(most), "{amount}");
    }
    let transfer = json!({
        "for": {"kind": "account", "amount": euro("800.01")}, "method": "transfer",
        "displayed_total": euro("800.01"),
    });
    let request = ada.request_to_write(test_support::CHECKOUTS, "k-1", &transfer.to_string());
    let answer = site.send(request).await;
    assert_eq!(answer.code(), problem(422, "invalid"));
    assert_eq!(site.gateway.creates(), []);
    account_answers(&ada).await;
    let portal: Portal = site
        .site
        .send(test_support::get("/api/v1/portal"))
        .await
        .json();
    let most = |id: &str| {
        let mut methods = portal.methods.iter();
        let method = methods.find(|method| method.id.as_str() == id).unwrap();
        method.terms_in(euros("0.00").currency()).unwrap().maximum
    };
    assert_eq!(most("card"), Some(euros("800.00")));
    assert_eq!(most("transfer"), Some(euros("800.00")));
    // A method that takes less keeps its own.
    assert_eq!(most("express"), Some(euros("500.00")));
}

#[tokio::test]
async fn the_surcharge_counts_towards_the_most() {
    let site = owing_much().await;
    let ada = site.ada().await;
    let body = on_account("express", &euro("500.00"), &euro("507.80"));
    assert_eq!(named_bound(&ada, &body).await, Some(euros("492.32")));
    ada.create(&on_account("express", &euro("492.32"), &euro("500.00")))
        .await;
    assert_eq!(site.gateway.newest()["amount"], "500.00");
}

#[tokio::test]
async fn another_way_is_held_to_its_own_most() {
    let site = owing_much().await;
    let ada = site.ada().await;
    let open = ada
        .create(&on_account("card", &euro("495.00"), &euro("495.00")))
        .await;
    let answer = ada
        .change_with_key(&open, "k-1", &by("express", "502.73"))
        .await;
    assert_eq!(answer.code(), problem(422, "invalid"));
    let problem: Problem = answer.json();
    assert_eq!(problem.field_errors["amount"].bound, Some(euros("492.32")));
    assert_eq!(ada.checkout(&open).await.method.as_str(), "card");
    assert_eq!(site.gateway.creates().len(), 1);
}

#[tokio::test]
async fn a_balance_above_the_most_is_paid_in_parts_that_pay_what_is_due_first() {
    let site = owing_much().await;
    let ada = site.ada().await;
    let whole = for_balance(euro("1000.00"));
    let part = named_bound(&ada, &whole).await.unwrap();
    assert_eq!(part, euros("800.00"));
    let checkout = ada
        .create(&on_account("card", &euro("800.00"), &euro("800.00")))
        .await;
    site.gateway.pay(&site.gateway.reference(), "800.00");
    site.return_from_provider().await;
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
    let remaining = |invoice: api_types::Invoice| invoice.money.remaining;
    assert_eq!(remaining(ada.invoice("INV-1").await), euros("0.00"));
    assert_eq!(remaining(ada.invoice("INV-2").await), euros("200.00"));
    assert_eq!(ada.in_euro().await.owed, euros("200.00"));
    ada.create(&for_balance(euro("200.00"))).await;
}

#[tokio::test]
async fn money_that_is_more_than_can_be_kept_goes_to_review_and_never_into_the_ledger() {
    for (came, told) in [
        ("10000000000000.01", Some(1_000_000_000_000_001)),
        ("92233720368547758.07", None),
        ("99999999999999999999999999.00", None),
    ] {
        let site = CheckoutSite::with_invoice().await;
        let ada = site.ada().await;
        let checkout = ada.pay_invoice().await;
        let reference = site.gateway.reference();
        site.gateway.pay(&reference, came);
        site.return_from_provider().await;
        assert_eq!(
            ada.checkout(&checkout).await.status,
            CheckoutStatus::NeedsReview,
            "{came}"
        );
        // However often it is told, it is one review.
        site.notify("evt_1", &reference).await;
        site.return_from_provider().await;
        let found = all_reviews(&site).await;
        let [review] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!(review.found.kind, ReviewKind::Unreadable);
        assert_eq!(review.found.amount.map(|came| came.minor()), told);
        assert_eq!(review.found.provider_ref, format!("ch_{reference}"));
        account_answers(&ada).await;
        assert!(ada.payments().await.is_empty());
        assert_eq!(ada.in_euro().await.owed, euros("45.00"));

        let refused = resolve(&site, &review.id, Resolution::Taken).await;
        assert!(refused.unwrap_err().contains("--refuse"));
        resolve(&site, &review.id, Resolution::Refused)
            .await
            .unwrap();
        // The provider goes on saying so, and nothing comes of it any more.
        site.notify("evt_2", &reference).await;
        assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Failed);
        assert_eq!(all_reviews(&site).await.len(), 1);
        ada.pay_invoice().await;
    }
}

#[tokio::test]
async fn money_that_is_too_large_counts_after_an_end_and_beside_what_is_paid() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let given_up = ada.pay_invoice().await;
    let late = site.gateway.reference();
    ada.cancel(&given_up).await;
    site.gateway.pay(&late, "10000000000000.01");
    site.notify("evt_1", &late).await;
    assert_eq!(
        ada.checkout(&given_up).await.status,
        CheckoutStatus::NeedsReview
    );
    let checkout = ada.pay_invoice().await;
    let reference = site.gateway.reference();
    site.gateway.pay(&reference, "45.00");
    site.return_from_provider().await;
    let paid = ada.checkout(&checkout).await;
    assert_eq!(paid.status, CheckoutStatus::Paid);
    assert_eq!(all_reviews(&site).await.len(), 1);

    // The same attempt brings other money, far too much of it.
    let other = json!({"amount_received": "10000000000000.01", "payment_id": "ch_other"});
    site.gateway.say(&reference, other);
    site.notify("evt_2", &reference).await;
    let found = all_reviews(&site).await;
    // Both come at the same instant, so neither is the first.
    let names = found.iter().map(|review| review.found.provider_ref.clone());
    let expected = [format!("ch_{late}"), "ch_other".to_owned()];
    assert_eq!(names.collect::<BTreeSet<_>>(), BTreeSet::from(expected));
    assert_eq!(found.len(), 2);
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
    assert_eq!(ada.payments().await.len(), 1);
    account_answers(&ada).await;
}

#[tokio::test]
async fn money_that_the_account_cannot_hold_goes_to_review_too() {
    let site = CheckoutSite::open().await;
    site.add_credit("ada", "PAY-1", Money::MOST_MINOR - 100)
        .await;
    let ada = site.ada().await;
    let checkout = ada
        .create(&on_account("card", &euro("45.00"), &euro("45.00")))
        .await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.return_from_provider().await;
    assert_eq!(
        ada.checkout(&checkout).await.status,
        CheckoutStatus::NeedsReview
    );
    let found = all_reviews(&site).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].found.amount, Some(euros("45.00")));
    account_answers(&ada).await;
    assert_eq!(ada.in_euro().await.credit.minor(), Money::MOST_MINOR - 100);
    // What fits is taken as ever.
    let checkout = ada
        .create(&on_account("card", &euro("1.00"), &euro("1.00")))
        .await;
    site.gateway.pay(&site.gateway.reference(), "1.00");
    site.return_from_provider().await;
    assert_eq!(ada.checkout(&checkout).await.status, CheckoutStatus::Paid);
    assert_eq!(ada.in_euro().await.credit.minor(), Money::MOST_MINOR);
    let statuses: Vec<_> = ada.payments().await.iter().map(|p| p.status).collect();
    assert_eq!(statuses, [PaymentStatus::Completed; 2]);
}

#[tokio::test]
async fn an_invoice_above_the_most_says_how_much_can_be_paid() {
    let site = owing_much().await;
    site.add_invoice("ada", "INV-3", "2026-11-19", 90_000).await;
    let ada = site.ada().await;
    let body = for_invoice("INV-3", euro("900.00"));
    assert_eq!(named_bound(&ada, &body).await, Some(euros("800.00")));
    let mut part = for_invoice("INV-3", euro("800.00"));
    part["for"] = json!({"kind": "part", "invoice": "INV-3", "amount": euro("800.00")});
    ada.create(&part).await;
    assert_eq!(site.gateway.newest()["amount"], "800.00");
}
