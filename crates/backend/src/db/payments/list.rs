//! The list of a customer's payments, and one of them.

use std::collections::BTreeMap;

use api_types::{
    Allocation, Cursor, CustomerId, FailureCode, Money, Page, Payment, PaymentId, PaymentStatus,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement};

use crate::db::entities::payments::{Column, Entity, Model};
use crate::db::keyset::{Keyset, Place};
use crate::db::{DbError, ReadTx, customers, stored};

/// A page of the customer's payments, purchases and refunds, the newest first: by when they
/// completed, or for those that have not, by when they were started.
pub async fn list(
    tx: &ReadTx,
    customer: &CustomerId,
    cursor: Option<&Cursor>,
    limit: Option<u32>,
) -> Result<Page<Payment>, DbError> {
    let select = Entity::find().filter(Column::CustomerId.eq(customer.as_str()));
    let millis = |key: &str| match key.parse::<i64>() {
        Ok(millis) => Ok(millis.into()),
        Err(_) => Err(DbError::BadCursor),
    };
    let place = |row: &Model| Place {
        key: row.completed_at.unwrap_or(row.created_at).to_string(),
        id: row.id.clone(),
    };
    let page = keyset()
        .page(tx.conn(), select, cursor, limit, millis, place)
        .await?;
    let mut allocations = allocations(tx, &page.rows).await?;
    let version = customers::version(tx, customer).await?;
    page.into_page(version, |row| {
        let pays_for = allocations.remove(&row.id).unwrap_or_default();
        payment(row, pays_for)
    })
}

/// The customer's payment with an id; `None` where there is none or it is somebody else's.
pub async fn find(
    tx: &ReadTx,
    customer: &CustomerId,
    id: &PaymentId,
) -> Result<Option<Payment>, DbError> {
    let row = Entity::find_by_id(id.as_str())
        .filter(Column::CustomerId.eq(customer.as_str()))
        .one(tx.conn())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mut allocations = allocations(tx, std::slice::from_ref(&row)).await?;
    let pays_for = allocations.remove(&row.id).unwrap_or_default();
    payment(row, pays_for).map(Some)
}

/// How the list is leafed through.
pub(in crate::db) fn keyset() -> Keyset<Entity> {
    Keyset {
        name: "payments",
        key: Expr::cust("listed_at"),
        id: Column::Id,
        descending: true,
    }
}

#[derive(FromQueryResult)]
struct AllocationRow {
    payment_id: String,
    invoice_id: String,
    number: String,
    currency: String,
    amount_minor: i64,
}

/// What the payments pay for, by payment.
async fn allocations(
    tx: &ReadTx,
    payments: &[Model],
) -> Result<BTreeMap<String, Vec<Allocation>>, DbError> {
    let marks: Vec<String> = (1..=payments.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT payment_id, invoice_id, number, currency, amount_minor
        FROM allocations JOIN invoices ON invoices.id = invoice_id
        WHERE payment_id IN ({})
        ORDER BY due_on, invoice_id",
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
        found.entry(row.payment_id).or_default().push(Allocation {
            invoice: stored::parsed(&row.invoice_id)?,
            number: row.number,
            amount: stored::money(row.amount_minor, &row.currency)?,
        });
    }
    Ok(found)
}

fn payment(row: Model, allocations: Vec<Allocation>) -> Result<Payment, DbError> {
    Ok(Payment {
        id: stored::parsed(&row.id)?,
        created_at: stored::instant(row.created_at)?,
        completed_at: row.completed_at.map(stored::instant).transpose()?,
        total: Money::from_minor(row.total_minor, stored::parsed(&row.currency)?),
        status: PaymentStatus::from_word(&row.status),
        description: public_part(&row.description).to_owned(),
        failure: row.failure.as_deref().map(FailureCode::from_word),
        allocations,
    })
}

/// What a customer may read of a description: what follows a `#` is the provider's own.
fn public_part(description: &str) -> &str {
    description.split('#').next().unwrap_or_default().trim_end()
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
