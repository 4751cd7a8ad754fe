//! The gateways that the settings name, and the calls to them that this process is making.

use std::sync::Arc;
use std::time::Duration;

use api_types::{PaymentMethod, Timestamp};
use tokio_util::task::TaskTracker;

use super::single_flight::SingleFlight;
use super::{Gateway, kinds, offer};
use crate::db::{Db, DbError};
use crate::secrets::ServerSecret;
use crate::settings::Settings;

/// The key under which the database keeps the server's own secret.
const SECRET_KEY: &str = "checkout_secret";

/// After how long a payment is looked at again whose gateway is not in the settings.
const UNKNOWN_GATEWAY_AGAIN: Duration = Duration::from_hours(1);

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

/// The gateways by their ids, the secret for the proofs in return addresses, and the calls that are
/// running.
#[derive(Debug)]
pub struct GatewayRegistry {
    gateways: Vec<Arc<dyn Gateway>>,
    /// The methods as they are offered to customers.
    methods: Vec<PaymentMethod>,
    /// Whether some of the money is not real.
    test_mode: bool,
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
    /// [`DbError::Unreadable`] if the stored secret is malformed, [`DbError::Refused`] if a gateway is
    /// of no known kind, [`DbError::Failed`] if the HTTP client of a gateway cannot be built; otherwise as the database fails.
    pub async fn open(settings: &Settings, db: &Db) -> Result<Self, DbError> {
        let made = || ServerSecret::random().to_text();
        let secret = db
            .write(async |tx| crate::db::settings::get_or_create(tx, SECRET_KEY, made).await)
            .await?;
        let secret = ServerSecret::from_text(&secret)
            .ok_or_else(|| DbError::Unreadable(SECRET_KEY.to_owned()))?;
        let mut gateways: Vec<Arc<dyn Gateway>> = Vec::new();
        let mut test_mode = false;
        for account in &settings.gateways {
            let gateway = kinds::open(account, None)?;
            let mut methods = settings.methods.iter();
            let is_used = methods.any(|method| method.gateway.as_ref() == Some(&account.id));
            test_mode |= is_used && !kinds::is_real(account);
            gateways.push(gateway);
        }
        Ok(Self {
            methods: offered(settings, &gateways),
            gateways,
            test_mode,
            secret,
            reads: SingleFlight::new(),
            tasks: TaskTracker::new(),
        })
    }

    /// The methods as they are offered to customers, in their order; none if paying is switched
    /// off.
    pub fn methods(&self) -> &[PaymentMethod] {
        &self.methods
    }

    /// Whether some of the money is not real.
    pub fn test_mode(&self) -> bool {
        self.test_mode
    }

    /// The host that the window of a gateway goes to; empty if there is no such gateway.
    pub fn pay_host(&self, id: &str) -> String {
        let gateway = self.find(id).map(Arc::as_ref);
        gateway.map(offer::host).unwrap_or_default()
    }

    /// When the background reads a payment of a gateway next; `None` when it is not read by itself
    /// any more. For a gateway that is not set up it is looked each hour whether it is again.
    pub fn next_read(&self, id: &str, created_at: Timestamp, now: Timestamp) -> Option<Timestamp> {
        let Some(gateway) = self.find(id) else {
            return Some(now.plus(UNKNOWN_GATEWAY_AGAIN));
        };
        gateway.schedule().next_read(created_at, now)
    }

    /// The origins of all pages that a form may be posted to.
    pub fn page_origins(&self) -> impl Iterator<Item = &str> {
        let all = self.gateways.iter().flat_map(|gateway| gateway.origins());
        all.map(String::as_str)
    }

    /// Finds the gateway with an id.
    pub fn find(&self, id: &str) -> Option<&Arc<dyn Gateway>> {
        self.gateways.iter().find(|gateway| gateway.id() == id)
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

fn offered(settings: &Settings, gateways: &[Arc<dyn Gateway>]) -> Vec<PaymentMethod> {
    let is_enabled = |id: &str| {
        let mut accounts = settings.gateways.iter();
        accounts.any(|account| account.id == id && account.enabled)
    };
    let methods = settings.methods.iter().filter(|_| settings.features.pay);
    let methods = methods.filter_map(|method| {
        let id = method.gateway.as_deref().unwrap_or_default();
        let mut enabled = gateways.iter().filter(|gateway| is_enabled(gateway.id()));
        let gateway = enabled.find(|gateway| gateway.id() == id);
        let gateway = gateway.map(Arc::as_ref);
        offer::offer(method, gateway, &settings.checkout_limits)
    });
    methods.collect()
}
