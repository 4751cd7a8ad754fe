//! Credit that covers everything that could be paid is used without a checkout.

use api_types::{CheckoutId, CustomerId, Money};

use super::{figures, quote};
use crate::db::{DbError, Terms, WriteTx, allocate, customers, locks};

/// Why credit was not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCovered {
    /// A checkout of the customer's holds something in the currency, or the credit itself.
    CheckoutOpen(CheckoutId),
    /// The credit is not what was on screen.
    CreditChanged,
    /// The credit does not cover what could be paid, or nothing could be.
    NotEnough,
}

/// Lets the credit pay for everything that could be paid in its currency, the first due
/// first, and raises the customer's version. `displayed` is the credit that was on screen.
///
/// # Errors
/// [`DbError::Unreadable`] if there is no such customer or a stored value cannot be read,
/// [`DbError::TooLarge`] if a sum of amounts is beyond its bound; otherwise as the database fails.
/// The inner [`NotCovered`] says why the credit was not used.
pub async fn cover(
    tx: &WriteTx,
    customer: &CustomerId,
    displayed: Money,
    terms: &Terms,
) -> Result<Result<(), NotCovered>, DbError> {
    let currency = displayed.currency();
    let open = locks::by_currency(tx, customer).await?.remove(&currency);
    if let Some(checkout) = open {
        return Ok(Err(NotCovered::CheckoutOpen(checkout)));
    }
    let mut all = figures::all(tx, customer, terms.today).await?;
    let figures = all.remove(&currency).unwrap_or_default();
    if figures.credit()? != displayed.minor() {
        return Ok(Err(NotCovered::CreditChanged));
    }
    if !figures.credit_covers() {
        return Ok(Err(NotCovered::NotEnough));
    }
    let quote = quote(tx, customer, currency, terms.today).await?;
    let items: Vec<_> = quote
        .items
        .into_iter()
        .map(|item| (item.invoice, item.amount))
        .collect();
    allocate::use_credit(tx, customer, &items, quote.credit, terms.now).await?;
    customers::touch(tx, customer).await?;
    Ok(Ok(()))
}
