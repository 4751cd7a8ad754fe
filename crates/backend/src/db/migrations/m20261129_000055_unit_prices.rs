//! Unit prices keep the digits that they came with: more than their currency has, where the
//! provider writes more.

use api_types::{Currency, Money};
use sea_orm::{ConnectionTrait, Statement};

super::migration_of_rows!(keep_digits);

async fn keep_digits(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    // Plain decimal text of the invoice's currency, as `quantity` and `tax_percent` are.
    db.execute_unprepared(
        "ALTER TABLE invoice_lines ADD COLUMN unit_price TEXT NOT NULL DEFAULT ''",
    )
    .await?;
    let backend = db.get_database_backend();
    let sql = "SELECT invoice_id, position, unit_price_minor, currency
        FROM invoice_lines JOIN invoices ON invoices.id = invoice_id";
    for row in db
        .query_all_raw(Statement::from_string(backend, sql))
        .await?
    {
        let currency: String = row.try_get("", "currency")?;
        let currency = Currency::parse(&currency).map_err(|why| DbErr::Custom(why.to_string()))?;
        let minor: i64 = row.try_get("", "unit_price_minor")?;
        let invoice: String = row.try_get("", "invoice_id")?;
        let position: i64 = row.try_get("", "position")?;
        let price = Money::from_minor(minor, currency).amount_text();
        let sql = "UPDATE invoice_lines SET unit_price = $1
            WHERE invoice_id = $2 AND position = $3";
        let values = [price.into(), invoice.into(), position.into()];
        db.execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
    }
    db.execute_unprepared("ALTER TABLE invoice_lines DROP COLUMN unit_price_minor")
        .await?;
    Ok(())
}
