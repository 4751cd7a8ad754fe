//! What another process has changed, such as an import or a transfer that was settled on the
//! command line: while streams are open, the database is asked twice a second whether
//! anybody else has written, and whoever's version has moved is told.
//!
//! What this process changes itself is told by [`App::publish`] at once, and noted here so
//! that it is not told twice.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use api_types::{Change, Changed, CustomerId};
use tokio::time::MissedTickBehavior;

use crate::app::App;
use crate::db::{DbError, ReadTx, customers};
use crate::payments;

/// How often the database is asked.
const EVERY: Duration = Duration::from_millis(500);

/// Whose streams are open, and what they know.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Whether somebody is asking.
    is_running: bool,
    /// Whether a stream has opened since the last look.
    is_fresh: bool,
    open: BTreeMap<CustomerId, Open>,
}

#[derive(Debug, Default)]
struct Open {
    streams: usize,
    /// The version that all of them have been told; `None` until the first has read it.
    told: Option<u64>,
}

impl Watch {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that every stream of a customer is told of a version.
    pub(crate) fn told(&self, customer: &CustomerId, version: u64) {
        if let Some(open) = self.state().open.get_mut(customer) {
            open.told = Some(open.told.map_or(version, |told| told.max(version)));
        }
    }

    /// Whose streams are open, and whether one has opened since the last look; `None` where
    /// there are none any more, and then nobody asks on.
    fn turn(&self) -> Option<(Vec<CustomerId>, bool)> {
        let mut state = self.state();
        if state.open.is_empty() {
            state.is_running = false;
            return None;
        }
        let fresh = std::mem::take(&mut state.is_fresh);
        Some((state.open.keys().cloned().collect(), fresh))
    }

    /// Whether a version is news to a customer's streams. A stream that has not begun yet
    /// is looked after next time.
    fn is_news(&self, customer: &CustomerId, version: u64) -> bool {
        let mut state = self.state();
        let told = state.open.get(customer).map(|open| open.told);
        match told {
            Some(None) => {
                state.is_fresh = true;
                false
            }
            Some(Some(told)) => told < version,
            None => false,
        }
    }
}

/// One open stream, as long as this lives.
pub(crate) struct Watched {
    app: App,
    customer: CustomerId,
}

impl fmt::Debug for Watched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Watched").field(&self.customer).finish()
    }
}

impl Watched {
    /// Looks after a stream of a customer's from now on.
    pub(crate) fn new(app: &App, customer: &CustomerId) -> Self {
        let begin = {
            let mut state = app.watch().state();
            state.open.entry(customer.clone()).or_default().streams += 1;
            state.is_fresh = true;
            !std::mem::replace(&mut state.is_running, true)
        };
        if begin {
            tokio::spawn(run(app.clone()));
        }
        Self {
            app: app.clone(),
            customer: customer.clone(),
        }
    }

    /// Notes the version that the stream has read. Where others are open already, they may
    /// still have to be told of it.
    pub(crate) fn has_read(&self, version: u64) {
        if let Some(open) = self.app.watch().state().open.get_mut(&self.customer) {
            open.told.get_or_insert(version);
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let mut state = self.app.watch().state();
        if let Some(open) = state.open.get_mut(&self.customer) {
            open.streams -= 1;
            if open.streams == 0 {
                state.open.remove(&self.customer);
            }
        }
    }
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
        let Some((customers, fresh)) = app.watch().turn() else {
            return;
        };
        match look(&app, &customers, seen, fresh).await {
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
    fresh: bool,
) -> Result<i64, DbError> {
    let now = app.db().data_version().await?;
    if seen == Some(now) && !fresh {
        return Ok(now);
    }
    let versions = app
        .db()
        .read(async |tx: &ReadTx| customers::versions(tx, customers).await)
        .await?;
    for (customer, version) in versions {
        if app.watch().is_news(&customer, version) {
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
            tokio::spawn(async move { payments::checkouts::end_pointless(&app, &customer).await });
        }
    }
    Ok(now)
}
