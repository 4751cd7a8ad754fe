//! A payment by a customer, from the button to its end.

use serde::{Deserialize, Serialize};

use crate::tagged::{BadTag, need};
use crate::word::words;
use crate::{
    CheckoutId, Currency, Day, EventId, FailureCode, InvoiceId, LaunchToken, MethodId, Money,
    OptionId, PaymentId, Timestamp, TransferInstructions,
};

words! {
    /// The server's answer to "what is the state of this checkout", the only truth there is.
    CheckoutStatus {
        /// Made, and the payment provider has not been reached yet.
        Created = "created",
        /// The payment provider's page can be used.
        Open = "open",
        /// The provider says that pay was pressed, or money is on its way.
        Confirming = "confirming",
        /// The money is there.
        Paid = "paid",
        /// It did not go through; see `failure`.
        Failed = "failed",
        /// The customer turned back before money was attempted.
        Cancelled = "cancelled",
        /// The time to pay ran out.
        Expired = "expired",
        /// What arrived fits no rule; the provider looks into it.
        NeedsReview = "needs_review",
    }
}

impl CheckoutStatus {
    /// Whether nothing more is expected. A late success still overrides all but `Paid`.
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Paid | Self::Failed | Self::Cancelled | Self::Expired
        )
    }

    /// Whether the item stays locked for other checkouts.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Created | Self::Open | Self::Confirming)
    }
}

/// What a checkout pays for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    try_from = "CheckoutForFields"
)]
pub enum CheckoutFor {
    /// `Pay This Invoice`: what remains on one invoice.
    Invoice {
        /// The invoice.
        invoice: InvoiceId,
    },
    /// `Pay My Balance`: everything that remains in one currency.
    Balance {
        /// The currency.
        currency: Currency,
    },
    /// A part of what remains on one invoice, where the provider allows that.
    Part {
        /// The invoice.
        invoice: InvoiceId,
        /// How much of it.
        amount: Money,
    },
    /// What remains on several invoices of one currency: 2 to 50, none twice.
    Invoices {
        /// The invoices.
        #[cfg_attr(feature = "openapi", schema(schema_with = invoices_schema))]
        invoices: Vec<InvoiceId>,
    },
    /// `Make Payment`: an amount on the account. It pays what is due first; what is left
    /// over is credit.
    Account {
        /// How much, without the surcharge.
        amount: Money,
    },
    /// `Pay Your Event Balance`: what remains of one event's fee or deposit, ahead of its invoice.
    Event {
        /// The event.
        event: EventId,
        /// How much of it.
        #[serde(default)]
        part: EventPart,
    },
}

impl CheckoutFor {
    /// A checkout for several invoices is for at least so many.
    pub const LEAST_INVOICES: usize = 2;
    /// And for no more than so many.
    pub const MOST_INVOICES: usize = 50;
}

#[cfg(feature = "openapi")]
fn invoices_schema() -> utoipa::openapi::schema::Array {
    use utoipa::ToSchema as _;
    utoipa::openapi::ArrayBuilder::new()
        .items(utoipa::openapi::Ref::from_schema_name(InvoiceId::name()))
        .min_items(Some(CheckoutFor::LEAST_INVOICES))
        .max_items(Some(CheckoutFor::MOST_INVOICES))
        .unique_items(true)
        .description(Some("The invoices."))
        .build()
}

/// What any kind of [`CheckoutFor`] has.
#[derive(Deserialize)]
struct CheckoutForFields {
    kind: String,
    invoice: Option<InvoiceId>,
    currency: Option<Currency>,
    amount: Option<Money>,
    invoices: Option<Vec<InvoiceId>>,
    event: Option<EventId>,
    #[serde(default)]
    part: EventPart,
}

impl TryFrom<CheckoutForFields> for CheckoutFor {
    type Error = BadTag;

    fn try_from(fields: CheckoutForFields) -> Result<Self, BadTag> {
        Ok(match fields.kind.as_str() {
            "invoice" => Self::Invoice {
                invoice: need(fields.invoice, "invoice")?,
            },
            "balance" => Self::Balance {
                currency: need(fields.currency, "currency")?,
            },
            "part" => Self::Part {
                invoice: need(fields.invoice, "invoice")?,
                amount: need(fields.amount, "amount")?,
            },
            "invoices" => Self::Invoices {
                invoices: need(fields.invoices, "invoices")?,
            },
            "account" => Self::Account {
                amount: need(fields.amount, "amount")?,
            },
            "event" => Self::Event {
                event: need(fields.event, "event")?,
                part: fields.part,
            },
            _ => return Err(BadTag::Kind(fields.kind)),
        })
    }
}

