//! Disputes over payments: each that a payment provider reports, its state, and what all of a
//! payment's add up to.

use api_types::{DisputeState, Money, PaymentDispute, PaymentId, Timestamp};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::ProviderPayment;
use crate::db::entities::disputes::{ActiveModel, Column, Entity, Model};
use crate::db::entities::payments;
use crate::db::{DbError, ReadTx, WriteTx, stored};

/// How a dispute stands, as its provider says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDispute {
    /// How the provider knows it.
    pub provider: ProviderPayment,
    /// How it stands.
    pub state: DisputeState,
    /// How much it is about, in the payment's currency.
    pub amount: Money,
    /// When it came to stand so.
    pub at: Timestamp,
}

/// How the state of a dispute changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisputeMove {
    /// How it stood before; `None` where it was not known.
    pub from: Option<DisputeState>,
}

/// How far a dispute has come. It is decided against the provider, and that may be taken back;
/// it never goes the other way, so whatever stands behind what is known is an old answer.
fn rank(state: DisputeState) -> u8 {
    match state {
        DisputeState::Lost => 1,
        DisputeState::Won => 2,
        _ => 0,
    }
}

/// Keeps how a dispute over a payment stands; `None` where that, or more, is known already.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub async fn record_dispute(
    tx: &WriteTx,
    payment: &PaymentId,
    new: &NewDispute,
) -> Result<Option<DisputeMove>, DbError> {
    let known = find(tx, &new.provider).await?;
    let from = known.map(|row| DisputeState::from_word(&row.state));
    if from.is_some_and(|from| rank(from) >= rank(new.state)) {
        return Ok(None);
    }
    let row = ActiveModel {
        gateway: Set(new.provider.gateway.clone()),
        provider_ref: Set(new.provider.id.clone()),
        payment_id: Set(payment.to_string()),
        state: Set(new.state.as_str().to_owned()),
        amount_minor: Set(new.amount.minor()),
        at: Set(new.at.as_millis()),
    };
    let known = OnConflict::columns([Column::Gateway, Column::ProviderRef])
        .update_columns([Column::State, Column::AmountMinor, Column::At])
        .to_owned();
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.conn())
        .await?;
    let all = of_payment(tx, payment).await?;
    let sum = all.iter().map(|row| DisputeState::from_word(&row.state));
    // What asks for something says most: then what took money.
    let sum = sum.min_by_key(|state| rank(*state));
    payments::Entity::update_many()
        .col_expr(
            payments::Column::Dispute,
            Expr::value(sum.map(DisputeState::as_str)),
        )
        .filter(payments::Column::Id.eq(payment.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(Some(DisputeMove { from }))
}

/// How a dispute stands that a provider knows by an id; `None` where none is known.
///
/// # Errors
///
/// [`DbError`] where the database fails.
pub async fn dispute_state(
    tx: &ReadTx,
    provider: &ProviderPayment,
) -> Result<Option<DisputeState>, DbError> {
    let row = find(tx, provider).await?;
    Ok(row.map(|row| DisputeState::from_word(&row.state)))
}

/// The disputes over a payment, those that ask for something first, then those that took money;
/// the last one first among them.
pub(super) async fn disputes(
    tx: &ReadTx,
    payment: &payments::Model,
) -> Result<Vec<PaymentDispute>, DbError> {
    let mut rows = of_payment(tx, &stored::parse(&payment.id)?).await?;
    rows.reverse();
    rows.sort_by_key(|row| rank(DisputeState::from_word(&row.state)));
    rows.iter()
        .map(|row| {
            Ok(PaymentDispute {
                state: DisputeState::from_word(&row.state),
                amount: stored::money(row.amount_minor, &payment.currency)?,
                at: stored::instant(row.at)?,
            })
        })
        .collect()
}

async fn of_payment(tx: &ReadTx, id: &PaymentId) -> Result<Vec<Model>, DbError> {
    Ok(Entity::find()
        .filter(Column::PaymentId.eq(id.as_str()))
        .order_by_asc(Column::At)
        .order_by_asc(Column::ProviderRef)
        .all(tx.conn())
        .await?)
}

async fn find(tx: &ReadTx, provider: &ProviderPayment) -> Result<Option<Model>, DbError> {
    let key = (provider.gateway.clone(), provider.id.clone());
    Ok(Entity::find_by_id(key).one(tx.conn()).await?)
}
