//! Allocations: which payment pays for which invoice.

use std::collections::BTreeSet;

use api_types::{DocumentState, Money, PaymentStatus};

use super::Store;
use super::put::Place;
use crate::db::{DbError, allocate, invoices, payments};
use crate::import::allocations::NewAllocation;
use crate::import::cells;
use crate::import::table::Found;

impl Store<'_> {
    /// With `--update`, the rows of a known payment replace all that it paid for before.
    pub async fn release(&mut self, rows: &[Found<NewAllocation>]) -> Result<(), DbError> {
        if !self.update {
            return Ok(());
        }
        let known: BTreeSet<_> = rows.iter().map(|found| &found.row.payment).collect();
        for payment in known {
            if let Some((customer, _)) = payments::owner(self.tx, payment).await? {
                allocate::release(self.tx, payment).await?;
                self.touched.insert(customer);
            }
        }
        Ok(())
    }

    /// Writes allocations, those of completed money first: pending money takes what is left.
    pub async fn allocations(&mut self, rows: &[Found<NewAllocation>]) -> Result<(), DbError> {
        let mut pending = Vec::new();
        for found in rows {
            match payments::status(self.tx, &found.row.payment).await? {
                Some(PaymentStatus::Pending) => pending.push(found),
                _ => self.allocation(found).await?,
            }
        }
        for found in pending {
            self.allocation(found).await?;
        }
        Ok(())
    }

    async fn allocation(&mut self, found: &Found<NewAllocation>) -> Result<(), DbError> {
        let NewAllocation {
            payment,
            invoice,
            amount,
        } = &found.row;
        let place = Place {
            file: "allocations.csv",
            line: found.line,
            what: "allocation of",
            id: payment.as_str(),
        };
        let Some((customer, currency)) = payments::owner(self.tx, payment).await? else {
            let message = format!("there is no payment {payment}; add a row to payments.csv");
            self.fault(&place, "payment", message);
            return Ok(());
        };
        let Some((other, invoiced_in)) = invoices::owner(self.tx, invoice).await? else {
            let message = format!("there is no invoice {invoice}; add a row to invoices.csv");
            self.fault(&place, "invoice", message);
            return Ok(());
        };
        if customer != other {
            let message = format!("the payment is {customer}'s and the invoice is {other}'s");
            self.fault(&place, "invoice", message);
            return Ok(());
        }
        if currency != invoiced_in {
            let message = format!("the payment is in {currency} and the invoice in {invoiced_in}");
            self.fault(&place, "invoice", message);
            return Ok(());
        }
        match cells::money(amount, currency) {
            Ok(amount) if amount.is_positive() => self.take(found, &place, amount).await?,
            Ok(_) => {
                let message = "it has to be more than zero".to_owned();
                self.fault(&place, "amount", message);
            }
            Err(why) => self.fault(&place, "amount", format!("{why}; here stands \"{amount}\"")),
        }
        self.touched.insert(customer);
        Ok(())
    }

    async fn take(
        &mut self,
        found: &Found<NewAllocation>,
        place: &Place<'_>,
        amount: Money,
    ) -> Result<(), DbError> {
        let NewAllocation {
            payment, invoice, ..
        } = &found.row;
        if allocate::exists(self.tx, payment, invoice).await? {
            let message = format!(
                "payment {payment} pays for invoice {invoice} already; \
                 to replace what it pays for, import with --update"
            );
            self.fault(place, "invoice", message);
            return Ok(());
        }
        let room = allocate::room(self.tx, payment, invoice).await?;
        if room.left.minor() < amount.minor() {
            let why = match payments::status(self.tx, payment).await? {
                Some(PaymentStatus::Cancelled) => "is cancelled, and pays for nothing".to_owned(),
                _ => format!("has only {:?} left", room.left),
            };
            self.fault(place, "amount", format!("payment {payment} {why}"));
        } else if room.open.minor() < amount.minor() {
            let why = match invoices::document(self.tx, invoice).await? {
                Some(DocumentState::Open) => format!("has only {:?} left to pay", room.open),
                _ => "is void or replaced; leave the money unallocated, as credit".to_owned(),
            };
            self.fault(place, "amount", format!("invoice {invoice} {why}"));
        } else {
            allocate::to_invoice(self.tx, payment, invoice, amount).await?;
            self.count("allocations", false);
        }
        Ok(())
    }
}
