//! Credit notes, and the invoices that replace others.

use api_types::DocumentState;

use super::Store;
use super::put::Place;
use crate::db::DbError;
use crate::db::credit_notes::{self, NewCreditNote};
use crate::db::invoices::{self, NewInvoice};
use crate::import::credit_notes::NewCredit;
use crate::import::table::Found;

impl Store<'_> {
    /// Writes credit notes. What has been paid beyond what is left of an invoice is credit.
    ///
    /// # Errors
    /// [`DbError`] if the database fails. What is wrong with a row is noted as a fault and is no
    /// error.
    pub async fn credit_notes(&mut self, rows: &[Found<NewCredit>]) -> Result<(), DbError> {
        for Found { line, row } in rows {
            let place = Place {
                file: "credit_notes.csv",
                line: *line,
                what: "credit note",
                id: row.id.as_str(),
            };
            self.credit_note(&place, row).await?;
        }
        Ok(())
    }

    async fn credit_note(&mut self, place: &Place<'_>, row: &NewCredit) -> Result<(), DbError> {
        let invoice = &row.invoice;
        let known = credit_notes::owner(self.tx, &row.id).await?;
        if known.is_some() && !self.may_change(place) {
            return Ok(());
        }
        if let Some((was, _)) = &known
            && was != invoice
        {
            let message = format!("credit note {} is against {was}, and stays so", row.id);
            self.fault(place, "invoice", message);
            return Ok(());
        }
        if self.is_refused("invoice", invoice.as_str()) {
            self.refuse(place);
            return Ok(());
        }
        let Some((customer, currency)) = invoices::owner(self.tx, invoice).await? else {
            let message = format!("there is no invoice {invoice}; add a row to invoices.csv");
            self.fault(place, "invoice", message);
            return Ok(());
        };
        if invoices::document(self.tx, invoice).await? != Some(DocumentState::Open) {
            let message = format!(
                "invoice {invoice} is void or replaced, and there is nothing to take back of it"
            );
            self.fault(place, "invoice", message);
            return Ok(());
        }
        let (net, tax) = match row.amounts(currency) {
            Ok(amounts) => amounts,
            Err((column, message)) => {
                self.fault(place, column, message);
                return Ok(());
            }
        };
        let new = NewCreditNote {
            id: row.id.clone(),
            invoice: invoice.clone(),
            number: row.number.clone(),
            issued_on: row.issued_on,
            issued_at: row.issued_at,
            reason: row.reason.clone(),
            net,
            tax,
        };
        let outcome = credit_notes::put(self.tx, &new, self.now).await;
        self.record_written(place, "credit notes", known.is_some(), outcome)?;
        self.touched.insert(customer);
        Ok(())
    }

    /// Checks that the invoices that replace others are known and of the same customer. It runs
    /// when all are written, since they may come in any order.
    ///
    /// # Errors
    /// [`DbError`] if the database fails. What is wrong with a row is noted as a fault and is no
    /// error.
    pub async fn replacements(&mut self, rows: &[Found<NewInvoice>]) -> Result<(), DbError> {
        for Found { line, row } in rows {
            let Some(by) = &row.replaced_by else { continue };
            if self.is_refused("invoice", row.id.as_str())
                || self.is_refused("invoice", by.as_str())
            {
                continue;
            }
            let owner = invoices::owner(self.tx, by).await?;
            if owner.is_none_or(|(customer, _)| customer != row.customer) {
                let place = Place {
                    file: "invoices.csv",
                    line: *line,
                    what: "invoice",
                    id: row.id.as_str(),
                };
                let message = format!("customer {} has no invoice {by}", row.customer);
                self.fault(&place, "replaced_by", message);
            }
        }
        Ok(())
    }
}
