//! How many checkouts a customer may have open at once.

use api_types::{Checkout, CheckoutStatus, Page};
use axum::http::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use super::methods::on_account;
use test_support::{CHECKOUTS, CheckoutSite, SignedIn, euro, problem, token};

fn asked() -> Value {
    on_account("card", &euro("20.00"), &euro("20.00"))
}

async fn live(ada: &SignedIn<'_>) -> Vec<Checkout> {
    let page: Page<Checkout> = ada.get(CHECKOUTS).await.json();
    page.data
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn however_many_are_asked_for_at_once_only_so_many_are_opened() {
    let site = CheckoutSite::open().await;
    let ada = site.ada().await;
    let mut running = JoinSet::new();
    for _ in 0..50 {
        let asked = asked();
        let key = asked["launch_token"].as_str().unwrap();
        let request = ada.request_to_write(CHECKOUTS, key, &asked.to_string());
        let router = site.router.clone();
        running.spawn(async move { router.oneshot(request).await.unwrap().status().as_u16() });
    }
    let statuses = running.join_all().await;
    let count = |of: u16| statuses.iter().filter(|status| **status == of).count();
    assert_eq!((count(201), count(409)), (5, 45), "{statuses:?}");
    assert_eq!(site.gateway.creates().len(), 5);
    assert_eq!(live(&ada).await.len(), 5);
}

#[tokio::test]
async fn the_next_one_is_refused_until_one_is_cancelled_or_paid() {
    let site = CheckoutSite::open().await;
    let ada = site.ada().await;
    let mut open = Vec::new();
    for _ in 0..5 {
        open.push(ada.create(&asked()).await);
    }
    assert_eq!(
        ada.ask(&asked()).await.code(),
        problem(409, "too_many_open")
    );
    ada.cancel(&open[0]).await;
    ada.create(&asked()).await;
    assert_eq!(
        ada.ask(&asked()).await.code(),
        problem(409, "too_many_open")
    );
    site.gateway.pay(&site.gateway.reference(), "20.00");
    site.return_from_provider().await;
    ada.create(&asked()).await;
    // It is each customer's own number.
    let ben = site.signed_in("ben").await;
    ben.create(&asked()).await;
}

#[tokio::test]
async fn what_is_on_its_way_or_over_does_not_count() {
    let site = CheckoutSite::open().await;
    let ada = site.ada().await;
    for _ in 0..5 {
        ada.create(&asked()).await;
        site.gateway.process(&site.gateway.reference());
        site.return_from_provider().await;
    }
    for _ in 0..5 {
        ada.create(&asked()).await;
    }
    assert_eq!(
        ada.ask(&asked()).await.code(),
        problem(409, "too_many_open")
    );
    // Their time runs out, and nobody has looked at them since.
    site.seconds(24 * 3600);
    let open = |checkout: &Checkout| checkout.status == CheckoutStatus::Open;
    assert_eq!(live(&ada).await.iter().filter(|c| open(c)).count(), 5);
    ada.create(&asked()).await;
}

#[tokio::test]
async fn transfers_that_were_begun_count_until_they_are_turned_back() {
    let site = CheckoutSite::with_methods().await;
    let ada = site.ada().await;
    let begin = async || {
        let asked = json!({
            "for": {"kind": "account", "amount": euro("20.00")}, "method": "transfer",
            "displayed_total": euro("20.00"),
        });
        let request = ada.request_to_write(CHECKOUTS, &token(), &asked.to_string());
        site.send(request).await
    };
    let mut begun = Vec::new();
    for _ in 0..5 {
        begun.push(begin().await.json::<Checkout>());
    }
    assert_eq!(begin().await.code(), problem(409, "too_many_open"));
    assert_eq!(
        ada.ask(&asked()).await.code(),
        problem(409, "too_many_open")
    );
    let path = format!("{CHECKOUTS}/{}/cancel", begun[0].id);
    let request = ada.request(Method::POST, &path);
    let request = request.body(axum::body::Body::empty()).unwrap();
    assert_eq!(site.send(request).await.status, 200);
    assert_eq!(begin().await.status, 201);
}
