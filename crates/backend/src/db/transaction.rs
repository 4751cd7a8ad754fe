//! Transactions: what is read in one snapshot, and what is written in one piece.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

use api_types::{Currency, CustomerId};
use sea_orm::DatabaseTransaction;

/// One snapshot of the database: everything read through it is of one moment.
pub struct ReadTx {
    pub(super) inner: DatabaseTransaction,
}

/// One transaction that writes. It reads as a [`ReadTx`] does, and sees what it wrote.
pub struct WriteTx {
    pub(super) reads: ReadTx,
    pub(super) stale_balances: StaleBalances,
}

impl ReadTx {
    /// The connection, for this module's own queries.
    pub(in crate::db) fn conn(&self) -> &DatabaseTransaction {
        &self.inner
    }
}

impl Deref for WriteTx {
    type Target = ReadTx;

    fn deref(&self) -> &ReadTx {
        &self.reads
    }
}

/// The running balances that a transaction's entries have moved: by customer and currency, the
/// instant, in milliseconds since 1970, from which they have to be computed anew.
#[derive(Debug, Default)]
pub(super) struct StaleBalances(Mutex<BTreeMap<(String, String), i64>>);

impl StaleBalances {
    /// Marks the balances of an account from an instant on.
    pub(super) fn mark(&self, customer: &CustomerId, currency: Currency, at: i64) {
        let account = (customer.to_string(), currency.to_string());
        // A panic while it was held cannot have left half an entry in it.
        let mut since = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let first = since.entry(account).or_insert(at);
        *first = at.min(*first);
    }

    /// Takes all that is marked.
    pub(super) fn take(&self) -> BTreeMap<(String, String), i64> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
