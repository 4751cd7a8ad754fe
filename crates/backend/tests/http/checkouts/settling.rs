//! What becomes of a checkout by what the provider says, and what of the account.

use api_types::{
    AllocatedTo, Allocation, Changed, Checkout, CheckoutStatus, FailureCode, MoneyState, PaymentId,
    PaymentStatus,
};
use backend::db::{DbError, ReadTx, ledger};
use serde_json::{Value, json};

use crate::stream::Events;
use test_support::{CHECKOUTS, CheckoutSite, SignedIn, euro, for_balance, for_invoice};

/// The provider says something, and the window comes back.
pub async fn hears(site: &CheckoutSite, news: Value) {
    site.gateway.say(&site.gateway.reference(), news);
    site.return_from_provider().await;
}

/// What the ledger has for a payment.
pub async fn posted(site: &CheckoutSite, payment: &PaymentId) -> Option<i64> {
    let read = async |tx: &ReadTx| ledger::posted_for_payment(tx, payment).await;
    let posted: Result<_, DbError> = site.app.db().read(read).await;
    posted.unwrap()
}

/// The number on the invoice that a part of a payment is for, or the title of the event.
pub fn paid_for(allocation: &Allocation) -> &str {
    match &allocation.to {
        AllocatedTo::Invoice { number, .. } => number,
        AllocatedTo::Event { title, .. } => title,
    }
}

pub async fn status(ada: &SignedIn<'_>, checkout: &Checkout) -> CheckoutStatus {
    ada.checkout(checkout).await.status
}

#[tokio::test]
async fn money_that_has_come_pays_the_invoice_once() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    for _ in 0..3 {
        site.return_from_provider().await;
    }
    let paid = ada.checkout(&checkout).await;
    assert_eq!(paid.status, CheckoutStatus::Paid);
    assert_eq!(paid.version, checkout.version + 1);
    assert!(!paid.can_cancel && paid.failure.is_none());
    let [payment] = &ada.payments().await[..] else {
        panic!("there is one payment");
    };
    assert_eq!(paid.payment.as_ref(), Some(&payment.id));
    assert_eq!(payment.status, PaymentStatus::Completed);
    assert_eq!(
        (payment.total.minor(), payment.description.as_str()),
        (4500, "INV-1")
    );
    assert_eq!(paid_for(&payment.allocations[0]), "INV-1");
    assert_eq!(posted(&site, &payment.id).await, Some(4500));
    let invoice = ada.invoice("INV-1").await;
    assert_eq!(invoice.state, MoneyState::Paid);
    assert_eq!((invoice.money.paid.minor(), invoice.checkout), (4500, None));
    let euro = ada.in_euro().await;
    assert!(euro.owed.is_zero() && euro.credit.is_zero() && euro.on_its_way.is_zero());
}

#[tokio::test]
async fn whoever_listens_is_told_after_every_step() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let mut events = Events::open(&ada).await;
    let before = events.change().await.unwrap().version;
    let checkout = ada.pay_invoice().await;
    site.gateway.process(&site.gateway.reference());
    site.return_from_provider().await;
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.return_from_provider().await;
    // Made, open, confirming, paid; each is news of the checkout and of the account.
    for version in before + 1..=before + 4 {
        let told = events.change().await.unwrap();
        assert_eq!((told.changed, told.version), (Changed::Checkout, version));
        assert_eq!(told.checkout.as_ref(), Some(&checkout.id));
        let told = events.change().await.unwrap();
        assert_eq!((told.changed, told.version), (Changed::Account, version));
    }
    assert_eq!(ada.checkout(&checkout).await.version, before + 4);
}

#[tokio::test]
async fn more_than_was_asked_for_is_credit() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "50.00");
    site.return_from_provider().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    assert_eq!(ada.invoice("INV-1").await.money.paid.minor(), 4500);
    assert_eq!(ada.in_euro().await.credit.minor(), 500);
    let payment = &ada.payments().await[0];
    assert_eq!(
        (payment.total.minor(), payment.allocations[0].amount.minor()),
        (5000, 4500)
    );
}

