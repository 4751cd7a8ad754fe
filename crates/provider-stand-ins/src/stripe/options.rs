//! What a stand-in is started with, and why it may not start.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};

/// The version of the API for requests without a `Stripe-Version`, and for events.
pub(super) const API_VERSION: &str = "2026-10-28.endive";

/// The events that a portal needs, which are sent unless a test asks for others.
const EVENTS: [&str; 12] = [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "charge.refunded",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
];

/// What a stand-in is started with.
#[derive(Clone)]
pub struct Options {
    /// Where it listens; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// The origin that addresses of pages begin with; the listen address if there is none.
    pub public_url: Option<String>,
    /// The key of the merchant's server: `sk_test_`, `rk_test_`, `sk_live_` or `rk_live_`. Its mode
    /// is the `livemode` of all that is made with it.
    pub secret_key: String,
    /// A key of the same account's other mode. It sees nothing of what the first one made.
    pub other_mode_key: Option<String>,
    /// The secrets of the webhook endpoint. While one is being rolled there are two, and each
    /// signs.
    pub webhook_secrets: Vec<String>,
    /// The webhook endpoint; nothing is sent while there is none.
    pub webhook_url: Option<String>,
    /// The types of events that the endpoint has subscribed to; `*` stands for all.
    pub enabled_events: Vec<String>,
    /// The account's version of the API.
    pub api_version: String,
    /// The `Cross-Origin-Opener-Policy` of the pages; no header if there is none.
    pub coop: Option<String>,
    /// Whether a session that names no payment methods offers bank debits too.
    pub delayed_methods: bool,
    /// How many requests the API takes in a second; any number if there is none.
    pub rate_limit: Option<u32>,
}

impl Options {
    /// Options for a key and a webhook secret, on a free port of this machine.
    pub fn new(secret_key: &str, webhook_secret: &str) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            public_url: None,
            secret_key: secret_key.to_owned(),
            other_mode_key: None,
            webhook_secrets: vec![webhook_secret.to_owned()],
            webhook_url: None,
            enabled_events: EVENTS.map(str::to_owned).to_vec(),
            api_version: API_VERSION.to_owned(),
            coop: Some("same-origin-allow-popups".to_owned()),
            delayed_methods: false,
            rate_limit: None,
        }
    }

    pub(super) fn check(&self) -> Result<(), StartError> {
        let Some(live) = mode_of_key(&self.secret_key) else {
            return Err(StartError::Key);
        };
        let other = self.other_mode_key.as_deref();
        if other.is_some_and(|key| mode_of_key(key) != Some(!live)) {
            return Err(StartError::Key);
        }
        let secret = |text: &String| is_webhook_secret(text);
        if self.webhook_secrets.is_empty() || !self.webhook_secrets.iter().all(secret) {
            return Err(StartError::WebhookSecret);
        }
        if let Some(coop) = &self.coop {
            axum::http::HeaderValue::from_str(coop).map_err(|_| StartError::Coop)?;
        }
        Ok(())
    }
}

/// Whether a secret or restricted key is of live mode; none if it is no such key.
pub(super) fn mode_of_key(key: &str) -> Option<bool> {
    let known = [
        ("sk_live_", true),
        ("rk_live_", true),
        ("sk_test_", false),
        ("rk_test_", false),
    ];
    let mut known = known.into_iter();
    let found = known.find(|(prefix, _)| key.len() > prefix.len() && key.starts_with(prefix));
    found.map(|(_, live)| live)
}

pub(super) fn is_webhook_secret(text: &str) -> bool {
    text.strip_prefix("whsec_")
        .is_some_and(|rest| !rest.is_empty())
}

/// Why a stand-in does not start.
#[derive(Debug)]
pub enum StartError {
    /// The secret key is none, or the other key is not of the other mode.
    Key,
    /// There is no webhook secret, or one does not begin with `whsec_`.
    WebhookSecret,
    /// The opener policy fits in no header.
    Coop,
    /// The account's version of the API is none.
    Version,
    /// The address cannot be listened on.
    Listen(std::io::Error),
    /// The client that sends events cannot be built.
    Client(reqwest::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key => f.write_str("a key is not a secret key of the mode that it must have"),
            Self::WebhookSecret => f.write_str("a webhook secret must begin with whsec_"),
            Self::Version => f.write_str("the version of the API is none"),
            Self::Coop => f.write_str("the opener policy fits in no header"),
            Self::Listen(error) => write!(f, "cannot listen: {error}"),
            Self::Client(error) => write!(f, "cannot build the client: {error}"),
        }
    }
}

impl std::error::Error for StartError {}
