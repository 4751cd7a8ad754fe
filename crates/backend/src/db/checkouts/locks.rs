//! Locks: a thing is paid for by one checkout at a time. The database's own
//! unique index is what holds; everything here only asks it.

use api_types::{CheckoutId, Currency, CustomerId, EventId, InvoiceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db::entities::checkout_items;
use crate::db::{DbError, ReadTx, WriteTx, stored};

/// A thing that only one checkout at a time can pay for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lock {
    /// What can be paid of an invoice.
    Invoice(InvoiceId),
    /// What can be paid ahead of an event.
    Event(EventId),
    /// What an account is charged with beyond its credit, in one currency.
    Account(CustomerId, Currency),
    /// The credit of an account in one currency.
    Credit(CustomerId, Currency),
}

impl Lock {
    /// The key that is stored.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Invoice(id) => format!("invoice:{id}"),
            Self::Event(id) => format!("event:{id}"),
            Self::Account(customer, currency) => format!("account:{currency}:{customer}"),
            Self::Credit(customer, currency) => format!("credit:{currency}:{customer}"),
        }
    }
}

/// The first checkout that holds one of some locks.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn holder(tx: &ReadTx, locks: &[Lock]) -> Result<Option<CheckoutId>, DbError> {
    let keys = locks.iter().map(Lock::key);
    let row = checkout_items::Entity::find()
        .filter(checkout_items::Column::Locked.eq(true))
        .filter(checkout_items::Column::ItemKey.is_in(keys))
        .order_by_asc(checkout_items::Column::CheckoutId)
        .one(tx.conn())
        .await?;
    row.map(|row| stored::parse(&row.checkout_id)).transpose()
}

/// Unlocks what a checkout has locked.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn release(tx: &WriteTx, checkout: &CheckoutId) -> Result<(), DbError> {
    checkout_items::Entity::update_many()
        .col_expr(checkout_items::Column::Locked, Expr::value(false))
        .filter(checkout_items::Column::CheckoutId.eq(checkout.as_str()))
        .filter(checkout_items::Column::Locked.eq(true))
        .exec(tx.conn())
        .await?;
    Ok(())
}
