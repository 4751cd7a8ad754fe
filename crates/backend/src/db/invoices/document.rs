//! One invoice with its lines and both parties.

use api_types::{Currency, CustomerId, Invoice, InvoiceId, InvoiceLine, Money, Party};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::money::Figures;
use crate::db::entities::{invoice_lines, invoices};
use crate::db::{DbError, ReadTx, Terms, customers, locks, stored};

/// The customer's invoice with an id; `None` where there is none or it is somebody else's.
pub async fn find(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &InvoiceId,
    terms: &Terms,
) -> Result<Option<Invoice>, DbError> {
    let row = invoices::Entity::find_by_id(id.as_str())
        .filter(invoices::Column::CustomerId.eq(customer.as_str()))
        .one(tx.conn())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let Some(customer) = customers::find(tx, customer).await? else {
        return Ok(None);
    };
    let figures = Figures::of(&row)?;
    let checkout = locks::on_invoice(tx, id).await?;
    Ok(Some(Invoice {
        id: id.clone(),
        issued_on: stored::parsed(&row.issued_on)?,
        due_on: figures.due_on,
        period_from: stored::parsed_option(row.period_from.as_deref())?,
        period_to: stored::parsed_option(row.period_to.as_deref())?,
        document: figures.document,
        state: figures.state(),
        overdue: figures.overdue(terms.today),
        seller: terms.seller.clone(),
        lines: lines(tx, id, figures.currency).await?,
        money: figures.all(),
        pay: figures.payable(checkout.as_ref(), terms),
        checkout,
        as_of: terms.now,
        version: customers::version(tx, &customer.id).await?,
        number: row.number.clone(),
        name: row.name.clone(),
        customer: Party {
            name: customer.name,
            address: customer.address,
            tax_number: customer.tax_number,
        },
    }))
}

async fn lines(
    tx: &ReadTx,
    invoice: &InvoiceId,
    currency: Currency,
) -> Result<Vec<InvoiceLine>, DbError> {
    let rows = invoice_lines::Entity::find()
        .filter(invoice_lines::Column::InvoiceId.eq(invoice.as_str()))
        .order_by_asc(invoice_lines::Column::Position)
        .all(tx.conn())
        .await?;
    let line = |row: invoice_lines::Model| InvoiceLine {
        description: row.description,
        quantity: row.quantity,
        unit_price: Money::from_minor(row.unit_price_minor, currency),
        net: Money::from_minor(row.net_minor, currency),
        tax: Money::from_minor(row.tax_minor, currency),
        tax_percent: row.tax_percent,
    };
    Ok(rows.into_iter().map(line).collect())
}
