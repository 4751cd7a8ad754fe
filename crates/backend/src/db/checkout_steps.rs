//! What happened to a checkout and to what it became, step by step. A step is stored in the
//! transaction that does what the step says, and never changes afterwards.

use api_types::{AttemptId, CheckoutId, Money, PaymentId, PaymentStepKind, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

use super::entities::checkout_steps::{ActiveModel, Column, Entity, Model};
use super::{DbError, ReadTx, WriteTx, stored};

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The checkout; `None` for what happens to a payment that was made elsewhere.
    pub checkout: Option<CheckoutId>,
    /// The attempt that it is about.
    pub attempt: Option<AttemptId>,
    /// The payment that it is about.
    pub payment: Option<PaymentId>,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub kind: PaymentStepKind,
    /// How much, where that says more than the payment's own total.
    pub amount: Option<Money>,
}

impl Step {
    /// A step of a checkout.
    pub fn of_checkout(id: &CheckoutId, kind: PaymentStepKind, at: Timestamp) -> Self {
        Self {
            checkout: Some(id.clone()),
            attempt: None,
            payment: None,
            at,
            kind,
            amount: None,
        }
    }

    /// A step of a payment that no checkout is known to.
    pub fn of_payment(id: &PaymentId, kind: PaymentStepKind, at: Timestamp) -> Self {
        Self {
            checkout: None,
            attempt: None,
            payment: Some(id.clone()),
            at,
            kind,
            amount: None,
        }
    }

    /// The same, about an attempt.
    pub fn at_attempt(self, id: &AttemptId) -> Self {
        Self {
            attempt: Some(id.clone()),
            ..self
        }
    }

    /// The same, about a payment.
    pub fn with_payment(self, id: &PaymentId) -> Self {
        Self {
            payment: Some(id.clone()),
            ..self
        }
    }

    /// The same, of so much.
    pub fn of(self, amount: Money) -> Self {
        Self {
            amount: Some(amount),
            ..self
        }
    }
}

/// Adds a step.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn note(tx: &WriteTx, step: &Step) -> Result<(), DbError> {
    let row = ActiveModel {
        checkout_id: Set(step.checkout.as_ref().map(ToString::to_string)),
        attempt_id: Set(step.attempt.as_ref().map(ToString::to_string)),
        payment_id: Set(step.payment.as_ref().map(ToString::to_string)),
        at: Set(step.at.as_millis()),
        kind: Set(step.kind.as_str().to_owned()),
        amount_minor: Set(step.amount.map(|amount| amount.minor())),
        currency: Set(step.amount.map(|amount| amount.currency().to_string())),
        ..Default::default()
    };
    Entity::insert(row)
        .exec_without_returning(tx.conn())
        .await?;
    Ok(())
}

/// Adds a step, unless the same thing has happened to the same checkout, attempt and payment
/// before. Returns whether it was added.
///
/// # Errors
/// [`DbError`] if the database fails.
pub async fn note_once(tx: &WriteTx, step: &Step) -> Result<bool, DbError> {
    let same = |column: Column, id: Option<&str>| match id {
        Some(id) => column.eq(id),
        None => column.is_null(),
    };
    let before = Entity::find()
        .filter(Column::Kind.eq(step.kind.as_str()))
        .filter(same(
            Column::CheckoutId,
            step.checkout.as_ref().map(CheckoutId::as_str),
        ))
        .filter(same(
            Column::AttemptId,
            step.attempt.as_ref().map(AttemptId::as_str),
        ))
        .filter(same(
            Column::PaymentId,
            step.payment.as_ref().map(PaymentId::as_str),
        ))
        .count(tx.conn())
        .await?;
    if before > 0 {
        return Ok(false);
    }
    note(tx, step).await?;
    Ok(true)
}

/// What happened to a checkout and to everything that it became, in order.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read, [`DbError::TooLarge`] if an amount is
/// beyond its bound; otherwise as the database fails.
pub async fn of_checkout(tx: &ReadTx, id: &CheckoutId) -> Result<Vec<Step>, DbError> {
    read(tx, Condition::all().add(Column::CheckoutId.eq(id.as_str()))).await
}

/// What happened to a payment, and to the checkout that it came out of, in order: steps of
/// other payments of that checkout are among them.
///
/// # Errors
/// As [`of_checkout`].
pub async fn of_payment(tx: &ReadTx, id: &PaymentId) -> Result<Vec<Step>, DbError> {
    let its_checkout = Expr::cust_with_values(
        "checkout_id = (SELECT checkout_id FROM payments WHERE payments.id = ?)",
        [id.as_str()],
    );
    let either = Condition::any()
        .add(Column::PaymentId.eq(id.as_str()))
        .add(its_checkout);
    read(tx, either).await
}

async fn read(tx: &ReadTx, which: Condition) -> Result<Vec<Step>, DbError> {
    let rows = Entity::find()
        .filter(which)
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    rows.into_iter().map(step).collect()
}

fn step(row: Model) -> Result<Step, DbError> {
    let amount = row.amount_minor.zip(row.currency);
    Ok(Step {
        checkout: stored::parsed_option(row.checkout_id.as_deref())?,
        attempt: stored::parsed_option(row.attempt_id.as_deref())?,
        payment: stored::parsed_option(row.payment_id.as_deref())?,
        at: stored::instant(row.at)?,
        kind: PaymentStepKind::from_word(&row.kind),
        amount: amount
            .map(|(minor, currency)| stored::money(minor, &currency))
            .transpose()?,
    })
}
