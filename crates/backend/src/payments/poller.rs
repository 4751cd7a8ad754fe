//! The background: reads from the providers what no hint has told. With it
//! alone everything still comes right, only later.

use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::time::MissedTickBehavior;

use super::reconcile::reconcile_within;
use super::{times, transfers, webhooks};
use crate::app::App;
use crate::db::{DbError, ReadTx, attempts, wake};

/// How often it looks whether anything is due.
const LOOKS_EVERY: Duration = Duration::from_secs(1);
/// How many attempts it takes on in one look.
const MOST_AT_ONCE: u64 = 64;
/// How many of them it reads at the same time.
const READS_AT_ONCE: usize = 4;
/// A read takes no longer, by the timeouts of its calls.
const LONGEST: Duration = Duration::from_secs(30);

/// Looks after every attempt that is not final, until the backend stops.
pub async fn run(app: App) {
    if let Err(error) = wake(&app).await {
        tracing::error!(%error, "what was left undone waits for its time");
    }
    let mut looks = tokio::time::interval(LOOKS_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = app.stopped() => break,
            _ = looks.tick() => {}
        }
        tokio::select! {
            // Reads that have begun go on to their end in tasks of their own.
            () = app.stopped() => break,
            looked = look(&app) => {
                if let Err(error) = looked {
                    tracing::error!(%error, "the background could not look after payments");
                }
            }
        }
    }
}

/// Has what is under way read at once: nobody else is reading anything at a start, and an
/// earlier process may have ended in the middle of it.
async fn wake(app: &App) -> Result<(), DbError> {
    let now = app.now();
    let since = times::after(now, -times::AT_ONCE_AFTER_START).unwrap_or(now);
    app.db()
        .write(async |tx| wake::wake(tx, since, now).await)
        .await
}

/// Reads what is due by now, and returns how much that was. Transfers that nobody has heard
/// of for long end.
pub async fn look(app: &App) -> Result<usize, DbError> {
    let now = app.now();
    transfers::end_overdue(app).await?;
    webhooks::look_again(app).await?;
    let due = app
        .db()
        .read(async |tx: &ReadTx| attempts::due(tx, now, MOST_AT_ONCE).await)
        .await?;
    let count = due.len();
    futures_util::stream::iter(due)
        .for_each_concurrent(READS_AT_ONCE, async |attempt| {
            reconcile_within(app, &attempt.id, LONGEST).await;
        })
        .await;
    Ok(count)
}
