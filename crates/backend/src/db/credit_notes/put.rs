//! Adds and changes credit notes, and with them their invoice and the ledger.

use api_types::{CreditNoteId, CustomerId, Day, DocumentState, InvoiceId, Money, Timestamp};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, Iterable, QueryFilter};

use crate::db::entities::credit_notes::{ActiveModel, Column, Entity};
use crate::db::entities::invoices;
use crate::db::ledger::{self, Entry, EntryKind};
use crate::db::{DbError, ReadTx, WriteTx, allocate, stored};

/// A credit note to add or to change. Its total is `net + tax`, in its invoice's currency.
#[derive(Clone, Debug)]
pub struct NewCreditNote {
    /// The provider's own id.
    pub id: CreditNoteId,
    /// The invoice that it takes back a part of.
    pub invoice: InvoiceId,
    /// The number on the document.
    pub number: String,
    /// The day on the document.
    pub issued_on: Day,
    /// When that day began, which is the time of its entry in the ledger.
    pub issued_at: Timestamp,
    /// Why.
    pub reason: String,
    /// Before tax.
    pub net: Money,
    /// Tax.
    pub tax: Money,
}

impl NewCreditNote {
    fn total(&self) -> Result<Money, DbError> {
        let total = self.net.checked_add(self.tax);
        total.map_err(|why| DbError::Refused(why.to_string()))
    }
}

/// The invoice of a credit note and whose it is; `None` where there is no such credit note.
///
/// # Errors
/// [`DbError::Refused`] if its invoice does not exist, [`DbError::Unreadable`] if a stored value
/// cannot be read; otherwise as the database fails.
pub async fn owner(
    tx: &ReadTx,
    id: &CreditNoteId,
) -> Result<Option<(InvoiceId, CustomerId)>, DbError> {
    let Some(row) = Entity::find_by_id(id.as_str()).one(tx.conn()).await? else {
        return Ok(None);
    };
    let invoice = stored::parse(&row.invoice_id)?;
    let of = invoice_row(tx, &invoice).await?;
    Ok(Some((invoice, stored::parse(&of.customer_id)?)))
}

/// Adds a credit note, or changes a known one of the same invoice. What has been paid for the
/// invoice beyond what is left of it becomes credit, what was paid last first.
///
/// # Errors
/// [`DbError::Refused`] if there is no such invoice, it is void, replaced or in another currency,
/// net and tax do not add up, or the total is not more than zero or more than is left of the
/// invoice; [`DbError::TooLarge`] if an amount or a sum is beyond its bound;
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn put(tx: &WriteTx, new: &NewCreditNote, now: Timestamp) -> Result<(), DbError> {
    let invoice = invoice_row(tx, &new.invoice).await?;
    let total = new.total()?;
    if invoice.currency != total.currency().code() {
        let why = format!("invoice {} is of another currency", new.invoice);
        return Err(DbError::Refused(why));
    }
    if invoice.document != DocumentState::Open.as_str() {
        let why = format!("invoice {} is void or replaced", new.invoice);
        return Err(DbError::Refused(why));
    }
    let others = of_others(tx, new).await?;
    let left = stored::sum([invoice.total_minor, -others, -total.minor()])?;
    if !total.is_positive() || left < 0 {
        let open = Money::from_minor(invoice.total_minor - others, total.currency());
        return Err(DbError::Refused(format!(
            "invoice {} has {open:?} that can be taken back, and the credit note says {total:?}",
            new.invoice
        )));
    }
    // Its place is made before the invoice becomes smaller.
    let most = Money::from_minor(left, total.currency());
    allocate::release_beyond(tx, &new.invoice, most).await?;
    write(tx, new, total).await?;
    let credited = stored::sum([others, total.minor()])?;
    invoices::Entity::update_many()
        .col_expr(invoices::Column::CreditedMinor, Expr::value(credited))
        .filter(invoices::Column::Id.eq(new.invoice.as_str()))
        .exec(tx.conn())
        .await?;
    post(tx, new, total, &stored::parse(&invoice.customer_id)?, now).await
}

/// What the invoice's other credit notes take back, in minor units.
async fn of_others(tx: &WriteTx, new: &NewCreditNote) -> Result<i64, DbError> {
    let notes = super::of_invoice(tx, &new.invoice).await?;
    let others = notes.iter().filter(|note| note.id != new.id.as_str());
    stored::sum(others.map(|note| note.total_minor))
}

async fn write(tx: &WriteTx, new: &NewCreditNote, total: Money) -> Result<(), DbError> {
    let row = ActiveModel {
        id: Set(new.id.to_string()),
        invoice_id: Set(new.invoice.to_string()),
        number: Set(new.number.clone()),
        issued_on: Set(new.issued_on.to_string()),
        reason: Set(new.reason.clone()),
        net_minor: Set(new.net.minor()),
        tax_minor: Set(new.tax.minor()),
        total_minor: Set(total.minor()),
    };
    let known = OnConflict::column(Column::Id)
        .update_columns(Column::iter())
        .to_owned();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// What is posted already is never rewritten: a change is posted as the difference.
async fn post(
    tx: &WriteTx,
    new: &NewCreditNote,
    total: Money,
    customer: &CustomerId,
    now: Timestamp,
) -> Result<(), DbError> {
    let posted = ledger::posted_for_credit_note(tx, &new.id).await?;
    let (at, kind) = match posted {
        Some(_) => (now, EntryKind::Adjustment),
        None => (new.issued_at, EntryKind::CreditNote),
    };
    let change = stored::sum([total.minor(), -posted.unwrap_or(0)])?;
    let entry = Entry {
        customer,
        at,
        kind,
        amount: Money::from_minor(change, total.currency()),
        invoice: Some(&new.invoice),
        payment: None,
        credit_note: Some(&new.id),
    };
    ledger::post(tx, entry).await
}

async fn invoice_row(tx: &ReadTx, id: &InvoiceId) -> Result<invoices::Model, DbError> {
    let row = invoices::Entity::find_by_id(id.as_str())
        .one(tx.conn())
        .await?;
    row.ok_or_else(|| DbError::Refused(format!("there is no invoice {id}")))
}
