//! How a payment stands at its provider, in the few words that mean something here.

use std::fmt;

use api_types::{CheckoutStatus, FailureCode, Money};

use super::{PaymentEvents, ProviderId};

/// A payment as the provider reports it.
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderPayment {
    /// The provider's id.
    pub id: String,
    /// Our id of it.
    pub reference: String,
    /// The provider's page for the customer; `None` if it says nothing about it any more.
    pub page: Option<ProviderPage>,
    /// Its state.
    pub state: ProviderState,
    /// What the provider keeps of the money for itself, if it says.
    pub fee: Option<Money>,
    /// Whether the provider will tell the fee a little later.
    pub awaits_fee: bool,
    /// Its refunds and disputes.
    pub events: PaymentEvents,
    /// Further ids of the provider's that belong to it.
    pub ids: Vec<ProviderId>,
}

impl fmt::Debug for ProviderPayment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address opens the page to whoever has it.
        f.debug_struct("ProviderPayment")
            .field("id", &self.id)
            .field("reference", &self.reference)
            .field("state", &self.state)
            .field("fee", &self.fee)
            .field("events", &self.events)
            .finish_non_exhaustive()
    }
}

/// The provider's page: an address to go to, or a form to post there.
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderPage {
    /// The address, which opens the page to whoever has it.
    pub url: String,
    /// The fields of the form that is posted to it; `None` if the address is gone to.
    pub form: Option<Vec<(String, String)>>,
}

impl ProviderPage {
    /// A page that is gone to.
    pub fn at(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            form: None,
        }
    }
}

/// The state that is stored with an attempt by which more came than an amount may be.
pub const TOO_LARGE: &str = "too_large";

/// The state of a payment at its provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderState {
    /// The page can be used.
    Open,
    /// The customer has agreed, and the money moves when it is captured, by a call of ours.
    Approved,
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
            Self::Approved => "approved",
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
