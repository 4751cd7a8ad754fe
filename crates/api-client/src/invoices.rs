//! Invoices.

use api_types::{Invoice, InvoiceId, InvoiceQuery, InvoiceSummary, Page, Timestamp};

use crate::client::Renewable;
use crate::query::Query;
use crate::{ApiError, Chunks, Client, Transport};

impl Renewable for Invoice {
    fn renew(&mut self, as_of: Timestamp) {
        self.as_of = self.as_of.max(as_of);
    }
}

impl<T: Transport + Clone> Client<T> {
    /// Reads a page of invoices.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `invalid` if it
    /// cannot read the query, e.g. its cursor.
    pub async fn invoices(&self, query: &InvoiceQuery) -> Result<Page<InvoiceSummary>, ApiError> {
        let path = Query::default()
            .with("state", query.state.map(|state| state.as_str()))
            .with("search", query.search.as_ref())
            .with("currency", query.currency)
            .with("service", query.service.as_ref())
            .with("from", query.from)
            .with("to", query.to)
            .with("sort", query.sort.map(|sort| sort.as_str()))
            .with("cursor", query.cursor.as_ref().map(|cursor| &cursor.0))
            .with("limit", query.limit)
            .on("/invoices");
        self.get(&path).await
    }

    /// Reads one invoice.
    ///
    /// # Errors
    /// The request fails, or the server refuses it (see [`ApiError`]). It answers `not_found` if
    /// the account has no such invoice.
    pub async fn invoice(&self, id: &InvoiceId) -> Result<Invoice, ApiError> {
        self.get_dated(&format!("/invoices/{id}")).await
    }

    /// Opens the invoice as a PDF.
    ///
    /// # Errors
    /// The request fails, or the server refuses it before the file begins (see [`ApiError`]). It
    /// answers `not_found` if the account has no such invoice. If the reading breaks off later, an
    /// item of [`Chunks`] says so.
    pub async fn invoice_pdf(&self, id: &InvoiceId) -> Result<Chunks, ApiError> {
        self.file(&format!("/invoices/{id}/pdf")).await
    }

    /// Opens the lines of the invoice as CSV.
    ///
    /// # Errors
    /// The request fails, or the server refuses it before the file begins (see [`ApiError`]). It
    /// answers `not_found` if the account has no such invoice. If the reading breaks off later, an
    /// item of [`Chunks`] says so.
    pub async fn invoice_csv(&self, id: &InvoiceId) -> Result<Chunks, ApiError> {
        self.file(&format!("/invoices/{id}/csv")).await
    }
}
