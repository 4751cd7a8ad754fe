//! Money of a payment goes back: the refund is a payment of its own, below zero, and what its
//! payment paid for with that money is owed again. A refund may fail after it had gone: then it is
//! cancelled, an adjustment takes it out of the account's sum, and the payment pays again.
//!
//! The payment provider reports both, in any order and any number of times. A refund that has
//! failed stays failed; another try is another refund.

use api_types::{
    DisputeState, MethodId, MethodKind, Money, PaidBy, PaymentId, PaymentKind, PaymentStatus,
    PaymentStepKind, Timestamp,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::write::{self, Arrived, NewPayment};
use super::{ProviderPayment, imports};
use crate::db::checkout_steps::{self, Step};
use crate::db::entities::payments::{Column, Entity, Model};
use crate::db::ledger::{self, Entry, EntryKind};
use crate::db::{DbError, ReadTx, WriteTx, allocate, stored};
use crate::ids;

/// Money that went back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenBack {
    /// How the provider knows it: the same one twice is booked once.
    pub provider: ProviderPayment,
    /// How much, in the payment's currency; more than nothing.
    pub amount: Money,
    /// When it came to stand as it does, if the provider says.
    pub at: Option<Timestamp>,
    /// Whether a dispute took it.
    pub by_dispute: bool,
}

/// What was done about a refund that a provider reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundOutcome {
    /// It was not known, and is booked now.
    Booked(PaymentId),
    /// It is booked already.
    Known,
    /// An import has another refund under the provider's id of this one. Nothing is changed.
    Differs(PaymentId),
}

/// Books money of a completed payment that went back, and posts it. The payment pays for no
/// more than what is left of it: what it was applied to last is owed again. A refund that an
/// import has brought is the same one, and is not booked again.
///
/// # Errors
///
/// [`DbError::Refused`] where the amount is none of the payment's currency; else where the
/// database fails.
pub async fn give_back(
    tx: &WriteTx,
    payment: &PaymentId,
    given: &GivenBack,
    now: Timestamp,
) -> Result<RefundOutcome, DbError> {
    let of = paid_row(tx, payment, given).await?;
    let refund = match imports::row_of(tx, &given.provider).await? {
        Some(known) if !known.only_imported => return Ok(RefundOutcome::Known),
        Some(known) => {
            let id: PaymentId = stored::parse(&known.id)?;
            if !is_same(&known, &of, given) {
                return Ok(RefundOutcome::Differs(id));
            }
            let arrived = Arrived {
                total: Money::from_minor(-given.amount.minor(), given.amount.currency()),
                surcharge: Money::zero(given.amount.currency()),
            };
            // Nothing happens where the import said that it is completed.
            let at = went_at(&of, given, now)?;
            write::complete(tx, &id, at, arrived, Some(&given.provider)).await?;
            imports::confirm_refund(tx, &id, payment).await?;
            id
        }
        None => {
            let refund = refund(&of, given, now)?;
            write::insert(tx, &refund).await?;
            refund.id
        }
    };
    if given.by_dispute {
        mark_lost(tx, &refund, Some(DisputeState::Lost)).await?;
    }
    let most = settle_price(tx, &of, Some(&refund), now).await?;
    allocate::reverse_down_to(tx, payment, most, &refund, now).await?;
    Ok(RefundOutcome::Booked(refund))
}

