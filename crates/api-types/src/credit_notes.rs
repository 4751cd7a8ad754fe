//! Credit notes: what was taken back of an invoice.

use serde::{Deserialize, Serialize};

use crate::{CreditNoteId, Day, InvoiceId, Money, Party, Timestamp};

/// `GET /credit-notes/{id}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditNote {
    /// Its id, also its place in an address.
    pub id: CreditNoteId,
    /// The number on the document.
    pub number: String,
    /// The day on the document.
    pub issued_on: Day,
    /// Why, in the provider's words.
    pub reason: String,
    /// The invoice that it takes back a part of.
    pub invoice: InvoiceId,
    /// The number on that invoice.
    pub invoice_number: String,
    /// Before tax; positive.
    pub net: Money,
    /// The tax on it.
    pub tax: Money,
    /// What is taken back; positive.
    pub total: Money,
    /// Who gives it.
    pub seller: Party,
    /// Who gets it.
    pub customer: Party,
    /// The provider's number for the customer's account.
    pub account_number: String,
    /// When the backend read it, by its own clock.
    pub as_of: Timestamp,
    /// The customer's version.
    pub version: u64,
}
