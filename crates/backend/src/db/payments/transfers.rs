//! The bank transfers that the provider waits for.

use api_types::{CustomerId, MethodKind, Money, PaymentId, PaymentStatus, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db::entities::payments::{Column, Entity};
use crate::db::{DbError, ReadTx, stored};

/// A transfer that is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingTransfer {
    /// The pending payment.
    pub payment: PaymentId,
    /// Whose it is.
    pub customer: CustomerId,
    /// When it was begun.
    pub created_at: Timestamp,
    /// How much is to come.
    pub total: Money,
    /// What the customer writes on it.
    pub reference: String,
    /// What it is for.
    pub description: String,
}

/// The transfers that were begun in the portal and have not come yet, the oldest first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn pending_transfers(tx: &ReadTx) -> Result<Vec<PendingTransfer>, DbError> {
    let rows = Entity::find()
        .filter(Column::Status.eq(PaymentStatus::Pending.as_str()))
        .filter(Column::MethodKind.eq(MethodKind::BankTransfer.as_str()))
        .filter(Column::CheckoutId.is_not_null())
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PendingTransfer {
                payment: stored::parse(&row.id)?,
                customer: stored::parse(&row.customer_id)?,
                created_at: stored::instant(row.created_at)?,
                total: stored::money(row.total_minor, &row.currency)?,
                reference: row.reference.unwrap_or_default(),
                description: row.description,
            })
        })
        .collect()
}
