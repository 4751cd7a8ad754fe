//! Writes attempts. What an answer of a provider means is decided in `payments::settle`.

use api_types::{AttemptId, CheckoutId, PaymentId, Timestamp};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, UpdateMany};

use super::{AtProvider, AttemptDetails, NEW, PaymentTerms};
use crate::db::entities::attempts::{ActiveModel, Column, Entity};
use crate::db::{DbError, WriteTx};

/// An attempt that the provider does not know yet.
#[derive(Clone, Debug)]
pub struct NewAttempt<'a> {
    /// Its id.
    pub id: &'a AttemptId,
    /// The checkout that it is for.
    pub checkout: &'a CheckoutId,
    /// Which one of the checkout's it is, from 1 on.
    pub number: u32,
    /// The gateway that it goes through.
    pub gateway: &'a str,
    /// What it asks for.
    pub terms: &'a PaymentTerms,
    /// What the provider is told beside the amount.
    pub details: &'a AttemptDetails,
    /// When it is looked after for the first time.
    pub next_read_at: Timestamp,
}

/// Adds an attempt.
///
/// # Errors
/// [`DbError::Taken`] if the checkout is at another attempt or has one of this number; otherwise as
/// the database fails.
pub async fn insert(tx: &WriteTx, new: &NewAttempt<'_>, now: Timestamp) -> Result<(), DbError> {
    let terms = new.terms;
    let row = ActiveModel {
        id: Set(new.id.to_string()),
        checkout_id: Set(new.checkout.to_string()),
        gateway: Set(new.gateway.to_owned()),
        provider_id: Set(None),
        url: Set(None),
        status: Set(NEW.to_owned()),
        // Asking the provider for it counts as reading it.
        last_read_at: Set(now.as_millis()),
        next_read_at: Set(Some(new.next_read_at.as_millis())),
        opened_at: Set(None),
        returned_at: Set(None),
        created_at: Set(now.as_millis()),
        number: Set(i64::from(new.number)),
        superseded_at: Set(None),
        total_minor: Set(terms.total.minor()),
        surcharge_minor: Set(terms.surcharge.minor()),
        currency: Set(terms.total.currency().to_string()),
        method: Set(terms.method.to_string()),
        method_kind: Set(terms.paid_by.kind.as_str().to_owned()),
        method_label: Set(terms.paid_by.label.clone()),
        option_id: Set(terms.option.as_ref().map(ToString::to_string)),
        option_label: Set(terms.paid_by.option.clone()),
        payment_id: Set(None),
        details: Set(Some(to_json(new.details)?)),
        form: Set(None),
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Records that another attempt, or a bank transfer, replaces this one. Returns `false` if it had
/// been replaced before.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn supersede(tx: &WriteTx, id: &AttemptId, now: Timestamp) -> Result<bool, DbError> {
    let first =
        update(Column::SupersededAt, now.as_millis()).filter(Column::SupersededAt.is_null());
    exec(tx, first, id).await
}

/// Records which payment the money of an attempt became.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn set_payment(tx: &WriteTx, id: &AttemptId, payment: &PaymentId) -> Result<(), DbError> {
    exec(tx, update(Column::PaymentId, payment.as_str()), id).await?;
    Ok(())
}

/// Records that the address of the provider's page has been handed out. Returns `false` if it had
/// been before.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn record_opened(tx: &WriteTx, id: &AttemptId, now: Timestamp) -> Result<bool, DbError> {
    let first = update(Column::OpenedAt, now.as_millis()).filter(Column::OpenedAt.is_null());
    exec(tx, first, id).await
}

/// Records that the window has come back from the provider. Returns `false` if it had before.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn record_returned(
    tx: &WriteTx,
    id: &AttemptId,
    now: Timestamp,
) -> Result<bool, DbError> {
    let first = update(Column::ReturnedAt, now.as_millis()).filter(Column::ReturnedAt.is_null());
    exec(tx, first, id).await
}

/// Stores the provider's id and page of an attempt, what the provider said last, and when it is to
/// be read again; `None` is never.
///
/// # Errors
/// [`DbError::Taken`] if another attempt of the gateway has the provider's id; otherwise as the
/// database fails.
pub async fn record_answer(
    tx: &WriteTx,
    id: &AttemptId,
    at_provider: &AtProvider,
    said: &str,
    next_read_at: Option<Timestamp>,
) -> Result<(), DbError> {
    let form = at_provider.form.as_ref().map(to_json).transpose()?;
    let heard = update(Column::ProviderId, at_provider.id.as_str())
        .col_expr(Column::Url, Expr::value(at_provider.url.as_str()))
        .col_expr(Column::Form, Expr::value(form))
        .col_expr(Column::Status, Expr::value(said))
        .col_expr(Column::NextReadAt, Expr::value(millis(next_read_at)));
    exec(tx, heard, id).await?;
    Ok(())
}

/// Records that the provider is being read now. An attempt that is still watched is read again at
/// `next_read_at`.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn reading(
    tx: &WriteTx,
    id: &AttemptId,
    now: Timestamp,
    next_read_at: Option<Timestamp>,
) -> Result<(), DbError> {
    let next =
        Expr::case(Column::NextReadAt.is_not_null(), millis(next_read_at)).finally(None::<i64>);
    let reading =
        update(Column::LastReadAt, now.as_millis()).col_expr(Column::NextReadAt, next.into());
    exec(tx, reading, id).await?;
    Ok(())
}

/// Claims the right to read the provider now, so that only one process does. Returns `false` if it
/// was read after `since`.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn claim_read(
    tx: &WriteTx,
    id: &AttemptId,
    now: Timestamp,
    since: Timestamp,
) -> Result<bool, DbError> {
    let claim = update(Column::LastReadAt, now.as_millis())
        .filter(Column::LastReadAt.lte(since.as_millis()));
    exec(tx, claim, id).await
}

/// Has an attempt read again at an instant.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn read_next_at(tx: &WriteTx, id: &AttemptId, at: Timestamp) -> Result<(), DbError> {
    exec(tx, update(Column::NextReadAt, at.as_millis()), id).await?;
    Ok(())
}

/// Has the watched attempts of a checkout, all but one, read as soon as possible.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn read_soon(
    tx: &WriteTx,
    checkout: &CheckoutId,
    but: Option<&AttemptId>,
    now: Timestamp,
) -> Result<(), DbError> {
    update(Column::NextReadAt, now.as_millis())
        .filter(Column::CheckoutId.eq(checkout.as_str()))
        .filter(Column::Id.ne(but.map_or("", AttemptId::as_str)))
        .filter(Column::NextReadAt.is_not_null())
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Stops watching an attempt. A notification may still name it.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn leave(tx: &WriteTx, id: &AttemptId) -> Result<(), DbError> {
    exec(tx, update(Column::NextReadAt, None::<i64>), id).await?;
    Ok(())
}

fn update(column: Column, value: impl Into<sea_orm::Value>) -> UpdateMany<Entity> {
    let value: SimpleExpr = Expr::value(value);
    Entity::update_many().col_expr(column, value)
}

async fn exec(tx: &WriteTx, update: UpdateMany<Entity>, id: &AttemptId) -> Result<bool, DbError> {
    let this = update.filter(Column::Id.eq(id.as_str()));
    Ok(this.exec(tx.conn()).await?.rows_affected > 0)
}

fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_millis)
}

fn to_json(value: &impl serde::Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Refused(error.to_string()))
}
