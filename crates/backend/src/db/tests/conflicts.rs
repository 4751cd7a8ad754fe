//! A transaction that the database cannot put in order with others runs again, as a whole.

use std::sync::atomic::{AtomicU32, Ordering};

use api_types::Timestamp;

use super::portal::{Portal, at, customer, id};
use crate::db::customers;
use crate::db::{DbError, ReadTx, WriteTx};

/// Puts a customer named by the number of the run, and conflicts while it is below a number.
async fn put(tx: &WriteTx, runs: &AtomicU32, below: u32) -> Result<u32, DbError> {
    let run = runs.fetch_add(1, Ordering::Relaxed) + 1;
    let now: Timestamp = at("2026-11-21T12:00:00Z");
    customers::put(tx, &customer(&format!("run-{run}")), now).await?;
    if run < below {
        return Err(DbError::Conflict("another came in between".into()));
    }
    Ok(run)
}

async fn is_there(portal: &Portal, name: &str) -> bool {
    let customer = id(name);
    let read = async |tx: &ReadTx| customers::find(tx, &customer).await;
    portal.db.read(read).await.unwrap().is_some()
}

#[tokio::test]
async fn a_transaction_that_conflicts_runs_again_and_leaves_nothing_of_its_first_run() {
    let portal = Portal::empty().await;
    let runs = AtomicU32::new(0);
    let done = portal.db.write(async |tx| put(tx, &runs, 3).await).await;
    assert_eq!(done.unwrap(), 3);
    for (name, there) in [("run-1", false), ("run-2", false), ("run-3", true)] {
        assert_eq!(is_there(&portal, name).await, there, "{name}");
    }
}

#[tokio::test]
async fn a_transaction_that_always_conflicts_ends() {
    let portal = Portal::empty().await;
    let runs = AtomicU32::new(0);
    let done = portal
        .db
        .write(async |tx| put(tx, &runs, u32::MAX).await)
        .await;
    assert!(matches!(done, Err(DbError::Conflict(_))), "{done:?}");
    assert_eq!(runs.load(Ordering::Relaxed), 5);
    assert!(!is_there(&portal, "run-5").await);
}

#[tokio::test]
async fn a_transaction_that_is_refused_otherwise_runs_once() {
    let portal = Portal::empty().await;
    let runs = AtomicU32::new(0);
    let refused = portal.db.write(async |_| {
        runs.fetch_add(1, Ordering::Relaxed);
        Err::<(), _>(DbError::Refused("no".to_owned()))
    });
    assert!(matches!(refused.await, Err(DbError::Refused(_))));
    assert_eq!(runs.load(Ordering::Relaxed), 1);
}
