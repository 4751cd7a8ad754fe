//! What is owed.

use api_types::{ApplyCredit, Balance, FigureEntry, FigureQuery, Page, Timestamp};

use crate::client::Renewable;
use crate::query::Query;
use crate::{ApiError, Client, Transport};

impl Renewable for Balance {
    fn renew(&mut self, as_of: Timestamp) {
        // The field has whole seconds only, so it can lie before the first reading.
        self.as_of = self.as_of.max(as_of);
    }
}

impl<T: Transport + Clone> Client<T> {
    /// What is owed, per currency.
    pub async fn balance(&self) -> Result<Balance, ApiError> {
        self.get_dated("/balance").await
    }

    /// A page of the entries that make up one of its figures.
    pub async fn figure_entries(&self, query: &FigureQuery) -> Result<Page<FigureEntry>, ApiError> {
        let path = Query::default()
            .with("figure", Some(query.figure.as_str()))
            .with("currency", Some(query.currency))
            .with("cursor", query.cursor.as_ref().map(|cursor| &cursor.0))
            .with("limit", query.limit)
            .on("/balance/entries");
        self.get(&path).await
    }

    /// Uses credit where it covers everything that could be paid.
    pub async fn apply_credit(
        &self,
        key: &str,
        request: &ApplyCredit,
    ) -> Result<Balance, ApiError> {
        self.post_once("/balance/credit", key, request).await
    }
}
