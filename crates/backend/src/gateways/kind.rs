//! What is known of a payment provider before an account at it is set up.

use std::sync::Arc;

use super::Gateway;
use super::http::HttpClient;
use crate::settings::{GatewaySettings, Mode};

/// A kind of gateway: what is known of a payment provider before an account at it is set up.
#[derive(Debug)]
pub struct GatewayKind {
    /// Its word in the settings.
    pub name: &'static str,
    /// The credentials that it needs, by their names in the settings.
    pub credentials: &'static [CredentialKind],
    /// The base address of the provider's own API in a mode, without a slash at its end; `None` for
    /// a kind that has none, so that an address has to be set. Only at the provider's own address
    /// is money real.
    pub own_url: fn(Mode) -> Option<&'static str>,
    /// Further checks of the settings; returns the setting and what is wrong with it.
    pub check: fn(&GatewaySettings) -> Vec<(String, String)>,
    /// Makes the gateway of an account.
    pub open: fn(&GatewaySettings, HttpClient) -> Arc<dyn Gateway>,
}

/// A credential that a kind needs.
#[derive(Debug)]
pub struct CredentialKind {
    /// Its name in the settings.
    pub name: &'static str,
    /// The least number of characters, below which a guess would open it.
    pub least: usize,
}
