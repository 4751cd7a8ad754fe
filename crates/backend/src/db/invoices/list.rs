//! The list of a customer's invoices: which of them, and in which order.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use api_types::{
    CheckoutId, Currency, CustomerId, Day, InvoiceFilter, InvoiceId, InvoiceQuery, InvoiceSort,
    InvoiceSummary, Page,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select, Value};

use super::OUTSTANDING;
use super::money::Figures;
use crate::db::entities::invoices::{Column, Entity, Model};
use crate::db::keyset::{KeyType, Keyset, Place};
use crate::db::{DbError, ReadTx, Terms, customers, ledger, locks, search, stored};

/// A page of the customer's invoices.
///
/// # Errors
/// [`DbError::BadCursor`] if the cursor is not of this list, [`DbError::CurrencyWanted`] if the
/// order is by total, no currency is given and the account has several, [`DbError::Unreadable`] if
/// there is no such customer or a stored value cannot be read; otherwise as the database fails.
pub async fn list(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &InvoiceQuery,
    terms: &Terms,
) -> Result<Page<InvoiceSummary>, DbError> {
    let query = within_one_currency(tx, customer, query).await?;
    let sort = order(&query);
    let select = matching(customer, &query, terms);
    let rows = keyset(sort, &query)
        .page(
            tx.conn(),
            select,
            query.cursor.as_ref(),
            query.limit,
            |row| place(sort, row),
        )
        .await?;
    let held = locks::on_invoices(tx, customer).await?;
    let version = customers::version(tx, customer).await?;
    rows.into_page(version, |row| summary(&row, &held, terms))
}

/// Totals are compared within one currency: the one that is asked for, or the only one.
async fn within_one_currency(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &InvoiceQuery,
) -> Result<InvoiceQuery, DbError> {
    let mut query = query.clone();
    let by_total = matches!(order(&query), InvoiceSort::Largest | InvoiceSort::Smallest);
    if by_total && query.currency.is_none() {
        query.currency = only_currency(ledger::currencies(tx, customer).await?)?;
    }
    Ok(query)
}

/// The only currency of an account that has no more than one.
pub(in crate::db) fn only_currency(currencies: Vec<Currency>) -> Result<Option<Currency>, DbError> {
    match currencies.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(*only)),
        _ => Err(DbError::CurrencyWanted),
    }
}

/// The order that is asked for, or the usual one.
pub(in crate::db) fn order(query: &InvoiceQuery) -> InvoiceSort {
    let usual = match query.state {
        Some(InvoiceFilter::Outstanding | InvoiceFilter::Overdue) => InvoiceSort::DueFirst,
        _ => InvoiceSort::Newest,
    };
    match query.sort {
        None | Some(InvoiceSort::Unknown) => usual,
        Some(sort) => sort,
    }
}

/// The rows that are asked for, in no order yet.
pub(in crate::db) fn matching(
    customer: &CustomerId,
    query: &InvoiceQuery,
    terms: &Terms,
) -> Select<Entity> {
    let mut select = Entity::find().filter(Column::CustomerId.eq(customer.as_str()));
    select = match query.state {
        None | Some(InvoiceFilter::Unknown) => select,
        Some(state) => in_state(select, state, terms),
    };
    if let Some(currency) = query.currency {
        // Only the index of the totals begins with the currency; in the other orders it is
        // looked at row by row, or the rows would have to be sorted.
        select = match order(query) {
            InvoiceSort::Largest | InvoiceSort::Smallest => {
                select.filter(Column::Currency.eq(currency.code()))
            }
            _ => select.filter(Expr::cust_with_values("+currency = ?", [currency.code()])),
        };
    }
    if let Some(service) = &query.service {
        select = select.filter(Column::Service.eq(service.as_str()));
    }
    if !by_issue(order(query)) {
        let day = |sql: &'static str, day: Day| Expr::cust_with_values(sql, [day.to_string()]);
        if let Some(from) = query.from {
            select = select.filter(day("+issued_on >= ?", from));
        }
        if let Some(to) = query.to {
            select = select.filter(day("+issued_on <= ?", to));
        }
    }
    match query.search.as_deref().and_then(search::pattern) {
        Some(pattern) => select.filter(search::matches(pattern)),
        None => select,
    }
}

/// Nothing remains of it, and nothing of what had paid it stands.
const CREDITED_AND_REFUNDED: &str = "paid_minor = 0 AND refunded_minor > 0
    AND total_minor = credited_minor";

