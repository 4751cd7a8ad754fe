//! What is owed, per currency. Nothing is ever added up across currencies.

use serde::{Deserialize, Serialize};

use crate::word::words;
use crate::{
    AllDay, CheckoutId, Currency, Cursor, Day, EventId, Money, Payable, Record, Timestamp,
};

words! {
    /// A figure of the balance that opens into the entries that make it up.
    Figure {
        /// What completed money has not yet paid.
        Owed = "owed",
        /// The part of it whose due day has passed.
        Overdue = "overdue",
        /// Completed money that pays nothing yet.
        Credit = "credit",
        /// The part of it that is kept for events.
        Held = "held",
        /// Pending money from the customer.
        OnItsWay = "on_its_way",
    }
}

/// `GET /balance`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Balance {
    /// One entry per currency that the account has ever moved in; the one that owes most first
    /// by due date, then by code.
    pub currencies: Vec<CurrencyBalance>,
    /// The next event whose fee is neither paid nor invoiced: `Pay For My Next Unpaid Event`.
    pub next_unpaid: Option<UnpaidEvent>,
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
    /// Completed money that pays for no invoice yet.
    pub credit: Money,
    /// The part of `credit` that is kept for events that were paid ahead; `Pay My Balance`
    /// does not use it.
    pub held: Money,
    /// Pending money from the customer. It is not counted in any other figure.
    pub on_its_way: Money,
    /// `credit - owed`; the one signed figure.
    pub net: Money,
    /// What `Pay My Balance` pays: what remains, less what is on its way, less the credit
    /// that is not held.
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

/// An event that can be paid ahead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnpaidEvent {
    /// Which.
    pub event: EventId,
    /// What kind of thing it is.
    pub service: String,
    /// What it is.
    pub title: String,
    /// When it begins; of an event without hours, its first day's midnight in `zone`.
    pub starts_at: Timestamp,
    /// Its days, where it has no hours.
    pub all_day: Option<AllDay>,
    /// The IANA zone that it takes place in.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::time::zone_schema))]
    pub zone: String,
    /// Whether and how much can be paid now.
    pub pay: Payable,
    /// The customer's own checkout that is open on it.
    pub checkout: Option<CheckoutId>,
}

/// The query of `GET /balance/entries`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct FigureQuery {
    /// Which figure.
    #[serde(deserialize_with = "crate::query::parse_word")]
    pub figure: Figure,
    /// In which currency.
    pub currency: Currency,
    /// Where the page starts.
    #[serde(default, deserialize_with = "crate::query::cursor")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Rows a page: 50 unless told, at most 200.
    #[serde(default, deserialize_with = "crate::query::limit")]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(schema_with = crate::query::limit_schema, required = false))]
    pub limit: Option<u32>,
}

/// One of the entries that make up a figure: the amounts of all pages add up to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FigureEntry {
    /// What it is.
    pub record: Record,
    /// The number on it, or what it is for.
    pub label: String,
    /// Its day: an invoice's due day, or when the money moved.
    pub on: Day,
    /// What it adds to the figure; below zero where it takes away.
    pub amount: Money,
}
