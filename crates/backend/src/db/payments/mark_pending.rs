//! A payment that is known already is on its way again, or with another amount.

use api_types::{PaymentId, PaymentStatus};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Arrived, ProviderPayment};
use crate::db::entities::payments::{Column, Entity};
use crate::db::{DbError, WriteTx, allocate};

/// Turns a pending or cancelled payment into a pending one of another amount, which may be of
/// another currency. It pays for nothing until it is allocated anew.
///
/// # Errors
/// [`DbError::Refused`] if there is no such payment or it is completed, since money that has come
/// does not go back by itself; [`DbError::Taken`] if another payment has the provider's id,
/// [`DbError::TooLarge`] if the total is beyond its bound, [`DbError::Unreadable`] if a stored
/// value cannot be read; otherwise as the database fails.
pub async fn mark_pending(
    tx: &WriteTx,
    id: &PaymentId,
    expected: Arrived,
    provider: Option<&ProviderPayment>,
) -> Result<(), DbError> {
    let Arrived { total, surcharge } = expected;
    allocate::release(tx, id).await?;
    let pending = PaymentStatus::Pending.as_str();
    let mut update = Entity::update_many()
        .col_expr(Column::Status, Expr::value(pending))
        .col_expr(Column::TotalMinor, Expr::value(total.minor()))
        .col_expr(Column::SurchargeMinor, Expr::value(surcharge.minor()))
        .col_expr(Column::Currency, Expr::value(total.currency().code()))
        .col_expr(Column::Failure, Expr::value(None::<String>));
    if let Some(provider) = provider {
        update = update
            .col_expr(Column::Gateway, Expr::value(provider.gateway.as_str()))
            .col_expr(Column::ProviderPaymentId, Expr::value(provider.id.as_str()));
    }
    let changed = update
        .filter(Column::Id.eq(id.as_str()))
        .filter(Column::Status.ne(PaymentStatus::Completed.as_str()))
        .exec(tx.conn())
        .await?;
    if changed.rows_affected == 0 {
        let why = format!("payment {id} is complete, or there is none");
        return Err(DbError::Refused(why));
    }
    Ok(())
}
