//! Writes that are repeated, at the same time, later, and after a crash.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use api_types::{Balance, Code, Problem};
use axum::http::StatusCode;
use axum::response::Response;
use backend::app::App;
use backend::db::DbError;
use backend::http::customer::Customer;
use backend::http::error::ApiError;
use backend::http::idempotency::{Answer, FirstRun, IdempotencyKey, once};
use tokio::sync::Notify;

use test_support::{Site, problem};

const CREDIT: &str = "/api/v1/balance/credit";
const BODY: &str = r#"{"displayed_credit":{"amount":"60.00","currency":"EUR"}}"#;

async fn with_credit() -> Site {
    let site = Site::open().await;
    site.add_invoice("ada", "INV-1", "2026-11-25", 4500).await;
    site.add_credit("ada", "PAY-1", 6000).await;
    site
}

#[tokio::test]
async fn the_same_key_and_body_get_the_same_answer() {
    let site = with_credit().await;
    let ada = site.signed_in("ada").await;
    let first = site.send(ada.request_to_write(CREDIT, "k1", BODY)).await;
    assert_eq!(first.status, 200, "{first:?}");
    let balance: Balance = first.json();
    assert_eq!(balance.currencies[0].credit.minor(), 1500);
    assert_eq!(balance.currencies[0].owed.minor(), 0);
    let again = site.send(ada.request_to_write(CREDIT, "k1", BODY)).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    // With another key it is another request, and the credit is another by now.
    let other = site.send(ada.request_to_write(CREDIT, "k2", BODY)).await;
    assert_eq!(other.code(), problem(409, "total_changed"));
    let other = site.send(ada.request_to_write(CREDIT, "k2", BODY)).await;
    assert_eq!(other.code(), problem(409, "total_changed"));
}

#[tokio::test]
async fn a_key_is_good_for_one_body_and_has_to_be_there() {
    let site = with_credit().await;
    let ada = site.signed_in("ada").await;
    site.send(ada.request_to_write(CREDIT, "k1", BODY)).await;
    let other = BODY.replace("60.00", "61.00");
    let answer = site.send(ada.request_to_write(CREDIT, "k1", &other)).await;
    assert_eq!(answer.code(), problem(422, "key_reused"));
    let mut without = ada.request_to_write(CREDIT, "k1", BODY);
    without.headers_mut().remove("idempotency-key");
    let answer = site.send(without).await;
    assert_eq!(answer.code(), problem(400, "key_missing"));
    for key in ["", " ", &"x".repeat(129)] {
        let answer = site.send(ada.request_to_write(CREDIT, key, BODY)).await;
        assert_eq!(answer.status, 422, "{key}");
    }
}

#[tokio::test]
async fn a_key_belongs_to_one_customer_for_a_day() {
    let site = with_credit().await;
    site.add_invoice("ben", "INV-2", "2026-11-25", 4500).await;
    site.add_credit("ben", "PAY-2", 6000).await;
    let (ada, ben) = (site.signed_in("ada").await, site.signed_in("ben").await);
    assert_eq!(
        site.send(ada.request_to_write(CREDIT, "k1", BODY))
            .await
            .status,
        200
    );
    assert_eq!(
        site.send(ben.request_to_write(CREDIT, "k1", BODY))
            .await
            .status,
        200
    );
    site.advance(24 * 60);
    let ada = site.signed_in("ada").await;
    let answer = site.send(ada.request_to_write(CREDIT, "k1", BODY)).await;
    assert_eq!(answer.status, 200);
    site.advance(1);
    let answer = site.send(ada.request_to_write(CREDIT, "k1", BODY)).await;
    assert_eq!(answer.code(), problem(409, "total_changed"));
}

#[tokio::test]
async fn many_at_once_use_the_credit_once() {
    let site = with_credit().await;
    let ada = site.signed_in("ada").await;
    let sends = (0..20).map(|_| site.send(ada.request_to_write(CREDIT, "k1", BODY)));
    for answer in futures_util::future::join_all(sends).await {
        match answer.status.as_u16() {
            200 => assert_eq!(answer.json::<Balance>().currencies[0].credit.minor(), 1500),
            _ => assert_eq!(answer.code(), problem(409, "still_running")),
        }
    }
    let balance: Balance = ada.get("/api/v1/balance").await.json();
    assert_eq!(balance.currencies[0].credit.minor(), 1500);
}

