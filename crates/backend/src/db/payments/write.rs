//! Adds, completes and cancels payments. Money that completes is posted to the ledger in the same
//! transaction, once.

use api_types::{
    CheckoutId, CustomerId, FailureCode, MethodId, Money, PaidBy, PaymentId, PaymentKind,
    PaymentStatus, Timestamp,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use crate::db::entities::payments;
use crate::db::ledger::{self, Entry, EntryKind};
use crate::db::{DbError, WriteTx, allocate, search, stored};

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
    /// What it is: more than nothing for a payment, less for a purchase and a refund.
    pub kind: PaymentKind,
    /// When it was started.
    pub created_at: Timestamp,
    /// When it completed; exactly where the status is completed.
    pub completed_at: Option<Timestamp>,
    /// Money from the customer is positive, charges are negative.
    pub total: Money,
    /// The part of the total that is the method's price, in the same currency.
    pub surcharge: Money,
    /// Its state.
    pub status: PaymentStatus,
    /// What it is for. What follows a `#` is the provider's own and never leaves the server.
    pub description: String,
    /// How it was paid, by the method's id.
    pub method: Option<MethodId>,
    /// How it was paid, as the customer sees it.
    pub paid_by: Option<PaidBy>,
    /// What the customer writes on the transfer.
    pub reference: Option<String>,
    /// The payment that it gives back, if it is a refund.
    pub refund_of: Option<PaymentId>,
    /// Why it was cancelled.
    pub failure: Option<FailureCode>,
    /// The checkout that it came out of.
    pub checkout: Option<CheckoutId>,
    /// The provider's name for it: the same one twice is [`DbError::Taken`].
    pub provider: Option<ProviderPayment>,
}

/// Adds a payment, and posts it if it is completed. It pays for nothing yet: that is up to
/// [`allocate`].
///
/// # Errors
/// [`DbError::Taken`] if another payment has its id, its reference or the provider's id,
/// [`DbError::TooLarge`] if an amount or a sum is beyond its bound; otherwise as the database
/// fails.
pub async fn insert(tx: &WriteTx, new: &NewPayment) -> Result<(), DbError> {
    payments::Entity::insert(row(new))
        .exec_without_returning(tx.conn())
        .await?;
    post_completed(tx, new).await
}

/// Posts a payment if it is completed.
pub(super) async fn post_completed(tx: &WriteTx, new: &NewPayment) -> Result<(), DbError> {
    match new.completed_at {
        Some(at) => {
            let money = Posting {
                kind: new.kind,
                at,
                total: new.total,
                surcharge: new.surcharge,
            };
            post(tx, &new.customer, &new.id, money).await
        }
        None => Ok(()),
    }
}

/// What of a payment moves the account.
struct Posting {
    kind: PaymentKind,
    at: Timestamp,
    total: Money,
    surcharge: Money,
}

/// Money that has come, or is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// All of it.
    pub total: Money,
    /// The part of it that is the method's price, in the same currency.
    pub surcharge: Money,
}

/// Completes a pending or cancelled payment with the money that has come, which need not be what
/// was expected. What the payment paid for as pending is released, since other money may pay for
/// that by now: allocate it anew. Returns `false`, and changes nothing, if it was complete already.
///
/// # Errors
/// [`DbError::Refused`] if there is no such payment or the money is of another currency,
/// [`DbError::Taken`] if another payment has the provider's id, [`DbError::TooLarge`] if an amount
/// or a sum is beyond its bound, [`DbError::Unreadable`] if a stored value cannot be read;
/// otherwise as the database fails.
pub async fn complete(
    tx: &WriteTx,
    id: &PaymentId,
    at: Timestamp,
    arrived: Arrived,
    provider: Option<&ProviderPayment>,
) -> Result<bool, DbError> {
    let Arrived { total, surcharge } = arrived;
    let known = known_row(tx, id).await?;
    if known.status == PaymentStatus::Completed.as_str() {
        return Ok(false);
    }
    if known.currency != total.currency().code() {
        let why = format!("payment {id} is of another currency than what arrived");
        return Err(DbError::Refused(why));
    }
    allocate::release(tx, id).await?;
    let completed = PaymentStatus::Completed.as_str();
    let mut update = payments::Entity::update_many()
        .col_expr(payments::Column::Status, Expr::value(completed))
        .col_expr(payments::Column::CompletedAt, Expr::value(at.as_millis()))
        .col_expr(payments::Column::TotalMinor, Expr::value(total.minor()))
        .col_expr(
            payments::Column::SurchargeMinor,
            Expr::value(surcharge.minor()),
        )
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
    let money = Posting {
        kind: PaymentKind::from_word(&known.kind),
        at,
        total,
        surcharge,
    };
    post(tx, &stored::parse(&known.customer_id)?, id, money).await?;
    Ok(true)
}

