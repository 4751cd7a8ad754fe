//! Payments, purchases and refunds on the account.

use serde::{Deserialize, Serialize};

use crate::tagged::{BadTag, need};
use crate::word::words;
use crate::{
    CheckoutId, Currency, Cursor, Day, Detail, EventId, InvoiceId, MethodKind, Money, MoneyState,
    Party, PaymentId, Timestamp,
};

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

words! {
    /// What a payment is.
    PaymentKind {
        /// Money from the customer.
        Payment = "payment",
        /// Something bought on the account; its total is negative.
        Purchase = "purchase",
        /// Money back to the customer; its total is negative.
        Refund = "refund",
    }
}

words! {
    /// The order of a list of payments.
    PaymentSort {
        /// By when they completed, or else were started, the last first.
        Newest = "newest",
        /// The same, the first first.
        Oldest = "oldest",
        /// By total, the largest first; needs `currency` where the account has several.
        Largest = "largest",
        /// By total, the smallest first; needs `currency` where the account has several.
        Smallest = "smallest",
    }
}

words! {
    /// How a dispute over a payment stands.
    DisputeState {
        /// The customer's bank asks for the money back.
        Open = "open",
        /// The money stays.
        Won = "won",
        /// The money went back.
        Lost = "lost",
    }
}

words! {
    /// A step in the story of a payment.
    PaymentStepKind {
        /// The customer pressed Pay.
        Started = "started",
        /// The payment provider's page was opened.
        Opened = "opened",
        /// The customer came back from the payment provider.
        Returned = "returned",
        /// The provider said that money is on its way.
        OnItsWay = "on_its_way",
        /// The money is there.
        Confirmed = "confirmed",
        /// It was applied to invoices or events.
        Applied = "applied",
        /// What was left over became credit on the account.
        Credited = "credited",
        /// Another way to pay was chosen; the page before was given up.
        Superseded = "superseded",
        /// The time to pay ran out.
        Expired = "expired",
        /// No rule fits what arrived; the provider looks into it.
        InReview = "in_review",
        /// The provider has looked into it.
        Reviewed = "reviewed",
        /// The customer's bank asks for it back; the provider answers.
        Disputed = "disputed",
        /// The dispute was decided for the provider: the money stays.
        DisputeWon = "dispute_won",
        /// The dispute was decided against the provider: the money went back.
        DisputeLost = "dispute_lost",
        /// It did not go through.
        Failed = "failed",
        /// It was turned back.
        Cancelled = "cancelled",
        /// Money of it went back.
        Refunded = "refunded",
        /// A refund of it did not go through: the money stays, or is back.
        RefundFailed = "refund_failed",
    }
}

/// How a payment was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaidBy {
    /// What kind of method.
    pub kind: MethodKind,
    /// The provider's own name for the method, if it has one.
    pub label: Option<String>,
    /// The option that was chosen, by the provider's name.
    pub option: Option<String>,
}

/// A payment (positive), a purchase on the account or a refund (negative).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// What it is.
    pub kind: PaymentKind,
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
    /// How it was made, where that is known.
    pub method: Option<PaidBy>,
    /// The part of the total that is the method's surcharge; it pays for nothing else.
    pub surcharge: Money,
    /// What it pays for.
    pub allocations: Vec<Allocation>,
    /// How the disputes over it stand, where there are any: open while one is, else lost where
    /// one was lost and its money is gone, else won.
    #[serde(default)]
    pub dispute: Option<DisputeState>,
    /// What went back of it, by refunds and lost disputes; zero or more.
    pub refunded: Money,
}

impl Payment {
    /// That its money went back: [`MoneyState::Refunded`] where all of it did,
    /// [`MoneyState::PartRefunded`] where a part did, `None` where nothing did.
    pub fn refund_state(&self) -> Option<MoneyState> {
        if !self.refunded.is_positive() {
            None
        } else if self.refunded.minor() < self.total.minor() {
            Some(MoneyState::PartRefunded)
        } else {
            Some(MoneyState::Refunded)
        }
    }
}

/// A dispute over a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentDispute {
    /// How it stands.
    pub state: DisputeState,
    /// How much it is about.
    pub amount: Money,
    /// When it came to stand so.
    pub at: Timestamp,
}

