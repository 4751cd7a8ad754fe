//! Money from outside: payment providers behind one trait, and checkouts from
//! the button to their end.
//!
//! What a provider tells, by whatever way, comes down to one thing: [`reconcile`]
//! reads the payment from the provider itself, [`settle`] decides what that means,
//! and `apply` carries it out in one transaction. Three rules hold:
//!
//! - an attempt is committed before its provider is called;
//! - no transaction is held across a call;
//! - after the commit, and never before it, the streams are told.

mod aftermath;
mod apply;
mod ask;
mod booking;
pub mod change;
pub mod checkouts;
mod choice;
mod create;
pub mod explain;
pub mod gateway;
mod imported;
mod known;
pub mod launch;
mod plan;
pub mod poller;
pub mod reconcile;
pub mod returns;
pub mod reviews;
mod sandbox;
pub mod secrets;
pub mod settle;
mod split;
mod times;
pub mod transfers;
mod turns;
mod view;
pub mod webhooks;

use std::sync::Arc;

use api_types::Timestamp;
use tokio_util::task::TaskTracker;

use self::gateway::Gateway;
use self::reconcile::Outcome;
use self::sandbox::Sandbox;
use self::secrets::ServerSecret;
use self::turns::Turns;
use crate::db::{Db, DbError, WriteTx, launch_tokens, webhook_events};
use crate::settings::Settings;

/// The key of the server's own secret among what it keeps for itself.
const SECRET_KEY: &str = "checkout_secret";

/// What payments need beside the rest of the backend.
#[derive(Debug)]
pub struct Payments {
    gateways: Vec<Arc<dyn Gateway>>,
    secret: ServerSecret,
    turns: Turns<Outcome>,
    /// What goes on when the request that began it has been answered.
    tasks: TaskTracker,
}

impl Payments {
    /// Sets up the gateways that the settings name. The server's own secret is made at
    /// the first start and kept: return addresses outlive a restart.
    pub async fn open(settings: &Settings, db: &Db) -> Result<Self, DbError> {
        let made = || ServerSecret::random().to_text();
        let secret = db
            .write(async |tx| crate::db::settings::kept_or_made(tx, SECRET_KEY, made).await)
            .await?;
        let secret = ServerSecret::from_text(&secret)
            .ok_or_else(|| DbError::Unreadable(SECRET_KEY.to_owned()))?;
        let mut gateways: Vec<Arc<dyn Gateway>> = Vec::new();
        if let Some(sandbox) = &settings.gateways.sandbox {
            let sandbox = Sandbox::new(sandbox).map_err(|e| DbError::Failed(Box::new(e)))?;
            gateways.push(Arc::new(sandbox));
        }
        Ok(Self {
            gateways,
            secret,
            turns: Turns::new(),
            tasks: TaskTracker::new(),
        })
    }

    /// The gateway with a name.
    pub fn gateway(&self, name: &str) -> Option<&Arc<dyn Gateway>> {
        self.gateways.iter().find(|gateway| gateway.name() == name)
    }

    /// Makes and checks the proofs in addresses and messages.
    pub fn secret(&self) -> &ServerSecret {
        &self.secret
    }

    /// Waits for what is still going on. Each of it is bounded by a gateway's timeouts.
    pub async fn finished(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }
}

/// Forgets tokens and notifications that nobody can come back to.
pub async fn forget_old(tx: &WriteTx, now: Timestamp) -> Result<(), DbError> {
    if let Some(long_ago) = times::after(now, -times::KEPT) {
        launch_tokens::purge(tx, long_ago).await?;
        webhook_events::purge(tx, long_ago).await?;
    }
    Ok(())
}
