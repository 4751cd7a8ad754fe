//! A statement: in each currency the opening balance, the entries of the history for its
//! days, the oldest first, and the closing balance.

use std::collections::VecDeque;

use api_types::{
    CustomerId, Day, EntryKind, HistoryEntry, HistoryQuery, Money, Statement, StatementQuery,
    StatementSums,
};
use words::{Catalogue, Text, key};

use super::writer::{Cell, row};
use super::{BYTE_ORDER_MARK, ROWS_AT_ONCE};
use crate::db::{DbError, ReadTx, Terms, history};

/// What is still to be written.
pub(super) struct Rest {
    customer: CustomerId,
    query: StatementQuery,
    currencies: VecDeque<StatementSums>,
    /// The currency that is being written.
    open: Option<(StatementSums, history::All)>,
    has_head: bool,
}

impl Rest {
    /// Reads the sums of a statement.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if a sum of
    /// amounts is beyond its bound; otherwise as the database fails.
    pub(super) async fn begin(
        tx: &ReadTx,
        customer: &CustomerId,
        query: &StatementQuery,
        terms: &Terms,
    ) -> Result<Self, DbError> {
        let found = history::statement(tx, customer, query, terms).await?;
        let currencies = found.map(|Statement { currencies, .. }| currencies);
        Ok(Self {
            customer: customer.clone(),
            query: query.clone(),
            currencies: currencies.unwrap_or_default().into(),
            open: None,
            has_head: false,
        })
    }

    /// Writes the next rows; `None` at the end.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] if a stored value cannot be read, or a day has no beginning or end
    /// in the portal's zone; otherwise as the database fails.
    pub(super) async fn next(
        &mut self,
        tx: &ReadTx,
        words: &Catalogue,
        terms: &Terms,
    ) -> Result<Option<String>, DbError> {
        let mut part = String::new();
        if !self.has_head {
            self.has_head = true;
            part.push_str(BYTE_ORDER_MARK);
            row(&mut part, &head(words, terms));
        }
        if self.open.is_none()
            && let Some(sums) = self.currencies.pop_front()
        {
            let opening = words.get(key::statement::OPENING);
            row(&mut part, &balance(self.query.from, opening, sums.opening));
            self.open = Some((sums.clone(), self.entries(&sums, terms)?));
        }
        if let Some((sums, entries)) = &mut self.open {
            let rows = entries.next(tx, ROWS_AT_ONCE, terms).await?;
            for entry in &rows {
                row(&mut part, &cells(entry, words, terms));
            }
            if rows.is_empty() {
                let closing = words.get(key::statement::CLOSING);
                row(&mut part, &balance(self.query.to, closing, sums.closing));
                self.open = None;
            }
        }
        Ok(Some(part).filter(|part| !part.is_empty()))
    }

    fn entries(&self, of: &StatementSums, terms: &Terms) -> Result<history::All, DbError> {
        let query = HistoryQuery {
            from: Some(self.query.from),
            to: Some(self.query.to),
            currency: Some(of.currency),
            ..HistoryQuery::default()
        };
        history::All::of(&self.customer, &query, terms)
    }
}

fn head(words: &Catalogue, terms: &Terms) -> [Cell; 7] {
    let zone = terms.zone_name.as_str();
    [
        Cell::text(words.fill(key::csv::DATE_TIME, [("zone", zone)])),
        Cell::text(words.get(key::csv::KIND)),
        Cell::text(words.get(key::csv::NUMBER)),
        Cell::text(words.get(key::csv::DESCRIPTION)),
        Cell::text(words.get(key::csv::AMOUNT)),
        Cell::text(words.get(key::csv::BALANCE)),
        Cell::text(words.get(key::csv::CURRENCY)),
    ]
}

fn balance(on: Day, what: String, balance: Money) -> [Cell; 7] {
    [
        Cell::Number(on.to_string()),
        Cell::Text(what),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::amount(balance),
        Cell::text(balance.currency().code()),
    ]
}

fn cells(entry: &HistoryEntry, words: &Catalogue, terms: &Terms) -> [Cell; 7] {
    [
        Cell::instant(entry.at, terms),
        Cell::text(words.get(kind(entry.kind))),
        entry.number.as_deref().map_or(Cell::Empty, Cell::text),
        Cell::text(&entry.description),
        Cell::amount(entry.amount),
        Cell::amount(entry.balance),
        Cell::text(entry.amount.currency().code()),
    ]
}

fn kind(kind: EntryKind) -> Text {
    match kind {
        EntryKind::Invoice => key::history::KIND_INVOICE,
        EntryKind::Payment => key::history::KIND_PAYMENT,
        EntryKind::Refund => key::history::KIND_REFUND,
        EntryKind::CreditNote => key::history::KIND_CREDIT_NOTE,
        EntryKind::Purchase => key::history::KIND_PURCHASE,
        EntryKind::Surcharge => key::history::KIND_SURCHARGE,
        EntryKind::Adjustment => key::history::KIND_ADJUSTMENT,
        _ => key::history::KIND_UNKNOWN,
    }
}
