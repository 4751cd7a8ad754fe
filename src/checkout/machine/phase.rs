//! What the customer sees of a checkout, and why one was not started.

use api_client::ApiError;
use api_types::{CheckoutStatus, Code};

/// What the customer sees of the checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The server is being asked to start it.
    Opening,
    /// The provider's page can be used, or soon can.
    Open,
    /// Money is on its way. Never shown as paid.
    Confirming,
    /// The money is there.
    Paid,
    /// It did not go through.
    Failed,
    /// The customer turned back.
    Cancelled,
    /// The time to pay ran out.
    Expired,
    /// What arrived fits no rule; the provider looks into it.
    NeedsReview,
    /// The server did not start it.
    Refused(Refusal),
}

impl Phase {
    /// A status that this build does not know reads as "pending, ask again".
    pub(super) fn of(status: CheckoutStatus) -> Self {
        match status {
            CheckoutStatus::Created | CheckoutStatus::Open => Self::Open,
            CheckoutStatus::Paid => Self::Paid,
            CheckoutStatus::Failed => Self::Failed,
            CheckoutStatus::Cancelled => Self::Cancelled,
            CheckoutStatus::Expired => Self::Expired,
            CheckoutStatus::NeedsReview => Self::NeedsReview,
            _ => Self::Confirming,
        }
    }

    /// Whether nothing more is expected, so that the panel can be put away.
    pub fn is_over(&self) -> bool {
        !matches!(
            self,
            Self::Opening | Self::Open | Self::Confirming | Self::NeedsReview
        )
    }

    /// Whether the server may still say something new.
    pub(super) fn is_pending(&self) -> bool {
        matches!(self, Self::Open | Self::Confirming | Self::NeedsReview)
    }
}

/// Why no checkout was started. Nothing has been paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The amount on screen was not the amount any more.
    TotalChanged,
    /// It cannot be paid now.
    NotPayable,
    /// Another checkout is open on it; it is shown in this one's place.
    AlreadyOpen,
    /// The answer was lost, and with it whether there is a checkout; the same request may be
    /// sent again.
    Away,
    /// Anything else, in the error's own words.
    Other(Box<ApiError>),
}

impl Refusal {
    pub(super) fn of(error: ApiError) -> Self {
        match (error.code(), &error) {
            (Some(Code::TotalChanged), _) => Self::TotalChanged,
            (Some(Code::NotPayable), _) => Self::NotPayable,
            (Some(Code::CheckoutOpen), _) => Self::AlreadyOpen,
            (Some(Code::StillRunning), _) | (_, ApiError::Away(_)) => Self::Away,
            (_, ApiError::Garbled { status: 500.. }) => Self::Away,
            _ => Self::Other(Box::new(error)),
        }
    }
}
