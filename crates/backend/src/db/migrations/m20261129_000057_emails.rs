//! Sign-in names are kept in their normal form, so that what reads the same is the same.

use sea_orm::{ConnectionTrait, Statement};

use crate::email;

super::migration_of_rows!(normalize_emails);

async fn normalize_emails(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let sql = "SELECT id, email FROM customers WHERE email IS NOT NULL ORDER BY created_at, id";
    for row in db
        .query_all_raw(Statement::from_string(backend, sql))
        .await?
    {
        let (id, old): (String, String) = (row.try_get("", "id")?, row.try_get("", "email")?);
        let new = email::normalize(&old);
        if new == old {
            continue;
        }
        // Two that read the same stay two: nobody may get into the other's account. Whose
        // address is not in its normal form cannot sign in until it is imported anew.
        let sql = "UPDATE customers SET email = $1 WHERE id = $2
            AND NOT EXISTS (SELECT 1 FROM customers WHERE email = $1)";
        let values = [new.into(), id.as_str().into()];
        let done = db
            .execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
        if done.rows_affected() == 0 {
            tracing::warn!(
                customer = %id,
                "another customer's e-mail address reads the same: import another one"
            );
        }
    }
    Ok(())
}
