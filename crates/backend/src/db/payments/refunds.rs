//! Money of a payment goes back: the refund is a payment of its own, below zero, and what its
//! payment paid for with that money is owed again.

use api_types::{
    CustomerId, DisputeState, MethodId, MethodKind, Money, PaidBy, PaymentId, PaymentKind,
    PaymentStatus, Timestamp,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::ProviderPayment;
use super::write::{self, NewPayment};
use crate::db::entities::payments::{Column, Entity, Model};
use crate::db::ledger::{self, Entry, EntryKind};
use crate::db::{DbError, ReadTx, WriteTx, allocate, stored};
use crate::ids;

/// A payment that a payment provider took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its id.
    pub id: PaymentId,
    /// Whose it is.
    pub customer: CustomerId,
    /// How it stands.
    pub status: PaymentStatus,
    /// How much it is.
    pub total: Money,
    /// How a dispute over it stands, where there is one.
    pub dispute: Option<DisputeState>,
}

/// Money that went back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenBack {
    /// How the provider knows it: the same one twice is booked once.
    pub provider: ProviderPayment,
    /// How much, in the payment's currency; more than nothing.
    pub amount: Money,
    /// When, if the provider says.
    pub at: Option<Timestamp>,
    /// Whether a dispute took it.
    pub by_dispute: bool,
}

/// The payment that a provider knows by an id; `None` where there is none.
pub async fn taken_by(tx: &ReadTx, provider: &ProviderPayment) -> Result<Option<Taken>, DbError> {
    let row = Entity::find()
        .filter(Column::Gateway.eq(provider.gateway.as_str()))
        .filter(Column::ProviderPaymentId.eq(provider.id.as_str()))
        .one(tx.conn())
        .await?;
    row.map(|row| {
        Ok(Taken {
            id: stored::parsed(&row.id)?,
            customer: stored::parsed(&row.customer_id)?,
            status: PaymentStatus::from_word(&row.status),
            total: stored::money(row.total_minor, &row.currency)?,
            dispute: row.dispute.as_deref().map(DisputeState::from_word),
        })
    })
    .transpose()
}

/// Keeps how a dispute over a payment stands.
pub async fn mark_dispute(
    tx: &WriteTx,
    id: &PaymentId,
    state: DisputeState,
) -> Result<(), DbError> {
    Entity::update_many()
        .col_expr(Column::Dispute, Expr::value(state.as_str()))
        .filter(Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Books money of a completed payment that went back, and posts it. The payment pays for no
/// more than what is left of it: what it was applied to last is owed again. Returns the
/// refund's id, or `None` where it is booked already, and then nothing changes.
pub async fn give_back(
    tx: &WriteTx,
    payment: &PaymentId,
    given: &GivenBack,
    now: Timestamp,
) -> Result<Option<PaymentId>, DbError> {
    if taken_by(tx, &given.provider).await?.is_some() {
        return Ok(None);
    }
    let of = write::known_row(tx, payment).await?;
    if of.currency != given.amount.currency().code() || !given.amount.is_positive() {
        let why = format!("what goes back of payment {payment} is no amount of its currency");
        return Err(DbError::Refused(why));
    }
    let before = refunded(tx, payment).await?;
    let after = stored::sum([before, given.amount.minor()])?;
    let refund = refund(&of, given, now)?;
    write::insert(tx, &refund).await?;
    let price = price_in(&of, after) - price_in(&of, before);
    give_price_back(tx, &refund, price).await?;
    if given.by_dispute {
        mark_dispute(tx, &refund.id, DisputeState::Lost).await?;
    }
    let left = of.total_minor - of.surcharge_minor - (after - price_in(&of, after));
    let currency = given.amount.currency();
    let left = Money::from_minor(left.max(0), currency);
    allocate::release_down_to(tx, payment, left).await?;
    Ok(Some(refund.id))
}

/// What has gone back of a payment so far.
async fn refunded(tx: &ReadTx, payment: &PaymentId) -> Result<i64, DbError> {
    let totals: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::TotalMinor)
        .filter(Column::RefundOf.eq(payment.as_str()))
        .filter(Column::Status.eq(PaymentStatus::Completed.as_str()))
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(-stored::sum(totals)?)
}

/// How much of what has gone back is the price of the way to pay: that goes last.
fn price_in(of: &Model, refunded: i64) -> i64 {
    (refunded - (of.total_minor - of.surcharge_minor)).clamp(0, of.surcharge_minor)
}

/// The price was taken from the account by an entry of its own, and so it comes back.
async fn give_price_back(tx: &WriteTx, refund: &NewPayment, price: i64) -> Result<(), DbError> {
    if price == 0 {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::SurchargeBackMinor, Expr::value(price))
        .filter(Column::Id.eq(refund.id.as_str()))
        .exec(tx.conn())
        .await?;
    let entry = Entry {
        customer: &refund.customer,
        at: refund.completed_at.unwrap_or(refund.created_at),
        kind: EntryKind::Surcharge,
        amount: Money::from_minor(price, refund.total.currency()),
        invoice: None,
        payment: Some(&refund.id),
        credit_note: None,
    };
    ledger::post(tx, entry).await
}

/// The refund's own payment. It is called as its payment is, and went the same way.
fn refund(of: &Model, given: &GivenBack, now: Timestamp) -> Result<NewPayment, DbError> {
    let came_at = stored::instant(of.completed_at.unwrap_or(of.created_at))?;
    // A provider's clock may be wrong: nothing goes back before it came, or from now on.
    let at = given.at.unwrap_or(now).max(came_at).min(now.max(came_at));
    let method: Option<MethodId> = stored::parsed_option(of.method.as_deref())?;
    Ok(NewPayment {
        id: ids::payment().map_err(|e| DbError::Refused(e.to_string()))?,
        customer: stored::parsed(&of.customer_id)?,
        kind: PaymentKind::Refund,
        created_at: at,
        completed_at: Some(at),
        total: Money::from_minor(-given.amount.minor(), given.amount.currency()),
        surcharge: Money::zero(given.amount.currency()),
        status: PaymentStatus::Completed,
        description: of.description.clone(),
        method,
        paid_by: of.method_kind.as_deref().map(|kind| PaidBy {
            kind: MethodKind::from_word(kind),
            label: of.method_label.clone(),
            option: of.option_label.clone(),
        }),
        reference: None,
        refund_of: Some(stored::parsed(&of.id)?),
        failure: None,
        checkout: None,
        provider: Some(given.provider.clone()),
    })
}