/// Books that a refund did not go through, whether or not it had been booked as gone: its money
/// is the payment's again, which pays for what the refund had taken from it, as far as nothing
/// else has paid that since.
///
/// # Errors
///
/// As [`give_back`].
pub async fn fail_refund(
    tx: &WriteTx,
    payment: &PaymentId,
    given: &GivenBack,
    now: Timestamp,
) -> Result<RefundOutcome, DbError> {
    let of = paid_row(tx, payment, given).await?;
    let Some(known) = imports::row_of(tx, &given.provider).await? else {
        // It is kept, so that an old answer that says it had gone is seen to be old.
        let mut refund = refund(&of, given, now)?;
        (refund.status, refund.completed_at) = (PaymentStatus::Cancelled, None);
        write::insert(tx, &refund).await?;
        return Ok(RefundOutcome::Booked(refund.id));
    };
    let id: PaymentId = stored::parse(&known.id)?;
    let is_cancelled = known.status == PaymentStatus::Cancelled.as_str();
    if !known.only_imported && is_cancelled {
        return Ok(RefundOutcome::Known);
    }
    if known.only_imported {
        if !is_same(&known, &of, given) {
            return Ok(RefundOutcome::Differs(id));
        }
        imports::confirm_refund(tx, &id, payment).await?;
    }
    let at = went_at(&of, given, now)?;
    let at = at.max(stored::instant(
        known.completed_at.unwrap_or(known.created_at),
    )?);
    record_failed_refund(tx, &known, &id, at).await?;
    if let Some(posted) = ledger::posted_for_payment(tx, &id).await? {
        let back = Money::from_minor(stored::sum([-posted])?, given.amount.currency());
        adjust(tx, &known, back, at).await?;
    }
    let cancelled = PaymentStatus::Cancelled.as_str();
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(cancelled))
        .col_expr(Column::CompletedAt, Expr::value(None::<i64>))
        .col_expr(Column::SurchargeBackMinor, Expr::value(0))
        .filter(Column::Id.eq(id.as_str()))
        .exec(tx.conn())
        .await?;
    mark_lost(tx, &id, None).await?;
    let most = settle_price(tx, &of, None, at).await?;
    let heir = standing(tx, payment).await?.pop();
    let heir = heir.map(|row| stored::parse(&row.id)).transpose()?;
    allocate::restore_up_to(tx, payment, most, &id, heir.as_ref()).await?;
    Ok(RefundOutcome::Booked(id))
}

/// Stores the steps of a failed refund: when the money went, and that it came back.
async fn record_failed_refund(
    tx: &WriteTx,
    refund: &Model,
    id: &PaymentId,
    at: Timestamp,
) -> Result<(), DbError> {
    if let Some(went_at) = refund.completed_at {
        let went_at = stored::instant(went_at)?;
        let went = Step::of_payment(id, PaymentStepKind::Confirmed, went_at);
        checkout_steps::note_once(tx, &went).await?;
    }
    let failed = Step::of_payment(id, PaymentStepKind::RefundFailed, at);
    checkout_steps::note_once(tx, &failed).await?;
    Ok(())
}

/// The refunds of a payment that stand, the first one first.
pub(super) async fn standing(tx: &ReadTx, payment: &PaymentId) -> Result<Vec<Model>, DbError> {
    Ok(Entity::find()
        .filter(Column::RefundOf.eq(payment.as_str()))
        .filter(Column::Status.eq(PaymentStatus::Completed.as_str()))
        .order_by_asc(Column::CompletedAt)
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?)
}

/// Brings the price of the way to pay, as far as it has gone back, in line with the refunds that
/// stand, and returns how much of the payment may pay for something.
async fn settle_price(
    tx: &WriteTx,
    of: &Model,
    newest: Option<&PaymentId>,
    at: Timestamp,
) -> Result<Money, DbError> {
    let refunds = standing(tx, &stored::parse(&of.id)?).await?;
    let refunded = stored::sum(refunds.iter().map(|row| -row.total_minor))?;
    share_price(tx, of, &refunds, newest, at).await?;
    let left = stored::sum([
        of.total_minor,
        -of.surcharge_minor,
        -refunded,
        allocate::price_in(of, refunded),
    ])?;
    stored::money(left.max(0), &of.currency)
}

async fn adjust(tx: &WriteTx, refund: &Model, amount: Money, at: Timestamp) -> Result<(), DbError> {
    let entry = Entry {
        customer: &stored::parse(&refund.customer_id)?,
        at,
        kind: EntryKind::Adjustment,
        amount,
        invoice: None,
        payment: Some(&stored::parse(&refund.id)?),
        credit_note: None,
    };
    ledger::post(tx, entry).await
}

