//! Detects what another process has changed, such as an import or a transfer that was settled on
//! the command line. While streams are open, the database is asked twice a second whether another
//! connection has written, and changed versions are sent to the streams.
//!
//! What this process changes itself is sent by [`App::publish`] at once, and recorded with the
//! subscribers so that it is not sent twice.

use std::time::Duration;

use api_types::{Change, Changed, CustomerId};
use tokio::time::MissedTickBehavior;

use crate::app::App;
use crate::db::{DbError, ReadTx, customers};
use crate::payments;
use crate::subscribers::Subscription;

/// How often the database is asked.
const EVERY: Duration = Duration::from_millis(500);

/// Adds a stream of a customer, to which changes by other processes are sent from now on.
pub(crate) fn subscribe(app: &App, customer: &CustomerId) -> Subscription {
    let (subscription, begins) = app.subscribers().add(customer);
    if begins {
        tokio::spawn(run(app.clone()));
    }
    subscription
}

/// Asks until no stream is open, or the backend stops.
async fn run(app: App) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut seen = None;
    loop {
        tokio::select! {
            () = app.stopped() => return,
            _ = ticks.tick() => {}
        }
        let Some((customers, has_new)) = app.subscribers().next_look() else {
            return;
        };
        match look(&app, &customers, seen, has_new).await {
            Ok(now) => seen = Some(now),
            Err(error) => {
                tracing::error!(%error, "what others changed cannot be seen");
                // Whatever was missed is looked for when it works again.
                seen = None;
            }
        }
    }
}

async fn look(
    app: &App,
    customers: &[CustomerId],
    seen: Option<i64>,
    has_new: bool,
) -> Result<i64, DbError> {
    let now = app.db().data_version().await?;
    if seen == Some(now) && !has_new {
        return Ok(now);
    }
    let versions = app
        .db()
        .read(async |tx: &ReadTx| customers::versions(tx, customers).await)
        .await?;
    for (customer, version) in versions {
        if app.subscribers().is_new(&customer, version) {
            tracing::debug!(%customer, version, "another process has changed an account");
            app.publish(
                &customer,
                Change {
                    changed: Changed::Account,
                    checkout: None,
                    version,
                },
            );
            let app = app.clone();
            tokio::spawn(async move { payments::checkouts::end_abandoned(&app, &customer).await });
        }
    }
    Ok(now)
}
