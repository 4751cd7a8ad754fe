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
    /// Reads a page of payments, purchases and refunds.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `invalid` if it
    /// cannot read the query, e.g. its cursor.
    pub async fn payments(&self, query: &PaymentQuery) -> Result<Page<Payment>, ApiError> {
        let path = filters(query)
            .with("cursor", query.cursor.as_ref().map(|cursor| &cursor.0))
            .with("limit", query.limit)
            .on("/payments");
        self.get(&path).await
    }

    /// Reads one payment with everything that has happened to it.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `not_found` if
    /// the account has no such payment.
    pub async fn payment(&self, id: &PaymentId) -> Result<PaymentDetail, ApiError> {
        self.get_dated(&format!("/payments/{id}")).await
    }

    /// Opens everything that the query lists, on all its pages, as CSV.
    ///
    /// # Errors
    /// The request fails, or the server refuses it before the file begins (see [`ApiError`]). It
    /// answers `invalid` if it cannot read the query. If the reading breaks off later, an item of
    /// [`Chunks`] says so.
    pub async fn payments_csv(&self, query: &PaymentQuery) -> Result<Chunks, ApiError> {
        self.file(&filters(query).on("/payments/csv")).await
    }

    /// Opens the receipt of a payment as a PDF.
    ///
    /// # Errors
    /// The request fails, or the server refuses it before the file begins (see [`ApiError`]). It
    /// answers `not_found` if the account has no such payment, or the payment no receipt. If the
    /// reading breaks off later, an item of [`Chunks`] says so.
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
