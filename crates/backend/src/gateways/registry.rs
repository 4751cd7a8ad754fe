//! The gateways that the settings name, and the calls to them that this process is making.

use std::sync::Arc;

use tokio_util::task::TaskTracker;

use super::Gateway;
use super::sandbox::Sandbox;
use super::single_flight::SingleFlight;
use crate::db::{Db, DbError};
use crate::secrets::ServerSecret;
use crate::settings::Settings;

/// The key under which the database keeps the server's own secret.
const SECRET_KEY: &str = "checkout_secret";

/// What came of reading a payment from its provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOutcome {
    /// The provider was read, and what it said has been applied.
    Done,
    /// The provider could not be read.
    Away,
    /// There is no such attempt.
    Unknown,
    /// Something failed here; the log says what.
    Broken,
}

/// The gateways by name, the secret for the proofs in return addresses, and the calls that are
/// running.
#[derive(Debug)]
pub struct GatewayRegistry {
    gateways: Vec<Arc<dyn Gateway>>,
    secret: ServerSecret,
    /// The reads of attempts, one at a time for each attempt.
    pub(crate) reads: SingleFlight<ReadOutcome>,
    /// The tasks that go on after the request that started them was answered.
    pub(crate) tasks: TaskTracker,
}

impl GatewayRegistry {
    /// Sets up the gateways that the settings name. The server's own secret is made at the first
    /// start and stored, because return addresses have to stay valid after a restart.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] if the stored secret is malformed, [`DbError::Failed`] if the HTTP
    /// client of a gateway cannot be built; otherwise as the database fails.
    pub async fn open(settings: &Settings, db: &Db) -> Result<Self, DbError> {
        let made = || ServerSecret::random().to_text();
        let secret = db
            .write(async |tx| crate::db::settings::get_or_create(tx, SECRET_KEY, made).await)
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
            reads: SingleFlight::new(),
            tasks: TaskTracker::new(),
        })
    }

    /// Finds the gateway with a name.
    pub fn find(&self, name: &str) -> Option<&Arc<dyn Gateway>> {
        self.gateways.iter().find(|gateway| gateway.name() == name)
    }

    /// The secret that makes and checks the proofs in addresses and messages.
    pub fn secret(&self) -> &ServerSecret {
        &self.secret
    }

    /// Waits for the calls that are running. Each is bounded by the timeouts of its gateway.
    pub async fn finish(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }
}
