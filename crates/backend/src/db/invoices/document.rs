//! One invoice with its lines, both parties, and what has been paid and taken back of it.

use api_types::{
    Currency, CustomerId, Invoice, InvoiceCredit, InvoiceId, InvoiceLine, InvoicePayment,
    InvoiceRefund, Money, PaymentStatus, UnitPrice,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Statement,
};

use super::money::Figures;
use crate::db::entities::{invoice_lines, invoices};
use crate::db::stored::sum_sql;
use crate::db::{DbError, ReadTx, Terms, credit_notes, customers, locks, stored};

/// The customer's invoice with an id; `None` where there is none or it is somebody else's.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
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
        issued_on: stored::parse(&row.issued_on)?,
        due_on: figures.due_on,
        period_from: stored::parsed_option(row.period_from.as_deref())?,
        period_to: stored::parsed_option(row.period_to.as_deref())?,
        document: figures.document,
        state: figures.state(),
        overdue: figures.overdue(terms.today),
        seller: terms.seller.clone(),
        service: row.service.clone(),
        replaced_by: stored::parsed_option(row.replaced_by.as_deref())?,
        lines: lines(tx, id, figures.currency).await?,
        money: figures.all(),
        bank_details: terms.bank_details(figures.currency),
        payments: payments(tx, id, figures.currency, terms).await?,
        refunds: refunds(tx, id, figures.currency, terms).await?,
        credit_notes: credits(tx, id, figures.currency).await?,
        pay: figures.payable(checkout.as_ref(), terms)?,
        checkout,
        as_of: terms.now,
        version: customers::version(tx, &customer.id).await?,
        number: row.number.clone(),
        name: row.name.clone(),
        account_number: customer.account_number().to_owned(),
        customer: customer.party(),
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
    let line = |row: invoice_lines::Model| {
        let unit_price = UnitPrice::parse(&row.unit_price, currency);
        Ok(InvoiceLine {
            description: row.description,
            quantity: row.quantity,
            unit_price: unit_price.map_err(|why| DbError::Unreadable(why.to_string()))?,
            net: Money::from_minor(row.net_minor, currency),
            tax: Money::from_minor(row.tax_minor, currency),
            tax_percent: row.tax_percent,
        })
    };
    rows.into_iter().map(line).collect()
}

#[derive(FromQueryResult)]
struct PaidPart {
    payment_id: String,
    listed_at: i64,
    status: String,
    amount_minor: i64,
}

/// What has been, or is being, paid for the invoice, the oldest first; with what of it went back.
async fn payments(
    tx: &ReadTx,
    invoice: &InvoiceId,
    currency: Currency,
    terms: &Terms,
) -> Result<Vec<InvoicePayment>, DbError> {
    let sql = concat!(
        "SELECT payment_id, listed_at, status, ",
        sum_sql!("amount_minor"),
        " AS amount_minor
        FROM (
            SELECT payment_id, amount_minor FROM allocations WHERE invoice_id = $1
            UNION ALL
            SELECT payment_id, amount_minor FROM allocation_reversals WHERE invoice_id = $1
        ) AS parts JOIN payments ON payments.id = payment_id
        GROUP BY payment_id, listed_at, status
        ORDER BY listed_at, payment_id"
    );
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [invoice.as_str().into()]);
    let parts = PaidPart::find_by_statement(statement);
    let parts = parts.all(tx.conn()).await?;
    parts
        .iter()
        .map(|part| {
            Ok(InvoicePayment {
                payment: stored::parse(&part.payment_id)?,
                on: terms.day_of(stored::instant(part.listed_at)?),
                status: PaymentStatus::from_word(&part.status),
                amount: Money::from_minor(part.amount_minor, currency),
            })
        })
        .collect()
}

#[derive(FromQueryResult)]
struct RefundedPart {
    refund_id: String,
    listed_at: i64,
    amount_minor: i64,
}

/// What went back of money that had been paid for the invoice, the oldest first.
async fn refunds(
    tx: &ReadTx,
    invoice: &InvoiceId,
    currency: Currency,
    terms: &Terms,
) -> Result<Vec<InvoiceRefund>, DbError> {
    let sql = concat!(
        "SELECT refund_id, listed_at, ",
        sum_sql!("allocation_reversals.amount_minor"),
        " AS amount_minor
        FROM allocation_reversals JOIN payments ON payments.id = refund_id
        WHERE allocation_reversals.invoice_id = $1
        GROUP BY refund_id, listed_at ORDER BY listed_at, refund_id"
    );
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [invoice.as_str().into()]);
    let parts = RefundedPart::find_by_statement(statement);
    let parts = parts.all(tx.conn()).await?;
    parts
        .iter()
        .map(|part| {
            Ok(InvoiceRefund {
                refund: stored::parse(&part.refund_id)?,
                on: terms.day_of(stored::instant(part.listed_at)?),
                amount: Money::from_minor(part.amount_minor, currency),
            })
        })
        .collect()
}

/// What has been taken back of the invoice, the oldest first.
async fn credits(
    tx: &ReadTx,
    invoice: &InvoiceId,
    currency: Currency,
) -> Result<Vec<InvoiceCredit>, DbError> {
    let notes = credit_notes::of_invoice(tx, invoice).await?;
    notes
        .iter()
        .map(|note| {
            Ok(InvoiceCredit {
                credit_note: stored::parse(&note.id)?,
                number: note.number.clone(),
                issued_on: stored::parse(&note.issued_on)?,
                amount: Money::from_minor(note.total_minor, currency),
            })
        })
        .collect()
}