/// That a refund is money which a dispute took.
async fn mark_lost(
    tx: &WriteTx,
    refund: &PaymentId,
    state: Option<DisputeState>,
) -> Result<(), DbError> {
    let state = state.map(DisputeState::as_str);
    Entity::update_many()
        .col_expr(Column::Dispute, Expr::value(state))
        .filter(Column::Id.eq(refund.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

async fn paid_row(tx: &WriteTx, id: &PaymentId, given: &GivenBack) -> Result<Model, DbError> {
    let of = write::known_row(tx, id).await?;
    if of.currency != given.amount.currency().code() || !given.amount.is_positive() {
        let why = format!("what goes back of payment {id} is no amount of its currency");
        return Err(DbError::Refused(why));
    }
    Ok(of)
}

/// Whether an imported row is the refund that a provider reports.
fn is_same(known: &Model, of: &Model, given: &GivenBack) -> bool {
    let same_payment = known.refund_of.is_none() || known.refund_of.as_ref() == Some(&of.id);
    same_payment
        && known.kind == PaymentKind::Refund.as_str()
        && known.customer_id == of.customer_id
        && known.currency == of.currency
        && known.total_minor == -given.amount.minor()
}

/// A provider's clock may be wrong: nothing goes back before it came, or from now on.
fn went_at(of: &Model, given: &GivenBack, now: Timestamp) -> Result<Timestamp, DbError> {
    let came_at = stored::instant(of.completed_at.unwrap_or(of.created_at))?;
    Ok(given.at.unwrap_or(now).max(came_at).min(now.max(came_at)))
}

/// The refund's own payment. It is called as its payment is, and went the same way.
fn refund(of: &Model, given: &GivenBack, now: Timestamp) -> Result<NewPayment, DbError> {
    let at = went_at(of, given, now)?;
    let method: Option<MethodId> = stored::parsed_option(of.method.as_deref())?;
    Ok(NewPayment {
        id: ids::payment().map_err(|e| DbError::Refused(e.to_string()))?,
        customer: stored::parse(&of.customer_id)?,
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
        refund_of: Some(stored::parse(&of.id)?),
        failure: None,
        checkout: None,
        provider: Some(given.provider.clone()),
    })
}

/// Lets the refunds that stand give back as much of the price as they are to: the newest one has
/// it by an entry of its own, any other change is an adjustment.
async fn share_price(
    tx: &WriteTx,
    of: &Model,
    refunds: &[Model],
    newest: Option<&PaymentId>,
    at: Timestamp,
) -> Result<(), DbError> {
    let refunded = stored::sum(refunds.iter().map(|row| -row.total_minor))?;
    let given = stored::sum(refunds.iter().map(|row| row.surcharge_back_minor))?;
    let mut change = allocate::price_in(of, refunded) - given;
    let is_newest = |row: &&Model| newest.is_some_and(|id| id.as_str() == row.id);
    let newest_first = refunds.iter().filter(is_newest);
    let others = refunds.iter().rev().filter(|row| !is_newest(row));
    for row in newest_first.chain(others) {
        let room = -row.total_minor - row.surcharge_back_minor;
        let moved = change.clamp(-row.surcharge_back_minor, room);
        if moved == 0 {
            continue;
        }
        change -= moved;
        Entity::update_many()
            .col_expr(
                Column::SurchargeBackMinor,
                Expr::value(row.surcharge_back_minor + moved),
            )
            .filter(Column::Id.eq(row.id.as_str()))
            .exec(tx.conn())
            .await?;
        let amount = stored::money(moved, &row.currency)?;
        if is_newest(&row) {
            give_price_back(tx, row, amount).await?;
        } else {
            adjust(tx, row, amount, at).await?;
        }
    }
    Ok(())
}

async fn give_price_back(tx: &WriteTx, refund: &Model, amount: Money) -> Result<(), DbError> {
    let went_at = stored::instant(refund.completed_at.unwrap_or(refund.created_at))?;
    let entry = Entry {
        customer: &stored::parse(&refund.customer_id)?,
        at: went_at,
        kind: EntryKind::Surcharge,
        amount,
        invoice: None,
        payment: Some(&stored::parse(&refund.id)?),
        credit_note: None,
    };
    ledger::post(tx, entry).await
}