#[tokio::test]
async fn less_than_was_asked_for_is_looked_into() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.pay(&site.gateway.reference(), "40.00");
    site.return_from_provider().await;
    let known = ada.checkout(&checkout).await;
    assert_eq!(known.status, CheckoutStatus::NeedsReview);
    assert!(!known.can_cancel);
    let euro = ada.in_euro().await;
    assert_eq!((euro.owed.minor(), euro.on_its_way.minor()), (4500, 4000));
    assert_eq!(ada.payments().await[0].status, PaymentStatus::Pending);
    assert_eq!(posted(&site, &known.payment.clone().unwrap()).await, None);
    // What did not come can be paid.
    let rest = ada.invoice("INV-1").await.pay;
    assert_eq!((rest.allowed, rest.amount.minor()), (true, 500));
    assert_eq!(ada.cancel(&checkout).await.status, 409);

    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.notify("evt_1", &site.gateway.reference()).await;
    let paid = ada.checkout(&checkout).await;
    assert_eq!(
        (paid.status, &paid.payment),
        (CheckoutStatus::Paid, &known.payment)
    );
    assert_eq!(posted(&site, &paid.payment.unwrap()).await, Some(4500));
    assert_eq!(ada.payments().await.len(), 1);
}

#[tokio::test]
async fn another_currency_is_looked_into() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway
        .say(&site.gateway.reference(), json!({"currency": "USD"}));
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.return_from_provider().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::NeedsReview);
    let balance = ada.balance().await;
    let way = |code: &str| {
        let mut all = balance.currencies.iter();
        all.find(|one| one.currency.code() == code)
            .unwrap()
            .on_its_way
            .minor()
    };
    assert_eq!((way("USD"), way("EUR")), (4500, 0));

    // It was told wrongly, and is put right.
    hears(&site, json!({"currency": "EUR"})).await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    assert_eq!(ada.invoice("INV-1").await.state, MoneyState::Paid);
}

#[tokio::test]
async fn a_word_without_meaning_is_looked_into_until_it_has_one() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    hears(&site, json!({"status": "half_paid"})).await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::NeedsReview);
    assert!(ada.payments().await.is_empty());
    hears(&site, json!({"status": "cancelled"})).await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Cancelled);
}

#[tokio::test]
async fn a_declined_card_and_back_is_a_cancelled_payment_and_a_second_try() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let declined = json!({"attempts": 1, "failure": "card_declined"});
    hears(&site, declined).await;
    // The provider's page offers another card: nothing is over.
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Open);
    hears(&site, json!({"status": "failed"})).await;
    let failed = ada.checkout(&checkout).await;
    assert_eq!(failed.status, CheckoutStatus::Failed);
    assert_eq!(failed.failure, Some(FailureCode::CardDeclined));
    let payment = &ada.payments().await[0];
    assert_eq!(
        (payment.status, payment.failure),
        (PaymentStatus::Cancelled, failed.failure)
    );
    assert_eq!(
        (payment.total.minor(), payment.allocations.len()),
        (4500, 0)
    );
    assert_eq!(posted(&site, &payment.id).await, None);
    assert_eq!(ada.in_euro().await.owed.minor(), 4500);

    let again = ada.pay_invoice().await;
    assert_ne!(again.id, checkout.id);
    site.gateway.pay(&site.gateway.reference(), "45.00");
    site.return_from_provider().await;
    assert_eq!(status(&ada, &again).await, CheckoutStatus::Paid);
    assert_eq!(ada.payments().await.len(), 2);
}

#[tokio::test]
async fn turning_back_without_a_try_leaves_no_payment() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    for (word, ended, failure) in [
        ("cancelled", CheckoutStatus::Cancelled, None),
        (
            "expired",
            CheckoutStatus::Expired,
            Some(FailureCode::TimedOut),
        ),
        (
            "failed",
            CheckoutStatus::Failed,
            Some(FailureCode::ProviderError),
        ),
    ] {
        let checkout = ada.pay_invoice().await;
        hears(&site, json!({"status": word})).await;
        let checkout = ada.checkout(&checkout).await;
        assert_eq!((checkout.status, checkout.failure), (ended, failure));
    }
    assert!(ada.payments().await.is_empty());
    assert!(ada.invoice("INV-1").await.pay.allowed);
}

