//! Checkouts: what each pays for, what it locks, and how it stands.
//!
//! What an answer of a payment provider means is decided in `payments::settle`;
//! here are only rows.

mod locks;
mod read;
mod write;

use api_types::{
    CheckoutFor, CheckoutId, CheckoutStatus, CustomerId, EventId, FailureCode, InvoiceId, MethodId,
    MethodKind, Money, OptionId, PaidBy, PaymentId, Timestamp,
};

use super::attempts::PaymentTerms;

pub use locks::{Lock, holder, release};
pub use read::{abandoned_transfers, count_open, find, items, live, of_payment, overdue_transfers};
pub use write::{NewCheckout, insert, set_expiry, set_payment, set_payment_terms, set_status};

/// A checkout as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkout {
    /// Its id.
    pub id: CheckoutId,
    /// Whose it is.
    pub customer: CustomerId,
    /// What was asked for.
    pub pays_for: CheckoutFor,
    /// What the customer pays, with the method's price.
    pub total: Money,
    /// The part of it that is the method's price.
    pub surcharge: Money,
    /// The credit that is used with it when it settles.
    pub credit: Money,
    /// How.
    pub method: MethodId,
    /// How, as the customer sees it.
    pub paid_by: PaidBy,
    /// Which of the method's options.
    pub option: Option<OptionId>,
    /// What it is for, in the provider's words.
    pub description: String,
    /// How it stands.
    pub status: CheckoutStatus,
    /// Why it failed, where it did.
    pub failure: Option<FailureCode>,
    /// The payment that it became.
    pub payment: Option<PaymentId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends if nothing happens.
    pub expires_at: Timestamp,
}

impl Checkout {
    /// How it is paid, and what is asked for that way.
    pub fn payment_terms(&self) -> PaymentTerms {
        PaymentTerms {
            total: self.total,
            surcharge: self.surcharge,
            method: self.method.clone(),
            option: self.option.clone(),
            paid_by: self.paid_by.clone(),
        }
    }

    /// Whether the customer sends the money at their own bank.
    pub fn is_transfer(&self) -> bool {
        self.paid_by.kind == MethodKind::BankTransfer
    }
}

/// One thing that a checkout pays for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The invoice; `None` for an event, and for money on the account.
    pub invoice: Option<InvoiceId>,
    /// The event, where it is one.
    pub event: Option<EventId>,
    /// The number on the invoice, or what the event is.
    pub number: Option<String>,
    /// How much of the checkout is for it.
    pub amount: Money,
    /// What still can be paid of the invoice or event by completed money.
    pub remaining: Option<Money>,
}
