//! Payments as the list shows them, one per row.

use api_types::{
    AllocatedTo, CustomerId, MethodKind, PaidBy, Payment, PaymentKind, PaymentQuery, PaymentStatus,
};
use words::{Catalogue, Text, key};

use super::writer::{Cell, row};
use super::{BYTE_ORDER_MARK, ROWS_AT_ONCE};
use crate::db::{DbError, ReadTx, Terms, payments};

/// What is still to be written.
pub(super) struct Rest {
    all: payments::All,
    has_head: bool,
}

impl Rest {
    /// Begins the rows of all payments that a query lists.
    ///
    /// # Errors
    /// [`DbError::CurrencyWanted`] if the order is by total, no currency is given and the account
    /// has several, [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the
    /// database fails.
    pub(super) async fn begin(
        tx: &ReadTx,
        customer: &CustomerId,
        query: &PaymentQuery,
        terms: &Terms,
    ) -> Result<Self, DbError> {
        Ok(Self {
            all: payments::All::of(tx, customer, query, terms).await?,
            has_head: false,
        })
    }

    /// Writes the next rows; `None` at the end.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount
    /// is beyond its bound; otherwise as the database fails.
    pub(super) async fn next(
        &mut self,
        tx: &ReadTx,
        words: &Catalogue,
        terms: &Terms,
    ) -> Result<Option<String>, DbError> {
        let rows = self.all.next(tx, ROWS_AT_ONCE).await?;
        let mut part = String::new();
        if !self.has_head {
            self.has_head = true;
            part.push_str(BYTE_ORDER_MARK);
            row(&mut part, &head(words, terms));
        }
        for payment in &rows {
            row(&mut part, &cells(payment, words, terms));
        }
        Ok(Some(part).filter(|part| !part.is_empty()))
    }
}

fn head(words: &Catalogue, terms: &Terms) -> [Cell; 12] {
    let zone = terms.zone_name.as_str();
    [
        Cell::text(words.fill(key::csv::DATE_TIME, [("zone", zone)])),
        Cell::text(words.get(key::csv::KIND)),
        Cell::text(words.get(key::csv::DESCRIPTION)),
        Cell::text(words.get(key::csv::STATUS)),
        Cell::text(words.get(key::csv::TOTAL)),
        Cell::text(words.get(key::csv::SURCHARGE)),
        Cell::text(words.get(key::csv::CURRENCY)),
        Cell::text(words.get(key::csv::PAID_BY)),
        Cell::text(words.get(key::csv::PAYS_FOR)),
        Cell::text(words.fill(key::csv::STARTED, [("zone", zone)])),
        Cell::text(words.get(key::csv::PAYMENT)),
        Cell::text(words.get(key::csv::REFUNDED)),
    ]
}

fn cells(payment: &Payment, words: &Catalogue, terms: &Terms) -> [Cell; 12] {
    let at = payment.completed_at.unwrap_or(payment.created_at);
    [
        Cell::instant(at, terms),
        Cell::text(words.get(kind(payment.kind))),
        Cell::text(&payment.description),
        Cell::text(words.get(status(payment.status))),
        Cell::amount(payment.total),
        Cell::amount(payment.surcharge),
        Cell::text(payment.total.currency().code()),
        Cell::text(paid_by(payment.method.as_ref(), words)),
        Cell::text(pays_for(payment, words)),
        Cell::instant(payment.created_at, terms),
        Cell::text(payment.id.as_str()),
        Cell::amount(payment.refunded),
    ]
}

fn kind(kind: PaymentKind) -> Text {
    match kind {
        PaymentKind::Purchase => key::csv::KIND_PURCHASE,
        PaymentKind::Refund => key::csv::KIND_REFUND,
        _ => key::csv::KIND_PAYMENT,
    }
}

fn status(status: PaymentStatus) -> Text {
    match status {
        PaymentStatus::Completed => key::payments::STATUS_COMPLETED,
        PaymentStatus::Cancelled => key::payments::STATUS_CANCELLED,
        PaymentStatus::Pending => key::payments::STATUS_PENDING,
        _ => key::payments::STATUS_UNKNOWN,
    }
}

fn paid_by(method: Option<&PaidBy>, words: &Catalogue) -> String {
    let Some(method) = method else {
        return String::new();
    };
    let kind = match method.kind {
        MethodKind::Card => key::checkout::METHOD_CARD,
        MethodKind::Wallet => key::checkout::METHOD_WALLET,
        MethodKind::BankTransfer => key::checkout::METHOD_BANK_TRANSFER,
        _ => key::checkout::METHOD_OTHER,
    };
    let name = method.label.clone().unwrap_or_else(|| words.get(kind));
    match &method.option {
        Some(option) => words.fill(
            key::csv::PAID_BY_OPTION,
            [("method", &name), ("option", option)],
        ),
        None => name,
    }
}

fn pays_for(payment: &Payment, words: &Catalogue) -> String {
    let parts = payment.allocations.iter().map(|part| {
        let what = match &part.to {
            AllocatedTo::Invoice { number, .. } => number,
            AllocatedTo::Event { title, .. } => title,
        };
        let amount = part.amount.amount_text();
        words.fill(key::csv::PART, [("what", what), ("amount", &amount)])
    });
    parts.collect::<Vec<_>>().join("; ")
}
