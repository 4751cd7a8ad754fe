//! What the transaction and the database hold by themselves, whoever calls at once.

use super::*;
use crate::clock::Clock;
use crate::db::attempts::AttemptDetails;
use crate::db::checkouts::{self, NewCheckout};
use crate::db::customers::Customer;
use crate::db::ledger;
use crate::gateways::{ProviderPage, Received};
use crate::settings::{GatewaySettings, PublicUrl, Settings};
use api_types::{CheckoutFor, Currency, MethodId, MethodKind, Money, PaidBy};
use tokio::task::JoinSet;

fn checkout_on_the_account(app: &App, id: &str, total: Money) -> NewCheckout {
    NewCheckout {
        id: CheckoutId::parse(id).unwrap(),
        customer: CustomerId::parse("ada").unwrap(),
        pays_for: CheckoutFor::Balance {
            currency: total.currency(),
        },
        total,
        surcharge: Money::zero(total.currency()),
        invoices: Vec::new(),
        event: None,
        account: total,
        credit: Money::zero(total.currency()),
        method: MethodId::parse("card").unwrap(),
        paid_by: PaidBy {
            kind: MethodKind::Card,
            label: None,
            option: None,
        },
        option: None,
        description: "A visit".to_owned(),
        created_at: app.now(),
        expires_at: app.now(),
    }
}

async fn app_with_a_checkout(folder: &std::path::Path, total: Money) -> App {
    let mut settings = Settings::for_loopback(8080, folder, &folder.join("db.sqlite"));
    let credentials = [
        ("client_id", "client-0123456789"),
        ("client_secret", "secret-0123456789"),
        ("webhook_id", "WH-0123456789"),
    ];
    let url = PublicUrl::parse("http://127.0.0.1:8091").unwrap();
    // It captures by a call; nothing here calls it.
    settings.gateways = vec![GatewaySettings::test("paypal", "paypal", url, &credentials)];
    let app = App::open(settings, Clock::system()).await.unwrap();
    let now = app.now();
    let customer = Customer {
        id: CustomerId::parse("ada").unwrap(),
        name: "Ada".to_owned(),
        email: None,
        address: Vec::new(),
        tax_number: None,
        account_number: None,
        attendees: Vec::new(),
    };
    let new = checkout_on_the_account(&app, "co_1", total);
    app.db()
        .write(async |tx| {
            customers::put(tx, &customer, now).await?;
            checkouts::insert(tx, &new).await?;
            let attempt = attempts::NewAttempt {
                id: &AttemptId::parse("A-1").unwrap(),
                checkout: &new.id,
                number: 1,
                gateway: "paypal",
                terms: &new.payment_terms(),
                details: &AttemptDetails::default(),
                next_read_at: now,
            };
            attempts::insert(tx, &attempt, now).await
        })
        .await
        .unwrap();
    app
}

/// Without the single flight of reads, so that the transaction alone has to hold.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_news_a_hundred_times_at_once_is_booked_once() {
    let folder = tempfile::tempdir().unwrap();
    let total = Money::from_minor(4500, Currency::parse("EUR").unwrap());
    let app = app_with_a_checkout(folder.path(), total).await;
    let mut running = JoinSet::new();
    for n in 0..100 {
        let app = app.clone();
        let received = Received {
            payment_id: "ch_1".to_owned(),
            amount: total,
        };
        let state = match n % 4 {
            0 => ProviderState::Open,
            1 => ProviderState::Processing(Some(received)),
            _ => ProviderState::Paid(received),
        };
        running.spawn(async move {
            let said = ProviderPayment {
                id: "p_1".to_owned(),
                reference: "A-1".to_owned(),
                page: Some(ProviderPage::at("http://127.0.0.1:8090/pay/p_1")),
                state,
                fee: None,
                awaits_fee: false,
                events: PaymentEvents::default(),
                ids: Vec::new(),
            };
            let attempt = AttemptId::parse("A-1").unwrap();
            apply_provider_state(&app, &attempt, &said).await.unwrap();
        });
    }
    running.join_all().await;
    let customer = CustomerId::parse("ada").unwrap();
    let read = async |tx: &ReadTx| {
        let id = CheckoutId::parse("co_1").unwrap();
        let checkout = checkouts::find(tx, &id).await?.unwrap();
        let payment = checkout.payment.unwrap();
        let posted = ledger::posted_for_payment(tx, &payment).await?;
        let entries = ledger::count(tx, &customer).await?;
        Ok::<_, DbError>((checkout.status, posted, entries))
    };
    let found = app.db().read(read).await.unwrap();
    assert_eq!(found, (CheckoutStatus::Paid, Some(4500), 1));
}

#[tokio::test]
async fn the_database_itself_refuses_a_second_lock() {
    let folder = tempfile::tempdir().unwrap();
    let total = Money::from_minor(4500, Currency::parse("EUR").unwrap());
    let app = app_with_a_checkout(folder.path(), total).await;
    let second = checkout_on_the_account(&app, "co_2", total);
    let add = async |tx: &WriteTx| checkouts::insert(tx, &second).await;
    assert!(matches!(app.db().write(add).await, Err(DbError::Taken(_))));
    let first = CheckoutId::parse("co_1").unwrap();
    let release = async |tx: &WriteTx| checkouts::release(tx, &first).await;
    app.db().write(release).await.unwrap();
    let add = async |tx: &WriteTx| checkouts::insert(tx, &second).await;
    app.db().write(add).await.unwrap();
}

fn told(state: ProviderState) -> ProviderPayment {
    ProviderPayment {
        id: "p_1".to_owned(),
        reference: "A-1".to_owned(),
        page: None,
        state,
        fee: None,
        awaits_fee: false,
        events: PaymentEvents::default(),
        ids: Vec::new(),
    }
}

#[tokio::test]
async fn a_yes_that_does_not_stand_any_more_ends_what_was_to_be_captured() {
    let folder = tempfile::tempdir().unwrap();
    let total = Money::from_minor(4500, Currency::parse("EUR").unwrap());
    let app = app_with_a_checkout(folder.path(), total).await;
    let attempt = AttemptId::parse("A-1").unwrap();
    let approved = told(ProviderState::Approved);
    let standing = apply_provider_state(&app, &attempt, &approved)
        .await
        .unwrap();
    assert_eq!(
        (standing.status, standing.captures),
        (CheckoutStatus::Confirming, true)
    );
    let open = told(ProviderState::Open);
    let standing = apply_provider_state(&app, &attempt, &open).await.unwrap();
    assert_eq!(
        (standing.status, standing.captures),
        (CheckoutStatus::Failed, false)
    );
    // Whatever is said after that, it is not captured.
    let standing = apply_provider_state(&app, &attempt, &approved)
        .await
        .unwrap();
    assert_eq!(
        (standing.status, standing.captures),
        (CheckoutStatus::Failed, false)
    );
}
