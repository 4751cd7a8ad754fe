//! What refunds are checked against: a payment, and what has been given back of it.

use api_types::{CustomerId, Money, PaymentId, PaymentKind, PaymentStatus, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::write::{NewPayment, ProviderPayment};
use crate::db::entities::payments::{Column, Entity};
use crate::db::{DbError, ReadTx, stored};

/// What refunds are checked against of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refundable {
    /// Whose it is.
    pub customer: CustomerId,
    /// What it is.
    pub kind: PaymentKind,
    /// How it stands.
    pub status: PaymentStatus,
    /// When its money was there.
    pub completed_at: Option<Timestamp>,
    /// How much it is.
    pub total: Money,
    /// How its payment provider knows it, if it came by one.
    pub provider: Option<ProviderPayment>,
}

impl Refundable {
    /// A payment that is going to be added or changed.
    pub fn of(new: &NewPayment) -> Self {
        Self {
            customer: new.customer.clone(),
            kind: new.kind,
            status: new.status,
            completed_at: new.completed_at,
            total: new.total,
            provider: new.provider.clone(),
        }
    }

    /// What is left to give back after refunds, by their totals, which are less than nothing.
    ///
    /// # Errors
    ///
    /// [`DbError::Refused`] where they are of another currency.
    pub fn left_after(&self, refunds: &[Money]) -> Result<Money, DbError> {
        refunds
            .iter()
            .try_fold(self.total, |left, refund| left.checked_add(*refund))
            .map_err(|why| DbError::Refused(why.to_string()))
    }
}

/// Money that goes back, or has gone back, of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRefund {
    /// Its own id.
    pub id: PaymentId,
    /// How much; less than nothing.
    pub total: Money,
    /// When it completed, or else was started.
    pub at: Timestamp,
    /// Whether the payment provider has reported it, so that no file changes it.
    pub is_reported: bool,
}

/// A payment with an id; `None` where there is none.
///
/// # Errors
///
/// [`DbError`] where the database fails or the row cannot be read.
pub async fn refundable(tx: &ReadTx, id: &PaymentId) -> Result<Option<Refundable>, DbError> {
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    row.map(|row| {
        Ok(Refundable {
            customer: stored::parse(&row.customer_id)?,
            kind: PaymentKind::from_word(&row.kind),
            status: PaymentStatus::from_word(&row.status),
            completed_at: row.completed_at.map(stored::instant).transpose()?,
            total: stored::money(row.total_minor, &row.currency)?,
            provider: row
                .gateway
                .zip(row.provider_payment_id)
                .map(|(gateway, id)| ProviderPayment { gateway, id }),
        })
    })
    .transpose()
}

/// What gives a payment back, or is going to; what was cancelled does not.
///
/// # Errors
///
/// [`DbError`] where the database fails or a row cannot be read.
pub async fn refunds_of(tx: &ReadTx, id: &PaymentId) -> Result<Vec<KnownRefund>, DbError> {
    let rows = Entity::find()
        .filter(Column::RefundOf.eq(id.as_str()))
        .filter(Column::Status.ne(PaymentStatus::Cancelled.as_str()))
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(KnownRefund {
                id: stored::parse(&row.id)?,
                total: stored::money(row.total_minor, &row.currency)?,
                at: stored::instant(row.completed_at.unwrap_or(row.created_at))?,
                is_reported: row.gateway.is_some() && !row.only_imported,
            })
        })
        .collect()
}
