//! What the API, the pages and the test's methods share.

use std::sync::{Arc, Mutex};

use axum::http::{HeaderMap, HeaderValue};
use tokio::sync::watch;

use super::answer;
use super::idempotency::Keys;
use super::lock::lock;
use super::options::{Options, mode_of_key};
use super::rate::Rate;
use super::render::Moment;
use super::signature;
use super::state::State;
use super::version::Version;
use crate::controls::Controls;
use crate::deliveries::{Deliveries, Delivery, Sign};

/// Where events are sent.
struct Endpoint {
    url: Option<String>,
    enabled_events: Vec<String>,
}

/// What the API, the pages and the test's methods share.
pub(super) struct Shared {
    pub options: Options,
    /// The account's version of the API.
    pub version: Version,
    pub origin: String,
    pub controls: Controls,
    pub keys: Keys,
    pub rate: Rate,
    /// Whether endpoints that have begun to work wait.
    pub held: watch::Sender<bool>,
    /// So many endpoints break while they work.
    pub breaking: Mutex<usize>,
    endpoint: Mutex<Endpoint>,
    secrets: Secrets,
    pub(super) deliveries: Deliveries,
    state: Mutex<State>,
}

type Secrets = Arc<Mutex<Vec<String>>>;

impl Shared {
    pub(super) fn new(
        options: Options,
        (version, origin): (Version, String),
        controls: Controls,
    ) -> Result<Self, reqwest::Error> {
        let secrets: Secrets = Arc::new(Mutex::new(options.webhook_secrets.clone()));
        let live = mode_of_key(&options.secret_key).unwrap_or_default();
        let deliveries =
            Deliveries::start(controls.clone(), signer(&controls, secrets.clone(), live))?;
        let endpoint = Endpoint {
            url: options.webhook_url.clone(),
            enabled_events: options.enabled_events.clone(),
        };
        Ok(Self {
            rate: Rate::new(options.rate_limit),
            options,
            version,
            origin,
            controls,
            keys: Keys::default(),
            held: watch::Sender::new(false),
            breaking: Mutex::new(0),
            endpoint: Mutex::new(endpoint),
            secrets,
            deliveries,
            state: Mutex::default(),
        })
    }

    /// Does something with the state, after what the clock asks for, and sends what happened.
    pub(super) fn with<T>(&self, at: &Moment, act: impl FnOnce(&mut State) -> T) -> T {
        let mut state = lock(&self.state);
        // Events are written in the account's version of the API, whoever caused them.
        let told = Moment {
            version: self.version.clone(),
            request: None,
            key: None,
            ..at.clone()
        };
        state.keep_time(&told);
        let done = act(&mut state);
        for id in std::mem::take(&mut state.outgoing) {
            if let Some(event) = state.events.iter().find(|event| event.id == id) {
                self.controls.tell(event.kind);
            }
            self.send(&state, &id);
        }
        done
    }

    /// Does something that no request of the API causes.
    pub(super) fn act<T>(&self, act: impl FnOnce(&mut State, &Moment) -> T) -> T {
        let at = self.moment();
        self.with(&at, |state| act(state, &at))
    }

    /// Now, in the account's version of the API.
    pub(super) fn moment(&self) -> Moment {
        Moment {
            now: self.controls.clock().unix(),
            version: self.version.clone(),
            request: None,
            key: None,
        }
    }

    fn send(&self, state: &State, id: &str) {
        let Some(event) = state.events.iter().find(|event| event.id == id) else {
            return;
        };
        let endpoint = lock(&self.endpoint);
        let mut types = endpoint.enabled_events.iter();
        let subscribed = types.any(|kind| kind == "*" || kind == event.kind);
        // An endpoint belongs to one mode, that of the key here.
        let own = Some(event.live) == mode_of_key(&self.options.secret_key);
        if let (Some(url), true) = (&endpoint.url, subscribed && own) {
            self.deliveries.add(Delivery {
                url: url.clone(),
                body: answer::text(&event.body).into_bytes(),
            });
        }
    }

    /// Sends an event again. Says whether there is such an event.
    pub(super) fn send_again(&self, id: &str) -> bool {
        let state = lock(&self.state);
        self.send(&state, id);
        state.events.iter().any(|event| event.id == id)
    }

    pub(super) fn set_webhook(&self, url: Option<String>) {
        lock(&self.endpoint).url = url;
    }

    pub(super) fn subscribe(&self, types: &[&str]) {
        lock(&self.endpoint).enabled_events = types.iter().map(|kind| (*kind).into()).collect();
    }

    pub(super) fn set_secrets(&self, secrets: Vec<String>) {
        *lock(&self.secrets) = secrets;
    }

    /// Whether an endpoint that has begun to work now breaks.
    pub(super) fn breaks(&self) -> bool {
        let mut breaking = lock(&self.breaking);
        let breaks = *breaking > 0;
        *breaking = breaking.saturating_sub(1);
        breaks
    }
}

fn signer(controls: &Controls, secrets: Secrets, live: bool) -> Sign {
    let controls = controls.clone();
    Box::new(move |body| {
        let mut headers = HeaderMap::new();
        let agent = "Stripe/1.0 (+https://stripe.com/docs/webhooks)";
        headers.insert("user-agent", HeaderValue::from_static(agent));
        let now = controls.clock().unix();
        let signature = signature::sign(&lock(&secrets), now, body, live);
        if let Ok(signature) = HeaderValue::from_str(&signature) {
            headers.insert("stripe-signature", signature);
        }
        headers
    })
}
