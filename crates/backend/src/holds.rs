//! The background task of the calendar: releases events whose hold has run out before their deposit
//! was paid. Reads use the clock for that already; this task also publishes the change to open
//! pages, and turns what had been paid into credit.

use std::time::Duration;

use tokio::time::MissedTickBehavior;

use crate::app::App;
use crate::db::booking;
use crate::db::{DbError, ReadTx};

/// How often it checks for holds that have run out.
const LOOKS_EVERY: Duration = Duration::from_secs(1);

/// Releases holds that have run out, until the backend stops.
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

/// Releases the holds that have run out by now, and returns how many customers had one.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails. Nothing is written then.
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
