//! What a provider is asked for: a payment, its capture, and a refund.

use std::fmt;
use std::time::Duration;

use api_types::{AttemptId, Money, OptionId, PaidBy, Timestamp};

use super::ProviderId;

/// A payment that the provider is asked to make. It is made of stored values only, so that a retry
/// after a crash sends the same bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Order {
    /// Our id of the payment, and the idempotency key that keeps the provider from making it twice.
    pub reference: AttemptId,
    /// How much.
    pub amount: Money,
    /// The option of the method that the customer chose, by its id in the settings.
    pub option: Option<OptionId>,
    /// How it is paid, as the customer sees it.
    pub paid_by: PaidBy,
    /// What the provider's page says it is for.
    pub description: String,
    /// What it is for in single amounts, which come to the whole; empty where they do not.
    pub items: Vec<OrderItem>,
    /// Who pays.
    pub payer: Payer,
    /// The name of who is paid.
    pub merchant: String,
    /// The address that the window comes back to. It contains a secret.
    pub return_url: String,
    /// The address that the window comes back to if the customer turns back. It contains the same
    /// secret.
    pub cancel_url: String,
    /// The address that notifications are sent to.
    pub webhook_url: String,
    /// When the attempt was made.
    pub created_at: Timestamp,
    /// How long the customer has to pay, from then on.
    pub lifetime: Duration,
}

impl fmt::Debug for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Order")
            .field("reference", &self.reference)
            .field("amount", &self.amount)
            .finish_non_exhaustive()
    }
}

/// One thing that a payment is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderItem {
    /// Its name, such as the number of an invoice.
    pub name: String,
    /// How much of the payment is for it.
    pub amount: Money,
}

/// Who pays, as far as a provider may want to know.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Payer {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: Option<String>,
    /// The tag of the language that the portal is shown in.
    pub language: Option<String>,
}

impl fmt::Debug for Payer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Who pays is nothing for a log.
        f.debug_struct("Payer").finish_non_exhaustive()
    }
}

/// How a payment is found at its provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Our id of it.
    pub reference: AttemptId,
    /// The provider's id of it; `None` while it is not known, because the answer to the create
    /// call was lost.
    pub id: Option<String>,
    /// Further ids of the provider's that belong to it.
    pub ids: Vec<ProviderId>,
    /// How much was asked for.
    pub amount: Money,
}

/// What the keys of refunds that are asked for here begin with.
pub const REFUND_KEYS: &str = "rf-";

/// Money that is to be sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundOrder {
    /// The idempotency key, by which the refund is found again too.
    pub key: String,
    /// The payment, as the provider knows it.
    pub payment: Known,
    /// The provider's id of the money that came.
    pub payment_id: String,
    /// How much is to be sent back; more than nothing.
    pub amount: Money,
}
