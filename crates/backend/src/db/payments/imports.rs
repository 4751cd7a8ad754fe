//! Payments that an import brings and that their payment provider reports too: one key, the
//! gateway and the provider's own id, joins both, whichever comes first.

use api_types::{CheckoutId, CustomerId, Money, PaymentId, PaymentKind, PaymentStatus, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::ProviderPayment;
use crate::db::entities::payment_aliases;
use crate::db::entities::payments::{Column, Entity, Model};
use crate::db::ledger::{self, Entry, EntryKind};
use crate::db::{DbError, ReadTx, WriteTx, allocate, stored};

/// A payment that stands under a provider's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyedPayment {
    /// Its id.
    pub id: PaymentId,
    /// Whose it is.
    pub customer: CustomerId,
    /// What it is.
    pub kind: PaymentKind,
    /// How it stands.
    pub status: PaymentStatus,
    /// How much it is.
    pub total: Money,
    /// The part of it that is the method's price.
    pub surcharge: Money,
    /// The checkout that it came out of.
    pub checkout: Option<CheckoutId>,
    /// Whether it is known from an import only, and the provider has not reported it.
    pub only_imported: bool,
}

/// The payment that stands under a provider's key; `None` where none does.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub async fn find_by_provider(
    tx: &ReadTx,
    provider: &ProviderPayment,
) -> Result<Option<KeyedPayment>, DbError> {
    let row = row_of(tx, provider).await?;
    row.map(|row| {
        Ok(KeyedPayment {
            id: stored::parse(&row.id)?,
            customer: stored::parse(&row.customer_id)?,
            kind: PaymentKind::from_word(&row.kind),
            status: PaymentStatus::from_word(&row.status),
            total: stored::money(row.total_minor, &row.currency)?,
            surcharge: stored::money(row.surcharge_minor, &row.currency)?,
            checkout: stored::parsed_option(row.checkout_id.as_deref())?,
            only_imported: row.only_imported,
        })
    })
    .transpose()
}

/// The row that stands under a provider's key.
pub(super) async fn row_of(
    tx: &ReadTx,
    provider: &ProviderPayment,
) -> Result<Option<Model>, DbError> {
    Ok(Entity::find()
        .filter(Column::Gateway.eq(provider.gateway.as_str()))
        .filter(Column::ProviderPaymentId.eq(provider.id.as_str()))
        .one(tx.conn())
        .await?)
}

/// Marks an imported payment as reported by its provider: it came out of a checkout, and from now
/// on only the provider can change it.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub async fn confirm_payment(
    tx: &WriteTx,
    id: &PaymentId,
    checkout: &CheckoutId,
) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::OnlyImported, Expr::value(false))
        .col_expr(Column::CheckoutId, Expr::value(checkout.as_str()))
        .filter(Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// The same of an imported refund, which is of this payment.
pub(super) async fn confirm_refund(
    tx: &WriteTx,
    id: &PaymentId,
    of: &PaymentId,
) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::OnlyImported, Expr::value(false))
        .col_expr(Column::RefundOf, Expr::value(of.as_str()))
        .filter(Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Takes the method's price out of a completed payment that an import brought without one. Nobody
/// has that part as credit, and it pays for nothing: what was applied last makes room for it.
///
/// # Errors
///
/// [`DbError`] where the database fails or the amounts have no sum.
pub async fn take_surcharge(
    tx: &WriteTx,
    payment: &KeyedPayment,
    surcharge: Money,
    now: Timestamp,
) -> Result<(), DbError> {
    let currency = payment.total.currency();
    let most = stored::sum([payment.total.minor(), -surcharge.minor()])?;
    allocate::release_down_to(tx, &payment.id, Money::from_minor(most, currency)).await?;
    Entity::update_many()
        .col_expr(Column::SurchargeMinor, Expr::value(surcharge.minor()))
        .filter(Column::Id.eq(payment.id.as_str()))
        .exec(tx.conn())
        .await?;
    // The rows of earlier imports may have said it, and taken it back.
    let kind = match ledger::has_surcharge(tx, &payment.id).await? {
        true => EntryKind::Adjustment,
        false => EntryKind::Surcharge,
    };
    let entry = Entry {
        customer: &payment.customer,
        at: now,
        kind,
        amount: Money::from_minor(-surcharge.minor(), currency),
        invoice: None,
        payment: Some(&payment.id),
        credit_note: None,
    };
    ledger::post(tx, entry).await
}

/// Keeps that the files to import call a payment by another id too.
///
/// # Errors
///
/// [`DbError::Taken`] where the id names a payment already; else where the database fails.
pub async fn add_alias(
    tx: &WriteTx,
    alias: &PaymentId,
    payment: &PaymentId,
) -> Result<(), DbError> {
    let row = payment_aliases::ActiveModel {
        id: Set(alias.to_string()),
        payment_id: Set(payment.to_string()),
    };
    payment_aliases::Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// The payment that the files to import call by an id that is not its own; `None` for its own id
/// and for one that nothing has.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub async fn by_alias(tx: &ReadTx, id: &PaymentId) -> Result<Option<PaymentId>, DbError> {
    let row = payment_aliases::Entity::find_by_id(id.as_str())
        .one(tx.conn())
        .await?;
    row.map(|row| stored::parse(&row.payment_id)).transpose()
}
