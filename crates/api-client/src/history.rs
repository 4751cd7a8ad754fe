//! The account history, and the statement made of it.

use api_types::{HistoryEntry, HistoryQuery, Page, Statement, StatementQuery, Timestamp};

use crate::client::Renewable;
use crate::query::Query;
use crate::{ApiError, Chunks, Client, Transport};

impl Renewable for Statement {
    fn renew(&mut self, as_of: Timestamp) {
        self.as_of = self.as_of.max(as_of);
    }
}

impl<T: Transport + Clone> Client<T> {
    /// Reads a page of the account history.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `invalid` if it
    /// cannot read the query, e.g. its cursor.
    pub async fn history(&self, query: &HistoryQuery) -> Result<Page<HistoryEntry>, ApiError> {
        let path = Query::default()
            .with("service", query.service.as_ref())
            .with("from", query.from)
            .with("to", query.to)
            .with("outstanding", query.outstanding.then_some("true"))
            .with("currency", query.currency)
            .with("order", query.order.map(|order| order.as_str()))
            .with("cursor", query.cursor.as_ref().map(|cursor| &cursor.0))
            .with("limit", query.limit)
            .on("/history");
        self.get(&path).await
    }

    /// Reads the sums of a statement.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `invalid` if it
    /// cannot read the query, and `not_found` if there is no such account any more.
    pub async fn statement(&self, query: &StatementQuery) -> Result<Statement, ApiError> {
        self.get_dated(&of(query).on("/statement")).await
    }

    /// Opens the statement with its entries as a PDF.
    ///
    /// # Errors
    /// The request fails, or the server refuses it before the file begins (see [`ApiError`]). It
    /// answers `invalid` if it cannot read the query, and `not_found` if there is no such account
    /// any more. If the reading breaks off later, an item of [`Chunks`] says so.
    pub async fn statement_pdf(&self, query: &StatementQuery) -> Result<Chunks, ApiError> {
        self.file(&of(query).on("/statement/pdf")).await
    }

    /// Opens the statement with its entries as CSV.
    ///
    /// # Errors
    /// The request fails, or the server refuses it before the file begins (see [`ApiError`]). It
    /// answers `invalid` if it cannot read the query. If the reading breaks off later, an item of
    /// [`Chunks`] says so.
    pub async fn statement_csv(&self, query: &StatementQuery) -> Result<Chunks, ApiError> {
        self.file(&of(query).on("/statement/csv")).await
    }
}

fn of(query: &StatementQuery) -> Query {
    Query::default()
        .with("from", Some(query.from))
        .with("to", Some(query.to))
        .with("currency", query.currency)
}
