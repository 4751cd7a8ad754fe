//! Cancelling an event, and what that costs.

use api_types::{CustomerId, EventId, EventStatus, Money, PaymentId, PaymentKind, PaymentStatus};

use super::change::{cancel_terms, row};
use super::error::BookingError;
use super::holds::become_of;
use crate::db::payments::{self, NewPayment};
use crate::db::{DbError, Terms, WriteTx, stored};

/// How the account is charged, where it is.
#[derive(Clone, Debug)]
pub struct Charge {
    /// The id of the purchase.
    pub payment: PaymentId,
    /// What the customer saw that it costs.
    pub told: Option<Money>,
}

/// Cancels an event. Money that was kept for it is credit. What cancelling costs is a purchase on
/// the account, so that credit pays it and the rest is owed.
///
/// # Errors
/// [`BookingError::NotFound`] if the customer has no such event, [`BookingError::NotChangeable`] if
/// it cannot be cancelled now, [`BookingError::TermsChanged`] if that costs something else than the
/// customer saw, [`BookingError::Broken`] if the database fails or a stored value cannot be read.
pub async fn cancel(
    tx: &WriteTx,
    customer: &CustomerId,
    id: &EventId,
    charge: &Charge,
    describe: impl FnOnce(&str) -> String,
    terms: &Terms,
) -> Result<(), BookingError> {
    let known = row(tx, customer, id).await?;
    let found = cancel_terms(tx, &known, terms).await?;
    if !found.allowed {
        return Err(BookingError::NotChangeable);
    }
    if found.charge != charge.told {
        return Err(BookingError::TermsChanged);
    }
    become_of(tx, id, EventStatus::Cancelled, terms.now).await?;
    if let Some(costs) = found.charge {
        let description = describe(&known.title);
        let purchase = purchase(&charge.payment, customer, costs, description, terms)?;
        payments::insert(tx, &purchase).await?;
    }
    Ok(())
}

fn purchase(
    id: &PaymentId,
    customer: &CustomerId,
    costs: Money,
    description: String,
    terms: &Terms,
) -> Result<NewPayment, DbError> {
    Ok(NewPayment {
        id: id.clone(),
        customer: customer.clone(),
        kind: PaymentKind::Purchase,
        created_at: terms.now,
        completed_at: Some(terms.now),
        total: costs.negated().map_err(|_| stored::too_large())?,
        surcharge: Money::zero(costs.currency()),
        status: PaymentStatus::Completed,
        description,
        method: None,
        paid_by: None,
        reference: None,
        refund_of: None,
        failure: None,
        checkout: None,
        provider: None,
    })
}
