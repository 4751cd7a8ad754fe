//! The lines of an invoice, one per row. Figures are plain decimals with the digits that they have
//! in the document, so that a spreadsheet computes with the same figures.

use api_types::{CustomerId, Invoice, InvoiceId, InvoiceLine};
use words::{Catalogue, key};

use super::BYTE_ORDER_MARK;
use super::writer::{Cell, row};
use crate::db::{DbError, ReadTx, Terms, invoices};

/// What is still to be written.
pub(super) struct Rest {
    invoice: Option<Invoice>,
}

impl Rest {
    /// Reads the invoice. If the customer has no such invoice, the file is empty.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
    /// amounts is beyond its bound; otherwise as the database fails.
    pub(super) async fn begin(
        tx: &ReadTx,
        customer: &CustomerId,
        id: &InvoiceId,
        terms: &Terms,
    ) -> Result<Self, DbError> {
        let invoice = invoices::find(tx, customer, id, terms).await?;
        Ok(Self { invoice })
    }

    /// Writes all lines at once, since an invoice has only as many as fit on a document.
    pub(super) fn next(&mut self, words: &Catalogue) -> Option<String> {
        let invoice = self.invoice.take()?;
        let mut part = String::from(BYTE_ORDER_MARK);
        row(&mut part, &head(words));
        for line in &invoice.lines {
            row(&mut part, &cells(line));
        }
        Some(part)
    }
}

fn head(words: &Catalogue) -> [Cell; 7] {
    [
        Cell::text(words.get(key::invoices::LINE_DESCRIPTION)),
        Cell::text(words.get(key::invoices::LINE_QUANTITY)),
        Cell::text(words.get(key::invoices::LINE_UNIT_PRICE)),
        Cell::text(words.get(key::csv::TAX_PERCENT)),
        Cell::text(words.get(key::invoices::LINE_NET)),
        Cell::text(words.get(key::invoices::LINE_TAX)),
        Cell::text(words.get(key::csv::CURRENCY)),
    ]
}

fn cells(line: &InvoiceLine) -> [Cell; 7] {
    [
        Cell::text(&line.description),
        Cell::Number(line.quantity.clone()),
        Cell::Number(line.unit_price.amount_text()),
        Cell::Number(line.tax_percent.clone()),
        Cell::amount(line.net),
        Cell::amount(line.tax),
        Cell::text(line.net.currency().code()),
    ]
}
