//! The history page by page, or read to its end.

use api_types::{CustomerId, HistoryEntry, HistoryOrder, HistoryQuery, Page};
use sea_orm::Select;
use sea_orm::sea_query::Expr;

use super::entry::told;
use super::selection::Selection;
use crate::db::entities::entries::{Column, Entity, Model};
use crate::db::keyset::{Keyset, Made, Place};
use crate::db::{DbError, ReadTx, Terms, customers};

/// A page of the customer's history.
pub async fn list(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &HistoryQuery,
    terms: &Terms,
) -> Result<Page<HistoryEntry>, DbError> {
    let selection = Selection::of_history(customer, query, terms)?;
    let keyset = keyset(query.order != Some(HistoryOrder::Oldest));
    let mut page = keyset
        .page(
            tx.conn(),
            selection.rows(),
            query.cursor.as_ref(),
            query.limit,
            place,
        )
        .await?;
    let told = told(tx, std::mem::take(&mut page.rows), terms).await?;
    let version = customers::version(tx, customer).await?;
    page.with(told).into_page(version, Ok)
}

/// Entries that are read to their end, the oldest first, a few rows at a time.
pub struct All {
    select: Select<Entity>,
    after: Option<Place>,
}

impl All {
    /// What a query asks for, from its beginning; order, cursor and limit do not count.
    pub fn of(customer: &CustomerId, query: &HistoryQuery, terms: &Terms) -> Result<Self, DbError> {
        Ok(Self {
            select: Selection::of_history(customer, query, terms)?.rows(),
            after: None,
        })
    }

    /// The next entries; none at the end.
    pub async fn next(
        &mut self,
        tx: &ReadTx,
        rows: u64,
        terms: &Terms,
    ) -> Result<Vec<HistoryEntry>, DbError> {
        let (select, after) = (self.select.clone(), self.after.as_ref());
        let rows = keyset(false).after(tx.conn(), select, after, rows).await?;
        if let Some(last) = rows.last() {
            self.after = Some(place(last));
        }
        told(tx, rows, terms).await
    }
}

/// How the history is leafed through.
pub(in crate::db) fn keyset(newest_first: bool) -> Keyset<Entity> {
    Keyset {
        name: if newest_first {
            "history"
        } else {
            "history-oldest"
        },
        key: (Expr::col(Column::At), Made::OfNumber),
        id: (Column::Id, Made::OfNumber),
        descending: newest_first,
    }
}

fn place(row: &Model) -> Place {
    Place {
        key: row.at.to_string(),
        id: row.id.to_string(),
    }
}
