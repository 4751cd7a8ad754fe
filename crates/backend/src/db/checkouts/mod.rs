//! Checkouts: what each pays for, what it locks, and how it stands.
//!
//! What an answer of a payment provider means is decided in `payments::settle`;
//! here are only rows.

mod locks;
mod read;
mod write;

use api_types::{
    CheckoutFor, CheckoutId, CheckoutStatus, CustomerId, FailureCode, InvoiceId, MethodId, Money,
    PaymentId, Timestamp,
};

pub use locks::{Lock, holder, release};
pub use read::{find, items, live};
pub use write::{NewCheckout, insert, set_payment, set_status};

/// A checkout as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkout {
    /// Its id.
    pub id: CheckoutId,
    /// Whose it is.
    pub customer: CustomerId,
    /// What was asked for.
    pub pays_for: CheckoutFor,
    /// What the customer pays.
    pub total: Money,
    /// The credit that is used with it when it settles.
    pub credit: Money,
    /// How.
    pub method: MethodId,
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

/// One thing that a checkout pays for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The invoice; `None` for charges on the account beyond its credit.
    pub invoice: Option<InvoiceId>,
    /// The number on the invoice.
    pub number: Option<String>,
    /// How much of the checkout is for it.
    pub amount: Money,
    /// What still can be paid of the invoice by completed money.
    pub remaining: Option<Money>,
}
