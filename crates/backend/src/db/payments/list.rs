//! The list of a customer's payments: which of them, and in which order.

use std::marker::PhantomData;

use api_types::{CustomerId, Page, Payment, PaymentId, PaymentQuery, PaymentSort};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select, Value};

use super::read::payments;
use crate::db::entities::payments::{Column, Entity, Model};
use crate::db::keyset::{KeyType, Keyset, Place};
use crate::db::{DbError, ReadTx, Terms, customers, invoices, ledger, search};

/// A page of the customer's payments, purchases and refunds: usually the newest first, by when they
/// completed, or for those that have not, by when they were started.
///
/// # Errors
/// [`DbError::BadCursor`] if the cursor is not of this list, [`DbError::CurrencyWanted`] if the
/// order is by total, no currency is given and the account has several, [`DbError::Unreadable`] if
/// there is no such customer or a stored value cannot be read, [`DbError::TooLarge`] if an amount
/// is beyond its bound; otherwise as the database fails.
pub async fn list(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &PaymentQuery,
    terms: &Terms,
) -> Result<Page<Payment>, DbError> {
    let query = within_one_currency(tx, customer, query).await?;
    let sort = order(&query);
    let select = matching(customer, &query, terms)?;
    let mut page = keyset(sort, &query, terms)?
        .page(
            tx.conn(),
            select,
            query.cursor.as_ref(),
            query.limit,
            |row| place(sort, row),
        )
        .await?;
    let told = payments(tx, std::mem::take(&mut page.rows)).await?;
    let version = customers::version(tx, customer).await?;
    page.with(told).into_page(version, Ok)
}

/// A list that is read to its end, a few rows at a time.
pub struct All {
    select: Select<Entity>,
    keyset: Keyset<Entity>,
    sort: PaymentSort,
    after: Option<Place>,
}

impl All {
    /// What a query asks for, from its beginning. Its cursor and limit are ignored.
    ///
    /// # Errors
    /// [`DbError::CurrencyWanted`] if the order is by total, no currency is given and the account
    /// has several, [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the
    /// database fails.
    pub async fn of(
        tx: &ReadTx,
        customer: &CustomerId,
        query: &PaymentQuery,
        terms: &Terms,
    ) -> Result<Self, DbError> {
        let query = within_one_currency(tx, customer, query).await?;
        Ok(Self {
            select: matching(customer, &query, terms)?,
            keyset: keyset(order(&query), &query, terms)?,
            sort: order(&query),
            after: None,
        })
    }

    /// The next payments, at most `rows`; none at the end.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount
    /// is beyond its bound; otherwise as the database fails.
    pub async fn next(&mut self, tx: &ReadTx, rows: u64) -> Result<Vec<Payment>, DbError> {
        let select = self.select.clone();
        let after = self.after.as_ref();
        let rows = self.keyset.after(tx.conn(), select, after, rows).await?;
        if let Some(last) = rows.last() {
            self.after = Some(place(self.sort, last));
        }
        payments(tx, rows).await
    }
}

/// The customer's payment with an id; `None` where there is none or it is somebody else's.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn find(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &PaymentId,
) -> Result<Option<Payment>, DbError> {
    let row = super::read::row(tx, customer, id).await?;
    Ok(payments(tx, row.into_iter().collect()).await?.pop())
}

/// Totals are compared within one currency: the one that is asked for, or the only one.
async fn within_one_currency(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &PaymentQuery,
) -> Result<PaymentQuery, DbError> {
    let mut query = query.clone();
    if by_total(order(&query)) && query.currency.is_none() {
        query.currency = invoices::only_currency(ledger::currencies(tx, customer).await?)?;
    }
    Ok(query)
}

fn by_total(sort: PaymentSort) -> bool {
    matches!(sort, PaymentSort::Largest | PaymentSort::Smallest)
}

fn order(query: &PaymentQuery) -> PaymentSort {
    match query.sort {
        None | Some(PaymentSort::Unknown) => PaymentSort::Newest,
        Some(sort) => sort,
    }
}

/// The rows that are asked for, in no order yet. Only the index of the totals begins with the
/// currency; all else is looked at row by row, or the rows would have to be sorted.
pub(in crate::db) fn matching(
    customer: &CustomerId,
    query: &PaymentQuery,
    terms: &Terms,
) -> Result<Select<Entity>, DbError> {
    let mut select = Entity::find().filter(Column::CustomerId.eq(customer.as_str()));
    if let Some(status) = query.status {
        select = select.filter(Expr::cust_with_values("+status = ?", [status.as_str()]));
    }
    if let Some(kind) = query.kind {
        select = select.filter(Column::Kind.eq(kind.as_str()));
    }
    if let Some(currency) = query.currency {
        select = if by_total(order(query)) {
            select.filter(Column::Currency.eq(currency.code()))
        } else {
            select.filter(Expr::cust_with_values("+currency = ?", [currency.code()]))
        };
    }
    if by_total(order(query)) {
        if let Some(from) = query.from {
            let from = terms.start_of(from)?;
            select = select.filter(Expr::cust_with_values("+listed_at >= ?", [from]));
        }
        if let Some(to) = query.to {
            let end = terms.end_of(to)?;
            select = select.filter(Expr::cust_with_values("+listed_at < ?", [end]));
        }
    }
    Ok(match query.search.as_deref().and_then(search::pattern) {
        Some(pattern) => select.filter(search::matches(pattern)),
        None => select,
    })
}

/// The keyset that pages through the list.
pub(in crate::db) fn keyset(
    sort: PaymentSort,
    query: &PaymentQuery,
    terms: &Terms,
) -> Result<Keyset<Entity>, DbError> {
    let (name, key, descending) = match sort {
        PaymentSort::Oldest => ("payments-oldest", "listed_at", false),
        PaymentSort::Largest => ("payments-largest", "total_minor", true),
        PaymentSort::Smallest => ("payments-smallest", "total_minor", false),
        _ => ("payments", "listed_at", true),
    };
    // The days bound the very key of the order, unless that is the total.
    let days = !by_total(sort);
    let from = query.from.filter(|_| days).map(|day| terms.start_of(day));
    let before = query.to.filter(|_| days).map(|day| terms.end_of(day));
    Ok(Keyset {
        name,
        key: (Expr::cust(key), KeyType::Number),
        id: (Expr::col(Column::Id), KeyType::Text),
        descending,
        of: PhantomData,
        from: from.transpose()?.map(Value::from),
        before: before.transpose()?.map(Value::from),
    })
}

fn place(sort: PaymentSort, row: &Model) -> Place {
    let key = if by_total(sort) {
        row.total_minor
    } else {
        row.completed_at.unwrap_or(row.created_at)
    };
    Place {
        key: key.to_string(),
        id: row.id.clone(),
    }
}
