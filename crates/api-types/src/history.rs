//! The account history, and the statement made of it: the same entries, so that
//! they cannot differ.

use serde::{Deserialize, Serialize};

use crate::tagged::{BadTag, need};
use crate::word::words;
use crate::{
    CreditNoteId, Currency, Cursor, Day, EventId, InvoiceId, Money, Party, PaymentId, Timestamp,
};

words! {
    /// What moved the account.
    EntryKind {
        /// An invoice was issued.
        Invoice = "invoice",
        /// Money came; its record has a receipt.
        Payment = "payment",
        /// Money went back.
        Refund = "refund",
        /// A part of an invoice was taken back.
        CreditNote = "credit_note",
        /// Something was bought on the account.
        Purchase = "purchase",
        /// What a payment method costs.
        Surcharge = "surcharge",
        /// An earlier figure was put right.
        Adjustment = "adjustment",
    }
}

words! {
    /// The order of the history.
    HistoryOrder {
        /// `Newest on Top`
        Newest = "newest",
        /// `Oldest on Top`
        Oldest = "oldest",
    }
}

/// What an entry is about, and so what it opens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "RecordFields")]
pub enum Record {
    /// An invoice.
    Invoice {
        /// Which.
        invoice: InvoiceId,
    },
    /// A payment, purchase or refund.
    Payment {
        /// Which.
        payment: PaymentId,
    },
    /// A credit note.
    CreditNote {
        /// Which.
        credit_note: CreditNoteId,
    },
    /// An event that was paid ahead.
    Event {
        /// Which.
        event: EventId,
    },
}

/// What any kind of [`Record`] has.
#[derive(Deserialize)]
struct RecordFields {
    kind: String,
    invoice: Option<InvoiceId>,
    payment: Option<PaymentId>,
    credit_note: Option<CreditNoteId>,
    event: Option<EventId>,
}

impl TryFrom<RecordFields> for Record {
    type Error = BadTag;

    fn try_from(fields: RecordFields) -> Result<Self, BadTag> {
        Ok(match fields.kind.as_str() {
            "invoice" => Self::Invoice {
                invoice: need(fields.invoice, "invoice")?,
            },
            "payment" => Self::Payment {
                payment: need(fields.payment, "payment")?,
            },
            "credit_note" => Self::CreditNote {
                credit_note: need(fields.credit_note, "credit_note")?,
            },
            "event" => Self::Event {
                event: need(fields.event, "event")?,
            },
            _ => return Err(BadTag::Kind(fields.kind)),
        })
    }
}

/// One movement of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryEntry {
    /// Tells entries apart; it says nothing else.
    pub id: String,
    /// When it moved the account.
    pub at: Timestamp,
    /// The same as a day in the portal's time zone.
    pub on: Day,
    /// What it is.
    pub kind: EntryKind,
    /// The number on the document, if it has one.
    pub number: Option<String>,
    /// What it is for, as the provider says it; what follows a `#` never leaves the server.
    pub description: String,
    /// From the customer's side: money is positive, charges are negative.
    pub amount: Money,
    /// What the account stands at after it, in its currency: below zero something is owed.
    pub balance: Money,
    /// What remains to be paid, if it is an invoice.
    pub outstanding: Option<Money>,
    /// What it opens.
    pub record: Option<Record>,
}

/// The query of `GET /history`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct HistoryQuery {
    /// Where the page starts.
    #[serde(default, deserialize_with = "crate::query::cursor")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Only for this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Only from this day on, by the portal's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Only up to the end of this day, by the portal's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// `Include Only Outstanding`: only invoices on which something remains.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outstanding: bool,
    /// Only in this currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The newest first unless told.
    #[serde(default, deserialize_with = "crate::query::parse_word_if_any")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<HistoryOrder>,
    /// Rows a page: 50 unless told, at most 200.
    #[serde(default, deserialize_with = "crate::query::limit")]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(schema_with = crate::query::limit_schema, required = false))]
    pub limit: Option<u32>,
}

/// The query of `GET /statement`, `GET /statement/pdf` and `GET /statement/csv`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct StatementQuery {
    /// Its first day, by the portal's zone.
    pub from: Day,
    /// Its last day.
    pub to: Day,
    /// Only this currency; every one that the account has moved in unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

/// `GET /statement`: the sums of a time; its entries are those of `GET /history` for
/// the same days, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Statement {
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub to: Day,
    /// The IANA zone that its days begin and end by.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::time::zone_schema))]
    pub time_zone: String,
    /// Whose statement it is.
    pub customer: Party,
    /// The provider's number for the customer's account.
    pub account_number: String,
    /// Who makes it.
    pub seller: Party,
    /// The sums, one row a currency. Nothing is added up across them.
    pub currencies: Vec<StatementSums>,
    /// When the backend reckoned it, by its own clock.
    pub as_of: Timestamp,
    /// The customer's version.
    pub version: u64,
}

/// The sums of a statement in one currency: `closing` is `opening` and all `sums`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementSums {
    /// The currency of all figures here.
    pub currency: Currency,
    /// What the account stood at before the first day.
    pub opening: Money,
    /// What each kind of entry adds up to, signed; kinds without entries are left out.
    pub sums: Vec<KindSum>,
    /// What the account stands at after the last day.
    pub closing: Money,
}

/// What the entries of one kind add up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KindSum {
    /// The kind.
    pub kind: EntryKind,
    /// Their sum, signed.
    pub sum: Money,
}
