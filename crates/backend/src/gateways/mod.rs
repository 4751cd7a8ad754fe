//! Payment providers, as the rest of the backend sees them: four calls and a few closed sets of
//! answers. A provider's own words, units and addresses are used in its gateway only.
//!
//! Nothing in a provider's notification is believed: it names a payment, and the payment is then
//! read from the provider itself.

mod payment_events;
mod registry;
mod sandbox;
mod single_flight;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use api_types::{AttemptId, CheckoutStatus, FailureCode, Money, Timestamp};
use axum::http::HeaderMap;

pub use self::payment_events::{PaymentEvents, ProviderDispute, ProviderRefund, RefundStatus};
pub use self::registry::{GatewayRegistry, ReadOutcome};

/// The result of a gateway call, boxed so that `dyn Gateway` can have it.
pub type Call<'a, T> = Pin<Box<dyn Future<Output = Result<T, GatewayError>> + Send + 'a>>;

/// A payment provider. One value serves the whole process.
pub trait Gateway: Send + Sync + fmt::Debug {
    /// Its name in the database, the logs and the address of its notifications.
    fn name(&self) -> &'static str;

    /// The origins of its pages for customers.
    fn origins(&self) -> &[String];

    /// Makes a payment. Called again with the same order it answers with the same payment.
    ///
    /// # Errors
    /// [`GatewayError::Away`] if the provider cannot be reached or its answer cannot be read,
    /// [`GatewayError::Refused`] if it refuses the order, [`GatewayError::Unsupported`] if it has
    /// no such call.
    fn create<'a>(&'a self, order: &'a Order) -> Call<'a, ProviderPayment>;

    /// Reads a payment; `None` if the provider has no such payment.
    ///
    /// # Errors
    /// [`GatewayError::Away`] if the provider cannot be reached or its answer cannot be read,
    /// [`GatewayError::Refused`] if it refuses the call or the id is malformed,
    /// [`GatewayError::Unsupported`] if it has no such call.
    fn read<'a>(&'a self, which: &'a Which) -> Call<'a, Option<ProviderPayment>>;

    /// Cancels a payment that nobody has paid.
    ///
    /// # Errors
    /// [`GatewayError::TooLate`] once pay was pressed, [`GatewayError::Unsupported`] if the
    /// provider's pages cannot be closed by a call, [`GatewayError::Refused`] if it has no such
    /// payment or refuses, [`GatewayError::Away`] if it cannot be reached or its answer cannot be
    /// read.
    fn cancel<'a>(&'a self, provider_id: &'a str) -> Call<'a, ProviderPayment>;

    /// Checks that a notification comes from the provider, and returns the payment that it names.
    ///
    /// # Errors
    /// [`BadNotification::Unsigned`] if the signature is missing or wrong,
    /// [`BadNotification::Stale`] if it was not signed just now, [`BadNotification::Unreadable`] if
    /// the body cannot be read.
    fn verify_webhook(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Notification, BadNotification>;
}

/// A payment that the provider is asked to make. It is made of stored values only, so that a retry
/// after a crash sends the same bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Order {
    /// Our id of the payment, and the idempotency key that keeps the provider from making it twice.
    pub reference: AttemptId,
    /// How much.
    pub amount: Money,
    /// The wallet that it is paid from, by the name that the customer chose; `None` for a card.
    pub wallet: Option<String>,
    /// What the provider's page says it is for.
    pub description: String,
    /// The name of who is paid.
    pub merchant: String,
    /// The address that the window comes back to. It contains a secret.
    pub return_url: String,
    /// The address that notifications are sent to.
    pub webhook_url: String,
    /// How long the customer has to pay.
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
    /// By our id, while the provider's id is not known because the answer to the create call was
    /// lost.
    Reference(AttemptId),
}

/// A payment as the provider reports it.
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderPayment {
    /// The provider's id.
    pub id: String,
    /// Our id of it.
    pub reference: String,
    /// The provider's page for the customer.
    pub url: String,
    /// Its state.
    pub state: ProviderState,
    /// Its refunds and disputes.
    pub events: PaymentEvents,
}

impl fmt::Debug for ProviderPayment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address opens the page to whoever has it.
        f.debug_struct("ProviderPayment")
            .field("id", &self.id)
            .field("reference", &self.reference)
            .field("state", &self.state)
            .field("events", &self.events)
            .finish_non_exhaustive()
    }
}

/// The state that is stored with an attempt by which more came than an amount may be.
pub const TOO_LARGE: &str = "too_large";

/// The state of a payment at its provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderState {
    /// The page can be used.
    Open,
    /// Pay was pressed; with money if the provider says that it is on its way.
    Processing(Option<Received>),
    /// The money is there.
    Paid(Received),
    /// The money is there, and it is more than an amount may be here.
    TooLarge(TooLarge),
    /// The payment ended without money.
    Ended(Ending),
    /// The provider reports a state that has no meaning here.
    Unreadable,
}

impl ProviderState {
    /// Applies the bound of amounts. Money beyond it that has come becomes
    /// [`ProviderState::TooLarge`]; money beyond it that is on its way loses its amount.
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

    /// Whether the provider will not change the state any more.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Paid(_) | Self::TooLarge(_) | Self::Ended(_))
    }

    /// The word that is stored with the attempt for the state.
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
    /// The provider's id of this movement of money, by which it is booked once.
    pub payment_id: String,
    /// The amount, which need not be what was asked for.
    pub amount: Money,
}

/// Money that has come and is more than an amount may be. It is resolved by a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// The provider's id of this movement of money.
    pub payment_id: String,
    /// The amount, if it can be represented at all.
    pub amount: Option<Money>,
}

/// How a payment ended without money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// How it ended.
    pub how: Ended,
    /// Whether the customer tried to pay at all.
    pub tried: bool,
    /// Why the last try failed.
    pub failure: Option<FailureCode>,
}

/// The ways to end without money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The money was refused.
    Failed,
    /// The customer cancelled.
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

    /// The status in which a checkout ends by it.
    pub fn status(self) -> CheckoutStatus {
        match self {
            Self::Failed => CheckoutStatus::Failed,
            Self::Cancelled => CheckoutStatus::Cancelled,
            Self::Expired => CheckoutStatus::Expired,
        }
    }
}

/// Why a call brought no usable answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayError {
    /// The provider cannot be reached, is slow, or has a fault. The same call may work later, and
    /// this one may have been carried out although no answer came.
    Away,
    /// The provider refuses the call, and will refuse it again.
    Refused,
    /// Pay was pressed before.
    TooLate,
    /// The provider has no such call.
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

/// What is used of a notification: which payment to read, and nothing about money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The provider's id of the notification, by which a repeated one is recognised.
    pub event_id: String,
    /// Our id of the payment.
    pub reference: String,
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
