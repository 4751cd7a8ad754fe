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
    /// Reads what is owed, per currency.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]).
    pub async fn balance(&self) -> Result<Balance, ApiError> {
        self.get_dated("/balance").await
    }

    /// Reads a page of the entries that make up one figure of the balance.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `invalid` if it
    /// cannot read the query, e.g. its cursor.
    pub async fn figure_entries(&self, query: &FigureQuery) -> Result<Page<FigureEntry>, ApiError> {
        let path = Query::default()
            .with("figure", Some(query.figure.as_str()))
            .with("currency", Some(query.currency))
            .with("cursor", query.cursor.as_ref().map(|cursor| &cursor.0))
            .with("limit", query.limit)
            .on("/balance/entries");
        self.get(&path).await
    }

    /// Pays everything that can be paid with the account's credit, where the credit covers all of
    /// it. The key is made once per intent, so that sending it again after a lost answer applies
    /// the credit only once.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `not_payable` if
    /// the credit does not cover everything, `total_changed` if the credit is not what the request
    /// says, and `checkout_open` if a checkout is open on the balance.
    pub async fn apply_credit(
        &self,
        key: &str,
        request: &ApplyCredit,
    ) -> Result<Balance, ApiError> {
        self.post_once("/balance/credit", key, request).await
    }
}
