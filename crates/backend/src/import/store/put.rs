//! What every row with an id is checked for, whatever it is.

use api_types::{Currency, CustomerId};

use super::Store;
use crate::db::{DbError, customers};

/// Where a row stands and what it is called there.
pub struct Place<'a> {
    /// The file.
    pub file: &'static str,
    /// The line in it.
    pub line: usize,
    /// What it is, as in `invoice`.
    pub what: &'static str,
    /// Its id.
    pub id: &'a str,
}

/// Whose a known row is, and in which currency where it has one.
pub struct Known {
    /// Whose.
    pub customer: CustomerId,
    /// In which currency.
    pub currency: Option<Currency>,
}

impl Store<'_> {
    /// Whether a row may be written: its customer is known, and a row that it would change is of
    /// the same customer and currency. What is wrong is noted as a fault.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub async fn may_put(
        &mut self,
        place: &Place<'_>,
        customer: &CustomerId,
        currency: Option<Currency>,
        known: Option<&Known>,
    ) -> Result<bool, DbError> {
        let Place { what, id, .. } = place;
        if customers::find(self.tx, customer).await?.is_none() {
            if self.is_refused("customer", customer.as_str()) {
                self.refuse(place);
                return Ok(false);
            }
            let message = format!("there is no customer {customer}; add a row to customers.csv");
            self.fault(place, "customer", message);
            return Ok(false);
        }
        let Some(known) = known else { return Ok(true) };
        if !self.may_change(place) {
            return Ok(false);
        }
        if known.customer != *customer {
            let theirs = &known.customer;
            let message = format!("{what} {id} is {theirs}'s, and cannot change hands");
            self.fault(place, "customer", message);
            return Ok(false);
        }
        if let (Some(was), Some(is)) = (known.currency, currency)
            && was != is
        {
            let message = format!("{what} {id} is in {was}, and its currency cannot change");
            self.fault(place, "currency", message);
            return Ok(false);
        }
        Ok(true)
    }

    /// Whether a known row may be changed; if not, that is noted.
    pub fn may_change(&mut self, place: &Place<'_>) -> bool {
        let Place { what, id, .. } = place;
        if !self.update {
            let message = format!(
                "{what} {id} is known already; \
                 to change what is known, import with --update, else take the row out"
            );
            // It is there, so what leans on it can be held against it.
            self.faults.in_row(place.file, place.line, "id", message);
        }
        self.update
    }

    /// Counts a row that was written, or notes why it was refused.
    ///
    /// # Errors
    /// The error of `outcome`, unless it is [`DbError::Refused`] or [`DbError::TooLarge`]: those
    /// are noted as faults.
    pub fn record_written(
        &mut self,
        place: &Place<'_>,
        counted_as: &'static str,
        known: bool,
        outcome: Result<(), DbError>,
    ) -> Result<(), DbError> {
        match outcome {
            Ok(()) => self.count(counted_as, known),
            Err(DbError::Refused(why)) => {
                let message = format!("{} {}: {why}", place.what, place.id);
                self.fault(place, "id", message);
            }
            Err(error @ DbError::TooLarge(_)) => {
                let message = format!("{} {}: {error}", place.what, place.id);
                self.fault(place, "id", message);
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Whether a row has a fault, so that rows which refer to it cannot be checked.
    pub fn is_refused(&self, what: &'static str, id: &str) -> bool {
        !self.refused.is_empty() && self.refused.contains(&(what, id.to_owned()))
    }

    /// Leaves out a row that refers to one with a fault.
    pub fn refuse(&mut self, place: &Place<'_>) {
        self.refused.insert((place.what, place.id.to_owned()));
    }

    /// Notes what is wrong with a row.
    pub fn fault(&mut self, place: &Place<'_>, column: &'static str, message: String) {
        self.refuse(place);
        self.faults.in_row(place.file, place.line, column, message);
    }
}
