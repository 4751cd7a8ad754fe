//! The figures of one invoice and what follows from them, the same for list and document.

use api_types::{
    CheckoutId, Currency, Day, DocumentState, InvoiceMoney, Money, MoneyState, NotPayable, Payable,
};

use crate::db::entities::invoices;
use crate::db::{DbError, Terms, stored};

/// What completed money has not yet paid of an invoice, in minor units.
pub fn remaining(row: &invoices::Model) -> i64 {
    if row.document == DocumentState::Open.as_str() {
        row.total_minor - row.credited_minor - row.paid_minor
    } else {
        0
    }
}

/// An invoice's figures, read.
pub struct Figures<'a> {
    row: &'a invoices::Model,
    /// The currency of all of them.
    pub currency: Currency,
    /// The state of the document.
    pub document: DocumentState,
    /// The last day to pay without being late.
    pub due_on: Day,
}

impl<'a> Figures<'a> {
    /// Reads the figures of a row.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] if the currency or the due day cannot be read.
    pub fn of(row: &'a invoices::Model) -> Result<Self, DbError> {
        Ok(Self {
            row,
            currency: stored::parse(&row.currency)?,
            document: DocumentState::from_word(&row.document),
            due_on: stored::parse(&row.due_on)?,
        })
    }

    fn is_open(&self) -> bool {
        self.document == DocumentState::Open
    }

    fn remaining_minor(&self) -> i64 {
        remaining(self.row)
    }

    fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.currency)
    }

    /// What completed money has not yet paid.
    pub fn remaining(&self) -> Money {
        self.money(self.remaining_minor())
    }

    /// Every figure, as the document shows them.
    pub fn all(&self) -> InvoiceMoney {
        InvoiceMoney {
            net: self.money(self.row.net_minor),
            tax: self.money(self.row.tax_minor),
            total: self.money(self.row.total_minor),
            paid: self.money(self.row.paid_minor),
            credited: self.money(self.row.credited_minor),
            on_its_way: self.money(self.row.pending_minor),
            remaining: self.remaining(),
            refunded: self.money(self.row.refunded_minor),
        }
    }

    /// The state of its money. The filter of the list says the same in the database's words.
    pub fn state(&self) -> MoneyState {
        let settled = self.row.paid_minor + self.row.credited_minor;
        let went_back = self.row.refunded_minor > 0;
        let nothing_stands = self.row.paid_minor == 0;
        if !self.is_open() {
            MoneyState::Unpaid
        } else if self.remaining_minor() == 0 {
            match went_back && nothing_stands {
                true => MoneyState::Refunded,
                false => MoneyState::Paid,
            }
        } else if self.row.pending_minor >= self.remaining_minor() {
            MoneyState::Pending
        } else if went_back && nothing_stands {
            MoneyState::Refunded
        } else if went_back {
            MoneyState::PartRefunded
        } else if settled > 0 {
            MoneyState::PartPaid
        } else {
            MoneyState::Unpaid
        }
    }

    /// Whether its due day has passed and something remains.
    pub fn overdue(&self, today: Day) -> bool {
        self.remaining_minor() > 0 && self.due_on < today
    }

    /// Whether and how much can be paid, given the checkout that holds the invoice.
    ///
    /// # Errors
    /// As [`Terms::least_part`].
    pub fn payable(&self, held_by: Option<&CheckoutId>, terms: &Terms) -> Result<Payable, DbError> {
        let unpaid = (self.remaining_minor() - self.row.pending_minor).max(0);
        let reason = if !self.is_open() {
            Some(NotPayable::Void)
        } else if self.remaining_minor() == 0 {
            Some(NotPayable::Paid)
        } else if unpaid == 0 {
            Some(NotPayable::Pending)
        } else if held_by.is_some() {
            Some(NotPayable::CheckoutOpen)
        } else if !terms.takes(self.currency) {
            Some(NotPayable::NoMethod)
        } else {
            None
        };
        let amount = self.money(unpaid);
        let least = match reason {
            None => terms.least_part(self.money(self.row.total_minor), amount)?,
            Some(_) => None,
        };
        Ok(Payable {
            allowed: reason.is_none(),
            reason,
            amount,
            least,
        })
    }
}
