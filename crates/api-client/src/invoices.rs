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
    /// A page of invoices.
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

    /// One invoice.
    pub async fn invoice(&self, id: &InvoiceId) -> Result<Invoice, ApiError> {
        self.get_dated(&format!("/invoices/{id}")).await
    }

    /// The invoice as a PDF.
    pub async fn invoice_pdf(&self, id: &InvoiceId) -> Result<Chunks, ApiError> {
        self.file(&format!("/invoices/{id}/pdf")).await
    }

    /// The lines of the invoice as CSV.
    ///
    /// # Errors
    ///
    /// [`ApiError`] where it cannot be had.
    pub async fn invoice_csv(&self, id: &InvoiceId) -> Result<Chunks, ApiError> {
        self.file(&format!("/invoices/{id}/csv")).await
    }
}
