//! Rows of payments.csv whose money the payment provider has reported already: the portal has
//! booked it, and the row's id is another id of that payment from then on.

use api_types::PaymentId;

use super::Store;
use super::put::Place;
use crate::db::payments::{self, KeyedPayment, NewPayment};
use crate::db::reviews::{self, ReviewKind};
use crate::db::{DbError, attempts};

impl Store<'_> {
    /// The payment that a row means by an id. The portal may have stored the same money under
    /// another id.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub async fn resolve_alias(&self, id: &PaymentId) -> Result<PaymentId, DbError> {
        let other = payments::by_alias(self.tx, id).await?;
        Ok(other.unwrap_or_else(|| id.clone()))
    }

    /// The row, with the payment that it gives back named by the portal's own id.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub async fn with_resolved_refund(&self, row: &NewPayment) -> Result<NewPayment, DbError> {
        let mut row = row.clone();
        if let Some(given_back) = &row.refund_of {
            row.refund_of = Some(self.resolve_alias(given_back).await?);
        }
        Ok(row)
    }

    /// Has the provider read again about a payment whose row differed from what the provider said,
    /// now that the row has been changed. Nothing else makes the backend read that again.
    ///
    /// # Errors
    /// [`DbError`] if the database fails.
    pub async fn read_what_differed(&self, row: &PaymentId) -> Result<(), DbError> {
        for review in reviews::of_payment(self.tx, row).await? {
            if review.found.kind == ReviewKind::ImportDiffers
                && let Some(attempt) = &review.found.attempt
            {
                attempts::read_next_at(self.tx, attempt, self.now).await?;
            }
        }
        Ok(())
    }

    /// Whether the provider has reported a row's money already, so that there is nothing to write.
    /// A row that does not fit what was reported is noted as a fault.
    ///
    /// # Errors
    /// [`DbError`] if the database fails. What is wrong with a row is noted as a fault and is no
    /// error.
    pub async fn join_by_provider(
        &mut self,
        place: &Place<'_>,
        row: &NewPayment,
    ) -> Result<bool, DbError> {
        let alias_of = payments::by_alias(self.tx, &row.id).await?;
        let told = match &row.provider {
            Some(provider) => payments::find_by_provider(self.tx, provider).await?,
            None => None,
        };
        if let Some(told) = &told
            && told.id == row.id
            && !told.only_imported
            && is_same(told, row)
        {
            // It came before the provider told of it, and only the provider changes it now.
            if self.may_change(place) {
                self.count("payments", true);
            }
            return Ok(true);
        }
        let Some(told) = told.filter(|told| told.id != row.id) else {
            let Some(other) = alias_of else {
                return Ok(false);
            };
            let message = format!(
                "the payment provider told it as payment {other}; give its gateway and \
                 provider_id, or take the row out"
            );
            self.fault(place, "provider_id", message);
            return Ok(true);
        };
        let other = &told.id;
        if told.only_imported {
            let message =
                format!("payment {other} has it; one row stands for one movement of money");
            self.fault(place, "provider_id", message);
        } else if !is_same(&told, row) {
            let mut message = format!(
                "the payment provider told it as a {} of {:?} of customer {}",
                told.kind.as_str(),
                told.total,
                told.customer
            );
            if told.surcharge.is_positive() {
                let price = format!(", {:?} of it for the way to pay", told.surcharge);
                message.push_str(&price);
            }
            self.fault(place, "provider_id", message);
        } else if alias_of.is_some() {
            if self.may_change(place) {
                self.count("payments", true);
            }
        } else if payments::owner(self.tx, &row.id).await?.is_some() {
            let message = format!(
                "payment {} is known, and the payment provider told the same money as payment \
                 {other}; make the row cancelled without a provider_id, so that it counts once",
                row.id
            );
            self.fault(place, "provider_id", message);
        } else {
            payments::add_alias(self.tx, &row.id, other).await?;
            self.count("payments", true);
        }
        Ok(true)
    }
}

/// Whether a row is the money that the provider has reported. A row need not say the price of the
/// way to pay, which the portal knows.
fn is_same(told: &KeyedPayment, row: &NewPayment) -> bool {
    (told.kind, &told.customer, told.total) == (row.kind, &row.customer, row.total)
        && (row.surcharge.is_zero() || row.surcharge == told.surcharge)
}
