//! Files for spreadsheets: what a list shows, as CSV by RFC 4180. A few rows are read at a time, so
//! that a file of a million rows needs no more memory than one of a hundred.
//!
//! A file begins with a byte order mark, because without one spreadsheets read UTF-8 in an older
//! encoding. Heads are of the catalogue; amounts are plain decimals, so that they stay numbers.

mod invoice;
mod payments;
mod statement;
mod writer;

use api_types::{CustomerId, InvoiceId, PaymentQuery, StatementQuery};
use words::Catalogue;

use crate::db::{DbError, ReadTx, Terms};

/// The start of every file.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// How many rows are read and written at once.
const ROWS_AT_ONCE: u64 = 500;

/// What a file contains.
#[derive(Clone, Debug)]
pub enum What {
    /// Everything that a query lists.
    Payments(PaymentQuery),
    /// The lines of an invoice; nothing if the customer has no such invoice.
    Invoice(InvoiceId),
    /// The entries of a statement between its opening and closing balances.
    Statement(StatementQuery),
}

/// A file that is being written.
pub struct File {
    words: Catalogue,
    terms: Terms,
    rest: Rest,
}

enum Rest {
    Payments(Box<payments::Rest>),
    Invoice(Box<invoice::Rest>),
    Statement(Box<statement::Rest>),
}

impl File {
    /// Begins a file of a customer.
    ///
    /// # Errors
    /// [`DbError::CurrencyWanted`] if payments are ordered by total, no currency is given and the
    /// account has several, [`DbError::Unreadable`] if a stored value cannot be read,
    /// [`DbError::TooLarge`] if a sum of amounts is beyond its bound; otherwise as the database
    /// fails.
    pub async fn begin(
        tx: &ReadTx,
        customer: &CustomerId,
        what: &What,
        words: Catalogue,
        terms: Terms,
    ) -> Result<Self, DbError> {
        let rest = match what {
            What::Payments(query) => {
                let rest = payments::Rest::begin(tx, customer, query, &terms).await?;
                Rest::Payments(Box::new(rest))
            }
            What::Invoice(id) => {
                let rest = invoice::Rest::begin(tx, customer, id, &terms).await?;
                Rest::Invoice(Box::new(rest))
            }
            What::Statement(query) => {
                let rest = statement::Rest::begin(tx, customer, query, &terms).await?;
                Rest::Statement(Box::new(rest))
            }
        };
        Ok(Self { words, terms, rest })
    }

    /// Writes the next part of the file, at most 500 entries long; `None` at its end. The first
    /// part has the head.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] if a stored value cannot be read, or a day of a statement has no
    /// beginning or end in the portal's zone; [`DbError::TooLarge`] if an amount is beyond its
    /// bound; otherwise as the database fails.
    pub async fn next(&mut self, tx: &ReadTx) -> Result<Option<String>, DbError> {
        let (words, terms) = (&self.words, &self.terms);
        match &mut self.rest {
            Rest::Payments(rest) => rest.next(tx, words, terms).await,
            Rest::Invoice(rest) => Ok(rest.next(words)),
            Rest::Statement(rest) => rest.next(tx, words, terms).await,
        }
    }
}
