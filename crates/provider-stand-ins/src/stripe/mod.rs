//! A stand-in for Stripe's Checkout Sessions.
//!
//! It follows Stripe's API reference and guides, and the types and changelog of the npm package
//! `stripe` 23.1.0 (API 2026-10-28.endive): sessions in payment mode on a hosted page, the
//! payments, charges, balance transactions, refunds and disputes that come of them, lists,
//! expansion, idempotency keys, error bodies, the documented limits of amounts, and signed events.
//!
//! What depends on the version of the API: the names of `ui_mode` since 2026-03-25, and since
//! 2026-09-30 `allowed_payment_method_types` in place of `payment_method_types`, which is refused.
//! Older changes are not followed: an answer has the fields of the newest version.
//!
//! Deliberately not there: subscriptions and setup mode, customers, stored prices, taxes,
//! discounts, shipping, embedded pages, manual captures, Connect, payment methods other than cards
//! and bank debits, evidence for disputes, and the API's endpoints for all else. A parameter that
//! Stripe knows and this stand-in does not is refused in words that say so, so that no test passes
//! by its being ignored. Test cards pay in live mode too, since no other card could.
//!
//! A session that names no payment methods offers cards, and the bank debits that fit its currency
//! if [`Options::delayed_methods`] says so. A bank debit that a request names counts as activated.

mod acting;
mod answer;
mod api;
mod auth;
mod balance;
mod cards;
mod charge;
mod currency;
mod dispute;
mod entry;
mod error;
mod events;
mod expand;
mod form;
mod idempotency;
mod ids;
mod intent;
mod items;
mod lists;
mod lock;
mod methods;
mod operation;
mod options;
mod pages;
mod params;
mod paying;
mod rate;
mod refund;
mod render;
mod reversing;
mod session;
mod session_params;
mod shared;
mod signature;
mod state;
mod templates;
mod version;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::any;
use tokio::task::JoinHandle;

pub use acting::CannotAct;
pub use options::{Options, StartError};
pub use paying::Outcome;
pub use signature::sign;

use crate::controls::Controls;
use crate::server::Server;
use shared::Shared;
use version::Version;

/// How often it is looked whether a session's time is over.
const LOOK_AT_CLOCK: Duration = Duration::from_millis(50);

/// A running stand-in. Dropping it stops it.
pub struct Stripe {
    shared: Arc<Shared>,
    server: Server,
    clock: JoinHandle<()>,
}

impl Stripe {
    /// Starts a stand-in.
    ///
    /// # Errors
    /// [`StartError`] if a key, a secret or the opener policy cannot be used, the address cannot be
    /// listened on, or the client that sends events cannot be built.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        options.check()?;
        let version = Version::parse(&options.api_version).map_err(|_| StartError::Version)?;
        let listener = Server::bind(options.listen).await;
        let listener = listener.map_err(StartError::Listen)?;
        let address = listener.local_addr().map_err(StartError::Listen)?;
        let origin = options
            .public_url
            .as_deref()
            .map(|url| url.trim_end_matches('/').to_owned());
        let origin = origin.unwrap_or_else(|| format!("http://{address}"));
        let controls = Controls::default();
        let shared = Shared::new(options, (version, origin), controls.clone());
        let shared = Arc::new(shared.map_err(StartError::Client)?);
        let routes = Router::new()
            .route("/v1/{*rest}", any(api::answer))
            .merge(pages::routes(&shared))
            .with_state(shared.clone());
        let api = (
            controls,
            ["/v1/"].as_slice(),
            answer::of_status as crate::server::ErrorBody,
        );
        let server = Server::serve(listener, routes, api).map_err(StartError::Listen)?;
        let clock = tokio::spawn(keep_time(shared.clone()));
        Ok(Self {
            shared,
            server,
            clock,
        })
    }

    /// Its origin, at the address that it listens on.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// What a test can do to its API.
    pub fn controls(&self) -> &Controls {
        &self.shared.controls
    }
}

impl Drop for Stripe {
    fn drop(&mut self) {
        self.clock.abort();
    }
}

/// Ends sessions when their time is over, whether or not anybody asks for them.
async fn keep_time(shared: Arc<Shared>) {
    let mut looks = tokio::time::interval(LOOK_AT_CLOCK);
    loop {
        looks.tick().await;
        shared.act(|_, _| ());
    }
}
