//! The story of a payment: the steps that were noted as it happened. A payment that was made
//! elsewhere, or before steps were noted, has the story that can be made from its rows.

use api_types::{
    CheckoutStatus, MethodKind, Money, PaymentId, PaymentStatus, PaymentStep, PaymentStepKind,
    Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

use crate::db::checkout_steps::{self, Step};
use crate::db::entities::payments::Model;
use crate::db::stored::sum_sql;
use crate::db::{DbError, ReadTx, stored};

/// What the checkout of a payment says about it.
#[derive(FromQueryResult)]
pub(super) struct CheckoutRow {
    status: String,
    updated_at: i64,
    opened_at: Option<i64>,
    returned_at: Option<i64>,
}

impl CheckoutRow {
    pub(super) fn is_live(&self) -> bool {
        CheckoutStatus::from_word(&self.status).is_live()
    }
}

/// The checkout that a payment came out of.
pub(super) async fn checkout_of(tx: &ReadTx, row: &Model) -> Result<Option<CheckoutRow>, DbError> {
    let Some(id) = &row.checkout_id else {
        return Ok(None);
    };
    let sql = "SELECT status, updated_at,
            (SELECT MIN(opened_at) FROM attempts WHERE checkout_id = checkouts.id) AS opened_at,
            (SELECT MIN(returned_at) FROM attempts WHERE checkout_id = checkouts.id)
                AS returned_at
        FROM checkouts WHERE id = $1";
    Ok(rows(tx, sql, id.as_str().into()).await?.into_iter().next())
}

/// A refund of a payment.
#[derive(FromQueryResult)]
pub(super) struct RefundRow {
    total_minor: i64,
    completed_at: i64,
    /// Whether its payment provider has reported it, which left a step.
    is_reported: bool,
}

/// The refunds of a payment, the first one first.
pub(super) async fn refunds_of(tx: &ReadTx, id: &PaymentId) -> Result<Vec<RefundRow>, DbError> {
    let sql = "SELECT total_minor, completed_at,
            gateway IS NOT NULL AND NOT only_imported AS is_reported
        FROM payments WHERE refund_of = $1 AND status = 'completed' ORDER BY completed_at, id";
    rows(tx, sql, id.as_str().into()).await
}

#[derive(FromQueryResult)]
struct AppliedRow {
    at: i64,
    amount_minor: i64,
}

/// What happened, in order.
pub(super) async fn story(
    tx: &ReadTx,
    row: &Model,
    checkout: Option<&CheckoutRow>,
    refunds: &[RefundRow],
) -> Result<Vec<PaymentStep>, DbError> {
    let id: PaymentId = stored::parse(&row.id)?;
    let total = stored::money(row.total_minor, &row.currency)?;
    let noted = checkout_steps::of_payment(tx, &id).await?;
    let mut steps: Vec<_> = noted
        .into_iter()
        .filter_map(|step| to_wire(step, &id, total))
        .collect();
    if !has(&steps, PaymentStepKind::Started) {
        let mut derived = derived(row, checkout)?;
        derived.retain(|step| !has(&steps, step.kind));
        // Of one moment, that it was recorded comes first.
        steps.splice(0..0, derived);
    }
    let also = [
        refund_steps(refunds, total)?,
        applied(tx, &steps, row).await?,
    ]
    .concat();
    steps.extend(also);
    // What is of one moment stays in the order in which it happens.
    steps.sort_by_key(|step| step.at);
    Ok(steps)
}

/// A step as this payment's story has it. Of other money of the same checkout the story has that
/// it came, and what was left over.
fn to_wire(step: Step, id: &PaymentId, total: Money) -> Option<PaymentStep> {
    use PaymentStepKind::{Applied, Confirmed, Credited, OnItsWay};

    let own = step.payment.as_ref().is_none_or(|of| of == id);
    if !own && !matches!(step.kind, Confirmed | Credited) {
        return None;
    }
    // The whole of it stands at the head of the payment's own page.
    let of_the_whole = matches!(step.kind, Applied | Confirmed | OnItsWay);
    let says_more = !own || !of_the_whole || step.amount != Some(total);
    Some(PaymentStep {
        kind: step.kind,
        at: step.at,
        amount: step.amount.filter(|_| says_more),
    })
}

fn has(steps: &[PaymentStep], kind: PaymentStepKind) -> bool {
    steps.iter().any(|step| step.kind == kind)
}

/// The story that is made from the rows of a payment and of its checkout.
fn derived(row: &Model, checkout: Option<&CheckoutRow>) -> Result<Vec<PaymentStep>, DbError> {
    use PaymentStepKind as Kind;

    let status = PaymentStatus::from_word(&row.status);
    let mut steps = vec![(row.created_at, Kind::Started)];
    if let Some(of) = checkout {
        steps.extend(of.opened_at.map(|at| (at, Kind::Opened)));
        steps.extend(of.returned_at.map(|at| (at, Kind::Returned)));
        match status {
            PaymentStatus::Pending if !is_awaited_transfer(row) => {
                steps.push((of.updated_at, Kind::OnItsWay));
            }
            PaymentStatus::Cancelled => {
                let turned_back = of.status == CheckoutStatus::Cancelled.as_str();
                let end = if turned_back {
                    Kind::Cancelled
                } else {
                    Kind::Failed
                };
                steps.push((of.updated_at, end));
            }
            _ => {}
        }
    }
    if status == PaymentStatus::Completed {
        steps.extend(row.completed_at.map(|at| (at, Kind::Confirmed)));
    }
    let steps = steps.into_iter();
    steps.map(|(at, kind)| step(at, kind, None)).collect()
}

/// The refunds without a step: those that are known from an import only.
fn refund_steps(refunds: &[RefundRow], total: Money) -> Result<Vec<PaymentStep>, DbError> {
    let by_import = refunds.iter().filter(|refund| !refund.is_reported);
    by_import
        .map(|refund| {
            let amount = Money::from_minor(-refund.total_minor, total.currency());
            step(refund.completed_at, PaymentStepKind::Refunded, Some(amount))
        })
        .collect()
}

/// What it was applied to at a time for which there is no step: credit is used later, and money
/// that is kept for an event moves to the invoice.
async fn applied(
    tx: &ReadTx,
    steps: &[PaymentStep],
    row: &Model,
) -> Result<Vec<PaymentStep>, DbError> {
    if row.status != PaymentStatus::Completed.as_str() {
        return Ok(Vec::new());
    }
    let sql = concat!(
        "SELECT at, ",
        sum_sql!("amount_minor"),
        " AS amount_minor
        FROM allocations WHERE payment_id = $1 GROUP BY at ORDER BY at"
    );
    let found: Vec<AppliedRow> = rows(tx, sql, row.id.as_str().into()).await?;
    let is_reported = |row: &AppliedRow| {
        let mut told = steps.iter();
        told.any(|step| step.kind == PaymentStepKind::Applied && step.at.as_millis() == row.at)
    };
    found
        .iter()
        .filter(|row| !is_reported(row))
        .map(|of| {
            let amount = stored::money(of.amount_minor, &row.currency)?;
            let part = Some(amount).filter(|_| of.amount_minor != row.total_minor);
            step(of.at, PaymentStepKind::Applied, part)
        })
        .collect()
}

fn step(at: i64, kind: PaymentStepKind, amount: Option<Money>) -> Result<PaymentStep, DbError> {
    let at: Timestamp = stored::instant(at)?;
    Ok(PaymentStep { kind, at, amount })
}

/// Whether it is a transfer that has not come yet.
pub(super) fn is_awaited_transfer(row: &Model) -> bool {
    row.status == PaymentStatus::Pending.as_str()
        && row.method_kind.as_deref() == Some(MethodKind::BankTransfer.as_str())
}

async fn rows<T: FromQueryResult>(tx: &ReadTx, sql: &str, id: Value) -> Result<Vec<T>, DbError> {
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [id]);
    Ok(T::find_by_statement(statement).all(tx.conn()).await?)
}