#[tokio::test]
async fn credit_that_does_not_cover_is_not_used() {
    let site = Site::open().await;
    site.add_invoice("ada", "INV-1", "2026-11-25", 6001).await;
    site.add_credit("ada", "PAY-1", 6000).await;
    let ada = site.signed_in("ada").await;
    let answer = site.send(ada.request_to_write(CREDIT, "k1", BODY)).await;
    assert_eq!(answer.code(), problem(409, "not_payable"));
    let off = Site::with(|settings| settings.features.pay = false).await;
    let ada = off.signed_in("ada").await;
    let answer = off.send(ada.request_to_write(CREDIT, "k1", BODY)).await;
    assert_eq!(answer.code(), problem(404, "feature_off"));
}

/// A write that counts its runs and marks what it makes.
#[derive(Clone, Default)]
struct Making {
    runs: Arc<AtomicU32>,
    made: Arc<AtomicU32>,
    go: Arc<Notify>,
    begun: Arc<Notify>,
}

impl Making {
    async fn run(self, app: App, first: FirstRun, fails: bool) -> Result<Answer, ApiError> {
        self.runs.fetch_add(1, Ordering::SeqCst);
        if let Some(made) = first.created_before() {
            return Answer::new(StatusCode::CREATED, &made);
        }
        app.db()
            .write(async |tx| first.record_created(tx, "thing-1").await)
            .await
            .map_err(|e: DbError| ApiError::from(e))?;
        self.made.fetch_add(1, Ordering::SeqCst);
        self.begun.notify_one();
        if fails {
            return Err(ApiError::GatewayAway);
        }
        self.go.notified().await;
        Answer::new(StatusCode::CREATED, &"thing-1")
    }

    async fn send(&self, site: &Site, body_hash: &str, fails: bool) -> Result<Response, ApiError> {
        let (making, app) = (self.clone(), site.app.clone());
        let run = move |first| making.run(app, first, fails);
        once(
            &site.app,
            &ada(),
            "POST /things",
            key().await,
            body_hash,
            run,
        )
        .await
    }
}

fn ada() -> Customer {
    Customer {
        id: api_types::CustomerId::parse("ada").unwrap(),
        session: "0".repeat(64),
    }
}

async fn key() -> IdempotencyKey {
    use axum::extract::FromRequestParts as _;
    let request = axum::http::Request::builder().header("idempotency-key", "k1");
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    IdempotencyKey::from_request_parts(&mut parts, &())
        .await
        .unwrap()
}

fn code_of(answer: Result<Response, ApiError>) -> Code {
    match answer {
        Err(error) => error.into_problem().code,
        Ok(response) => response.extensions().get::<Problem>().unwrap().code,
    }
}

#[tokio::test]
async fn while_the_first_runs_the_second_is_told_so() {
    let site = Site::open().await;
    let making = Making::default();
    let (first, ()) = tokio::join!(making.send(&site, "h", false), async {
        making.begun.notified().await;
        let second = making.send(&site, "h", false).await;
        assert_eq!(code_of(second), Code::StillRunning);
        let other = making.send(&site, "other", false).await;
        assert_eq!(code_of(other), Code::KeyReused);
        making.go.notify_one();
    });
    assert_eq!(first.unwrap().status(), 201);
    assert_eq!(making.send(&site, "h", false).await.unwrap().status(), 201);
    assert_eq!(making.runs.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_caller_who_goes_away_leaves_nothing_half_made() {
    let site = Site::open().await;
    let making = Making::default();
    {
        let sending = making.send(&site, "h", false);
        tokio::select! {
            _ = sending => panic!("it has to wait"),
            () = making.begun.notified() => {}
        }
    }
    making.go.notify_one();
    // The run ends by itself; until then the key is held.
    let answer = loop {
        match making.send(&site, "h", false).await {
            Err(ApiError::StillRunning) => tokio::task::yield_now().await,
            other => break other,
        }
    };
    assert_eq!(answer.unwrap().status(), 201);
    assert_eq!(making.runs.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn what_was_made_before_a_fault_is_found_and_not_made_again() {
    let site = Site::open().await;
    let making = Making::default();
    let away = making.send(&site, "h", true).await;
    assert_eq!(code_of(away), Code::GatewayAway);
    let again = making.send(&site, "h", true).await.unwrap();
    assert_eq!(again.status(), 201);
    assert_eq!(making.runs.load(Ordering::SeqCst), 2);
    assert_eq!(making.made.load(Ordering::SeqCst), 1);
}
