//! Refunds that are asked for here. Each is stored with its key before the provider is called, and
//! counts against what is left of its payment until the provider has told what became of it.

use api_types::{AttemptId, Money, PaymentId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entities::refund_orders::{ActiveModel, Column, Entity, Model};
use super::{DbError, ReadTx, WriteTx, stored};

/// A refund that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundOrder {
    /// The idempotency key.
    pub id: String,
    /// The payment whose money is sent back.
    pub payment: PaymentId,
    /// The attempt that the money came by.
    pub attempt: AttemptId,
    /// Its gateway.
    pub gateway: String,
    /// How much; more than nothing.
    pub amount: Money,
    /// What is known of it.
    pub status: RefundOrderStatus,
    /// The provider's id of the refund, once it is known.
    pub provider_ref: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When its status came to be.
    pub updated_at: Timestamp,
}

/// What is known of a refund that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundOrderStatus {
    /// What the provider made of it is not known.
    Asked,
    /// The provider has it: what becomes of it is told with the payment.
    Known,
    /// The provider has refused it.
    Refused,
}

impl RefundOrderStatus {
    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Known => "known",
            Self::Refused => "refused",
        }
    }

    fn from_word(word: &str) -> Result<Self, DbError> {
        [Self::Asked, Self::Known, Self::Refused]
            .into_iter()
            .find(|status| status.as_str() == word)
            .ok_or_else(|| DbError::Unreadable(format!("{word:?} is no status of a refund")))
    }
}

/// Stores a refund before its provider is called.
///
/// # Errors
/// [`DbError::Taken`] if there is one with its key; otherwise as the database fails.
pub async fn insert(tx: &WriteTx, order: &RefundOrder) -> Result<(), DbError> {
    let row = ActiveModel {
        id: Set(order.id.clone()),
        payment_id: Set(order.payment.to_string()),
        attempt_id: Set(order.attempt.to_string()),
        gateway: Set(order.gateway.clone()),
        amount_minor: Set(order.amount.minor()),
        currency: Set(order.amount.currency().to_string()),
        status: Set(order.status.as_str().to_owned()),
        provider_ref: Set(order.provider_ref.clone()),
        created_at: Set(order.created_at.as_millis()),
        updated_at: Set(order.updated_at.as_millis()),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// The refund with a key.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn find(tx: &ReadTx, id: &str) -> Result<Option<RefundOrder>, DbError> {
    let row = Entity::find_by_id(id).one(tx.conn()).await?;
    row.map(order).transpose()
}

/// The refunds of a payment that were asked for here, the first one first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn of_payment(tx: &ReadTx, payment: &PaymentId) -> Result<Vec<RefundOrder>, DbError> {
    let rows = Entity::find()
        .filter(Column::PaymentId.eq(payment.as_str()))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    rows.into_iter().map(order).collect()
}

/// The refunds whose outcome is not known and that were last looked at before an instant, at most
/// `most`, the oldest first.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn asked_before(
    tx: &ReadTx,
    before: Timestamp,
    most: u64,
) -> Result<Vec<RefundOrder>, DbError> {
    let rows = Entity::find()
        .filter(Column::Status.eq(RefundOrderStatus::Asked.as_str()))
        .filter(Column::UpdatedAt.lte(before.as_millis()))
        .order_by_asc(Column::UpdatedAt)
        .limit(most)
        .all(tx.conn())
        .await?;
    rows.into_iter().map(order).collect()
}

/// Records that the provider does not have a refund and will not, unless it has told of it
/// meanwhile.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn refuse(tx: &WriteTx, id: &str, now: Timestamp) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(
            Column::Status,
            Expr::value(RefundOrderStatus::Refused.as_str()),
        )
        .col_expr(Column::UpdatedAt, Expr::value(now.as_millis()))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(RefundOrderStatus::Asked.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Records that the provider has a refund, if that was not known.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn record_known(
    tx: &WriteTx,
    id: &str,
    provider_ref: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(
            Column::Status,
            Expr::value(RefundOrderStatus::Known.as_str()),
        )
        .col_expr(Column::ProviderRef, Expr::value(provider_ref))
        .col_expr(Column::UpdatedAt, Expr::value(now.as_millis()))
        .filter(Column::Id.eq(id))
        .filter(Column::ProviderRef.is_null())
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Records that a refund has been looked at and is still not known.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn look_again_after(tx: &WriteTx, id: &str, now: Timestamp) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::UpdatedAt, Expr::value(now.as_millis()))
        .filter(Column::Id.eq(id))
        .exec(tx.conn())
        .await?;
    Ok(())
}

fn order(row: Model) -> Result<RefundOrder, DbError> {
    Ok(RefundOrder {
        payment: stored::parse(&row.payment_id)?,
        attempt: stored::parse(&row.attempt_id)?,
        amount: stored::money(row.amount_minor, &row.currency)?,
        status: RefundOrderStatus::from_word(&row.status)?,
        created_at: stored::instant(row.created_at)?,
        updated_at: stored::instant(row.updated_at)?,
        provider_ref: row.provider_ref,
        gateway: row.gateway,
        id: row.id,
    })
}
