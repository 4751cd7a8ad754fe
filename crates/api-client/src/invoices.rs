//! Invoices.

use api_types::{Invoice, InvoiceId, InvoiceQuery, InvoiceSummary, Page, Timestamp};

use crate::client::Renewable;
use crate::query::Query;
use crate::{ApiError, Client, Transport};

impl Renewable for Invoice {
    fn renew(&mut self, as_of: Timestamp) {
        self.as_of = self.as_of.max(as_of);
    }
}

impl<T: Transport + Clone> Client<T> {
    /// A page of invoices.
    pub async fn invoices(&self, query: &InvoiceQuery) -> Result<Page<InvoiceSummary>, ApiError> {
        let path = Query::default()
            .with("cursor", query.cursor.as_ref().map(|cursor| &cursor.0))
            .with("outstanding", query.outstanding.then_some("true"))
            .with("limit", query.limit)
            .on("/invoices");
        self.get(&path).await
    }

    /// One invoice.
    pub async fn invoice(&self, id: &InvoiceId) -> Result<Invoice, ApiError> {
        self.get_dated(&format!("/invoices/{id}")).await
    }
}
