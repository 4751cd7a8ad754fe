//! Payment providers, as the rest of the backend sees them: a few calls and a few closed sets of
//! answers. A provider's own words, units and addresses are used in its gateway only.
//!
//! Nothing in a provider's notification is believed: it names a payment, and the payment is then
//! read from the provider itself.
//!
//! Another provider is a folder with a [`GatewayKind`] in it, a line in `kinds::ALL`, and a section of
//! `docs/gateways.md`.

mod error;
mod http;
mod kind;
mod kinds;
mod notification;
mod offer;
mod order;
mod payment_events;
mod paypal;
mod registry;
mod sandbox;
mod schedule;
mod single_flight;
mod state;
mod stripe;
#[cfg(test)]
mod tests;
mod timed_signature;
mod transcript;
mod trial;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use api_types::{Currency, Money};

pub use self::error::GatewayError;
pub use self::kind::{CredentialKind, GatewayKind};
pub use self::kinds::{check, open_for_trial};
pub use self::notification::{
    BadNotification, IncomingNotification, Notification, NotificationResult, ProviderId,
    ProviderIdKind, Reply, Subject,
};
pub use self::order::{Known, Order, OrderItem, Payer, REFUND_KEYS, RefundOrder};
pub use self::payment_events::{PaymentEvents, ProviderDispute, ProviderRefund, RefundStatus};
pub use self::registry::{GatewayRegistry, ReadOutcome};
pub use self::schedule::{READS_FOR_A_MONTH, READS_FOR_A_WEEK, ReadPhase, Schedule};
pub use self::state::{
    Ended, Ending, ProviderPage, ProviderPayment, ProviderState, Received, TOO_LARGE, TooLarge,
};

pub use self::transcript::Transcript;
pub use self::trial::{READS_EVERY, TRIAL_REFERENCES, Trial, TrialResult, TrialSettings};

/// The result of a gateway call, boxed so that `dyn Gateway` can have it.
pub type Call<'a, T, E = GatewayError> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// An account at a payment provider. One value serves the whole process.
pub trait Gateway: Send + Sync + fmt::Debug {
    /// Its id in the settings, by which the database, the logs and the address of its notifications
    /// name it.
    fn id(&self) -> &str;

    /// The origins of its pages for customers; the first one is named before the customer leaves.
    fn origins(&self) -> &[String];

    /// What it can do.
    fn abilities(&self) -> Abilities;

    /// How long its payments live, and how often they are read.
    fn schedule(&self) -> Schedule;

    /// Which amounts of a currency it takes; `None` if it does not take the currency.
    fn limits(&self, currency: Currency) -> Option<AmountLimits>;

    /// Makes a payment. Called again with the same order it answers with the same payment, unless
    /// its abilities say otherwise.
    ///
    /// # Errors
    /// [`GatewayError::Away`] if the provider cannot be reached or its answer cannot be read,
    /// [`GatewayError::Refused`] if it refuses the order.
    fn create<'a>(&'a self, order: &'a Order) -> Call<'a, ProviderPayment>;

    /// Reads a payment; `None` if the provider has no such payment.
    ///
    /// # Errors
    /// [`GatewayError::Away`] if the provider cannot be reached or its answer cannot be read,
    /// [`GatewayError::Refused`] if it refuses the call or the id is malformed,
    /// [`GatewayError::Unsupported`] if the provider's id is needed and is not known.
    fn read<'a>(&'a self, payment: &'a Known) -> Call<'a, Option<ProviderPayment>>;

    /// Captures the money of a payment whose customer has agreed. Called again it captures nothing
    /// more, and answers with how the payment stands.
    ///
    /// # Errors
    /// As [`Gateway::read`]; [`GatewayError::Unsupported`] if the provider captures by itself.
    fn capture<'a>(&'a self, payment: &'a Known) -> Call<'a, ProviderPayment> {
        let _ = payment;
        unsupported()
    }

    /// Cancels a payment that nobody has paid.
    ///
    /// # Errors
    /// [`GatewayError::TooLate`] once pay was pressed, [`GatewayError::Unsupported`] if the
    /// provider's pages cannot be closed by a call, [`GatewayError::Refused`] if it has no such
    /// payment or refuses, [`GatewayError::Away`] if it cannot be reached or its answer cannot be
    /// read.
    fn cancel<'a>(&'a self, payment: &'a Known) -> Call<'a, ProviderPayment> {
        let _ = payment;
        unsupported()
    }

    /// Sends money back. Called again with the same order it sends nothing more, as long as the
    /// provider keeps the key; see [`Abilities::refunds`].
    ///
    /// # Errors
    /// [`GatewayError::Away`] if the provider cannot be reached or its answer cannot be read,
    /// [`GatewayError::Refused`] if it refuses the refund, [`GatewayError::Unsupported`] if it has
    /// no such call.
    fn refund<'a>(&'a self, refund: &'a RefundOrder) -> Call<'a, ProviderRefund> {
        let _ = refund;
        unsupported()
    }

    /// Checks that a notification comes from the provider, and returns what it is about.
    ///
    /// # Errors
    /// [`BadNotification::Unsigned`] if the signature is missing or wrong,
    /// [`BadNotification::Stale`] if it was not signed just now, [`BadNotification::Unreadable`] if
    /// the body cannot be read, [`BadNotification::Unverified`] if the provider has to be asked and
    /// cannot be.
    fn verify<'a>(
        &'a self,
        incoming: IncomingNotification<'a>,
    ) -> Call<'a, Notification, BadNotification>;

    /// What the provider is answered with; `None` for no content, or for a problem as every other
    /// caller gets it.
    fn reply(&self, result: NotificationResult) -> Option<Reply> {
        let _ = result;
        None
    }
}

fn unsupported<'a, T: Send + 'a>() -> Call<'a, T> {
    Box::pin(async { Err(GatewayError::Unsupported) })
}

/// What a gateway can do, said so that nobody has to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// Whether a payment is found by our id alone. Where it is not, one whose provider id was lost
    /// is asked for again, by the same key.
    pub finds_by_reference: bool,
    /// How a page that nobody is to pay on any more is closed.
    pub closing: Closing,
    /// Whether refunds can be asked for, and for how long a key is good.
    pub refunds: Option<Refunds>,
}

/// How a page that nobody is to pay on any more is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// By a call.
    ByCall,
    /// By never capturing what the customer agrees to there.
    ByNotCapturing,
    /// Not at all: it can be paid on as long as the provider lets it.
    Never,
}

/// How refunds can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refunds {
    /// For how long the provider knows the key of a refund again. After that, one whose outcome is
    /// not known is only read, and never sent again.
    pub key_lives: std::time::Duration,
}

/// Which amounts of a currency a gateway takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AmountLimits {
    /// The least.
    pub least: Option<Money>,
    /// The most.
    pub most: Option<Money>,
    /// What every amount has to be a multiple of, if that is not the currency's minor unit.
    pub step: Option<Money>,
}
