//! A hundred hints at once about one payment at the real sandbox gateway, in
//! this process: one entry in the ledger, one payment, one raised version.

use std::collections::BTreeSet;
use std::time::Duration;

use api_types::{Checkout, CheckoutStatus, CustomerId, PaymentStatus};
use axum::body::Body;
use axum::http::{Method, Request};
use backend::db::{DbError, ReadTx, ledger};
use backend::payments::poller;
use http_body_util::BodyExt as _;
use sandbox_gateway::{Faults, Gateway, GatewaySettings};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use test_support::{
    API_KEY, CHECKOUTS, SignedIn, Site, WEBHOOK_SECRET, euro, for_invoice, get, launch,
    notification, open_site,
};

/// A gateway that notifies nobody: the test does that itself, many times.
async fn silent_gateway() -> Gateway {
    let mut settings = GatewaySettings::new(API_KEY, WEBHOOK_SECRET);
    settings.faults = Faults {
        webhook_lost: true,
        ..Faults::default()
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    Gateway::start(listener, settings).await.unwrap()
}

/// Presses `Pay Now`, and says where the confirmation page leads back to.
async fn pay(page: &str) -> String {
    let browser = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = browser
        .post(page)
        .header("content-type", "application/x-www-form-urlencoded")
        .body("number=4242424242424242&expiry=12%2F34&code=123")
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success(), "{answer:?}");
    let text = answer.text().await.unwrap();
    assert!(text.contains("Payment confirmed"), "{text}");
    let (_, rest) = text
        .split_once("http://localhost:8080/api/")
        .expect("it leads back");
    let end = rest.find(['"', '\'', '<', ' ']).unwrap();
    format!("/api/{}", rest[..end].replace("&amp;", "&"))
}

/// The hints, a third of each kind, mixed.
fn hints(site: &Site, ada: &SignedIn<'_>, checkout: &Checkout, back: &str) -> Vec<Request<Body>> {
    let reference = back.split('/').nth(4).unwrap();
    let look = || {
        let path = format!("{CHECKOUTS}/{}", checkout.id);
        ada.request(Method::GET, &path).body(Body::empty()).unwrap()
    };
    let tell = |n: usize| {
        // Some are repeated, some are new.
        let body = json!({"id": format!("evt_{}", n % 40), "payment": {"reference": reference}});
        notification(site, &body.to_string())
    };
    let hint = |n: usize| match n % 3 {
        0 => get(back),
        1 => tell(n),
        _ => look(),
    };
    (0..100).map(hint).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_returns_notifications_and_polls_book_one_payment() {
    let gateway = silent_gateway().await;
    let site = open_site(gateway.url(), |_| {}).await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 4500).await;
    let ada = site.signed_in("ada").await;
    let asked = for_invoice("INV-1", euro("45.00"));
    let checkout = ada.create(&asked).await;
    let to: serde_json::Value = launch(&site, &asked["launch_token"]).await.json();
    let back = pay(to["url"].as_str().unwrap()).await;
    let open = ada.checkout(&checkout).await;
    assert_eq!(
        open.status,
        CheckoutStatus::Open,
        "nobody has told the backend yet"
    );
    site.clock.advance(Duration::from_secs(5));

    let mut running = JoinSet::new();
    for hint in hints(&site, &ada, &checkout, &back) {
        let (router, app) = (site.router.clone(), site.app.clone());
        running.spawn(async move {
            let answer = router.oneshot(hint).await.unwrap();
            poller::look(&app).await.unwrap();
            let status = answer.status().as_u16();
            (
                status,
                answer.into_body().collect().await.unwrap().to_bytes(),
            )
        });
    }
    let answers = running.join_all().await;
    let statuses: BTreeSet<u16> = answers.iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses, BTreeSet::from([200, 204, 303]));

    let paid = ada.checkout(&checkout).await;
    assert_eq!(
        (paid.status, paid.version),
        (CheckoutStatus::Paid, open.version + 1)
    );
    for (_, body) in answers.iter().filter(|(status, _)| *status == 200) {
        let seen: Checkout = serde_json::from_slice(body).unwrap();
        let known = [(open.status, open.version), (paid.status, paid.version)];
        assert!(known.contains(&(seen.status, seen.version)), "{seen:?}");
    }
    let payments = ada.payments().await;
    assert_eq!(
        (payments.len(), payments[0].status),
        (1, PaymentStatus::Completed)
    );
    // One for the invoice, one for the payment.
    let customer = CustomerId::parse("ada").unwrap();
    let read = async |tx: &ReadTx| {
        let posted = ledger::posted_for_payment(tx, &payments[0].id).await?;
        Ok::<_, DbError>((posted, ledger::count(tx, &customer).await?))
    };
    assert_eq!(site.app.db().read(read).await.unwrap(), (Some(4500), 2));
    let euro = ada.in_euro().await;
    assert!(euro.owed.is_zero() && euro.credit.is_zero() && euro.on_its_way.is_zero());
}
