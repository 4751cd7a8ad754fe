//! What handlers and the background task share.

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use crate::api_key::ApiKey;
use crate::clock;
use crate::faults::Faults;
use crate::gateway_state::{Conditions, GatewayState};
use crate::stop::Stop;
use crate::store::{NotSaved, Store};

/// How long a customer's page waits for a merchant who does not take a webhook.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// What handlers and the background task share.
pub struct Shared {
    /// The state and its file.
    pub store: Store,
    /// What merchants have to show.
    pub api_key: ApiKey,
    /// Where customers reach the gateway, without a slash at the end.
    pub public_url: String,
    /// Tells when the gateway stops.
    pub stop: Stop,
    /// How long money of a slow card is on its way.
    pub slow_card_takes: Duration,
    /// The faults that are on.
    pub faults: RwLock<Faults>,
}

impl Shared {
    /// The faults that are on.
    pub fn faults(&self) -> Faults {
        self.faults
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Replaces the faults that are on.
    pub fn set_faults(&self, faults: Faults) {
        tracing::info!(?faults, "faults switched");
        *self.faults.write().unwrap_or_else(PoisonError::into_inner) = faults;
    }

    /// Reads or changes the state with the time, faults and settings of this moment.
    ///
    /// # Errors
    /// [`NotSaved`] if the state's file cannot be written. The change is then in memory all the
    /// same.
    pub async fn with_state<R>(
        &self,
        act: impl FnOnce(&mut GatewayState, &Conditions<'_>) -> R,
    ) -> Result<R, NotSaved> {
        let faults = self.faults();
        let conditions = Conditions {
            now: clock::now(),
            faults: &faults,
            public_url: &self.public_url,
            slow_card_takes: self.slow_card_takes,
        };
        self.store.with(|state| act(state, &conditions)).await
    }

    /// Waits until the merchant has taken every webhook about a payment, but for 30 seconds at most
    /// and not after the gateway has stopped.
    pub async fn wait_until_delivered(&self, payment: &str) {
        let mut changes = self.store.changes();
        let taken = async {
            loop {
                let waits = self.with_state(|state, _| state.outbox().has_webhook_of(payment));
                if !matches!(waits.await, Ok(true)) || changes.changed().await.is_err() {
                    return;
                }
            }
        };
        tokio::select! {
            () = taken => {}
            () = self.stop.requested() => {}
            () = tokio::time::sleep(LONGEST_WAIT) => {}
        }
    }
}
