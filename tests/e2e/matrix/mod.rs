//! The fault matrix: every combination of engine, cross-origin opener policies,
//! hints and outcomes ends right, is never wrong on the way, books once and
//! reloads nothing.
//!
//! A pairwise cover runs with the other tests. `PORTICO_MATRIX=n/m`, which
//! `cargo xtask matrix` sets, runs a shard of the full product instead.

mod cover;
mod faults;
mod provider;
mod result;
mod run;
mod seen;

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;

use checkout_matrix::{Cell, Engine};

use crate::browser::{Browser, is_skipped};
use result::CellResult;

/// The environment variable that asks for a shard of the full product.
const SHARD: &str = "PORTICO_MATRIX";
/// The one that asks for a single cell, by its name.
const CELL: &str = "PORTICO_MATRIX_CELL";

#[tokio::test(flavor = "multi_thread")]
async fn chromium() {
    every_cell_of(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn firefox() {
    every_cell_of(Engine::Firefox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn webkit() {
    every_cell_of(Engine::WebKit).await;
}

async fn every_cell_of(engine: Engine) {
    if is_skipped(engine) {
        return;
    }
    let cells = cells().into_iter().filter(|cell| cell.engine == engine);
    let mut failures = Vec::new();
    let mut browser = Browser::start_in(engine).await;
    for cell in cells {
        let Some(mut result) = twice_if_late(&cell, &browser).await else {
            CellResult::lost(&cell).write();
            failures.push(format!("{cell}: did not come to its end; see above"));
            // The windows are anywhere by now.
            browser = Browser::start_in(engine).await;
            continue;
        };
        if let Some(late) = result.late.take() {
            result.wrong.push(late);
        }
        result.write();
        tell(&cell, &result);
        if !result.wrong.is_empty() {
            failures.push(format!("{cell}: {}", result.wrong.join("; ")));
        }
    }
    browser.quit().await;
    assert_eq!(failures, Vec::<String>::new());
}

/// Runs a cell; `None` where it did not come to its end. Late once may be this machine's load;
/// late twice is ours.
async fn twice_if_late(cell: &Cell, browser: &Browser) -> Option<CellResult> {
    let run = || AssertUnwindSafe(run::run(cell, browser)).catch_unwind();
    let first = run().await.ok()?;
    if first.late.is_none() || !first.wrong.is_empty() {
        return Some(first);
    }
    run().await.ok()
}

/// The cells of this run, over all engines.
fn cells() -> Vec<Cell> {
    if let Ok(name) = std::env::var(CELL) {
        let mut cells = cover::shard(1, 1);
        cells.retain(|cell| cell.to_string() == name);
        assert_eq!(cells.len(), 1, "there is no cell {name}");
        return cells;
    }
    let Ok(asked) = std::env::var(SHARD) else {
        return cover::pairwise();
    };
    let shard = asked
        .split_once('/')
        .and_then(|(n, m)| Some((n.parse().ok()?, m.parse().ok()?)));
    let (n, m): (usize, usize) = shard.expect("PORTICO_MATRIX is n/m");
    assert!((1..=m).contains(&n), "{asked} is no shard");
    cover::shard(n, m)
}

fn tell(cell: &Cell, result: &CellResult) {
    let right = match result.wrong.is_empty() {
        true => "right".to_owned(),
        false => format!("WRONG ({})", result.wrong.join("; ")),
    };
    let ms = result
        .ms
        .map(|ms| format!(" after {ms} ms"))
        .unwrap_or_default();
    eprintln!("{cell}: {right}{ms}, first {}", result.first);
}
