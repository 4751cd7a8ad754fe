//! Payments.

use api_types::{Page, Payment, PaymentDetail, PaymentId, PaymentQuery, Timestamp};

use crate::client::Renewable;
use crate::query::Query;
use crate::{ApiError, Chunks, Client, Transport};

impl Renewable for PaymentDetail {
    fn renew(&mut self, as_of: Timestamp) {
        self.as_of = self.as_of.max(as_of);
    }
}

impl<T: Transport + Clone> Client<T> {
    /// A page of payments, purchases and refunds.
    pub async fn payments(&self, query: &PaymentQuery) -> Result<Page<Payment>, ApiError> {
        let path = filters(query)
            .with("cursor", query.cursor.as_ref().map(|cursor| &cursor.0))
            .with("limit", query.limit)
            .on("/payments");
        self.get(&path).await
    }

    /// One payment with its story.
    pub async fn payment(&self, id: &PaymentId) -> Result<PaymentDetail, ApiError> {
        self.get_dated(&format!("/payments/{id}")).await
    }

    /// Everything that the query lists, on all its pages, as CSV.
    pub async fn payments_csv(&self, query: &PaymentQuery) -> Result<Chunks, ApiError> {
        self.file(&filters(query).on("/payments/csv")).await
    }

    /// The receipt as a PDF.
    pub async fn receipt_pdf(&self, id: &PaymentId) -> Result<Chunks, ApiError> {
        self.file(&format!("/payments/{id}/receipt")).await
    }
}

fn filters(query: &PaymentQuery) -> Query {
    Query::default()
        .with("status", query.status.map(|status| status.as_str()))
        .with("kind", query.kind.map(|kind| kind.as_str()))
        .with("currency", query.currency)
        .with("search", query.search.as_ref())
        .with("from", query.from)
        .with("to", query.to)
        .with("sort", query.sort.map(|sort| sort.as_str()))
}
