//! The background: reads from the providers what no hint has told. With it
//! alone everything still comes right, only later.

use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::time::MissedTickBehavior;

use super::reconcile::reconcile_within;
use super::transfers;
use crate::app::App;
use crate::db::{DbError, ReadTx, attempts};

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

/// Reads what is due by now, and returns how much that was. Transfers that nobody has heard
/// of for long end.
pub async fn look(app: &App) -> Result<usize, DbError> {
    let now = app.now();
    transfers::end_overdue(app).await?;
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
