//! Money that goes back: refunds and disputes, as they stand.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::amount::Amount;

/// Money that went back to the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// The gateway's name for it.
    pub id: String,
    /// How much, in the currency that had arrived.
    pub amount: Amount,
    /// When it came to stand so.
    pub at: Timestamp,
    /// How it stands.
    #[serde(default)]
    pub status: RefundStatus,
    /// When it fails, where that is decided already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fails_at: Option<Timestamp>,
}

/// How a refund stands. Other providers take days until it is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    /// The money went back.
    #[default]
    Succeeded,
    /// The customer's bank did not take it: the merchant has it again.
    Failed,
}

/// The customer's bank asks for money back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// The gateway's name for it.
    pub id: String,
    /// How much it is about.
    pub amount: Amount,
    /// How it stands.
    pub status: DisputeStatus,
    /// When it came to stand so.
    pub at: Timestamp,
}

/// How a dispute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeStatus {
    /// The bank has asked, and nobody has decided.
    Open,
    /// The money stays with the merchant.
    Won,
    /// The money went back.
    Lost,
}
