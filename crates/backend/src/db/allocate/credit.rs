//! Credit pays: what completed money pays for nothing yet and is held for nothing.

use std::collections::{BTreeMap, VecDeque};

use api_types::{Currency, CustomerId, InvoiceId, Money, PaymentId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::room::left_of;
use super::to_invoice;
use crate::db::entities::payments::{Column, Entity, Model};
use crate::db::{DbError, WriteTx, stored};

/// Which payments have something left: the words of the index that holds only these.
const FREE: &str = "status = 'completed' AND total_minor <> allocated_minor + surcharge_minor";

/// Lets credit pay for invoices, in the order given, each up to its amount, with the oldest money
/// first. Uses at most `at_most`, never more than the account has, and nothing of what is held for
/// events. Returns how much was used.
///
/// # Errors
/// [`DbError::Refused`] if an invoice does not exist, is another customer's or is in another
/// currency than `at_most`, [`DbError::Unreadable`] if a stored value cannot be read,
/// [`DbError::TooLarge`] if a sum of amounts is beyond its bound; otherwise as the database fails.
pub async fn use_credit(
    tx: &WriteTx,
    customer: &CustomerId,
    items: &[(InvoiceId, Money)],
    at_most: Money,
    at: Timestamp,
) -> Result<Money, DbError> {
    let currency = at_most.currency();
    let rows = rows_left(tx, customer, currency).await?;
    // Purchases lower the credit without being allocated, so single payments may have
    // more left than the account has.
    let credit = stored::sum(rows.iter().map(left_of))?;
    let usable = at_most.minor().min(credit).max(0);
    let mut left = usable;
    let mut purse = purse(&rows)?;
    for (invoice, amount) in items {
        let mut wanted = amount.minor().min(left);
        while wanted > 0
            && let Some((payment, free)) = purse.front_mut()
        {
            let part = Money::from_minor(wanted.min(*free), currency);
            let taken = to_invoice(tx, payment, invoice, part, at).await?.minor();
            (*free, wanted, left) = (*free - taken, wanted - taken, left - taken);
            if *free == 0 {
                purse.pop_front();
            }
            if taken < part.minor() {
                // The invoice takes no more; the next one may.
                break;
            }
        }
    }
    Ok(Money::from_minor(usable - left, currency))
}

/// What each payment can pay with in minor units, the oldest first: what it has left, less what
/// went back of it.
fn purse(rows: &[Model]) -> Result<VecDeque<(PaymentId, i64)>, DbError> {
    let mut went_back: BTreeMap<&str, i64> = BTreeMap::new();
    for row in rows {
        if let Some(payment) = &row.refund_of {
            *went_back.entry(payment).or_default() += left_of(row);
        }
    }
    let mut purse = VecDeque::new();
    for row in rows {
        let left = left_of(row) + went_back.get(row.id.as_str()).copied().unwrap_or_default();
        if left > 0 {
            purse.push_back((stored::parse(&row.id)?, left));
        }
    }
    Ok(purse)
}

/// The completed payments, purchases and refunds that are not wholly allocated, the oldest
/// first.
async fn rows_left(
    tx: &WriteTx,
    customer: &CustomerId,
    currency: Currency,
) -> Result<Vec<Model>, DbError> {
    Ok(Entity::find()
        .filter(Column::CustomerId.eq(customer.as_str()))
        .filter(Column::Currency.eq(currency.code()))
        .filter(Expr::cust(FREE))
        .order_by_asc(Column::CompletedAt)
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?)
}
