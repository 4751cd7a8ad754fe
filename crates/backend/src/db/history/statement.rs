//! The sums of a statement, over the same entries that the history shows for its days.

use api_types::{
    Currency, CustomerId, EntryKind, KindSum, Money, Statement, StatementQuery, StatementSums,
};
use sea_orm::QuerySelect;
use sea_orm::sea_query::Expr;

use super::selection::Selection;
use crate::db::entities::entries::Column;
use crate::db::stored::sum_sql;
use crate::db::{DbError, ReadTx, Terms, customers, ledger, stored};

/// The statement of some days; `None` where there is no such customer.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
/// amounts is beyond its bound; otherwise as the database fails.
pub async fn statement(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &StatementQuery,
    terms: &Terms,
) -> Result<Option<Statement>, DbError> {
    let Some(known) = customers::find(tx, customer).await? else {
        return Ok(None);
    };
    let asked_for = match query.currency {
        Some(currency) => vec![currency],
        None => ledger::currencies(tx, customer).await?,
    };
    let mut currencies = Vec::new();
    for currency in asked_for {
        currencies.push(sums(tx, customer, query, currency, terms).await?);
    }
    Ok(Some(Statement {
        from: query.from,
        to: query.to,
        time_zone: terms.zone_name.clone(),
        account_number: known.account_number().to_owned(),
        customer: known.party(),
        seller: terms.seller.clone(),
        currencies,
        as_of: terms.now,
        version: customers::version(tx, customer).await?,
    }))
}

async fn sums(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &StatementQuery,
    currency: Currency,
    terms: &Terms,
) -> Result<StatementSums, DbError> {
    let from = terms.start_of(query.from)?;
    let opening = ledger::balance_before(tx, customer.as_str(), currency.code(), from).await?;
    let rows: Vec<(String, i64)> = Selection::of_statement(customer, query, currency, terms)?
        .rows()
        .select_only()
        .column(Column::Kind)
        .column_as(Expr::cust(sum_sql!("amount_minor")), "moved")
        .group_by(Column::Kind)
        .into_tuple()
        .all(tx.conn())
        .await?;
    for (_, moved) in &rows {
        stored::sum([*moved])?;
    }
    let money = |minor| Money::from_minor(minor, currency);
    // The kinds stand in one order, whatever the database finds first.
    let sums = EntryKind::ALL.iter().filter_map(|kind| {
        let (_, minor) = rows.iter().find(|(word, _)| word == kind.as_str())?;
        Some(KindSum {
            kind: *kind,
            sum: money(*minor),
        })
    });
    let moved = rows.iter().map(|(_, minor)| *minor);
    let closing = stored::sum(std::iter::once(opening).chain(moved))?;
    Ok(StatementSums {
        currency,
        opening: money(opening),
        sums: sums.collect(),
        closing: money(closing),
    })
}
