//! Payments come in, complete and are cancelled. Money that completes is posted to the
//! ledger in the same breath, once.

use api_types::{
    CheckoutId, CustomerId, FailureCode, MethodId, Money, PaymentId, PaymentStatus, Timestamp,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::db::entities::payments;
use crate::db::ledger::{self, Entry, EntryKind};
use crate::db::{DbError, WriteTx, allocate, stored};

/// How a payment provider knows a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderPayment {
    /// The gateway, as the settings name it.
    pub gateway: String,
    /// The provider's own id of the payment.
    pub id: String,
}

/// A payment to add.
#[derive(Clone, Debug)]
pub struct NewPayment {
    /// Its id.
    pub id: PaymentId,
    /// Whose it is.
    pub customer: CustomerId,
    /// When it was started.
    pub created_at: Timestamp,
    /// When it completed; exactly where the status is completed.
    pub completed_at: Option<Timestamp>,
    /// Money from the customer is positive, charges are negative.
    pub total: Money,
    /// Its state.
    pub status: PaymentStatus,
    /// What it is for. What follows a `#` is the provider's own and never leaves the server.
    pub description: String,
    /// How it was paid.
    pub method: Option<MethodId>,
    /// Why it was cancelled.
    pub failure: Option<FailureCode>,
    /// The checkout that it came out of.
    pub checkout: Option<CheckoutId>,
    /// The provider's name for it: the same one twice is [`DbError::Taken`].
    pub provider: Option<ProviderPayment>,
}

/// Adds a payment, and where it is completed, posts it. It pays for nothing yet:
/// that is [`allocate`]'s.
pub async fn insert(tx: &WriteTx, new: &NewPayment) -> Result<(), DbError> {
    payments::Entity::insert(row(new))
        .exec_without_returning(tx.conn())
        .await?;
    post_completed(tx, new).await
}

/// Posts a payment if it is completed.
pub(super) async fn post_completed(tx: &WriteTx, new: &NewPayment) -> Result<(), DbError> {
    match new.completed_at {
        Some(at) => post(tx, &new.customer, &new.id, at, new.total).await,
        None => Ok(()),
    }
}

/// The money of a pending or cancelled payment has come: as much as did come, which need
/// not be what was expected. Whatever it paid for as pending is released, since its place
/// may have been taken meanwhile: allocate it anew. `false` where it was complete already,
/// and then nothing changes.
pub async fn complete(
    tx: &WriteTx,
    id: &PaymentId,
    at: Timestamp,
    arrived: Money,
    provider: Option<&ProviderPayment>,
) -> Result<bool, DbError> {
    let known = known_row(tx, id).await?;
    if known.status == PaymentStatus::Completed.as_str() {
        return Ok(false);
    }
    if known.currency != arrived.currency().code() {
        let why = format!("payment {id} is of another currency than what arrived");
        return Err(DbError::Refused(why));
    }
    allocate::release(tx, id).await?;
    let completed = PaymentStatus::Completed.as_str();
    let mut update = payments::Entity::update_many()
        .col_expr(payments::Column::Status, Expr::value(completed))
        .col_expr(payments::Column::CompletedAt, Expr::value(at.as_millis()))
        .col_expr(payments::Column::TotalMinor, Expr::value(arrived.minor()))
        .col_expr(payments::Column::Failure, Expr::value(None::<String>));
    if let Some(provider) = provider {
        let (gateway, theirs) = (provider.gateway.as_str(), provider.id.as_str());
        update = update
            .col_expr(payments::Column::Gateway, Expr::value(gateway))
            .col_expr(payments::Column::ProviderPaymentId, Expr::value(theirs));
    }
    update
        .filter(payments::Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    post(tx, &stored::parsed(&known.customer_id)?, id, at, arrived).await?;
    Ok(true)
}

/// The money of a pending payment will not come: it pays for nothing any more.
/// A completed payment is refused.
pub async fn cancel(
    tx: &WriteTx,
    id: &PaymentId,
    failure: Option<FailureCode>,
) -> Result<(), DbError> {
    let known = known_row(tx, id).await?;
    if known.status == PaymentStatus::Completed.as_str() {
        let why = format!("payment {id} is complete and cannot be cancelled");
        return Err(DbError::Refused(why));
    }
    allocate::release(tx, id).await?;
    let cancelled = PaymentStatus::Cancelled.as_str();
    let failure = failure.map(|code| code.as_str().to_owned());
    payments::Entity::update_many()
        .col_expr(payments::Column::Status, Expr::value(cancelled))
        .col_expr(payments::Column::Failure, Expr::value(failure))
        .filter(payments::Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Posts money that has come. Where the payment is in the ledger already, because it was
/// complete before and then taken back, only the difference is posted.
async fn post(
    tx: &WriteTx,
    customer: &CustomerId,
    payment: &PaymentId,
    at: Timestamp,
    amount: Money,
) -> Result<(), DbError> {
    let posted = ledger::posted_for_payment(tx, payment).await?;
    let kind = match posted {
        Some(_) => EntryKind::Adjustment,
        None if amount.is_negative() => EntryKind::Purchase,
        None => EntryKind::Payment,
    };
    let change = stored::sum([amount.minor(), -posted.unwrap_or(0)])?;
    let entry = Entry {
        customer,
        at,
        kind,
        amount: Money::from_minor(change, amount.currency()),
        invoice: None,
        payment: Some(payment),
    };
    ledger::post(tx, entry).await
}

async fn known_row(tx: &WriteTx, id: &PaymentId) -> Result<payments::Model, DbError> {
    let row = payments::Entity::find_by_id(id.as_str())
        .one(tx.conn())
        .await?;
    row.ok_or_else(|| DbError::Refused(format!("there is no payment {id}")))
}

/// The row of a payment that pays for nothing yet.
pub(super) fn row(new: &NewPayment) -> payments::ActiveModel {
    let provider = new.provider.as_ref();
    payments::ActiveModel {
        id: Set(new.id.to_string()),
        customer_id: Set(new.customer.to_string()),
        created_at: Set(new.created_at.as_millis()),
        completed_at: Set(new.completed_at.map(Timestamp::as_millis)),
        total_minor: Set(new.total.minor()),
        currency: Set(new.total.currency().to_string()),
        status: Set(new.status.as_str().to_owned()),
        description: Set(new.description.clone()),
        method: Set(new.method.as_ref().map(ToString::to_string)),
        failure: Set(new.failure.map(|code| code.as_str().to_owned())),
        checkout_id: Set(new.checkout.as_ref().map(ToString::to_string)),
        gateway: Set(provider.map(|provider| provider.gateway.clone())),
        provider_payment_id: Set(provider.map(|provider| provider.id.clone())),
        allocated_minor: Set(0),
    }
}
