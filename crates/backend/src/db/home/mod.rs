//! What stands on the first screen besides the balance, from one snapshot.

mod services;
mod to_do;

use api_types::{CustomerId, Home};

use crate::db::{DbError, ReadTx, Terms, customers, stored};

/// The customer's first screen.
///
/// # Errors
/// [`DbError::Unreadable`] if there is no such customer or a stored value cannot be read,
/// [`DbError::TooLarge`] if a sum of amounts or a count is beyond its bound; otherwise as the
/// database fails.
pub async fn read(tx: &ReadTx, customer: &CustomerId, terms: &Terms) -> Result<Home, DbError> {
    let services = services::of(tx, customer, terms).await?;
    let count = |each: fn(&api_types::ServiceOverview) -> u32| {
        let counts = services.iter().map(|service| i64::from(each(service)));
        u32::try_from(stored::sum(counts)?).map_err(|_| stored::too_large())
    };
    let (to_do, to_do_count) = to_do::of(tx, customer, terms).await?;
    Ok(Home {
        next_event: crate::db::events::next(tx, customer, terms).await?,
        attended: count(|service| service.attended)?,
        upcoming: count(|service| service.upcoming)?,
        to_do,
        to_do_count,
        services,
        as_of: terms.now,
        version: customers::version(tx, customer).await?,
    })
}