/// The part of a payment that pays for one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Allocation {
    /// For what.
    #[serde(flatten)]
    pub to: AllocatedTo,
    /// How much of the payment.
    pub amount: Money,
}

/// What a part of a payment pays for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    try_from = "AllocatedToFields"
)]
pub enum AllocatedTo {
    /// An invoice.
    Invoice {
        /// Which.
        invoice: InvoiceId,
        /// The number on it.
        number: String,
    },
    /// An event that is not invoiced yet: the money is kept for it.
    Event {
        /// Which.
        event: EventId,
        /// What it is.
        title: String,
    },
}

/// What any kind of [`AllocatedTo`] has.
#[derive(Deserialize)]
struct AllocatedToFields {
    kind: String,
    invoice: Option<InvoiceId>,
    number: Option<String>,
    event: Option<EventId>,
    title: Option<String>,
}

impl TryFrom<AllocatedToFields> for AllocatedTo {
    type Error = BadTag;

    fn try_from(fields: AllocatedToFields) -> Result<Self, BadTag> {
        Ok(match fields.kind.as_str() {
            "invoice" => Self::Invoice {
                invoice: need(fields.invoice, "invoice")?,
                number: need(fields.number, "number")?,
            },
            "event" => Self::Event {
                event: need(fields.event, "event")?,
                title: need(fields.title, "title")?,
            },
            _ => return Err(BadTag::Kind(fields.kind)),
        })
    }
}

/// A step in the story of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentStep {
    /// What happened.
    pub kind: PaymentStepKind,
    /// When.
    pub at: Timestamp,
    /// How much, where the step is about a part or about another amount.
    #[serde(default)]
    pub amount: Option<Money>,
}

/// What to write on a transfer, and where to send it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferInstructions {
    /// The bank's details, in the provider's words.
    pub details: Vec<Detail>,
    /// What to write on the transfer, so that it is found.
    pub reference: String,
}

/// `GET /payments/{id}`: a payment with its story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentDetail {
    /// The payment.
    pub payment: Payment,
    /// What happened, in order.
    pub story: Vec<PaymentStep>,
    /// The part of it that pays for nothing yet.
    pub unallocated: Money,
    /// The disputes over it, the one that its `dispute` tells of first.
    #[serde(default)]
    pub disputes: Vec<PaymentDispute>,
    /// The payment that this one gives back, if it is a refund and that is known.
    pub refund_of: Option<PaymentId>,
    /// What to write on the transfer, while one is waited for.
    pub instructions: Option<TransferInstructions>,
    /// The customer's own checkout that it came from.
    pub checkout: Option<CheckoutId>,
    /// The day by which money that is on its way is expected, where the method takes days.
    #[serde(default)]
    pub expected_on: Option<Day>,
    /// Whether the customer can still turn back; through the checkout.
    pub can_cancel: bool,
    /// Whether there is a receipt.
    pub receipt: bool,
    /// Who was paid, for the receipt.
    pub seller: Party,
    /// Who paid, for the receipt.
    pub customer: Party,
    /// The provider's number for the customer's account.
    pub account_number: String,
    /// When the backend read it, by its own clock.
    pub as_of: Timestamp,
    /// The customer's version.
    pub version: u64,
}

/// The query of `GET /payments` and of `GET /payments/csv`, which has no `cursor` and no `limit`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct PaymentQuery {
    /// Where the page starts.
    #[serde(default, deserialize_with = "crate::query::cursor")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Only in this state.
    #[serde(default, deserialize_with = "crate::query::parse_word_if_any")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<PaymentStatus>,
    /// Only of this kind.
    #[serde(default, deserialize_with = "crate::query::parse_word_if_any")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<PaymentKind>,
    /// Only in this currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// A part of the description that the customer sees; capitals, accents and forms of the
    /// apostrophe do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// Only from this day on, by the portal's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Only up to the end of this day, by the portal's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The order: the newest first unless told.
    #[serde(default, deserialize_with = "crate::query::parse_word_if_any")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<PaymentSort>,
    /// Rows a page: 50 unless told, at most 200.
    #[serde(default, deserialize_with = "crate::query::limit")]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(schema_with = crate::query::limit_schema, required = false))]
    pub limit: Option<u32>,
}
