//! From rows to payments as the wire has them.

use std::collections::BTreeMap;

use api_types::{
    AllocatedTo, Allocation, CustomerId, DisputeState, FailureCode, MethodKind, Money, PaidBy,
    Payment, PaymentId, PaymentKind, PaymentStatus,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement};

use crate::db::entities::payments::{Column, Entity, Model};
use crate::db::stored::sum_sql;
use crate::db::{DbError, ReadTx, stored};

/// The row of a customer's payment; `None` where there is none or it is somebody else's.
pub(super) async fn row(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &PaymentId,
) -> Result<Option<Model>, DbError> {
    let row = Entity::find_by_id(id.as_str())
        .filter(Column::CustomerId.eq(customer.as_str()))
        .one(tx.conn())
        .await?;
    Ok(row)
}

#[derive(FromQueryResult)]
struct AllocationRow {
    payment_id: String,
    invoice_id: Option<String>,
    number: Option<String>,
    event_id: Option<String>,
    title: Option<String>,
    currency: String,
    amount_minor: i64,
}

/// What the payments pay for, by payment: invoices by due day, then events.
async fn allocations(
    tx: &ReadTx,
    payments: &[Model],
) -> Result<BTreeMap<String, Vec<Allocation>>, DbError> {
    let marks: Vec<String> = (1..=payments.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT payment_id, allocations.invoice_id, number, allocations.event_id, title,
            payments.currency, amount_minor
        FROM allocations JOIN payments ON payments.id = payment_id
            LEFT JOIN invoices ON invoices.id = allocations.invoice_id
            LEFT JOIN events ON events.id = allocations.event_id
        WHERE payment_id IN ({})
        ORDER BY due_on IS NULL, due_on, allocations.invoice_id, starts_at, allocations.id",
        marks.join(", ")
    );
    let ids = payments.iter().map(|row| row.id.as_str().into());
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, ids);
    let mut found: BTreeMap<String, Vec<Allocation>> = BTreeMap::new();
    for row in AllocationRow::find_by_statement(statement)
        .all(tx.conn())
        .await?
    {
        let of_payment = found.entry(row.payment_id.clone()).or_default();
        of_payment.push(allocation(row)?);
    }
    Ok(found)
}

fn allocation(row: AllocationRow) -> Result<Allocation, DbError> {
    let to = match (row.invoice_id, row.event_id) {
        (Some(invoice), _) => AllocatedTo::Invoice {
            invoice: stored::parse(&invoice)?,
            number: row.number.unwrap_or_default(),
        },
        (None, Some(event)) => AllocatedTo::Event {
            event: stored::parse(&event)?,
            title: row.title.unwrap_or_default(),
        },
        (None, None) => {
            let why = format!("an allocation of payment {} to nothing", row.payment_id);
            return Err(DbError::Unreadable(why));
        }
    };
    Ok(Allocation {
        to,
        amount: stored::money(row.amount_minor, &row.currency)?,
    })
}

#[derive(FromQueryResult)]
struct RefundedRow {
    payment_id: String,
    minor: i64,
}

/// What went back of each payment, where anything did.
async fn refunded(tx: &ReadTx, payments: &[Model]) -> Result<BTreeMap<String, i64>, DbError> {
    let marks: Vec<String> = (1..=payments.len()).map(|n| format!("${n}")).collect();
    let sum = sum_sql!("total_minor");
    let sql = format!(
        "SELECT refund_of AS payment_id, -{sum} AS minor
        FROM payments WHERE refund_of IN ({}) AND status = 'completed' GROUP BY refund_of",
        marks.join(", ")
    );
    let ids = payments.iter().map(|row| row.id.as_str().into());
    let backend = tx.conn().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, ids);
    let rows = RefundedRow::find_by_statement(statement);
    let rows = rows.all(tx.conn()).await?.into_iter();
    Ok(rows.map(|row| (row.payment_id, row.minor)).collect())
}

/// Payments as the wire has them, with what they pay for and what went back of them.
pub(super) async fn payments(tx: &ReadTx, rows: Vec<Model>) -> Result<Vec<Payment>, DbError> {
    let mut pays_for = allocations(tx, &rows).await?;
    let refunded = refunded(tx, &rows).await?;
    rows.into_iter()
        .map(|row| {
            let pays_for = pays_for.remove(&row.id).unwrap_or_default();
            let refunded = refunded.get(&row.id).copied().unwrap_or_default();
            payment(row, pays_for, refunded)
        })
        .collect()
}

fn payment(row: Model, allocations: Vec<Allocation>, refunded: i64) -> Result<Payment, DbError> {
    let currency = stored::parse(&row.currency)?;
    let method = row.method_kind.map(|kind| PaidBy {
        kind: MethodKind::from_word(&kind),
        label: row.method_label,
        option: row.option_label,
    });
    Ok(Payment {
        id: stored::parse(&row.id)?,
        kind: PaymentKind::from_word(&row.kind),
        created_at: stored::instant(row.created_at)?,
        completed_at: row.completed_at.map(stored::instant).transpose()?,
        total: Money::from_minor(row.total_minor, currency),
        status: PaymentStatus::from_word(&row.status),
        description: public_part(&row.description).to_owned(),
        failure: row.failure.as_deref().map(FailureCode::from_word),
        method,
        surcharge: Money::from_minor(row.surcharge_minor, currency),
        allocations,
        dispute: row.dispute.as_deref().map(DisputeState::from_word),
        refunded: Money::from_minor(refunded, currency),
    })
}

/// What a customer may read of a description: what follows a `#` is the provider's own.
pub fn public_part(description: &str) -> &str {
    description.split('#').next().unwrap_or_default().trim_end()
}

/// What the payment provider keeps of a payment for itself, as far as it has told.
///
/// # Errors
/// [`DbError::Unreadable`] if a stored value cannot be read; otherwise as the database fails.
pub async fn fee(tx: &ReadTx, id: &PaymentId) -> Result<Option<Money>, DbError> {
    let row = Entity::find_by_id(id.as_str()).one(tx.conn()).await?;
    let fee = row.and_then(|row| row.fee_minor.zip(row.fee_currency));
    fee.map(|(minor, currency)| stored::money(minor, &currency))
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::public_part;

    #[test]
    fn what_follows_a_hash_stays_on_the_server() {
        for (stored, shown) in [
            ("Card payment", "Card payment"),
            ("Cash at the desk # drawer 2", "Cash at the desk"),
            ("#only ours", ""),
            ("a#b#c", "a"),
        ] {
            assert_eq!(public_part(stored), shown);
        }
    }
}
