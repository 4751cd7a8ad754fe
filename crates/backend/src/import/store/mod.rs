//! Writes what the files hold, checked against what is known already. It runs within one
//! transaction, which is given up if any fault is noted.

mod account;
mod allocations;
mod calendar;
mod credit_notes;
mod provider_join;
mod put;
mod refunds;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use api_types::{CustomerId, Day, InvoiceId, Timestamp};

use super::fault::{Fault, Faults};
use super::files::Files;
use crate::db::{DbError, WriteTx, customers};

/// How many rows of a file were new and how many changed what was known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// New ones.
    pub added: usize,
    /// Known ones that were changed.
    pub changed: usize,
}

/// What an import did, by file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The counts by what they count, as in `invoices`.
    pub counts: BTreeMap<&'static str, Count>,
    /// What is imported, and is not going to look as it should.
    pub warnings: Vec<Fault>,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, Count { added, changed }) in &self.counts {
            writeln!(f, "{what}: {added} added, {changed} changed")?;
        }
        Ok(())
    }
}

/// A writing import.
struct Store<'a> {
    tx: &'a WriteTx,
    /// Whether known ids are changed; otherwise they are faults.
    update: bool,
    now: Timestamp,
    /// By the portal's zone.
    today: Day,
    faults: &'a mut Faults,
    /// Whose accounts have changed.
    touched: BTreeSet<CustomerId>,
    /// What has a fault and so is not as its file says, by what it is and its id. Rows that refer
    /// to it are left out without a fault of their own: nothing is known to be wrong with them.
    refused: BTreeSet<(&'static str, String)>,
    /// What this import gave to invoices beyond what their credit notes leave of them, in
    /// minor units.
    beyond: BTreeMap<InvoiceId, i64>,
    summary: Summary,
}

/// Writes everything, each row after those that it refers to, and raises the version of every
/// customer whose account has changed.
///
/// # Errors
/// [`DbError`] if the database fails. What is wrong with a row is noted in `faults` and is no
/// error, so the caller has to check them before it commits.
pub async fn store(
    tx: &WriteTx,
    files: &Files,
    update: bool,
    (now, today): (Timestamp, Day),
    faults: &mut Faults,
) -> Result<Summary, DbError> {
    let mut store = Store {
        tx,
        update,
        now,
        today,
        faults,
        touched: BTreeSet::new(),
        refused: BTreeSet::new(),
        beyond: BTreeMap::new(),
        summary: Summary::default(),
    };
    store.customers(&files.customers).await?;
    // Money is taken from its old places before anything else, so that changed invoices and
    // payments are held against their new places only.
    store.release(&files.allocations).await?;
    store.invoices(&files.invoices).await?;
    store.replacements(&files.invoices).await?;
    store.check_numbers(&files.invoices).await?;
    store.credit_notes(&files.credit_notes).await?;
    store.payments(&files.payments).await?;
    store.events(&files.events).await?;
    store.event_links(&files.event_links).await?;
    store.offers(&files.offers).await?;
    store.closures(&files.closures).await?;
    store.allocations(&files.allocations).await?;
    for customer in &store.touched {
        customers::touch(tx, customer).await?;
    }
    Ok(store.summary)
}

impl Store<'_> {
    fn count(&mut self, what: &'static str, known: bool) {
        let count = self.summary.counts.entry(what).or_default();
        if known {
            count.changed += 1;
        } else {
            count.added += 1;
        }
    }
}