/// How much of an event is paid ahead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventPart {
    /// All that remains of the fee.
    #[default]
    Balance,
    /// What remains of the deposit.
    Deposit,
}

/// `POST /checkouts`, with an `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateCheckout {
    /// What to pay for.
    #[serde(rename = "for")]
    pub pays_for: CheckoutFor,
    /// How.
    pub method: MethodId,
    /// Which of the method's options, where it has some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<OptionId>,
    /// The total that was on screen, with the method's surcharge; refused with
    /// `total_changed` if it is another by now.
    pub displayed_total: Money,
    /// The token that the window was opened with: 43 characters of base64url (256 bits).
    /// A method without a page of its own, such as a bank transfer, has no window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub launch_token: Option<LaunchToken>,
}

/// `POST /checkouts/{id}/launches`: another window, link or QR code to the same checkout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateLaunch {
    /// The token that the window will be opened with.
    pub launch_token: LaunchToken,
}

/// `POST /checkouts/{id}/attempts`, with an `Idempotency-Key`: pay the same another way. The
/// page that was open is closed at the payment provider first, and a new attempt takes its
/// place in the same checkout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeMethod {
    /// How from now on; it may be the method that it was.
    pub method: MethodId,
    /// Which of the method's options, where it has some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<OptionId>,
    /// The total that was on screen, with the new method's surcharge; refused with
    /// `total_changed` if it is another by now.
    pub displayed_total: Money,
    /// The token that the new window was opened with, as in [`CreateCheckout`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub launch_token: Option<LaunchToken>,
    /// The customer has been told that the page that was open cannot be closed at its payment
    /// provider, and goes on all the same. Without it such a change is refused with
    /// `page_still_open`.
    #[serde(default)]
    pub although_open: bool,
}

/// One thing that a checkout pays for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckoutItem {
    /// The invoice; `None` for an event, or for money on the account.
    pub invoice: Option<InvoiceId>,
    /// The event, where it is one.
    #[serde(default)]
    pub event: Option<EventId>,
    /// The number on the invoice, or what the event is.
    pub number: Option<String>,
    /// How much of the checkout is for it.
    pub amount: Money,
}

/// `GET /checkouts/{id}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checkout {
    /// Its id.
    pub id: CheckoutId,
    /// Its state.
    pub status: CheckoutStatus,
    /// What was asked for.
    #[serde(rename = "for")]
    pub pays_for: CheckoutFor,
    /// What it pays for in particular.
    pub items: Vec<CheckoutItem>,
    /// What the customer pays, with the surcharge.
    pub total: Money,
    /// The part of it that is the method's surcharge.
    pub surcharge: Money,
    /// How.
    pub method: MethodId,
    /// Which of the method's options, where it has some.
    pub option: Option<OptionId>,
    /// The host that the window goes to; empty for a method without a page of its own.
    pub pay_host: String,
    /// What to write on the transfer, where it is one and the provider waits for it.
    pub instructions: Option<TransferInstructions>,
    /// Whether a launch page has asked for the way to the payment provider, so a window exists.
    pub launched: bool,
    /// Whether the customer can still turn back.
    pub can_cancel: bool,
    /// Why it failed, where it did.
    pub failure: Option<FailureCode>,
    /// The payment that it became.
    pub payment: Option<PaymentId>,
    /// Which attempt it is at: 1, and one more for every change of the way to pay.
    #[serde(default = "first")]
    pub attempt: u32,
    /// The day by which money that is on its way is expected, where the method takes days.
    #[serde(default)]
    pub expected_on: Option<Day>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends if nothing happens.
    pub expires_at: Timestamp,
    /// When the backend read it, by its own clock.
    pub as_of: Timestamp,
    /// The proof that a return message belongs to this checkout.
    pub nonce: String,
    /// The customer's version.
    pub version: u64,
}

fn first() -> u32 {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_from_the_future_reads_as_unknown() {
        let status: CheckoutStatus = serde_json::from_str(r#""half_paid""#).unwrap();
        assert_eq!(status, CheckoutStatus::Unknown);
        assert!(!status.is_final());
    }
}
