//! Imports a provider's data from a folder of CSV files: all of it, or with any fault none.
//! docs/import.md says what the files hold.
//!
//! Everything is read and checked by itself first; then one transaction checks the rows
//! against what is known already and writes them. Faults are collected on the way, so that
//! whoever made the files sees many at once.

mod allocations;
mod cells;
mod closures;
mod credit_notes;
mod csv;
mod customers;
mod event_links;
mod events;
mod fault;
mod files;
mod invoices;
mod lines;
mod offers;
mod payments;
mod prices;
mod separator;
mod shift;
mod store;
mod table;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::Path;

use api_types::Day;
use documents::Fonts;
use jiff::tz::TimeZone;

use crate::clock::Clock;
use crate::db::{Db, DbError, TransactionError};
use fault::Faults;
use files::Files;
use shift::Shift;

pub use fault::{Fault, MOST as MOST_WARNINGS};
pub use store::{Count, Summary};

/// How to import.
#[derive(Clone, Debug)]
pub struct Options {
    /// Rows with known ids change what is known; otherwise they are faults.
    pub update: bool,
    /// Moves every date by the whole days from this day to today: for samples, never for
    /// real data.
    pub anchor: Option<Day>,
    /// The portal's zone: its clock is meant where a file gives a time without an offset.
    pub zone: TimeZone,
    /// Tells today.
    pub clock: Clock,
    /// What the gateways of the settings are called: no other one reports money.
    pub gateways: Vec<String>,
    /// The fonts of the documents: what they cannot write is a warning.
    pub fonts: Fonts,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum ImportError {
    /// What is wrong with the files.
    Faults {
        /// In the order in which they were found.
        faults: Vec<Fault>,
        /// Whether reading stopped before the end because there were so many.
        stopped: bool,
    },
    /// The database failed.
    Database(DbError),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faults { faults, stopped } => {
                for fault in faults {
                    writeln!(f, "{fault}")?;
                }
                if *stopped {
                    writeln!(f, "Reading stopped here; there may be more.")?;
                }
                f.write_str("Nothing was imported.")
            }
            Self::Database(error) => write!(f, "{error}. Nothing was imported."),
        }
    }
}

impl std::error::Error for ImportError {}

impl From<DbError> for ImportError {
    fn from(error: DbError) -> Self {
        Self::Database(error)
    }
}

impl TransactionError for ImportError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Database(error) if error.is_conflict())
    }
}

/// Imports the files of a folder in one transaction. Warnings are in the summary.
///
/// # Errors
///
/// [`ImportError`] where anything is wrong with the files, or the database fails; nothing is
/// imported then.
pub async fn import(db: &Db, folder: &Path, options: &Options) -> Result<Summary, ImportError> {
    let today = options.clock.today(&options.zone);
    let shift = options
        .anchor
        .map_or(Shift::NONE, |anchor| Shift::between(anchor, today));
    let mut faults = Faults::with_fonts(&options.fonts);
    let files = Files::read(folder, shift, options, &mut faults);
    let warnings = faults.take_warnings();
    faults.refuse_any()?;
    let mut summary = db
        .write(async |tx| {
            let mut faults = Faults::default();
            let now = (options.clock.now(), today);
            let summary = store::store(tx, &files, options.update, now, &mut faults).await?;
            faults.refuse_any()?;
            Ok::<_, ImportError>(summary)
        })
        .await?;
    summary.warnings = warnings;
    Ok(summary)
}
