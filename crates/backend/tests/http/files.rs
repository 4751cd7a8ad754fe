//! Files for spreadsheets, as they come: part by part, whole, and read by another reader.

use std::collections::BTreeSet;
use std::time::Duration;

use api_types::{Currency, CustomerId, HistoryEntry, Money, Page, Payment, Statement, Timestamp};
use axum::body::{Body, Bytes};
use axum::http::Method;
use axum::response::Response;
use backend::db::customers;
use backend::db::payments::{self, NewPayment};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use test_support::{SignedIn, Site, get, payment, problem};

const PAYMENTS: &str = "/api/v1/payments/csv";
const STATEMENT: &str = "/api/v1/statement/csv?from=2026-11-01&to=2026-11-30";
/// More than several parts of a file hold.
const MANY: i64 = 2_345;

async fn with_payments(site: &Site, how_many: i64) {
    let eur: Currency = "EUR".parse().unwrap();
    let first = Timestamp::parse("2026-11-02T09:00:00Z").unwrap();
    let descriptions = [
        "=1+1",
        "Card, \"express\"",
        "Cash # drawer",
        "-5",
        "two\nlines",
        "Été",
    ];
    site.app
        .db()
        .write(async |tx| {
            for n in 1..=how_many {
                let at = Timestamp::from_millis(first.as_millis() + n * 1_000).unwrap();
                let nth = usize::try_from(n).unwrap();
                let total = Money::from_minor(n, eur);
                let new = NewPayment {
                    description: descriptions[nth % descriptions.len()].to_owned(),
                    ..payment("ada", &format!("P-{n}"), total, at)
                };
                payments::insert(tx, &new).await?;
            }
            customers::touch(tx, &CustomerId::parse("ada").unwrap()).await
        })
        .await
        .unwrap();
}

async fn open(site: &Site, who: &SignedIn<'_>, path: &str) -> Response {
    let request = who.request(Method::GET, path).body(Body::empty()).unwrap();
    site.router.clone().oneshot(request).await.unwrap()
}

async fn part(response: &mut Response) -> Option<Bytes> {
    let frame = response.body_mut().frame().await?.unwrap();
    Some(frame.into_data().unwrap())
}

