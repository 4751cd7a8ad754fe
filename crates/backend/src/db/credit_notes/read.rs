//! One credit note with both parties, and those of an invoice.

use api_types::{CreditNote, CreditNoteId, CustomerId, InvoiceId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db::entities::credit_notes::{Column, Entity, Model};
use crate::db::entities::invoices;
use crate::db::{DbError, ReadTx, Terms, customers, stored};

/// The customer's credit note with an id; `None` where there is none or it is somebody else's.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn find(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &CreditNoteId,
    terms: &Terms,
) -> Result<Option<CreditNote>, DbError> {
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    let Some(row) = row else { return Ok(None) };
    let invoice = invoices::Entity::find_by_id(row.invoice_id.as_str())
        .filter(invoices::Column::CustomerId.eq(customer.as_str()))
        .one(tx.conn())
        .await?;
    let Some(invoice) = invoice else {
        return Ok(None);
    };
    let Some(customer) = customers::find(tx, customer).await? else {
        return Ok(None);
    };
    let money = |minor| stored::money(minor, &invoice.currency);
    Ok(Some(CreditNote {
        id: id.clone(),
        issued_on: stored::parse(&row.issued_on)?,
        invoice: stored::parse(&row.invoice_id)?,
        net: money(row.net_minor)?,
        tax: money(row.tax_minor)?,
        total: money(row.total_minor)?,
        number: row.number,
        reason: row.reason,
        invoice_number: invoice.number,
        seller: terms.seller.clone(),
        account_number: customer.account_number().to_owned(),
        customer: customer.party(),
        as_of: terms.now,
        version: customers::version(tx, &customer.id).await?,
    }))
}

/// The credit notes of an invoice, the oldest first.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn of_invoice(tx: &ReadTx, invoice: &InvoiceId) -> Result<Vec<Model>, DbError> {
    let rows = Entity::find()
        .filter(Column::InvoiceId.eq(invoice.as_str()))
        .order_by_asc(Column::IssuedOn)
        .order_by_asc(Column::Id);
    Ok(rows.all(tx.conn()).await?)
}
