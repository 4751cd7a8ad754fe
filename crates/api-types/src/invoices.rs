//! Invoices: the state of the document and the state of its money are two fields.

use serde::{Deserialize, Serialize};

use crate::word::words;
use crate::{
    CheckoutId, CreditNoteId, Currency, Cursor, Day, InvoiceId, Money, PaymentId, PaymentStatus,
    UnitPrice,
};

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
    ///
    /// Of an open invoice, the first of these that holds: it is `Paid` where nothing remains,
    /// `Pending` where all that remains is on its way, `Refunded` or `PartRefunded` where money
    /// that had paid it has gone back since it was last paid, `PartPaid` where something has been
    /// paid or credited, and else `Unpaid`. Money that goes back is owed again, so `remaining`
    /// says what is still due; a credit note lowers that. An invoice of which all money went back
    /// and which is credited in full owes nothing and is `Refunded`, not `Paid`.
    MoneyState {
        /// Nothing has been paid.
        Unpaid = "unpaid",
        /// A part has been paid or credited.
        PartPaid = "part_paid",
        /// What remains is on its way.
        Pending = "pending",
        /// Nothing remains.
        Paid = "paid",
        /// It was paid, and all of that money went back.
        Refunded = "refunded",
        /// It was paid, and a part of that money went back.
        PartRefunded = "part_refunded",
    }
}

words! {
    /// Which invoices to list.
    InvoiceFilter {
        /// Something remains to be paid.
        Outstanding = "outstanding",
        /// Something remains, and the due day has passed.
        Overdue = "overdue",
        /// What remains is on its way.
        Pending = "pending",
        /// Nothing remains.
        Paid = "paid",
        /// Money that had paid it went back, all or a part, since it was last paid.
        Refunded = "refunded",
        /// Void or replaced.
        Void = "void",
    }
}

words! {
    /// The order of a list of invoices.
    InvoiceSort {
        /// By the day on the document, the last first.
        Newest = "newest",
        /// By the day on the document, the first first.
        Oldest = "oldest",
        /// By due day, the first first.
        DueFirst = "due_first",
        /// By due day, the last first.
        DueLast = "due_last",
        /// By total, the largest first. Totals of different currencies are not compared:
        /// it needs `currency` where the account has several.
        Largest = "largest",
        /// By total, the smallest first.
        Smallest = "smallest",
        /// By the number on the document.
        Number = "number",
        /// By the number on the document, the last first.
        NumberDown = "number_down",
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
    /// The least that may be paid of it, where the provider lets a part be paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<Money>,
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
    /// What went back of money that had paid it, since it was last paid. It is no part of `paid`
    /// any more, and remains to be paid unless it is credited.
    pub refunded: Money,
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
    /// The service that it is for, by the provider's name.
    pub service: Option<String>,
    /// What was invoiced.
    pub total: Money,
    /// Completed money allocated to it.
    pub paid: Money,
    /// What completed money has not yet paid.
    pub remaining: Money,
    /// Pending money allocated to it.
    pub on_its_way: Money,
    /// What went back of money that had paid it, since it was last paid.
    pub refunded: Money,
    /// Whether and how much can be paid now.
    pub pay: Payable,
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
    /// Where to write about the document.
    #[serde(default)]
    pub email: Option<String>,
    /// Where to call about the document.
    #[serde(default)]
    pub phone: Option<String>,
}

/// A line of text with its name, both in the provider's own words, as in a bank's details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Detail {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
}

/// Money that has been, or is being, paid for an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoicePayment {
    /// The payment.
    pub payment: PaymentId,
    /// When it completed, or else was started, by the portal's day.
    pub on: Day,
    /// Its state.
    pub status: PaymentStatus,
    /// How much of it is, or was, for the invoice: what went back of that stands in `refunds`.
    pub amount: Money,
}

/// Money that had paid for the invoice and went back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceRefund {
    /// The refund, or what a lost dispute took.
    pub refund: PaymentId,
    /// When it went back, by the portal's day.
    pub on: Day,
    /// How much of it had paid for the invoice; more than nothing.
    pub amount: Money,
}

/// A credit note against an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceCredit {
    /// The credit note.
    pub credit_note: CreditNoteId,
    /// The number on it.
    pub number: String,
    /// The day on it.
    pub issued_on: Day,
    /// How much it takes back.
    pub amount: Money,
}

/// A line of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceLine {
    /// What was delivered. It may have line breaks.
    pub description: String,
    /// How many, as plain decimal text, as in `1` or `0.75`.
    pub quantity: String,
    /// The price of one, before tax.
    pub unit_price: UnitPrice,
    /// Before tax: the quantity times the unit price, rounded to the currency.
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
    /// The service that it is for, by the provider's name.
    pub service: Option<String>,
    /// The invoice that stands in its place, where it is replaced and the provider says by which.
    pub replaced_by: Option<InvoiceId>,
    /// Who invoices.
    pub seller: Party,
    /// Who is invoiced.
    pub customer: Party,
    /// The provider's number for the customer's account.
    pub account_number: String,
    /// What was delivered.
    pub lines: Vec<InvoiceLine>,
    /// The figures.
    pub money: InvoiceMoney,
    /// How to pay it at a bank, in the provider's words; nothing where the provider takes none.
    pub bank_details: Vec<Detail>,
    /// What has been paid for it, the oldest first.
    pub payments: Vec<InvoicePayment>,
    /// What went back of money that had been paid for it, the oldest first.
    pub refunds: Vec<InvoiceRefund>,
    /// What has been taken back of it, the oldest first.
    pub credit_notes: Vec<InvoiceCredit>,
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
    #[serde(default, deserialize_with = "crate::query::cursor")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Only these; all unless told.
    #[serde(default, deserialize_with = "crate::query::parse_word_if_any")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<InvoiceFilter>,
    /// A part of the number or the name; capitals, accents and forms of the apostrophe do not
    /// count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// Only in this currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// Only for this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Only with this day or a later one on the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Only with this day or an earlier one on the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// The order: the newest first, or of outstanding and overdue ones the first due first.
    #[serde(default, deserialize_with = "crate::query::parse_word_if_any")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<InvoiceSort>,
    /// Rows a page: 50 unless told, at most 200.
    #[serde(default, deserialize_with = "crate::query::limit")]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(schema_with = crate::query::limit_schema, required = false))]
    pub limit: Option<u32>,
}
