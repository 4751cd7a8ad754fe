//! The list of a customer's invoices.

use api_types::{CustomerId, Day, InvoiceQuery, InvoiceSummary, Page};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::OUTSTANDING;
use super::money::Figures;
use crate::db::entities::invoices::{Column, Entity, Model};
use crate::db::keyset::{Keyset, Place};
use crate::db::{DbError, ReadTx, Terms, customers, stored};

/// A page of the customer's invoices: all of them, the newest first, or those that are
/// outstanding, the first due first.
pub async fn list(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &InvoiceQuery,
    terms: &Terms,
) -> Result<Page<InvoiceSummary>, DbError> {
    let mut select = Entity::find().filter(Column::CustomerId.eq(customer.as_str()));
    if query.outstanding {
        select = select.filter(Expr::cust(OUTSTANDING));
    }
    let keyset = keyset(query.outstanding);
    let place = |row: &Model| Place {
        key: if query.outstanding {
            &row.due_on
        } else {
            &row.issued_on
        }
        .clone(),
        id: row.id.clone(),
    };
    let day = |key: &str| match Day::parse(key) {
        Ok(day) => Ok(day.to_string().into()),
        Err(_) => Err(DbError::BadCursor),
    };
    let rows = keyset
        .page(
            tx.conn(),
            select,
            query.cursor.as_ref(),
            query.limit,
            day,
            place,
        )
        .await?;
    let version = customers::version(tx, customer).await?;
    rows.into_page(version, |row| summary(&row, terms))
}

/// How the list is leafed through.
pub(in crate::db) fn keyset(outstanding: bool) -> Keyset<Entity> {
    let (name, column) = if outstanding {
        ("outstanding-invoices", Column::DueOn)
    } else {
        ("invoices", Column::IssuedOn)
    };
    Keyset {
        name,
        key: Expr::col(column),
        id: Column::Id,
        descending: !outstanding,
    }
}

fn summary(row: &Model, terms: &Terms) -> Result<InvoiceSummary, DbError> {
    let figures = Figures::of(row)?;
    let money = figures.all();
    Ok(InvoiceSummary {
        id: stored::parsed(&row.id)?,
        number: row.number.clone(),
        name: row.name.clone(),
        issued_on: stored::parsed(&row.issued_on)?,
        due_on: figures.due_on,
        currency: figures.currency,
        document: figures.document,
        state: figures.state(),
        overdue: figures.overdue(terms.today),
        total: money.total,
        remaining: money.remaining,
        on_its_way: money.on_its_way,
    })
}
