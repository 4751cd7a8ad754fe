//! One payment with its story: what happened, in order, as far as rows tell it.

use api_types::{
    CheckoutId, CheckoutStatus, CustomerId, MethodId, MethodKind, Money, PaymentDetail, PaymentId,
    PaymentKind, PaymentStatus, PaymentStep, PaymentStepKind, Timestamp, TransferInstructions,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

use super::read::{allocations, payment, row};
use crate::db::entities::payments::Model;
use crate::db::{DbError, ReadTx, Terms, customers, stored};

/// The customer's payment with an id and its story; `None` where there is none or it is
/// somebody else's.
pub async fn detail(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &PaymentId,
    terms: &Terms,
) -> Result<Option<PaymentDetail>, DbError> {
    let Some(row) = row(tx, customer, id).await? else {
        return Ok(None);
    };
    let Some(customer) = customers::find(tx, customer).await? else {
        return Ok(None);
    };
    let mut pays_for = allocations(tx, std::slice::from_ref(&row)).await?;
    let pays_for = pays_for.remove(&row.id).unwrap_or_default();
    let checkout = checkout_of(tx, &row).await?;
    let refunds = refunds_of(tx, id).await?;
    let currency = stored::parsed(&row.currency)?;
    let money = |minor| Money::from_minor(minor, currency);
    let refunded = stored::sum(refunds.iter().map(|refund| -refund.total_minor))?;
    let told = payment(row.clone(), pays_for)?;
    Ok(Some(PaymentDetail {
        story: story(tx, &row, checkout.as_ref(), &refunds).await?,
        unallocated: money(unallocated(&row, refunded)?),
        refunded: money(refunded),
        refund_of: stored::parsed_option(row.refund_of.as_deref())?,
        instructions: instructions(&row, terms)?,
        expected_on: None,
        can_cancel: is_awaited_transfer(&row) && checkout.is_some_and(|of| of.is_live()),
        receipt: told.kind == PaymentKind::Payment && told.status == PaymentStatus::Completed,
        checkout: stored::parsed_option::<CheckoutId>(row.checkout_id.as_deref())?,
        seller: terms.seller.clone(),
        account_number: customer.account_number().to_owned(),
        customer: customer.party(),
        as_of: terms.now,
        version: customers::version(tx, &customer.id).await?,
        payment: told,
    }))
}

#[derive(FromQueryResult)]
struct CheckoutRow {
    status: String,
    updated_at: i64,
    opened_at: Option<i64>,
    returned_at: Option<i64>,
}

impl CheckoutRow {
    fn is_live(&self) -> bool {
        CheckoutStatus::from_word(&self.status).is_live()
    }
}

async fn checkout_of(tx: &ReadTx, row: &Model) -> Result<Option<CheckoutRow>, DbError> {
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

#[derive(FromQueryResult)]
struct RefundRow {
    total_minor: i64,
    completed_at: i64,
}

async fn refunds_of(tx: &ReadTx, id: &PaymentId) -> Result<Vec<RefundRow>, DbError> {
    let sql = "SELECT total_minor, completed_at FROM payments
        WHERE refund_of = $1 AND status = 'completed' ORDER BY completed_at, id";
    rows(tx, sql, id.as_str().into()).await
}

#[derive(FromQueryResult)]
struct AppliedRow {
    at: i64,
}

/// What happened, in order. What no row tells is left out.
async fn story(
    tx: &ReadTx,
    row: &Model,
    checkout: Option<&CheckoutRow>,
    refunds: &[RefundRow],
) -> Result<Vec<PaymentStep>, DbError> {
    use PaymentStepKind as Step;
    let status = PaymentStatus::from_word(&row.status);
    let mut steps = vec![(row.created_at, Step::Started)];
    if let Some(of) = checkout {
        steps.extend(of.opened_at.map(|at| (at, Step::Opened)));
        steps.extend(of.returned_at.map(|at| (at, Step::Returned)));
        match status {
            PaymentStatus::Pending if !is_awaited_transfer(row) => {
                steps.push((of.updated_at, Step::OnItsWay));
            }
            PaymentStatus::Cancelled => {
                let turned_back = of.status == CheckoutStatus::Cancelled.as_str();
                let end = if turned_back {
                    Step::Cancelled
                } else {
                    Step::Failed
                };
                steps.push((of.updated_at, end));
            }
            _ => {}
        }
    }
    if status == PaymentStatus::Completed {
        steps.extend(row.completed_at.map(|at| (at, Step::Confirmed)));
        let sql = "SELECT DISTINCT at FROM allocations WHERE payment_id = $1 ORDER BY at";
        let applied: Vec<AppliedRow> = rows(tx, sql, row.id.as_str().into()).await?;
        steps.extend(applied.iter().map(|row| (row.at, Step::Applied)));
    }
    let went_back = refunds.iter();
    steps.extend(went_back.map(|refund| (refund.completed_at, Step::Refunded)));
    // What is of one moment stays in the order in which it happens.
    steps.sort_by_key(|(at, _)| *at);
    steps
        .into_iter()
        .map(|(at, kind)| {
            let at: Timestamp = stored::instant(at)?;
            Ok(PaymentStep {
                kind,
                at,
                amount: None,
            })
        })
        .collect()
}

/// The part of it that pays for nothing yet, and has not gone back.
fn unallocated(row: &Model, refunded: i64) -> Result<i64, DbError> {
    let pays = row.kind == PaymentKind::Payment.as_str()
        && row.status != PaymentStatus::Cancelled.as_str();
    if !pays {
        return Ok(0);
    }
    let left = stored::sum([
        row.total_minor,
        -row.surcharge_minor,
        -row.allocated_minor,
        -row.held_minor,
        -refunded,
    ])?;
    // More may have gone back than is left over: its surcharge, or what it still pays for.
    Ok(left.max(0))
}

fn is_awaited_transfer(row: &Model) -> bool {
    row.status == PaymentStatus::Pending.as_str()
        && row.method_kind.as_deref() == Some(MethodKind::BankTransfer.as_str())
}

/// What to write on the transfer, while one is waited for.
fn instructions(row: &Model, terms: &Terms) -> Result<Option<TransferInstructions>, DbError> {
    let Some(reference) = row.reference.clone().filter(|_| is_awaited_transfer(row)) else {
        return Ok(None);
    };
    let method: Option<MethodId> = stored::parsed_option(row.method.as_deref())?;
    let details = method.map(|method| terms.instructions(&method));
    Ok(Some(TransferInstructions {
        details: details.unwrap_or_default(),
        reference,
    }))
}

async fn rows<T: FromQueryResult>(tx: &ReadTx, sql: &str, id: Value) -> Result<Vec<T>, DbError> {
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [id]);
    Ok(T::find_by_statement(statement).all(tx.conn()).await?)
}