/// The rows below the head, by a reader that is not ours.
fn rows(file: &[u8]) -> Vec<Vec<String>> {
    let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut reader = csv::Reader::from_reader(file);
    reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[tokio::test]
async fn every_payment_of_the_query_stands_in_the_file_as_on_the_screen() {
    let site = Site::open().await;
    with_payments(&site, 60).await;
    let ada = site.signed_in("ada").await;
    let answer = ada.get(&format!("{PAYMENTS}?sort=oldest")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header("content-type"),
        "text/csv; charset=utf-8; header=present"
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    let disposition = answer.header("content-disposition");
    assert!(
        disposition.starts_with("attachment; filename=\"payments 2026-11-21.csv\""),
        "{disposition}"
    );
    let text = std::str::from_utf8(&answer.body).unwrap();
    assert!(text.starts_with("\u{feff}Date / Time (Europe/Dublin),Kind,Description,"));
    let page: Page<Payment> = ada
        .get("/api/v1/payments?sort=oldest&limit=200")
        .await
        .json();
    let rows = rows(&answer.body);
    assert_eq!(rows.len(), page.data.len());
    for (row, payment) in rows.iter().zip(&page.data) {
        assert_eq!(row[4], payment.total.amount_text());
        assert_eq!(row[6], "EUR");
        assert_eq!(row[10], payment.id.as_str());
        assert_eq!(row[11], payment.refunded.amount_text());
        let shown = row[2].strip_prefix('\'').unwrap_or(&row[2]);
        assert_eq!(shown, payment.description);
        assert_eq!(
            row[2].starts_with('\''),
            payment.description.starts_with(['=', '-'])
        );
        assert!(row[0].starts_with("2026-11-02 09:0"), "{}", row[0]);
    }
    let none = ada.get(&format!("{PAYMENTS}?status=pending")).await;
    assert_eq!(
        none.body.iter().filter(|b| **b == b'\n').count(),
        1,
        "the head alone"
    );
}

#[tokio::test]
async fn a_long_file_comes_in_parts_of_bounded_length() {
    let site = Site::open().await;
    with_payments(&site, MANY).await;
    let ada = site.signed_in("ada").await;
    let mut response = open(&site, &ada, PAYMENTS).await;
    let (mut file, mut parts) = (Vec::new(), 0);
    while let Some(part) = part(&mut response).await {
        assert!(part.len() < 100_000, "a part of {} bytes", part.len());
        file.extend_from_slice(&part);
        parts += 1;
    }
    assert!(parts >= 5, "{parts} parts");
    let ids: BTreeSet<_> = rows(&file)
        .into_iter()
        .map(|mut row| row.remove(10))
        .collect();
    assert_eq!(i64::try_from(ids.len()).unwrap(), MANY, "each once");
}

#[tokio::test]
async fn a_file_is_of_one_moment() {
    let site = Site::open().await;
    with_payments(&site, MANY).await;
    let ada = site.signed_in("ada").await;
    let mut response = open(&site, &ada, &format!("{PAYMENTS}?sort=oldest")).await;
    let mut file = part(&mut response).await.unwrap().to_vec();
    // It would stand at the end, which is far from being written yet.
    site.add_credit("ada", "LATE", 100).await;
    while let Some(part) = part(&mut response).await {
        file.extend_from_slice(&part);
    }
    let rows = rows(&file);
    assert_eq!(i64::try_from(rows.len()).unwrap(), MANY);
    assert!(rows.iter().all(|row| row[10] != "LATE"));
}

#[tokio::test]
async fn a_file_that_nobody_takes_any_more_is_given_up() {
    let site = Site::open().await;
    with_payments(&site, MANY).await;
    let ada = site.signed_in("ada").await;
    // More than are written at once, each begun and left.
    for _ in 0..12 {
        let mut response = open(&site, &ada, PAYMENTS).await;
        part(&mut response).await.unwrap();
    }
    let whole = tokio::time::timeout(Duration::from_secs(20), ada.get(PAYMENTS)).await;
    let rows = rows(&whole.expect("the permits were given back").body);
    assert_eq!(i64::try_from(rows.len()).unwrap(), MANY);
}

#[tokio::test]
async fn a_statement_stands_in_its_file_between_its_balances() {
    let site = Site::open().await;
    site.add_invoice("ada", "INV-1", "2026-11-20", 450_000)
        .await;
    with_payments(&site, 700).await;
    let ada = site.signed_in("ada").await;
    let answer = ada.get(STATEMENT).await;
    let disposition = answer.header("content-disposition");
    assert!(
        disposition.contains("statement 2026-11-01 to 2026-11-30.csv"),
        "{disposition}"
    );
    let rows = rows(&answer.body);
    let path = STATEMENT.replace("/csv", "");
    let statement: Statement = ada.get(&path).await.json();
    let sums = &statement.currencies[0];
    let (first, last) = (rows.first().unwrap(), rows.last().unwrap());
    assert_eq!((&first[0][..], &first[5][..]), ("2026-11-01", "0.00"));
    assert_eq!(first[5], sums.opening.amount_text());
    assert_eq!(last[5], sums.closing.amount_text());
    let entries = &rows[1..rows.len() - 1];
    let mut balance = sums.opening.minor();
    for row in entries {
        let amount = Money::parse(&row[4], sums.currency).unwrap();
        balance += amount.minor();
        assert_eq!(
            row[5],
            Money::from_minor(balance, sums.currency).amount_text()
        );
    }
    assert_eq!((entries.len(), balance), (701, sums.closing.minor()));
    let history = "/api/v1/history?from=2026-11-01&to=2026-11-30&order=oldest&limit=200";
    let page: Page<HistoryEntry> = ada.get(history).await.json();
    for (row, entry) in entries.iter().zip(&page.data) {
        assert_eq!(row[4], entry.amount.amount_text());
        assert_eq!(row[2], entry.number.clone().unwrap_or_default());
    }
}

#[tokio::test]
async fn files_are_for_their_own_customer() {
    let site = Site::open().await;
    with_payments(&site, 3).await;
    let ben = site.signed_in("ben").await;
    for path in [PAYMENTS, STATEMENT] {
        let guest = site.send(get(path)).await;
        assert_eq!(guest.code(), problem(401, "signed_out"), "{path}");
        let theirs = ben.get(path).await;
        assert_eq!(rows(&theirs.body), Vec::<Vec<String>>::new(), "{path}");
    }
    let bad = ben.get(&format!("{PAYMENTS}?from=yesterday")).await;
    assert_eq!(bad.code(), problem(422, "invalid"));
}
