//! The history page by page, or read to its end.

use api_types::{CustomerId, HistoryEntry, HistoryOrder, HistoryQuery, Page};

use super::entry::to_wire;
use super::selection::Selection;
use crate::db::entities::entries::Model;
use crate::db::keyset::Place;
use crate::db::{DbError, ReadTx, Terms, customers};

/// A page of the customer's history.
///
/// # Errors
/// [`DbError::BadCursor`] if the cursor is not of this list, [`DbError::Unreadable`] if there is no
/// such customer or a stored value cannot be read; otherwise as the database fails.
pub async fn list(
    tx: &ReadTx,
    customer: &CustomerId,
    query: &HistoryQuery,
    terms: &Terms,
) -> Result<Page<HistoryEntry>, DbError> {
    let selection = Selection::of_history(customer, query, terms)?;
    let keyset = selection.keyset(query.order != Some(HistoryOrder::Oldest));
    let mut page = keyset
        .page(
            tx.conn(),
            selection.rows_of_any_day(),
            query.cursor.as_ref(),
            query.limit,
            place,
        )
        .await?;
    let told = to_wire(tx, std::mem::take(&mut page.rows), terms).await?;
    let version = customers::version(tx, customer).await?;
    page.with(told).into_page(version, Ok)
}

/// Entries that are read to their end, the oldest first, a few rows at a time.
pub struct All {
    selection: Selection,
    after: Option<Place>,
}

impl All {
    /// What a query asks for, from its beginning. Its order, cursor and limit are ignored.
    ///
    /// # Errors
    /// As [`Terms::start_of`] and [`Terms::end_of`].
    pub fn of(customer: &CustomerId, query: &HistoryQuery, terms: &Terms) -> Result<Self, DbError> {
        Ok(Self {
            selection: Selection::of_history(customer, query, terms)?,
            after: None,
        })
    }

    /// The next entries, at most `rows`; none at the end.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
    pub async fn next(
        &mut self,
        tx: &ReadTx,
        rows: u64,
        terms: &Terms,
    ) -> Result<Vec<HistoryEntry>, DbError> {
        let (select, after) = (self.selection.rows_of_any_day(), self.after.as_ref());
        let rows = self
            .selection
            .keyset(false)
            .after(tx.conn(), select, after, rows)
            .await?;
        if let Some(last) = rows.last() {
            self.after = Some(place(last));
        }
        to_wire(tx, rows, terms).await
    }
}

fn place(row: &Model) -> Place {
    Place {
        key: row.at.to_string(),
        id: row.id.to_string(),
    }
}
