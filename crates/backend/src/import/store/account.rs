//! Customers, invoices and payments.

use std::collections::BTreeSet;

use api_types::DocumentState;

use super::Store;
use super::put::{Known, Place};
use super::refunds::PaymentFile;
use crate::db::customers::Customer;
use crate::db::invoices::NewInvoice;
use crate::db::payments::NewPayment;
use crate::db::{DbError, customers, invoices, payments};
use crate::import::table::Found;

impl Store<'_> {
    /// Writes customers.
    ///
    /// # Errors
    /// [`DbError`] if the database fails. What is wrong with a row is noted as a fault and is no
    /// error.
    pub async fn customers(&mut self, rows: &[Found<Customer>]) -> Result<(), DbError> {
        for Found { line, row } in rows {
            let place = Place {
                file: "customers.csv",
                line: *line,
                what: "customer",
                id: row.id.as_str(),
            };
            let known = customers::find(self.tx, &row.id).await?.is_some();
            if known && !self.may_change(&place) {
                continue;
            }
            if let Some(email) = &row.email
                && let Some(other) = customers::credentials(self.tx, email).await?
                && other.customer.id != row.id
            {
                let other = other.customer.id;
                let message = format!("{email} is customer {other}'s; everyone needs their own");
                self.fault(&place, "email", message);
                continue;
            }
            let outcome = customers::put(self.tx, row, self.now).await;
            self.record_written(&place, "customers", known, outcome)?;
            self.touched.insert(row.id.clone());
        }
        Ok(())
    }

    /// Writes invoices with their lines.
    ///
    /// # Errors
    /// [`DbError`] if the database fails. What is wrong with a row is noted as a fault and is no
    /// error.
    pub async fn invoices(&mut self, rows: &[Found<NewInvoice>]) -> Result<(), DbError> {
        for Found { line, row } in rows {
            let place = Place {
                file: "invoices.csv",
                line: *line,
                what: "invoice",
                id: row.id.as_str(),
            };
            let known = invoices::owner(self.tx, &row.id).await?;
            let known = known.map(|(customer, currency)| Known {
                customer,
                currency: Some(currency),
            });
            let currency = Some(row.net.currency());
            if !self
                .may_put(&place, &row.customer, currency, known.as_ref())
                .await?
            {
                continue;
            }
            let outcome = invoices::put(self.tx, row, self.now).await;
            self.record_written(&place, "invoices", known.is_some(), outcome)?;
            self.touched.insert(row.customer.clone());
        }
        Ok(())
    }

    /// Checks that no open invoice has the number of another known one. Those of one file have been
    /// compared with each other before.
    ///
    /// # Errors
    /// [`DbError`] if the database fails. What is wrong with a row is noted as a fault and is no
    /// error.
    pub async fn check_numbers(&mut self, rows: &[Found<NewInvoice>]) -> Result<(), DbError> {
        let here: BTreeSet<_> = rows.iter().map(|found| &found.row.id).collect();
        for Found { line, row } in rows {
            if row.document != DocumentState::Open {
                continue;
            }
            let others = invoices::open_with_number(self.tx, &row.number).await?;
            let other = others.iter().find(|other| !here.contains(other));
            if let Some(other) = other {
                let place = Place {
                    file: "invoices.csv",
                    line: *line,
                    what: "invoice",
                    id: row.id.as_str(),
                };
                let message = format!(
                    "the open invoice {other} has the number {} already; \
                     each open invoice needs its own",
                    row.number
                );
                self.fault(&place, "number", message);
            }
        }
        Ok(())
    }

    /// Writes payments: first those that give nothing back, so that a refund finds its payment.
    ///
    /// # Errors
    /// [`DbError`] if the database fails. What is wrong with a row is noted as a fault and is no
    /// error.
    pub async fn payments(&mut self, rows: &[Found<NewPayment>]) -> Result<(), DbError> {
        let mut file = PaymentFile::of(rows);
        let refunds = |found: &&Found<NewPayment>| found.row.refund_of.is_some();
        let others = rows.iter().filter(|found| !refunds(found));
        for Found { line, row } in others.chain(rows.iter().filter(refunds)) {
            let place = Place {
                file: "payments.csv",
                line: *line,
                what: "payment",
                id: row.id.as_str(),
            };
            let row = &self.with_resolved_refund(row).await?;
            if self.join_by_provider(&place, row).await? {
                continue;
            }
            let known = payments::owner(self.tx, &row.id).await?;
            let known = known.map(|(customer, currency)| Known {
                customer,
                currency: Some(currency),
            });
            let currency = Some(row.total.currency());
            if !self
                .may_put(&place, &row.customer, currency, known.as_ref())
                .await?
            {
                continue;
            }
            if !self.may_refund(&place, row, &file).await? {
                continue;
            }
            let outcome = payments::put(self.tx, row, self.now).await;
            self.record_written(&place, "payments", known.is_some(), outcome)?;
            self.touched.insert(row.customer.clone());
            if self.is_refused(place.what, place.id) {
                continue;
            }
            if known.is_some() {
                self.check_known_refunds(&place, row, &file).await?;
                self.read_what_differed(&row.id).await?;
            }
            file.count(row);
        }
        Ok(())
    }
}
