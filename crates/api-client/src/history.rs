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
    /// A page of the account history.
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

    /// The sums of a statement.
    pub async fn statement(&self, query: &StatementQuery) -> Result<Statement, ApiError> {
        self.get_dated(&of(query).on("/statement")).await
    }

    /// The statement with its entries, as a PDF.
    pub async fn statement_pdf(&self, query: &StatementQuery) -> Result<Chunks, ApiError> {
        self.file(&of(query).on("/statement/pdf")).await
    }

    /// The statement with its entries, as CSV.
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
