//! The gateway as a running thing: started on a listener, switched by faults, stopped.

use std::fmt;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::api_key::ApiKey;
use crate::faults::Faults;
use crate::gateway_state::StatusChange;
use crate::http;
use crate::sender::Sender;
use crate::settings::GatewaySettings;
use crate::shared::Shared;
use crate::signature::{KeyError, Signer};
use crate::stop::{Running, Stop, running};
use crate::store::Store;

/// How long open connections may take to end when the gateway stops.
const FAREWELL: Duration = Duration::from_secs(3);

/// A running gateway. Dropping it stops it too, without waiting for the end.
pub struct Gateway {
    shared: Arc<Shared>,
    running: Running,
    server: JoinHandle<()>,
    sender: JoinHandle<()>,
}

impl Gateway {
    /// Starts a gateway on a listener of its own, e.g. one bound to `127.0.0.1:0`.
    ///
    /// # Errors
    /// [`StartError`] says why it cannot start: the listener has no address, the API key or the
    /// webhook secret is empty, the data file cannot be read, or the client that sends webhooks
    /// cannot be built.
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
            faults: settings.faults.into(),
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
    pub fn status_changes(&self) -> Vec<StatusChange> {
        self.shared.store.status_changes()
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
    let stopped = async move { stop.requested().await };
    let serving = axum::serve(listener, http::router(shared)).with_graceful_shutdown(stopped);
    if let Err(error) = serving.await {
        tracing::error!(%error, "the server ended");
    }
}

/// Runs a gateway until the future ends, e.g. a signal.
///
/// # Errors
/// The gateway cannot start, as [`Gateway::start`] says.
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
