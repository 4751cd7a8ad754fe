//! The background of the calendar: writes that times have run out which were kept for their
//! deposit. Readings say so by the clock alone; with this, open pages hear of it too, and
//! what had been paid is credit.

use std::time::Duration;

use tokio::time::MissedTickBehavior;

use crate::app::App;
use crate::db::booking;
use crate::db::{DbError, ReadTx};

/// How often it looks.
const LOOKS_EVERY: Duration = Duration::from_secs(1);

/// Looks after every time that is kept, until the backend stops.
pub async fn run(app: App) {
    let mut looks = tokio::time::interval(LOOKS_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = app.stopped() => break,
            _ = looks.tick() => {}
        }
        if let Err(error) = look(&app).await {
            tracing::error!(%error, "the background could not look after kept times");
        }
    }
}

/// Writes what has run out by now, and returns how many customers' it was.
pub async fn look(app: &App) -> Result<usize, DbError> {
    let now = app.now();
    let some = app
        .db()
        .read(async |tx: &ReadTx| booking::some_lapsed(tx, now).await)
        .await?;
    if !some {
        return Ok(0);
    }
    let versions = app
        .db()
        .write(async |tx| booking::let_lapse(tx, now).await)
        .await?;
    let count = versions.len();
    tracing::info!(customers = count, "kept times have run out");
    app.publish_accounts(versions);
    Ok(count)
}
