//! PayPal: Orders v2, the captures and refunds of Payments v2, the disputes that Disputes v1 shows,
//! the access tokens, and notifications with the call of Webhooks v1 that proves them.
//!
//! Followed are the published OpenAPI descriptions (orders 2.13, payments 2.5, webhooks 1.11,
//! disputes 1.10) and the guides on idempotency, currencies, funding failures and uncaptured
//! payments. A body may hold what its description names, and nothing else; the rules that the
//! descriptions list as issues are kept, under their own names.
//!
//! Deliberately not there: other ways to pay than the PayPal wallet, saved ways to pay,
//! authorizations, changes to an order (`PATCH`), tracking, platform fees, acting on disputes by
//! the API, the management of webhooks, and `PayPal-Mock-Response`, for which there are the
//! controls. Notifications are signed with a key of the stand-in's own, not with a certificate.
//!
//! Where the documents are silent: a request id that comes again with another body is refused as
//! `PAYPAL_REQUEST_ID_PREVIOUSLY_USED`, only calls that succeeded are remembered, an order whose
//! capture was declined stays `APPROVED` while its customer chooses another way to pay, and what is
//! taken back after a dispute counts as a refund of the capture.

mod account;
mod acts;
mod capture;
mod dispute;
mod event;
mod http;
mod ids;
mod issues;
mod meter;
mod money;
mod options;
mod order;
mod order_rules;
mod paying;
mod refunding;
mod refusal;
mod replays;
mod requests;
mod shape;
mod shared;
mod time;
mod transmission;

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

pub use acts::NotPossible;
pub use options::{Funding, Options, StartError};

use crate::controls::Controls;
use crate::server::Server;
use shared::Shared;

/// How often the stand-in looks for orders whose time is over. No call has to come for a
/// notification about one to be sent.
const LOOK: Duration = Duration::from_millis(100);

/// A running stand-in. It stops when it is dropped.
pub struct PayPal {
    shared: Arc<Shared>,
    server: Server,
    looks: JoinHandle<()>,
}

impl PayPal {
    /// Starts a stand-in.
    ///
    /// # Errors
    /// [`StartError`] if it cannot listen, or cannot make HTTP calls.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let listener = Server::bind(options.listen).await;
        let listener = listener.map_err(StartError::Listen)?;
        let address = listener.local_addr().map_err(StartError::Listen)?;
        let origin = options.public_url.as_deref();
        let origin = origin.map_or_else(
            || format!("http://{address}"),
            |origin| origin.trim_end_matches('/').to_owned(),
        );
        let controls = Controls::default();
        let shared = Shared::start(options, origin, controls.clone());
        let shared = Arc::new(shared.map_err(StartError::Client)?);
        let routes = http::router(&shared);
        let served = (controls, http::APIS, refusal::of_status as _);
        let server = Server::serve(listener, routes, served).map_err(StartError::Listen)?;
        let looked_at = Arc::clone(&shared);
        let looks = tokio::spawn(async move {
            loop {
                tokio::time::sleep(LOOK).await;
                looked_at.with(|_, _| ());
            }
        });
        Ok(Self {
            shared,
            server,
            looks,
        })
    }

    /// The origin at which it listens. Addresses in answers begin with its public one, if it has
    /// another.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// What a test can do to it besides calling it.
    pub fn controls(&self) -> &Controls {
        &self.shared.controls
    }
}

impl Drop for PayPal {
    fn drop(&mut self) {
        self.looks.abort();
    }
}
