//! Stripe's objects, as far as they are read.
//!
//! Source: <https://docs.stripe.com/api>, of the version that [`super::VERSION`] names.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Free fields of an object.
pub(super) type Metadata = BTreeMap<String, String>;

/// The value of a free field. An object may be without any.
pub(super) fn metadata_field<'a>(metadata: Option<&'a Metadata>, name: &str) -> Option<&'a str> {
    metadata?.get(name).map(String::as_str)
}

/// A Checkout Session, with its payment intent expanded.
#[derive(Deserialize)]
pub(super) struct Session {
    pub(super) id: String,
    pub(super) livemode: bool,
    #[serde(default)]
    pub(super) metadata: Option<Metadata>,
    pub(super) url: Option<String>,
    pub(super) status: Option<String>,
    pub(super) payment_status: String,
    #[serde(default)]
    pub(super) payment_intent: Option<Expandable<Intent>>,
}

/// A field that holds an id, or the object itself where that was asked for.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Expandable<T> {
    Whole(Box<T>),
    /// Its id is told by the object that was asked for instead.
    Id(serde::de::IgnoredAny),
}

impl<T> Expandable<T> {
    pub(super) fn whole(&self) -> Option<&T> {
        match self {
            Self::Whole(whole) => Some(whole),
            Self::Id(_) => None,
        }
    }
}

/// A payment intent, with its latest charge expanded.
#[derive(Deserialize)]
pub(super) struct Intent {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) currency: String,
    pub(super) amount: i64,
    #[serde(default)]
    pub(super) amount_received: i64,
    #[serde(default)]
    pub(super) last_payment_error: Option<PaymentError>,
    #[serde(default)]
    pub(super) latest_charge: Option<Expandable<Charge>>,
}

/// Why a try failed.
#[derive(Deserialize)]
pub(super) struct PaymentError {
    pub(super) code: Option<String>,
    pub(super) decline_code: Option<String>,
}

/// A charge, with its balance transaction expanded.
#[derive(Deserialize)]
pub(super) struct Charge {
    pub(super) id: String,
    #[serde(default)]
    pub(super) balance_transaction: Option<Expandable<BalanceTransaction>>,
}

/// What a charge did to the account's balance.
#[derive(Deserialize)]
pub(super) struct BalanceTransaction {
    pub(super) fee: i64,
    pub(super) currency: String,
}

/// A list, whose elements are read one by one, so that one that cannot be read hides no other.
#[derive(Deserialize)]
pub(super) struct List {
    pub(super) data: Vec<serde_json::Value>,
    pub(super) has_more: bool,
}

/// A refund.
#[derive(Deserialize)]
pub(super) struct Refund {
    pub(super) id: String,
    pub(super) amount: i64,
    pub(super) currency: String,
    pub(super) created: i64,
    pub(super) status: Option<String>,
    #[serde(default)]
    pub(super) metadata: Option<Metadata>,
}

/// A dispute.
#[derive(Deserialize)]
pub(super) struct Dispute {
    pub(super) id: String,
    pub(super) amount: i64,
    pub(super) currency: String,
    pub(super) created: i64,
    pub(super) status: String,
}

/// An error's body.
#[derive(Default, Deserialize)]
pub(super) struct Failed {
    #[serde(default)]
    pub(super) error: Failure,
}

/// What went wrong, in Stripe's words.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Failure {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) code: String,
    pub(super) param: String,
}

/// A notification.
#[derive(Deserialize)]
pub(super) struct Event {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) livemode: bool,
    pub(super) data: EventData,
}

/// What a notification is about.
#[derive(Deserialize)]
pub(super) struct EventData {
    pub(super) object: EventObject,
}

/// The ids in an object of any kind.
#[derive(Deserialize)]
pub(super) struct EventObject {
    #[serde(default)]
    pub(super) id: String,
    #[serde(default)]
    pub(super) object: String,
    #[serde(default)]
    pub(super) metadata: Option<Metadata>,
    #[serde(default)]
    pub(super) payment_intent: Option<serde_json::Value>,
}
