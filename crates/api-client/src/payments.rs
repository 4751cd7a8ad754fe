//! Payments.

use api_types::{Cursor, Page, Payment};

use crate::query::Query;
use crate::{ApiError, Client, Transport};

/// Which payments to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentQuery {
    /// Where the page starts.
    pub cursor: Option<Cursor>,
    /// Rows a page: 50 unless told, at most 200.
    pub limit: Option<u32>,
}

impl<T: Transport + Clone> Client<T> {
    /// A page of payments, the newest first.
    pub async fn payments(&self, query: &PaymentQuery) -> Result<Page<Payment>, ApiError> {
        let path = Query::default()
            .with("cursor", query.cursor.as_ref().map(|cursor| &cursor.0))
            .with("limit", query.limit)
            .on("/payments");
        self.get(&path).await
    }
}
