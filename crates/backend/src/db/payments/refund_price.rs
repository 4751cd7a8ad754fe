//! The price of a way to pay goes back last. It was taken from the account by an entry of its
//! own, and so it comes back; which refund it stands with does not matter, the sum does.

use api_types::{Money, PaymentId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::refunds::adjust;
use crate::db::entities::payments::{Column, Entity, Model};
use crate::db::ledger::{self, Entry, EntryKind};
use crate::db::{DbError, WriteTx, stored};

/// How much of what has gone back of a payment is the price of the way to pay.
pub(in crate::db) fn price_in(of: &Model, refunded: i64) -> i64 {
    (refunded - (of.total_minor - of.surcharge_minor)).clamp(0, of.surcharge_minor)
}

/// Lets the refunds that stand give back as much of the price as they are to: the newest one has
/// it by an entry of its own, any other change is an adjustment.
pub(super) async fn share(
    tx: &WriteTx,
    of: &Model,
    refunds: &[Model],
    newest: Option<&PaymentId>,
    at: Timestamp,
) -> Result<(), DbError> {
    let refunded = stored::sum(refunds.iter().map(|row| -row.total_minor))?;
    let given = stored::sum(refunds.iter().map(|row| row.surcharge_back_minor))?;
    let mut change = price_in(of, refunded) - given;
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
            come_back(tx, row, amount).await?;
        } else {
            adjust(tx, row, amount, at).await?;
        }
    }
    Ok(())
}

async fn come_back(tx: &WriteTx, refund: &Model, amount: Money) -> Result<(), DbError> {
    let went_at = stored::instant(refund.completed_at.unwrap_or(refund.created_at))?;
    let entry = Entry {
        customer: &stored::parsed(&refund.customer_id)?,
        at: went_at,
        kind: EntryKind::Surcharge,
        amount,
        invoice: None,
        payment: Some(&stored::parsed(&refund.id)?),
        credit_note: None,
    };
    ledger::post(tx, entry).await
}
