//! What a page deep in a list costs beside the first one, and what a file of a million rows
//! costs: `cargo bench -p backend --bench lists`. It prints medians of one run; nothing here
//! fails by the time it takes.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark stops where it stands, and tells what it finds"
)]

mod download;
mod rows;

use std::time::{Duration, Instant};

use api_types::{
    Cursor, CustomerId, EventFilters, EventList, EventQuery, HistoryQuery, InvoiceQuery, Page,
    PaymentQuery, Timestamp,
};
use backend::app::App;
use backend::clock::Clock;
use backend::db::{DbError, events, history, invoices, payments};
use backend::settings::Settings;

/// Rows of each list.
const ROWS: u32 = 100_000;
/// Rows of the file.
const ROWS_OF_FILE: u32 = 1_000_000;
/// How often each page is read.
const TIMES: usize = 41;

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let quick = !std::env::args().any(|arg| arg == "--bench");
    let (rows, rows_of_file) = match quick {
        true => (2_000, 5_000),
        false => (ROWS, ROWS_OF_FILE),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(run(rows, rows_of_file));
}

async fn run(rows: u32, rows_of_file: u32) {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("bench.db");
    let settings = Settings::for_loopback(8080, folder.path(), &database);
    let now = Timestamp::parse("2026-11-21T12:00:00Z").unwrap();
    let app = App::open(settings, Clock::standing_at(now)).await.unwrap();
    let lists = rows::customer(&app, "lists").await;
    let file = rows::customer(&app, "file").await;
    let began = Instant::now();
    rows::fill(&database, "lists", rows).await;
    rows::fill_payments(&database, "file", rows_of_file).await;
    println!(
        "{rows} rows of each list, written in {:?}\n",
        began.elapsed()
    );
    pages(&app, &lists).await;
    download::measure(&app, &file, rows_of_file, folder.path()).await;
}

/// The first page of each list beside its last one.
async fn pages(app: &App, who: &CustomerId) {
    let terms = app.terms();
    println!(
        "{:<22} {:>12} {:>12}   last / first",
        "list", "first page", "last page"
    );
    compare("invoices", async |cursor, limit| {
        let query = InvoiceQuery {
            cursor,
            limit,
            ..InvoiceQuery::default()
        };
        let read = app
            .db()
            .read(async |tx| invoices::list(tx, who, &query, &terms).await);
        ends(read.await)
    })
    .await;
    compare("invoices by number", async |cursor, limit| {
        let sort = Some(api_types::InvoiceSort::Number);
        let query = InvoiceQuery {
            cursor,
            limit,
            sort,
            ..InvoiceQuery::default()
        };
        let read = app
            .db()
            .read(async |tx| invoices::list(tx, who, &query, &terms).await);
        ends(read.await)
    })
    .await;
    compare("payments", async |cursor, limit| {
        let query = PaymentQuery {
            cursor,
            limit,
            ..PaymentQuery::default()
        };
        let read = app
            .db()
            .read(async |tx| payments::list(tx, who, &query, &terms).await);
        ends(read.await)
    })
    .await;
    compare("payments by total", async |cursor, limit| {
        let sort = Some(api_types::PaymentSort::Largest);
        let query = PaymentQuery {
            cursor,
            limit,
            sort,
            ..PaymentQuery::default()
        };
        let read = app
            .db()
            .read(async |tx| payments::list(tx, who, &query, &terms).await);
        ends(read.await)
    })
    .await;
    compare("history", async |cursor, limit| {
        let query = HistoryQuery {
            cursor,
            limit,
            ..HistoryQuery::default()
        };
        let read = app
            .db()
            .read(async |tx| history::list(tx, who, &query, &terms).await);
        ends(read.await)
    })
    .await;
    compare("history, one currency", async |cursor, limit| {
        let currency = Some("EUR".parse().unwrap());
        let query = HistoryQuery {
            cursor,
            limit,
            currency,
            ..HistoryQuery::default()
        };
        let read = app
            .db()
            .read(async |tx| history::list(tx, who, &query, &terms).await);
        ends(read.await)
    })
    .await;
    for (name, list) in [
        ("events to come", EventList::Upcoming),
        ("events of the past", EventList::History),
    ] {
        compare(name, async |cursor, limit| {
            let mut query = EventQuery::of(list, &EventFilters::default(), cursor);
            query.limit = limit;
            let read = app
                .db()
                .read(async |tx| events::list(tx, who, &query, &terms).await);
            read.await.unwrap().next_cursor
        })
        .await;
    }
}

/// Where the next page starts.
fn ends<T>(page: Result<Page<T>, DbError>) -> Option<Cursor> {
    page.unwrap().next_cursor
}

async fn compare(name: &str, read: impl AsyncFn(Option<Cursor>, Option<u32>) -> Option<Cursor>) {
    // Leafed through once by large pages, to find where the last one starts.
    let mut last = None;
    while let Some(next) = read(last.clone(), Some(200)).await {
        last = Some(next);
    }
    // Both are read in turns, so that whatever else the machine does, it does to both.
    let (mut firsts, mut lasts) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        for (start, times) in [(None, &mut firsts), (last.clone(), &mut lasts)] {
            let began = Instant::now();
            read(start, None).await;
            times.push(began.elapsed());
        }
    }
    let (first, last) = (median(firsts), median(lasts));
    let hundredths = last.as_micros() * 100 / first.as_micros().max(1);
    let ratio = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    println!("{name:<22} {first:>12.2?} {last:>12.2?}   {ratio}");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