/// Cancels a payment whose money will not come: it pays for nothing any more.
///
/// # Errors
/// [`DbError::Refused`] if there is no such payment or it is completed, [`DbError::Unreadable`] if
/// a stored value cannot be read; otherwise as the database fails.
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

/// Posts money that has come, and what of it is the method's price. Where the payment is in
/// the ledger already, because it was complete before and then taken back, only the
/// difference is posted.
async fn post(
    tx: &WriteTx,
    customer: &CustomerId,
    payment: &PaymentId,
    money: Posting,
) -> Result<(), DbError> {
    let (total, surcharge) = (money.total.minor(), money.surcharge.minor());
    let entry = |kind, minor| Entry {
        customer,
        at: money.at,
        kind,
        amount: Money::from_minor(minor, money.total.currency()),
        invoice: None,
        payment: Some(payment),
        credit_note: None,
    };
    if let Some(posted) = ledger::posted_for_payment(tx, payment).await? {
        let change = stored::sum([total, -surcharge, -posted])?;
        return ledger::post(tx, entry(EntryKind::Adjustment, change)).await;
    }
    let kind = match money.kind {
        PaymentKind::Purchase => EntryKind::Purchase,
        PaymentKind::Refund => EntryKind::Refund,
        _ => EntryKind::Payment,
    };
    ledger::post(tx, entry(kind, total)).await?;
    ledger::post(tx, entry(EntryKind::Surcharge, -surcharge)).await
}

pub(super) async fn known_row(tx: &WriteTx, id: &PaymentId) -> Result<payments::Model, DbError> {
    let row = payments::Entity::find_by_id(id.as_str())
        .one(tx.conn())
        .await?;
    row.ok_or_else(|| DbError::Refused(format!("there is no payment {id}")))
}

/// The row of a payment that pays for nothing yet.
pub(super) fn row(new: &NewPayment) -> payments::ActiveModel {
    let provider = new.provider.as_ref();
    let by = new.paid_by.as_ref();
    payments::ActiveModel {
        id: Set(new.id.to_string()),
        customer_id: Set(new.customer.to_string()),
        kind: Set(new.kind.as_str().to_owned()),
        created_at: Set(new.created_at.as_millis()),
        completed_at: Set(new.completed_at.map(Timestamp::as_millis)),
        total_minor: Set(new.total.minor()),
        surcharge_minor: Set(new.surcharge.minor()),
        currency: Set(new.total.currency().to_string()),
        status: Set(new.status.as_str().to_owned()),
        search_text: Set(search::normalize(super::public_part(&new.description))),
        description: Set(new.description.clone()),
        method: Set(new.method.as_ref().map(ToString::to_string)),
        method_kind: Set(by.map(|by| by.kind.as_str().to_owned())),
        method_label: Set(by.and_then(|by| by.label.clone())),
        option_label: Set(by.and_then(|by| by.option.clone())),
        reference: Set(new.reference.clone()),
        failure: Set(new.failure.map(|code| code.as_str().to_owned())),
        refund_of: Set(new.refund_of.as_ref().map(ToString::to_string)),
        checkout_id: Set(new.checkout.as_ref().map(ToString::to_string)),
        fee_minor: Set(None),
        fee_currency: Set(None),
        gateway: Set(provider.map(|provider| provider.gateway.clone())),
        provider_payment_id: Set(provider.map(|provider| provider.id.clone())),
        allocated_minor: Set(0),
        held_minor: Set(0),
        dispute: Set(None),
        surcharge_back_minor: Set(0),
        only_imported: Set(false),
    }
}

/// Stores what the provider keeps of a payment for itself. What it told before is replaced.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn set_fee(tx: &WriteTx, of: &ProviderPayment, fee: Money) -> Result<(), DbError> {
    payments::Entity::update_many()
        .col_expr(payments::Column::FeeMinor, Expr::value(fee.minor()))
        .col_expr(
            payments::Column::FeeCurrency,
            Expr::value(fee.currency().code()),
        )
        .filter(payments::Column::Gateway.eq(of.gateway.as_str()))
        .filter(payments::Column::ProviderPaymentId.eq(of.id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}
