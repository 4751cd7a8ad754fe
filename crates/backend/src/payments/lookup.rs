//! Finds the attempt or checkout that a request or an answer is about.

use api_types::{AttemptId, CheckoutId, CustomerId};

use super::CheckoutError;
use crate::db::attempts::{self, Attempt};
use crate::db::checkouts::{self, Checkout};
use crate::db::{DbError, ReadTx};

/// Finds an attempt and its checkout.
///
/// # Errors
/// [`DbError::Refused`] if there is no such attempt, [`DbError::Unreadable`] if its checkout is
/// missing or a stored value cannot be read; otherwise as the database fails.
pub(super) async fn find_attempt(
    tx: &ReadTx,
    id: &AttemptId,
) -> Result<(Attempt, Checkout), DbError> {
    let attempt = attempts::find(tx, id).await?;
    let attempt = attempt.ok_or_else(|| DbError::Refused(format!("there is no attempt {id}")))?;
    let checkout = checkouts::find(tx, &attempt.checkout).await?;
    let checkout = checkout
        .ok_or_else(|| DbError::Unreadable(format!("attempt {id} belongs to no checkout")))?;
    Ok((attempt, checkout))
}

/// Finds a customer's own checkout and its current attempt, if it has one.
///
/// # Errors
/// [`CheckoutError::NotFound`] if the customer has no such checkout, [`CheckoutError::Broken`] if
/// the database fails.
pub(super) async fn find_own(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &CheckoutId,
) -> Result<(Checkout, Option<Attempt>), CheckoutError> {
    let checkout = checkouts::find(tx, id).await?;
    let checkout = checkout
        .filter(|checkout| checkout.customer == *customer)
        .ok_or(CheckoutError::NotFound)?;
    let attempt = attempts::of_checkout(tx, id).await?;
    Ok((checkout, attempt))
}
