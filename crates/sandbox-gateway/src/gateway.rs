//! The gateway as a running thing: started on a listener, switched by faults, stopped.

use std::fmt;
use std::future::Future;
use std::io;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::clock;
use crate::faults::Faults;
use crate::http::{self, ApiKey};
use crate::sender::Sender;
use crate::settings::GatewaySettings;
use crate::signature::{KeyError, Signer};
use crate::stop::{Running, Stop, running};
use crate::store::{NotSaved, Store};
use crate::till::{Conditions, Happened, Till};

/// How long open connections may take to end when the gateway stops.
const FAREWELL: Duration = Duration::from_secs(3);

/// How long a customer's page waits for a merchant who does not take a webhook.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// What handlers and the background task share.
pub struct Shared {
    /// The till and its file.
    pub store: Store,
    /// What merchants have to show.
    pub api_key: ApiKey,
    /// Where customers reach the gateway, without a slash at the end.
    pub public_url: String,
    /// Tells when the gateway stops.
    pub stop: Stop,
    slow_card_takes: Duration,
    faults: RwLock<Faults>,
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

    /// Reads or changes the till under the conditions of this moment.
    pub async fn with_till<R>(
        &self,
        act: impl FnOnce(&mut Till, &Conditions<'_>) -> R,
    ) -> Result<R, NotSaved> {
        let faults = self.faults();
        let conditions = Conditions {
            now: clock::now(),
            faults: &faults,
            public_url: &self.public_url,
            slow_card_takes: self.slow_card_takes,
        };
        self.store.with(|till| act(till, &conditions)).await
    }

    /// Waits until the merchant has taken all that there is to tell about a payment, or does
    /// not for long.
    pub async fn told(&self, payment: &str) {
        let mut changes = self.store.changes();
        let taken = async {
            loop {
                let waits = self.with_till(|till, _| till.outbox().tells_of(payment));
                if !matches!(waits.await, Ok(true)) || changes.changed().await.is_err() {
                    return;
                }
            }
        };
        tokio::select! {
            () = taken => {}
            () = self.stop.asked() => {}
            () = tokio::time::sleep(LONGEST_WAIT) => {}
        }
    }
}

/// A running gateway. Dropping it stops it too, without waiting for the end.
pub struct Gateway {
    shared: Arc<Shared>,
    running: Running,
    server: JoinHandle<()>,
    sender: JoinHandle<()>,
}

impl Gateway {
    /// Starts a gateway on a listener of its own, e.g. one bound to `127.0.0.1:0`.
    pub async fn start(
        listener: TcpListener,
        settings: GatewaySettings,
    ) -> Result<Self, StartError> {
        let address = listener.local_addr().map_err(StartError::Listener)?;
        let own_url = format!("http://{address}");
        let public_url = settings
            .public_url
            .unwrap_or(own_url)
            .trim_end_matches('/')
            .to_owned();
        if settings.api_key.as_bytes().is_empty() {
            return Err(StartError::Secret(KeyError));
        }
        let signer = Signer::new(&settings.webhook_secret).map_err(StartError::Secret)?;
        let (running, stop) = running();
        let shared = Arc::new(Shared {
            store: Store::open(settings.data).map_err(StartError::Snapshot)?,
            api_key: ApiKey::new(&settings.api_key),
            public_url,
            stop: stop.clone(),
            slow_card_takes: settings.slow_card_takes,
            faults: RwLock::new(settings.faults),
        });
        let sender = Sender::new(shared.clone(), signer, settings.first_retry_after)
            .map_err(StartError::Client)?;
        let sender = tokio::spawn(sender.run(stop.clone()));
        let server = tokio::spawn(serve_until(listener, shared.clone(), stop));
        Ok(Self {
            shared,
            running,
            server,
            sender,
        })
    }

    /// Where customers reach it, e.g. `http://127.0.0.1:8090`.
    pub fn url(&self) -> &str {
        &self.shared.public_url
    }

    /// The faults that are on.
    pub fn faults(&self) -> Faults {
        self.shared.faults()
    }

    /// Replaces the faults that are on, for what happens from now on.
    pub fn set_faults(&self, faults: Faults) {
        self.shared.set_faults(faults);
    }

    /// Every change of a payment's state since the gateway was started, in their order.
    pub fn happened(&self) -> Vec<Happened> {
        self.shared.store.happened()
    }

    /// Stops taking requests, lets those end that are being answered, and returns.
    pub async fn stop(mut self) {
        self.running.stop();
        if tokio::time::timeout(FAREWELL, &mut self.server)
            .await
            .is_err()
        {
            self.server.abort();
        }
        // The background task ends at its next step; a panic in it has been reported by tokio.
        let _ = self.sender.await;
    }
}

async fn serve_until(listener: TcpListener, shared: Arc<Shared>, stop: Stop) {
    let stopped = async move { stop.asked().await };
    let serving = axum::serve(listener, http::router(shared)).with_graceful_shutdown(stopped);
    if let Err(error) = serving.await {
        tracing::error!(%error, "the server ended");
    }
}

/// Runs a gateway until the future ends, e.g. a signal.
pub async fn serve(
    listener: TcpListener,
    settings: GatewaySettings,
    until: impl Future<Output = ()>,
) -> Result<(), StartError> {
    let gateway = Gateway::start(listener, settings).await?;
    until.await;
    gateway.stop().await;
    Ok(())
}

/// Why a gateway cannot start.
#[derive(Debug)]
pub enum StartError {
    /// The listener has no address.
    Listener(io::Error),
    /// The snapshot cannot be read.
    Snapshot(io::Error),
    /// The API key or the webhook secret cannot be used.
    Secret(KeyError),
    /// Webhooks could not be sent.
    Client(reqwest::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listener(error) => write!(f, "the listener has no address: {error}"),
            Self::Snapshot(error) => write!(f, "the data file cannot be read: {error}"),
            Self::Secret(error) => error.fmt(f),
            Self::Client(error) => write!(f, "webhooks cannot be sent: {error}"),
        }
    }
}

impl std::error::Error for StartError {}
