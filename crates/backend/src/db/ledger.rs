//! The ledger: what moved an account, once each, and never changed afterwards.
//! Per customer and currency, the sum of all entries is `credit - owed`.

use api_types::{CustomerId, InvoiceId, Money, PaymentId, Timestamp};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::entities::entries;
use super::{DbError, WriteTx};

/// What kind of figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// An invoice was issued.
    Invoice,
    /// Money came.
    Payment,
    /// Something was bought on the account.
    Purchase,
    /// Money went back.
    Refund,
    /// A part of an invoice was taken back.
    CreditNote,
    /// An earlier figure was put right.
    Adjustment,
}

impl EntryKind {
    fn stored(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::Payment => "payment",
            Self::Purchase => "purchase",
            Self::Refund => "refund",
            Self::CreditNote => "credit_note",
            Self::Adjustment => "adjustment",
        }
    }
}

/// A figure to post.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Whose account it moves.
    pub customer: &'a CustomerId,
    /// When.
    pub at: Timestamp,
    /// Of what kind.
    pub kind: EntryKind,
    /// How much: money from the customer is positive, charges are negative.
    pub amount: Money,
    /// The invoice that it is about.
    pub invoice: Option<&'a InvoiceId>,
    /// The payment that it is about.
    pub payment: Option<&'a PaymentId>,
}

/// Posts an entry. This is the only way into the ledger. Nothing moved, nothing is posted;
/// the same payment or invoice posted twice is [`DbError::Taken`].
pub async fn post(tx: &WriteTx, entry: Entry<'_>) -> Result<(), DbError> {
    if entry.amount.is_zero() {
        return Ok(());
    }
    let row = entries::ActiveModel {
        customer_id: Set(entry.customer.to_string()),
        at: Set(entry.at.as_millis()),
        kind: Set(entry.kind.stored().to_owned()),
        currency: Set(entry.amount.currency().to_string()),
        amount_minor: Set(entry.amount.minor()),
        invoice_id: Set(entry.invoice.map(ToString::to_string)),
        payment_id: Set(entry.payment.map(ToString::to_string)),
        ..Default::default()
    };
    entries::Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}
