//! What is owed, per currency. Nothing is ever added up across currencies.

use serde::{Deserialize, Serialize};

use crate::{CheckoutId, Currency, Money, Payable, Timestamp};

/// `GET /balance`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Balance {
    /// One entry per currency that the account has ever moved in; the one that owes most first
    /// by due date, then by code.
    pub currencies: Vec<CurrencyBalance>,
    /// When the backend reckoned it, by its own clock.
    pub as_of: Timestamp,
    /// The customer's version; a reader drops what is older than what it has.
    pub version: u64,
}

/// What is owed in one currency. Every figure is zero or more; words say which way it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrencyBalance {
    /// The currency of all figures here.
    pub currency: Currency,
    /// What completed money has not yet paid: open invoices, and purchases beyond the credit.
    pub owed: Money,
    /// The part of `owed` whose due day has passed.
    pub overdue: Money,
    /// Completed money that pays nothing yet.
    pub credit: Money,
    /// Pending money from the customer. It is not counted in any other figure.
    pub on_its_way: Money,
    /// `credit - owed`; the one signed figure.
    pub net: Money,
    /// What `Pay My Balance` pays: what remains, less what is on its way, less credit.
    pub pay: Payable,
    /// Whether the credit covers what could be paid: then the button applies it, without a checkout.
    pub credit_covers: bool,
    /// The customer's own checkout that is open on the balance.
    pub checkout: Option<CheckoutId>,
}

/// `POST /balance/credit`: use credit where it covers everything that could be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApplyCredit {
    /// The credit that was on screen; refused with `total_changed` if it is another by now.
    pub displayed_credit: Money,
}
