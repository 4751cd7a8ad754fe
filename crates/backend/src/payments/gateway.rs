//! What a payment provider is to the rest of the backend: four calls and a few
//! closed sets of answers. A provider's own words, units and addresses end here.
//!
//! Nothing in a provider's notification is believed: it names a payment, and
//! the payment is then read from the provider itself.

mod after;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use api_types::{AttemptId, CheckoutStatus, FailureCode, Money, Timestamp};
use axum::http::HeaderMap;

pub use self::after::{After, ProviderDispute, ProviderRefund, RefundStatus};

/// What a gateway call comes back with, in a form that a `dyn Gateway` can have.
pub type Call<'a, T> = Pin<Box<dyn Future<Output = Result<T, GatewayError>> + Send + 'a>>;

/// A payment provider. One value serves the whole process.
pub trait Gateway: Send + Sync + fmt::Debug {
    /// Its name in the database, the logs and the address of its notifications.
    fn name(&self) -> &'static str;

    /// The origins that its pages for customers lie on.
    fn origins(&self) -> &[String];

    /// Makes a payment. Called again with the same order it answers with the same payment.
    fn create<'a>(&'a self, order: &'a Order) -> Call<'a, ProviderPayment>;

    /// Reads a payment; `None` if the provider has none like it.
    fn read<'a>(&'a self, which: &'a Which) -> Call<'a, Option<ProviderPayment>>;

    /// Ends a payment that nobody has paid. [`GatewayError::TooLate`] once pay was pressed;
    /// [`GatewayError::Unsupported`] where the provider's pages cannot be closed from here.
    fn cancel<'a>(&'a self, provider_id: &'a str) -> Call<'a, ProviderPayment>;

    /// Checks that a notification comes from the provider, and says which payment it names.
    fn verify_webhook(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Notification, BadNotification>;
}

/// What the provider is asked for. It is made of stored values only, so that a
/// retry after a crash sends the same bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Order {
    /// Our name for the payment, also the provider's key against making it twice.
    pub reference: AttemptId,
    /// How much.
    pub amount: Money,
    /// The wallet that it is paid from, by the name that the customer chose; a card without.
    pub wallet: Option<String>,
    /// What the provider's page says it is for.
    pub description: String,
    /// Who is paid.
    pub merchant: String,
    /// Where the window comes back to. It carries a secret.
    pub return_url: String,
    /// Where notifications go.
    pub webhook_url: String,
    /// How long the customer has.
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

/// How to find a payment at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// By the provider's own id.
    Id(String),
    /// By our name for it, while its id is not known: the answer to the create call was lost.
    Reference(AttemptId),
}

/// A payment as the provider tells it.
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderPayment {
    /// The provider's id.
    pub id: String,
    /// Our name for it.
    pub reference: String,
    /// The provider's page for the customer.
    pub url: String,
    /// How it stands.
    pub state: ProviderState,
    /// What has happened to its money since.
    pub after: After,
}

impl fmt::Debug for ProviderPayment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address opens the page to whoever has it.
        f.debug_struct("ProviderPayment")
            .field("id", &self.id)
            .field("reference", &self.reference)
            .field("state", &self.state)
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}

/// The word that is stored with an attempt by which more came than can be kept.
pub const TOO_LARGE: &str = "too_large";

/// How a payment stands at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderState {
    /// The page can be used.
    Open,
    /// Pay was pressed; with money if the provider says that it is on its way.
    Processing(Option<Received>),
    /// The money is there.
    Paid(Received),
    /// The money is there, and it is more than one amount may be here.
    TooLarge(TooLarge),
    /// It did not go through.
    Ended(Ending),
    /// The provider says something that has no meaning here.
    Unreadable,
}

impl ProviderState {
    /// The same, held against the bound of every amount: money beyond it that has come is too
    /// large, and of money beyond it that is on its way only that it is counts.
    #[must_use]
    pub fn within_bounds(self) -> Self {
        let fits = |money: &Received| money.amount.is_within_bounds();
        match self {
            Self::Paid(money) if !fits(&money) => Self::TooLarge(TooLarge {
                payment_id: money.payment_id,
                amount: Some(money.amount),
            }),
            Self::Processing(money) => Self::Processing(money.filter(fits)),
            other => other,
        }
    }

    /// Whether the provider has said its last word.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Paid(_) | Self::TooLarge(_) | Self::Ended(_))
    }

    /// The word that is stored with the attempt.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Processing(_) => "processing",
            Self::Paid(_) => "paid",
            Self::TooLarge(_) => TOO_LARGE,
            Self::Ended(ending) => ending.how.word(),
            Self::Unreadable => "unreadable",
        }
    }
}

/// Money that has come, or is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The provider's id for this movement of money: it is booked once.
    pub payment_id: String,
    /// How much, which need not be what was asked for.
    pub amount: Money,
}

/// Money that has come and is more than one amount may be. Somebody has to look into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// The provider's id for this movement of money.
    pub payment_id: String,
    /// How much, where that can be told at all.
    pub amount: Option<Money>,
}

/// How a payment ended without money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// In which way.
    pub how: Ended,
    /// Whether the customer tried to pay at all.
    pub tried: bool,
    /// What the last try failed of.
    pub failure: Option<FailureCode>,
}

/// The ways to end without money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The money was refused.
    Failed,
    /// The customer turned back.
    Cancelled,
    /// The time ran out.
    Expired,
}

impl Ended {
    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// What a checkout ends as by it.
    pub fn status(self) -> CheckoutStatus {
        match self {
            Self::Failed => CheckoutStatus::Failed,
            Self::Cancelled => CheckoutStatus::Cancelled,
            Self::Expired => CheckoutStatus::Expired,
        }
    }
}

/// Why a call did not bring an answer that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayError {
    /// The provider cannot be reached, is slow, or has a fault: the same call may work later,
    /// and this one may have worked unseen.
    Away,
    /// The provider refuses, and will refuse again.
    Refused,
    /// It is too late for that: pay was pressed.
    TooLate,
    /// The provider has no such call, and never will: what it holds open stays open there.
    Unsupported,
}

impl fmt::Display for GatewayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Away => "the payment provider cannot be reached",
            Self::Refused => "the payment provider refuses the call",
            Self::TooLate => "pay was pressed already",
            Self::Unsupported => "the payment provider has no such call",
        })
    }
}

impl std::error::Error for GatewayError {}

/// What is taken from a notification: which payment to read, and nothing about money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The provider's id of the notification, to tell a repeated one.
    pub event_id: String,
    /// Our name for the payment.
    pub reference: String,
}

/// Why a notification is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadNotification {
    /// The signature is missing, or is not the provider's.
    Unsigned,
    /// It was signed too long ago, or in the future.
    Stale,
    /// It is signed, and says nothing that can be used.
    Unreadable,
}

impl fmt::Display for BadNotification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unsigned => "the notification is not signed by the payment provider",
            Self::Stale => "the notification was not signed just now",
            Self::Unreadable => "the notification cannot be read",
        })
    }
}

impl std::error::Error for BadNotification {}
