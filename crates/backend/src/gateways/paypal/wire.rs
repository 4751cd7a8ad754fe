//! PayPal's objects, as far as they are read.
//!
//! Source: the OpenAPI descriptions in <https://github.com/paypal/paypal-rest-api-specifications>.

use serde::Deserialize;

/// An order.
#[derive(Deserialize)]
pub(super) struct Order {
    pub(super) id: String,
    #[serde(default)]
    pub(super) status: String,
    #[serde(default)]
    pub(super) purchase_units: Vec<PurchaseUnit>,
    #[serde(default)]
    pub(super) links: Vec<Link>,
}

/// What is bought with an order.
#[derive(Deserialize)]
pub(super) struct PurchaseUnit {
    #[serde(default)]
    pub(super) custom_id: String,
    #[serde(default)]
    pub(super) payments: Payments,
}

/// The money of a purchase unit.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Payments {
    pub(super) captures: Vec<Capture>,
    pub(super) refunds: Vec<Refund>,
}

/// Money that was captured.
#[derive(Deserialize)]
pub(super) struct Capture {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) amount: Amount,
    #[serde(default)]
    pub(super) custom_id: String,
    #[serde(default)]
    pub(super) seller_receivable_breakdown: Option<Breakdown>,
}

/// What becomes of captured money.
#[derive(Deserialize)]
pub(super) struct Breakdown {
    #[serde(default)]
    pub(super) paypal_fee: Option<Amount>,
}

/// Money that went back.
#[derive(Deserialize)]
pub(super) struct Refund {
    pub(super) id: String,
    pub(super) status: String,
    #[serde(default)]
    pub(super) amount: Option<Amount>,
    #[serde(default)]
    pub(super) custom_id: String,
    #[serde(default)]
    pub(super) update_time: Option<String>,
    #[serde(default)]
    pub(super) create_time: Option<String>,
}

/// An amount.
#[derive(Deserialize)]
pub(super) struct Amount {
    pub(super) currency_code: String,
    pub(super) value: String,
}

/// A link to something that can be done.
#[derive(Deserialize)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) rel: String,
}

/// The disputes over a transaction.
#[derive(Deserialize)]
pub(super) struct Disputes {
    #[serde(default)]
    pub(super) items: Vec<Dispute>,
}

/// A dispute. Its outcome is told only where it is read by itself.
#[derive(Deserialize)]
pub(super) struct Dispute {
    pub(super) dispute_id: String,
    #[serde(default)]
    pub(super) status: String,
    #[serde(default)]
    pub(super) dispute_amount: Option<Amount>,
    #[serde(default)]
    pub(super) dispute_outcome: Option<Outcome>,
    #[serde(default)]
    pub(super) update_time: Option<String>,
}

/// How a dispute ended.
#[derive(Deserialize)]
pub(super) struct Outcome {
    #[serde(default)]
    pub(super) outcome_code: String,
}

/// An access token.
#[derive(Deserialize)]
pub(super) struct Token {
    pub(super) access_token: String,
    pub(super) expires_in: u64,
}

/// An error's body.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Failed {
    pub(super) name: String,
    pub(super) debug_id: String,
    pub(super) details: Vec<Detail>,
}

/// What exactly went wrong.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Detail {
    pub(super) issue: String,
    pub(super) field: String,
}

/// Whether a notification is PayPal's.
#[derive(Deserialize)]
pub(super) struct Verification {
    pub(super) verification_status: String,
}

/// A notification.
#[derive(Deserialize)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) event_type: String,
    pub(super) resource: Resource,
}

/// The ids in what a notification is about, whatever it is.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Resource {
    pub(super) id: String,
    pub(super) order_id: String,
    pub(super) custom_id: String,
    pub(super) purchase_units: Vec<PurchaseUnit>,
    pub(super) supplementary_data: Supplementary,
    pub(super) links: Vec<Link>,
    pub(super) disputed_transactions: Vec<Disputed>,
}

/// Further ids of a capture.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Supplementary {
    pub(super) related_ids: RelatedIds,
}

/// The order of a capture.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RelatedIds {
    pub(super) order_id: String,
}

/// What a dispute is over.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Disputed {
    pub(super) seller_transaction_id: String,
    pub(super) custom: String,
}
