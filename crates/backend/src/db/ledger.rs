//! The ledger: what moved an account, once each, and never changed afterwards.
//! Per customer and currency, the sum of all entries is `credit - owed`.

use api_types::{CustomerId, InvoiceId, Money, PaymentId, Timestamp};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};

use super::entities::entries;
use super::{DbError, ReadTx, WriteTx, stored};

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

/// What has been posted for an invoice so far, in minor units; `None` where nothing has.
pub async fn posted_for_invoice(tx: &ReadTx, id: &InvoiceId) -> Result<Option<i64>, DbError> {
    posted(tx, entries::Column::InvoiceId, id.as_str()).await
}

/// What has been posted for a payment so far, in minor units; `None` where nothing has.
pub async fn posted_for_payment(tx: &ReadTx, id: &PaymentId) -> Result<Option<i64>, DbError> {
    posted(tx, entries::Column::PaymentId, id.as_str()).await
}

/// How many entries an account has.
pub async fn count(tx: &ReadTx, customer: &CustomerId) -> Result<u64, DbError> {
    Ok(entries::Entity::find()
        .filter(entries::Column::CustomerId.eq(customer.as_str()))
        .count(tx.conn())
        .await?)
}

async fn posted(tx: &ReadTx, of: entries::Column, id: &str) -> Result<Option<i64>, DbError> {
    let amounts: Vec<i64> = entries::Entity::find()
        .select_only()
        .column(entries::Column::AmountMinor)
        .filter(of.eq(id))
        .into_tuple()
        .all(tx.conn())
        .await?;
    if amounts.is_empty() {
        return Ok(None);
    }
    stored::sum(amounts).map(Some)
}