fn in_state(select: Select<Entity>, state: InvoiceFilter, terms: &Terms) -> Select<Entity> {
    let outstanding = || Expr::cust(OUTSTANDING);
    let on_its_way =
        "pending_minor > 0 AND pending_minor >= total_minor - paid_minor - credited_minor";
    match state {
        InvoiceFilter::Outstanding => select.filter(outstanding()),
        InvoiceFilter::Overdue => select.filter(outstanding()).filter(Expr::cust_with_values(
            "+due_on < ?",
            [terms.today.to_string()],
        )),
        InvoiceFilter::Pending => select.filter(outstanding()).filter(Expr::cust(on_its_way)),
        InvoiceFilter::Paid => select
            .filter(Expr::cust("document = 'open'"))
            .filter(Expr::cust("total_minor = paid_minor + credited_minor"))
            .filter(Expr::cust(format!("NOT ({CREDITED_AND_REFUNDED})"))),
        InvoiceFilter::Refunded => select
            .filter(Expr::cust("document = 'open' AND refunded_minor > 0"))
            .filter(Expr::cust(format!(
                "({CREDITED_AND_REFUNDED} OR total_minor > paid_minor + credited_minor)"
            )))
            .filter(Expr::cust(format!("NOT ({on_its_way})"))),
        InvoiceFilter::Void => select.filter(Expr::cust("document <> 'open'")),
        _ => select,
    }
}

/// The keyset that pages through the list.
pub(in crate::db) fn keyset(sort: InvoiceSort, query: &InvoiceQuery) -> Keyset<Entity> {
    let (name, column, made, descending) = match sort {
        InvoiceSort::Oldest => ("invoices-oldest", Column::IssuedOn, KeyType::Day, false),
        InvoiceSort::DueFirst => ("invoices-due-first", Column::DueOn, KeyType::Day, false),
        InvoiceSort::DueLast => ("invoices-due-last", Column::DueOn, KeyType::Day, true),
        InvoiceSort::Largest => (
            "invoices-largest",
            Column::TotalMinor,
            KeyType::Number,
            true,
        ),
        InvoiceSort::Smallest => (
            "invoices-smallest",
            Column::TotalMinor,
            KeyType::Number,
            false,
        ),
        InvoiceSort::Number => ("invoices-number", Column::NumberKey, KeyType::Text, false),
        InvoiceSort::NumberDown => (
            "invoices-number-down",
            Column::NumberKey,
            KeyType::Text,
            true,
        ),
        _ => ("invoices", Column::IssuedOn, KeyType::Day, true),
    };
    let (from, before) = match by_issue(sort) {
        true => {
            let from = query.from.map(|day| day.to_string().into());
            (from, query.to.map(day_after))
        }
        false => (None, None),
    };
    Keyset {
        name,
        key: (Expr::col(column), made),
        id: (Expr::col(Column::Id), KeyType::Text),
        descending,
        of: PhantomData,
        from,
        before,
    }
}

/// Whether the days of the query are bounds of the key that the list is ordered by.
fn by_issue(sort: InvoiceSort) -> bool {
    !matches!(
        sort,
        InvoiceSort::DueFirst
            | InvoiceSort::DueLast
            | InvoiceSort::Largest
            | InvoiceSort::Smallest
            | InvoiceSort::Number
            | InvoiceSort::NumberDown
    )
}

fn day_after(day: Day) -> Value {
    match day.date().tomorrow() {
        Ok(next) => Day::from(next).to_string().into(),
        // No day comes after the last one, and this sorts after it.
        Err(_) => "9999-12-31~".into(),
    }
}

fn place(sort: InvoiceSort, row: &Model) -> Place {
    let key = match sort {
        InvoiceSort::DueFirst | InvoiceSort::DueLast => row.due_on.clone(),
        InvoiceSort::Largest | InvoiceSort::Smallest => row.total_minor.to_string(),
        InvoiceSort::Number | InvoiceSort::NumberDown => row.number_key.clone(),
        _ => row.issued_on.clone(),
    };
    Place {
        key,
        id: row.id.clone(),
    }
}

/// An invoice as a list shows it, given the checkouts that hold the customer's invoices.
pub(in crate::db) fn summary(
    row: &Model,
    held: &BTreeMap<InvoiceId, CheckoutId>,
    terms: &Terms,
) -> Result<InvoiceSummary, DbError> {
    let figures = Figures::of(row)?;
    let money = figures.all();
    let id = stored::parse(&row.id)?;
    Ok(InvoiceSummary {
        number: row.number.clone(),
        name: row.name.clone(),
        issued_on: stored::parse(&row.issued_on)?,
        due_on: figures.due_on,
        currency: figures.currency,
        document: figures.document,
        state: figures.state(),
        overdue: figures.overdue(terms.today),
        service: row.service.clone(),
        total: money.total,
        paid: money.paid,
        remaining: money.remaining,
        on_its_way: money.on_its_way,
        refunded: money.refunded,
        pay: figures.payable(held.get(&id), terms)?,
        id,
    })
}
