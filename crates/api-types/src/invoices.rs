//! Invoices: the state of the document and the state of its money are two fields.

use serde::{Deserialize, Serialize};

use crate::word::words;
use crate::{CheckoutId, Currency, Cursor, Day, InvoiceId, Money};

words! {
    /// The state of the document.
    DocumentState {
        /// It stands.
        Open = "open",
        /// It was taken back; nothing is owed on it.
        Void = "void",
        /// Another invoice stands in its place; nothing is owed on it.
        Replaced = "replaced",
    }
}

words! {
    /// The state of an invoice's money. Only completed money makes it paid.
    MoneyState {
        /// Nothing has been paid.
        Unpaid = "unpaid",
        /// A part has been paid or credited.
        PartPaid = "part_paid",
        /// What remains is on its way.
        Pending = "pending",
        /// Nothing remains.
        Paid = "paid",
        /// It was paid, and the money went back.
        Refunded = "refunded",
    }
}

words! {
    /// Why something cannot be paid now.
    NotPayable {
        /// Nothing remains.
        Paid = "paid",
        /// What remains is on its way.
        Pending = "pending",
        /// The document is void or replaced.
        Void = "void",
        /// A checkout is open on it; see `checkout`.
        CheckoutOpen = "checkout_open",
        /// Paying is switched off, or no method takes the currency.
        NoMethod = "no_method",
    }
}

/// Whether and how much can be paid now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payable {
    /// Whether a checkout may be created.
    pub allowed: bool,
    /// Why not, where not.
    pub reason: Option<NotPayable>,
    /// What would be asked for; zero where nothing can be.
    pub amount: Money,
}

/// The figures of an invoice: `total = paid + credited + remaining`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceMoney {
    /// Before tax.
    pub net: Money,
    /// Tax.
    pub tax: Money,
    /// What was invoiced.
    pub total: Money,
    /// Completed money allocated to it.
    pub paid: Money,
    /// Credit notes against it.
    pub credited: Money,
    /// Pending money allocated to it; it does not lower what remains.
    pub on_its_way: Money,
    /// What completed money has not yet paid.
    pub remaining: Money,
}

/// An invoice in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceSummary {
    /// Its id, also its place in an address.
    pub id: InvoiceId,
    /// The number on the document.
    pub number: String,
    /// What it is for.
    pub name: String,
    /// The day on the document.
    pub issued_on: Day,
    /// The last day to pay without being late.
    pub due_on: Day,
    /// The currency of its figures.
    pub currency: Currency,
    /// The state of the document.
    pub document: DocumentState,
    /// The state of its money.
    pub state: MoneyState,
    /// Whether its due day has passed in the portal's time zone and something remains.
    pub overdue: bool,
    /// What was invoiced.
    pub total: Money,
    /// What completed money has not yet paid.
    pub remaining: Money,
    /// Pending money allocated to it.
    pub on_its_way: Money,
}

/// One side of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Party {
    /// A person's or company's name.
    pub name: String,
    /// Address lines, in the order to print them.
    pub address: Vec<String>,
    /// A tax number, if it belongs on the document.
    pub tax_number: Option<String>,
}

/// A line of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceLine {
    /// What was delivered.
    pub description: String,
    /// How many, as plain decimal text, as in `1` or `0.75`.
    pub quantity: String,
    /// The price of one, before tax.
    pub unit_price: Money,
    /// Before tax.
    pub net: Money,
    /// The tax on it.
    pub tax: Money,
    /// The tax rate in percent as plain decimal text, as in `20` or `7.5`.
    pub tax_percent: String,
}

/// `GET /invoices/{id}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invoice {
    /// Its id, also its place in an address.
    pub id: InvoiceId,
    /// The number on the document.
    pub number: String,
    /// What it is for.
    pub name: String,
    /// The day on the document.
    pub issued_on: Day,
    /// The last day to pay without being late.
    pub due_on: Day,
    /// The first day that the invoice is for.
    pub period_from: Option<Day>,
    /// The last day that the invoice is for.
    pub period_to: Option<Day>,
    /// The state of the document.
    pub document: DocumentState,
    /// The state of its money.
    pub state: MoneyState,
    /// Whether its due day has passed in the portal's time zone and something remains.
    pub overdue: bool,
    /// Who invoices.
    pub seller: Party,
    /// Who is invoiced.
    pub customer: Party,
    /// What was delivered.
    pub lines: Vec<InvoiceLine>,
    /// The figures.
    pub money: InvoiceMoney,
    /// Whether and how much can be paid now.
    pub pay: Payable,
    /// The customer's own checkout that is open on it.
    pub checkout: Option<CheckoutId>,
    /// When the backend read it, by its own clock.
    pub as_of: crate::Timestamp,
    /// The customer's version.
    pub version: u64,
}

/// The query of `GET /invoices`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct InvoiceQuery {
    /// Where the page starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Only those on which something remains, the first due first; else all, the newest first.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outstanding: bool,
    /// Rows a page: 50 unless told, at most 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
