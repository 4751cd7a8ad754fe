//! The background task that reads payments from their providers when no notification or request
//! causes a read. Even if all of those are lost, every payment is still read, only later.

use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::time::MissedTickBehavior;

use super::reconcile::reconcile_within;
use super::{refunds, times, transfers, webhooks};
use crate::app::App;
use crate::db::{DbError, ReadTx, attempts, recovery};

/// How often it checks whether anything is due.
const LOOKS_EVERY: Duration = Duration::from_secs(1);
/// How many attempts it reads in one round.
const MOST_AT_ONCE: u64 = 64;
/// How many attempts it reads concurrently.
const READS_AT_ONCE: usize = 4;
/// The longest that a read may take, by the timeouts of its calls.
const LONGEST: Duration = Duration::from_secs(30);

/// Reads every attempt that is not final when it is due, until the backend stops.
pub async fn run(app: App) {
    if let Err(error) = recover(&app).await {
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

/// Makes every recent attempt due at once. It runs at a start, when nothing else is reading,
/// because an earlier process may have died in the middle of a read.
async fn recover(app: &App) -> Result<(), DbError> {
    let now = app.now();
    let since = now.minus(times::AT_ONCE_AFTER_START);
    app.db()
        .write(async |tx| recovery::read_now(tx, since, now).await)
        .await
}

/// Reads the attempts that are due, and returns how many there were. Ends overdue transfers, and
/// rechecks notifications and refunds first.
///
/// # Errors
/// [`DbError`] if the database fails or a stored value cannot be read. What was done before the
/// error stays. A read that fails is logged and is no error here.
pub async fn look(app: &App) -> Result<usize, DbError> {
    let now = app.now();
    transfers::end_overdue(app).await?;
    webhooks::recheck(app).await?;
    refunds::recheck(app).await?;
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
