//! What the server pushes: that something changed, never an amount.

use serde::{Deserialize, Serialize};

use crate::CheckoutId;
use crate::word::words;

words! {
    /// What changed.
    Changed {
        /// The account: balance, invoices or payments.
        Account = "account",
        /// A checkout; see `checkout`.
        Checkout = "checkout",
        /// The session has ended.
        Session = "session",
    }
}

/// The data of one event of `GET /stream`; its id is the version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    /// What changed.
    pub changed: Changed,
    /// Which checkout, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checkout: Option<CheckoutId>,
    /// The customer's version after the change.
    pub version: u64,
}
