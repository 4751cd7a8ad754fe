//! Payments, purchases and refunds on the account.

use serde::{Deserialize, Serialize};

use crate::word::words;
use crate::{InvoiceId, Money, PaymentId, Timestamp};

words! {
    /// The state of a payment. Only `Completed` counts in the balance.
    PaymentStatus {
        /// Money is on its way.
        Pending = "pending",
        /// Money was attempted and did not come.
        Cancelled = "cancelled",
        /// The money is there.
        Completed = "completed",
    }
}

words! {
    /// Why a payment did not go through, told in words by the catalogue.
    FailureCode {
        /// The card's bank said no.
        CardDeclined = "card_declined",
        /// There was not enough money on the card.
        InsufficientFunds = "insufficient_funds",
        /// The card has expired.
        ExpiredCard = "expired_card",
        /// The payment provider could not say why, or had a fault.
        ProviderError = "provider_error",
        /// The time to pay ran out.
        TimedOut = "timed_out",
    }
}

/// A payment (positive), a purchase on the account or a refund (negative).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// When it was started.
    pub created_at: Timestamp,
    /// When it completed; what a list shows as `Date / Time` where it is known.
    pub completed_at: Option<Timestamp>,
    /// Money from the customer is positive, charges are negative.
    pub total: Money,
    /// Its state.
    pub status: PaymentStatus,
    /// What it is for. Anything after `#` in the provider's text never leaves the server.
    pub description: String,
    /// Why it was cancelled, where it was.
    pub failure: Option<FailureCode>,
    /// What it pays for.
    pub allocations: Vec<Allocation>,
}

/// The part of a payment that pays for one invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Allocation {
    /// The invoice.
    pub invoice: InvoiceId,
    /// The number on the invoice.
    pub number: String,
    /// How much of the payment.
    pub amount: Money,
}
