//! Notifications of payment providers: what is used of them, and what they are answered with.

use std::fmt;

use api_types::Timestamp;
use axum::http::{HeaderMap, StatusCode};

/// A notification as it came.
#[derive(Clone, Copy)]
pub struct IncomingNotification<'a> {
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body, byte by byte.
    pub body: &'a [u8],
    /// Now.
    pub now: Timestamp,
}

/// What is used of a notification: which payment to read, and nothing about money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The provider's id of the notification, by which a repeated one is recognised.
    pub event_id: String,
    /// Which payment it is about; `None` if it is about none, and there is nothing to do.
    pub about: Option<Subject>,
    /// Further ids of the provider's that the notification says belong to the payment.
    pub ids: Vec<ProviderId>,
}

/// How a notification names a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// By our id of it.
    Reference(String),
    /// By an id of the provider's, which has to be known to belong to one of ours. Others use the
    /// same account of the provider too, so one that is not known is not ours.
    Id(ProviderId),
}

/// An id of the provider's that belongs to a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderId {
    /// What it is the id of.
    pub kind: ProviderIdKind,
    /// The id.
    pub id: String,
}

impl ProviderId {
    /// An id of a kind.
    pub fn new(kind: ProviderIdKind, id: &str) -> Self {
        Self {
            kind,
            id: id.to_owned(),
        }
    }
}

/// What a provider's id is the id of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderIdKind {
    /// What the customer pays on: an order, a session, an invoice of the provider's.
    Order,
    /// The intent to pay, where the provider tells it from the order.
    Intent,
    /// A movement of money to us.
    Charge,
    /// A capture of money that the customer has agreed to.
    Capture,
    /// Money that goes back.
    Refund,
    /// A dispute.
    Dispute,
}

impl ProviderIdKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Order,
        Self::Intent,
        Self::Charge,
        Self::Capture,
        Self::Refund,
        Self::Dispute,
    ];

    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Intent => "intent",
            Self::Charge => "charge",
            Self::Capture => "capture",
            Self::Refund => "refund",
            Self::Dispute => "dispute",
        }
    }

    /// The kind of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What became of a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotificationResult {
    /// It was taken.
    Taken,
    /// The payment could not be read: it is to be sent again.
    Later,
    /// It was refused.
    Refused(BadNotification),
}

/// What a gateway wants its provider to be answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The type of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
}

/// Why a notification is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadNotification {
    /// The signature is missing, or is not the provider's.
    Unsigned,
    /// It was signed too long ago, or in the future.
    Stale,
    /// It is signed, but its body cannot be read.
    Unreadable,
    /// Whether it is the provider's could not be found out now: it is to be sent again.
    Unverified,
}

impl fmt::Display for BadNotification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unsigned => "the notification is not signed by the payment provider",
            Self::Stale => "the notification was not signed just now",
            Self::Unreadable => "the notification cannot be read",
            Self::Unverified => "whether the notification is the provider's cannot be known now",
        })
    }
}

impl std::error::Error for BadNotification {}
