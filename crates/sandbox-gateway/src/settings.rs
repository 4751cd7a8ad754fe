//! What a gateway is started with.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::Faults;

/// A secret text. `Debug` does not show it, so that it gets into no log.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Keeps the text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The bytes, for calculating with them.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// Everything that can be set; [`GatewaySettings::new`] asks only for what has no default.
#[derive(Clone, Debug)]
pub struct GatewaySettings {
    /// What the merchant's server shows to use the API.
    pub api_key: Secret,
    /// What webhooks are signed with.
    pub webhook_secret: Secret,
    /// Where customers reach the gateway; `http://` and the listener's address when not given.
    pub public_url: Option<String>,
    /// The snapshot file; without one everything is forgotten at the end.
    pub data: Option<PathBuf>,
    /// The faults that are on from the start.
    pub faults: Faults,
    /// How long the slow card takes from `processing` to `paid`.
    pub slow_card_takes: Duration,
    /// The wait before the second try of a webhook; it doubles with each further one.
    pub first_retry_after: Duration,
}

impl GatewaySettings {
    /// The defaults around the two secrets.
    pub fn new(api_key: impl Into<String>, webhook_secret: impl Into<String>) -> Self {
        Self {
            api_key: Secret::new(api_key),
            webhook_secret: Secret::new(webhook_secret),
            public_url: None,
            data: None,
            faults: Faults::default(),
            slow_card_takes: Duration::from_secs(4),
            first_retry_after: Duration::from_secs(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_show_in_debug_text() {
        let shown = format!("{:?}", GatewaySettings::new("sk_one", "whsec_two"));
        assert!(
            !shown.contains("sk_one") && !shown.contains("whsec_two"),
            "{shown}"
        );
    }
}