#[tokio::test]
async fn money_on_its_way_is_pending_and_holds_only_itself() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    let reference = site.gateway.reference();
    site.gateway.process(&reference);
    site.return_from_provider().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Confirming);
    let payment = ada.payments().await.remove(0);
    assert_eq!(
        (payment.status, payment.total.minor()),
        (PaymentStatus::Pending, 4500)
    );
    let invoice = ada.invoice("INV-1").await;
    assert_eq!(
        (invoice.state, invoice.checkout),
        (MoneyState::Pending, None)
    );
    let euro_now = ada.in_euro().await;
    assert_eq!(
        (euro_now.owed.minor(), euro_now.on_its_way.minor()),
        (4500, 4500)
    );
    // The lock is gone: what comes on top can be paid.
    site.add_invoice("ada", "INV-2", "2026-12-20", 1000).await;
    let other = ada.create(&for_balance(euro("10.00"))).await;
    assert_eq!(other.items.len(), 1);

    site.gateway.pay(&reference, "45.00");
    site.notify("evt_1", &reference).await;
    let paid = ada.checkout(&checkout).await;
    assert_eq!(
        (paid.status, paid.payment.as_ref()),
        (CheckoutStatus::Paid, Some(&payment.id))
    );
    assert_eq!(posted(&site, &payment.id).await, Some(4500));
    assert_eq!(ada.payments().await.len(), 1);
    let euro_now = ada.in_euro().await;
    assert_eq!(
        (euro_now.owed.minor(), euro_now.on_its_way.minor()),
        (1000, 0)
    );
}

#[tokio::test]
async fn money_on_its_way_that_never_comes_is_cancelled() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.pay_invoice().await;
    site.gateway.process(&site.gateway.reference());
    site.return_from_provider().await;
    hears(
        &site,
        json!({"status": "failed", "failure": "insufficient_funds"}),
    )
    .await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Failed);
    let payment = ada.payments().await.remove(0);
    assert_eq!(payment.status, PaymentStatus::Cancelled);
    assert_eq!(payment.failure, Some(FailureCode::InsufficientFunds));
    let invoice = ada.invoice("INV-1").await;
    assert!(invoice.pay.allowed && invoice.money.on_its_way.is_zero());
}

#[tokio::test]
async fn a_balance_is_paid_with_credit_first_and_the_first_due_first() {
    let site = CheckoutSite::with_invoice().await;
    site.add_invoice("ada", "INV-2", "2026-12-20", 1000).await;
    site.add_credit("ada", "PAY-1", 5000).await;
    let ada = site.ada().await;
    let checkout = ada.create(&for_balance(euro("5.00"))).await;
    site.gateway.pay(&site.gateway.reference(), "5.00");
    site.return_from_provider().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::Paid);
    for id in ["INV-1", "INV-2"] {
        assert_eq!(ada.invoice(id).await.state, MoneyState::Paid, "{id}");
    }
    let euro = ada.in_euro().await;
    assert!(euro.owed.is_zero() && euro.credit.is_zero());
    let mut payments = ada.payments().await.into_iter();
    let new = payments.find(|payment| payment.id.as_str() != "PAY-1");
    let new = new.unwrap();
    let paid: Vec<_> = new
        .allocations
        .iter()
        .map(|a| (paid_for(a), a.amount.minor()))
        .collect();
    assert_eq!(paid, [("INV-2", 500)]);
}

#[tokio::test]
async fn charges_on_the_account_are_paid_with_the_balance() {
    let site = CheckoutSite::open().await;
    site.add_credit("ada", "BOUGHT-1", -700).await;
    let ada = site.ada().await;
    let checkout = ada.create(&for_balance(euro("7.00"))).await;
    assert_eq!(checkout.items[0].invoice, None);
    let open = site.gateway.newest();
    assert_eq!(open["description"], "Harbour Clinic");
    let again: api_types::Problem = ada.ask(&for_balance(euro("7.00"))).await.json();
    assert_eq!(again.checkout.as_ref(), Some(&checkout.id));
    site.gateway.pay(&site.gateway.reference(), "7.00");
    site.return_from_provider().await;
    assert!(ada.in_euro().await.net.is_zero());
    let path = format!("{CHECKOUTS}/{}", checkout.id);
    assert_eq!(ada.get(&path).await.status, 200);
}

#[tokio::test]
async fn another_payment_than_the_one_asked_about_proves_nothing() {
    let site = CheckoutSite::with_invoice().await;
    let ada = site.ada().await;
    let checkout = ada.create(&for_invoice("INV-1", euro("45.00"))).await;
    let reference = site.gateway.reference();
    site.gateway.pay(&reference, "45.00");
    site.gateway
        .say(&reference, json!({"reference": "somebody-elses"}));
    site.return_from_provider().await;
    assert_eq!(status(&ada, &checkout).await, CheckoutStatus::NeedsReview);
    assert!(ada.payments().await.is_empty());
}
